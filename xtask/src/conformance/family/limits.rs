//! The rest of family H: requests without end, without an end in sight, and with more than a request behind them.

use crate::conformance::case::Case;
use crate::conformance::event::Event;
use crate::conformance::family::rules::{Rule, judge_reply};
use crate::conformance::host::Host;
use crate::conformance::socket::Arrived;
use crate::conformance::talk::{Chop, Talk, after};
use crate::conformance::verdict::Judgement;
use crate::conformance::version::{Side, Version};
use crate::conformance::wire::base::Frame;
use crate::conformance::wire::head::Head;

/// H.5.1 to H.5.6.
pub(crate) fn cases() -> Vec<Case> {
    const BOUNDS: &str = "RFC 9112 §3, RFC 6585 §5";
    vec![
        Case::server("H.5.1", BOUNDS, "a field of 100 KB is refused", |host| {
            large(host, |lines| lines.with("X-Large", "x".repeat(100_000)))
        }),
        Case::server("H.5.2", BOUNDS, "a target of 100 KB is refused", |host| {
            large(host, |lines| lines.first(format!("GET /{} HTTP/1.1", "x".repeat(100_000))))
        }),
        Case::server("H.5.3", BOUNDS, "ten thousand fields are refused", |host| {
            large(host, |lines| (0..10_000).fold(lines, |lines, n| lines.with(format!("X-{n}"), "x")))
        }),
        Case::server("H.5.4", BOUNDS, "a head that never ends is cut off", endless),
        Case::server("H.5.5", "RFC 6455 §4.2.1", "a request that ends in its middle is not accepted", half),
        Case::server("H.5.6", "RFC 6455 §4.1", "a message in the same write as the request", pipelined),
    ]
}

fn large(
    host: &Host,
    change: impl Fn(crate::conformance::wire::head::Lines) -> crate::conformance::wire::head::Lines,
) -> Judgement {
    let keys = host.keys();
    let bytes = change(host.request(Version::Hybi17, &keys)).bytes();
    let reply = host.exchange(&bytes, Chop::Whole);
    let accepted = reply.as_ref().is_ok_and(|r| r.head.as_ref().and_then(Head::status) == Some(101));
    if accepted {
        return Judgement::non_strict("the request was accepted, as large as it is");
    }
    let dropped = reply.as_ref().is_ok_and(|reply| reply.head.is_none() && reply.end.is_some());
    if dropped {
        return Judgement::ok("the connection was ended without an answer that got through");
    }
    judge_reply(reply, Rule::Refuse, Version::Hybi17, &keys)
}

/// Sends fields until the server has had enough.
fn endless(host: &Host) -> Judgement {
    let keys = host.keys();
    let mut socket = match host.connect() {
        Ok(socket) => socket,
        Err(error) => return Judgement::failed(error),
    };
    let mut head = host.request(Version::Hybi17, &keys).bytes();
    head.truncate(head.len() - 2);
    host.log.sent("a request without its blank line", &head);
    let piece = "X-Again: and again and again and again and again and again\r\n".repeat(1000);
    host.log.note("fields follow, and no end");
    let mut total = head.len();
    let mut sent = socket.write(&head, host.pace.timeout);
    while sent.is_ok() && total < MAX {
        sent = socket.write(piece.as_bytes(), host.pace.timeout);
        total += piece.len();
        let arrived = socket.fill(after(core::time::Duration::from_millis(1)));
        if let Some((head, _)) = Head::read(socket.bytes()) {
            host.log.received("head", socket.bytes());
            return match head.status() {
                Some(101) => Judgement::failed("the request was accepted without its end"),
                _ => Judgement::ok(format!("{:?} after {total} bytes", head.first)),
            };
        }
        if matches!(arrived, Arrived::Ended(_)) {
            break;
        }
    }
    if total < MAX {
        Judgement::ok(format!("the connection was ended after {total} bytes"))
    } else {
        Judgement::non_strict(format!("the server has read {total} bytes of a head, and reads on"))
    }
}

fn half(host: &Host) -> Judgement {
    let keys = host.keys();
    let bytes = host.request(Version::Hybi17, &keys).bytes();
    let half = bytes.get(..bytes.len() - 30).unwrap_or_default();
    let mut socket = match host.connect() {
        Ok(socket) => socket,
        Err(error) => return Judgement::failed(error),
    };
    host.log.sent("a request without its end", half);
    if let Err(error) = socket.write(half, host.pace.timeout) {
        return Judgement::failed(error);
    }
    socket.finish();
    let reply = host.reply(socket);
    match (&reply.head, reply.end) {
        (None, Some(_)) => Judgement::ok("the connection was ended"),
        (None, None) => Judgement::failed("the connection stays open"),
        (Some(head), _) if head.status() == Some(101) => Judgement::failed("it was accepted"),
        (Some(head), _) => Judgement::ok(format!("answered with {:?}", head.first)),
    }
}

/// The client is to wait for the answer, so a server may refuse this; but it must not lose the message silently.
fn pipelined(host: &Host) -> Judgement {
    let keys = host.keys();
    let mut bytes = host.request(Version::Hybi17, &keys).bytes();
    Frame::text("early").encode(Side::Client, [1, 2, 3, 4], &mut bytes);
    let reply = match host.exchange(&bytes, Chop::Whole) {
        Ok(reply) => reply,
        Err(error) => return Judgement::failed(error),
    };
    match reply.head.as_ref().map(Head::status) {
        Some(Some(101)) => {}
        Some(_) => return Judgement::non_strict("the request was refused"),
        None if reply.end.is_some() => return Judgement::non_strict("the connection was ended"),
        None => return Judgement::failed("no answer"),
    }
    let mut talk = Talk::new(reply.socket, host.log.clone(), host.pace, Side::Client, Version::Hybi17);
    talk.read_until(after(host.pace.timeout), |talk| talk.is_over() || !talk.events.is_empty());
    if talk.events.first() == Some(&Event::text("early")) {
        talk.close(1000);
        talk.read_until(after(host.pace.grace), Talk::is_over);
        return Judgement::ok("the message came back");
    }
    if talk.is_over() {
        return Judgement::non_strict("the connection was failed");
    }
    Judgement::failed("the message is lost")
}

const MAX: usize = 4 << 20;
