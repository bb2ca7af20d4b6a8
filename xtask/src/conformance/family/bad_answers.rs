//! Family A.3: answers that a client must not take for an open connection.

use std::time::Instant;

use crate::conformance::case::Case;
use crate::conformance::family::answers::Answer;
use crate::conformance::guest::Guest;
use crate::conformance::socket::Arrived;
use crate::conformance::talk::{Chop, after};
use crate::conformance::verdict::Judgement;
use crate::conformance::version::Side;
use crate::conformance::wire::base::{self, Decoded, Frame};
use crate::conformance::wire::digest;
use crate::conformance::wire::head::Head;

/// A.3.1 to A.5.8.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = group(3, fields());
    cases.extend(group(4, statuses()));
    cases.extend(group(5, syntax()));
    cases.push(Case::client("A.5.8", "RFC 9112 §4", "a head that never ends", endless));
    cases
}

type Row = (&'static str, &'static str, Answer);

fn group(number: usize, rows: Vec<Row>) -> Vec<Case> {
    let case = |(at, (section, title, answer)): (usize, Row)| {
        let title = format!("{title}: refused");
        Case::client(format!("A.{number}.{}", at + 1), section, title, move |guest| refused_by(guest, answer))
    };
    rows.into_iter().enumerate().map(case).collect()
}

const CHECK: &str = "RFC 6455 §4.1";

fn fields() -> Vec<Row> {
    vec![
        (CHECK, "the proof of another key", |l, _| {
            l.set("Sec-WebSocket-Accept", digest::accept(&digest::key(&[1; 16]))).bytes()
        }),
        (CHECK, "no proof", |l, _| l.without("Sec-WebSocket-Accept").bytes()),
        (CHECK, "an empty proof", |l, _| l.set("Sec-WebSocket-Accept", "").bytes()),
        (CHECK, "the proof in the other case", |l, k| {
            let proof = digest::accept(&k.key);
            let other = proof
                .chars()
                .map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() });
            l.set("Sec-WebSocket-Accept", other.collect::<String>()).bytes()
        }),
        (CHECK, "the proof without its last character", |l, k| {
            let mut proof = digest::accept(&k.key);
            proof.pop();
            l.set("Sec-WebSocket-Accept", proof).bytes()
        }),
        (CHECK, "the key instead of the proof", |l, k| l.set("Sec-WebSocket-Accept", &k.key).bytes()),
        (CHECK, "no Upgrade", |l, _| l.without("Upgrade").bytes()),
        (CHECK, "Upgrade to something else", |l, _| l.set("Upgrade", "h2c").bytes()),
        (CHECK, "no Connection", |l, _| l.without("Connection").bytes()),
        (CHECK, "Connection: close", |l, _| l.set("Connection", "close").bytes()),
        (CHECK, "a subprotocol that was not offered", |l, _| l.with("Sec-WebSocket-Protocol", "never-offered").bytes()),
        (CHECK, "an extension that was not offered", |l, _| {
            l.with("Sec-WebSocket-Extensions", "x-never-offered").bytes()
        }),
        ("RFC 6455 §9.1", "extensions that are no list", |l, _| l.with("Sec-WebSocket-Extensions", "; =,").bytes()),
    ]
}

fn statuses() -> Vec<Row> {
    const STATUS: &str = "RFC 6455 §4.1, §4.2.2";
    vec![
        (STATUS, "200 with all the fields of a 101", |l, _| {
            l.first("HTTP/1.1 200 OK").with("Content-Length", "0").bytes()
        }),
        (STATUS, "201 with all the fields of a 101", |l, _| {
            l.first("HTTP/1.1 201 Created").with("Content-Length", "0").bytes()
        }),
        (STATUS, "302 to a place where nothing is", |l, _| {
            l.first("HTTP/1.1 302 Found").with("Location", "/nothing-here").with("Content-Length", "0").bytes()
        }),
        (STATUS, "400", |l, _| l.first("HTTP/1.1 400 Bad Request").with("Content-Length", "0").bytes()),
        (STATUS, "401", |l, _| {
            l.first("HTTP/1.1 401 Unauthorized")
                .with("WWW-Authenticate", "Basic realm=\"x\"")
                .with("Content-Length", "0")
                .bytes()
        }),
        (STATUS, "403", |l, _| l.first("HTTP/1.1 403 Forbidden").with("Content-Length", "0").bytes()),
        (STATUS, "404", |l, _| l.first("HTTP/1.1 404 Not Found").with("Content-Length", "0").bytes()),
        (STATUS, "426", |l, _| {
            l.first("HTTP/1.1 426 Upgrade Required")
                .with("Sec-WebSocket-Version", "99")
                .with("Content-Length", "0")
                .bytes()
        }),
        (STATUS, "500", |l, _| l.first("HTTP/1.1 500 Internal Server Error").with("Content-Length", "0").bytes()),
        (STATUS, "503 with a body", |l, _| {
            let mut bytes = l.first("HTTP/1.1 503 Service Unavailable").with("Content-Length", "5").bytes();
            bytes.extend_from_slice(b"later");
            bytes
        }),
    ]
}

