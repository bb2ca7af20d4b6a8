//! Answers to clients that speak hybi10, hybi00 or hixie75. They come last, as family A does.

use std::time::Instant;

use crate::conformance::case::Case;
use crate::conformance::event::Event;
use crate::conformance::family::{answers, bad_answers};
use crate::conformance::guest::Guest;
use crate::conformance::opening::Keys;
use crate::conformance::script::Script;
use crate::conformance::socket::Arrived;
use crate::conformance::talk::{Chop, after};
use crate::conformance::verdict::Judgement;
use crate::conformance::version::Version;
use crate::conformance::wire::digest;
use crate::conformance::wire::head::Lines;
use crate::conformance::wire::sentinel::{CLOSE, text};

/// hybi10.A.1, hybi00.A.1, hixie75.A.1 and so on.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = hybi10();
    for version in [Version::Hybi00, Version::Hixie75] {
        cases.extend(good(version));
        cases.extend(bad(version));
    }
    cases.extend(only_hybi00());
    cases
}

fn case(
    version: Version,
    number: usize,
    title: &str,
    run: impl Fn(Guest) -> Judgement + Send + Sync + 'static,
) -> Case {
    let section = match version {
        Version::Hybi10 | Version::Hybi17 => "hybi-10 §5",
        Version::Hybi00 => "hybi-00 §4.1",
        Version::Hixie75 => "hixie-75 §3",
    };
    Case::client(format!("{version}.A.{number}"), section, title, run).version(version)
}

fn hybi10() -> Vec<Case> {
    let v = Version::Hybi10;
    vec![
        case(v, 1, "the client's request has all that it needs", |guest| match super::asked::check(&guest) {
            Ok(()) => answers::go_on(guest, |lines| lines, Chop::Whole),
            Err(error) => Judgement::failed(error),
        }),
        case(v, 2, "the answer byte by byte", |guest| answers::go_on(guest, |lines| lines, Chop::Every(1))),
        case(v, 3, "the proof of another key is refused", |guest| {
            bad_answers::refused_by(guest, |lines, _| {
                lines.set("Sec-WebSocket-Accept", digest::accept(&digest::key(&[1; 16]))).bytes()
            })
        }),
        case(v, 4, "an answer without a proof is refused", |guest| {
            bad_answers::refused_by(guest, |lines, _| lines.without("Sec-WebSocket-Accept").bytes())
        }),
    ]
}

/// The name of a field in this version.
fn field(version: Version, name: &str) -> String {
    match version {
        Version::Hixie75 => format!("WebSocket-{name}"),
        _ => format!("Sec-WebSocket-{name}"),
    }
}

/// The bytes behind the head of an answer.
fn behind(version: Version, keys: &Keys) -> Vec<u8> {
    match version {
        Version::Hybi00 => keys.checksum().unwrap_or_default().to_vec(),
        _ => Vec::new(),
    }
}

fn good(version: Version) -> Vec<Case> {
    let hello =
        |guest: Guest| Script::new().bytes("text", text(b"Hello")).ok([Event::text("Hello")]).play(&mut guest.talk());
    let go_on = move |mut guest: Guest, chop: Chop, change: fn(Lines) -> Lines| match guest.keys() {
        Ok(keys) => {
            let bytes = [change(guest.answer(&keys)).bytes(), behind(version, &keys)].concat();
            guest.send("answer", &bytes, chop);
            hello(guest)
        }
        Err(error) => Judgement::failed(error),
    };
    vec![
        case(version, 1, "the client's request has all that it needs", move |mut guest| {
            match asked(&mut guest) {
                Ok(()) => {}
                Err(error) => return Judgement::failed(error),
            }
            let keys = match guest.keys() {
                Ok(keys) => keys,
                Err(error) => return Judgement::failed(error),
            };
            if version == Version::Hybi00 && keys.checksum().is_none() {
                return Judgement::failed("the keys have no checksum");
            }
            let bytes = [guest.answer(&keys).bytes(), behind(version, &keys)].concat();
            guest.send("answer", &bytes, Chop::Whole);
            hello(guest)
        }),
        case(version, 2, "the answer byte by byte", move |guest| go_on(guest, Chop::Every(1), |lines| lines)),
        case(version, 3, "a cookie and a field that the client does not know", move |guest| {
            go_on(guest, Chop::Whole, |lines| lines.with("Set-Cookie", "a=b").with("Server", "x"))
        }),
        case(version, 4, "a text in the same write as the answer", move |mut guest| match guest.keys() {
            Ok(keys) => {
                let mut bytes = [guest.answer(&keys).bytes(), behind(version, &keys)].concat();
                bytes.extend(text(b"early"));
                guest.send("the answer and a text", &bytes, Chop::Whole);
                Script::new().ok([Event::text("early")]).play(&mut guest.talk())
            }
            Err(error) => Judgement::failed(error),
        }),
    ]
}

/// Checks a request of the old versions.
fn asked(guest: &mut Guest) -> Result<(), String> {
    let head = &guest.head;
    if !head.first.starts_with("GET /") || !head.first.ends_with(" HTTP/1.1") {
        return Err(format!("the request line is {:?}", head.first));
    }
    let upgrade = head.get("Upgrade").unwrap_or_default();
    if upgrade != "WebSocket" {
        return Err(format!("Upgrade is {upgrade:?}"));
    }
    for name in ["Host", "Origin"] {
        if head.all(name).count() != 1 {
            return Err(format!("not one field {name}"));
        }
    }
    Ok(())
}

fn bad(version: Version) -> Vec<Case> {
    type Change = fn(Lines, Version) -> Lines;
    let rows: [(&str, Change); 7] = [
        ("another location", |l, v| l.set(&field(v, "Location"), "ws://other.example/")),
        ("no location", |l, v| l.without(&field(v, "Location"))),
        ("another origin", |l, v| l.set(&field(v, "Origin"), "http://other.example")),
        ("no origin", |l, v| l.without(&field(v, "Origin"))),
        ("no Upgrade", |l, _| l.without("Upgrade")),
        ("no Connection", |l, _| l.without("Connection")),
        ("status 200", |l, _| l.first("HTTP/1.1 200 OK")),
    ];
    rows.into_iter()
        .enumerate()
        .map(|(at, (title, change))| {
            case(version, at + 5, &format!("{title}: refused"), move |mut guest| match guest.keys() {
                Ok(keys) => {
                    let head = change(guest.answer(&keys), version).bytes();
                    refused(guest, &[head, behind(version, &keys)].concat())
                }
                Err(error) => Judgement::failed(error),
            })
        })
        .collect()
}

fn only_hybi00() -> Vec<Case> {
    let v = Version::Hybi00;
    let late = move |mut guest: Guest, pieces: usize| match guest.keys() {
        Ok(keys) => {
            let head = guest.answer(&keys).bytes();
            guest.send("the head alone", &head, Chop::Whole);
            std::thread::sleep(guest.pace.quiet);
            guest.send("the 16 bytes", &behind(v, &keys), Chop::Every(16 / pieces));
            Script::new().bytes("text", text(b"Hello")).ok([Event::text("Hello")]).play(&mut guest.talk())
        }
        Err(error) => Judgement::failed(error),
    };
    let wrong = move |mut guest: Guest, change: fn(&mut Vec<u8>)| match guest.keys() {
        Ok(keys) => {
            let mut sum = behind(v, &keys);
            change(&mut sum);
            refused(guest_with_end(&sum, guest.answer(&keys).bytes(), guest), &[])
        }
        Err(error) => Judgement::failed(error),
    };
    vec![
        case(v, 12, "the head first, the 16 bytes later", move |guest| late(guest, 1)),
        case(v, 13, "the head first, the 16 bytes one by one", move |guest| late(guest, 16)),
        case(v, 14, "a wrong first byte of the checksum: refused", move |guest| {
            wrong(guest, |sum| sum.iter_mut().take(1).for_each(|byte| *byte ^= 1))
        }),
        case(v, 15, "a wrong last byte of the checksum: refused", move |guest| {
            wrong(guest, |sum| sum.iter_mut().skip(15).for_each(|byte| *byte ^= 0x80))
        }),
        case(v, 16, "a checksum of 15 bytes: refused", move |guest| wrong(guest, |sum| sum.truncate(15))),
    ]
}

/// Sends an answer; behind a checksum that is too short there comes nothing more.
fn guest_with_end(sum: &[u8], head: Vec<u8>, mut guest: Guest) -> Guest {
    let bytes = [head, sum.to_vec()].concat();
    guest.send("answer", &bytes, Chop::Whole);
    if sum.len() < 16 {
        guest.socket.finish();
    }
    guest
}

/// Sends bytes and a text behind them, and sees that the client leaves without a frame.
fn refused(mut guest: Guest, bytes: &[u8]) -> Judgement {
    guest.send("answer", bytes, Chop::Whole);
    guest.send("a text, for those that take it", &text(b"Hello"), Chop::Whole);
    let deadline = after(guest.pace.timeout);
    loop {
        match guest.socket.bytes() {
            [] => {}
            bytes if bytes == CLOSE => {
                return Judgement::non_strict("the client closed a connection that was never open");
            }
            bytes => {
                guest.log.received("bytes", bytes);
                if bytes.contains(&0xFF) {
                    return Judgement::failed("the client took the connection for open");
                }
            }
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