fn syntax() -> Vec<Row> {
    vec![
        ("RFC 9112 §4", "a status of four digits", |l, _| l.first("HTTP/1.1 1010 Switching Protocols").bytes()),
        ("RFC 9112 §4", "another protocol in the status line", |l, _| l.first("ICY 101 Switching Protocols").bytes()),
        ("RFC 9112 §4", "bytes of no meaning", |_, _| [[0xFF; 64].as_slice(), b"\r\n\r\n"].concat()),
        ("RFC 9112 §5.1", "a line without a colon", |l, _| l.raw("no colon here").bytes()),
        ("RFC 9112 §5.1", "a name with a bracket in it", |l, _| l.raw("X(Field: value").bytes()),
        ("RFC 9112 §8", "a head that ends in its middle", |l, _| {
            let mut bytes = l.bytes();
            bytes.truncate(bytes.len() - 20);
            bytes
        }),
        ("RFC 9112 §8", "nothing at all", |_, _| Vec::new()),
    ]
}

/// Answers so, with a message behind it, and sees that the client does not take the connection for open.
pub(crate) fn refused_by(
    mut guest: Guest,
    answer: impl Fn(crate::conformance::wire::head::Lines, &crate::conformance::opening::Keys) -> Vec<u8>,
) -> Judgement {
    let keys = match guest.keys() {
        Ok(keys) => keys,
        Err(error) => return Judgement::failed(error),
    };
    let bytes = answer(guest.answer(&keys), &keys);
    guest.send("answer", &bytes, Chop::Whole);
    let head = Head::read(&bytes);
    if head.is_some() {
        let mut frame = Vec::new();
        Frame::text("Hello").encode(Side::Server, [0; 4], &mut frame);
        guest.send("a message, for those that take it", &frame, Chop::Whole);
    }
    if head.and_then(|(head, _)| head.status()) != Some(101) {
        guest.socket.finish();
    }
    refuses(guest)
}

/// Whether the client leaves without a frame.
pub(crate) fn refuses(mut guest: Guest) -> Judgement {
    let deadline = after(guest.pace.timeout);
    loop {
        match base::decode(guest.socket.bytes()) {
            Decoded::Frame(frame) => {
                guest.log.received(frame.describe(), guest.socket.bytes());
                return if frame.opcode == base::CLOSE {
                    Judgement::non_strict("the client sent a close frame over a connection that was never open")
                } else {
                    Judgement::failed("the client took the connection for open")
                };
            }
            Decoded::Partial | Decoded::TooLong(_) => {}
        }
        match guest.socket.fill(deadline) {
            Arrived::Bytes => {}
            Arrived::Nothing if Instant::now() < deadline => {}
            Arrived::Nothing => return Judgement::failed("the client keeps the connection, and says nothing"),
            Arrived::Ended(_) => {
                guest.log.note("the client ended the connection");
                return Judgement::ok("refused");
            }
        }
    }
}

fn endless(mut guest: Guest) -> Judgement {
    let keys = match guest.keys() {
        Ok(keys) => keys,
        Err(error) => return Judgement::failed(error),
    };
    let mut head = guest.answer(&keys).bytes();
    head.truncate(head.len() - 2);
    guest.send("an answer without its blank line", &head, Chop::Whole);
    guest.log.note("fields follow, and no end");
    let piece = "X-Again: and again and again and again and again and again\r\n".repeat(1000);
    let mut total = head.len();
    while total < 4 << 20 {
        let sent = guest.socket.write(piece.as_bytes(), guest.pace.timeout);
        total += piece.len();
        let arrived = guest.socket.fill(after(core::time::Duration::from_millis(1)));
        if sent.is_err() || matches!(arrived, Arrived::Ended(_)) {
            return Judgement::ok(format!("the client left after {total} bytes"));
        }
    }
    guest.socket.finish();
    Judgement::non_strict(format!("the client has read {total} bytes of a head, and reads on"))
}
