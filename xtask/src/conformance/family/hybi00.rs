//! hybi00: the two keys, the eight bytes that a proxy holds back, and the closing handshake of two bytes.

use crate::conformance::case::Case;
use crate::conformance::event::Event;
use crate::conformance::family::sentinel;
use crate::conformance::host::Host;
use crate::conformance::opening::{Keys, Opening, read_exact};
use crate::conformance::script::Script;
use crate::conformance::talk::{Chop, Talk, after};
use crate::conformance::verdict::Judgement;
use crate::conformance::version::{Side, Version};
use crate::conformance::wire::head::Head;
use crate::conformance::wire::sentinel::{CLOSE, text};

const KEYS: &str = "hybi-00 §5.2";
const VERSION: Version = Version::Hybi00;

/// hybi00.H.1 and so on.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = good();
    cases.extend(bad());
    cases.extend(order());
    cases.extend(closing());
    for case in &mut cases {
        case.id = format!("hybi00.{}", case.id);
        case.version = VERSION;
    }
    cases.extend(sentinel::cases(VERSION));
    cases
}

/// Key1, key2, the eight bytes, the answer. Published with the draft and in other test suites.
const VECTORS: [(&str, &str, [u8; 8], &[u8; 16]); 4] = [
    ("4 @1  46546xW%0l 1 5", "12998 5 Y3 1  .P00", *b"^n:ds[4U", b"8jKS'y:G*Co,Wxa-"),
    ("18x 6]8vM;54 *(5:  {   U1]8  z [  8", "1_ tx7X d  <  nw  334J702) 7]o}` 0", *b"Tm[K T2u", b"fQJ,fN/4F4!~K~MH"),
    ("3e6b263  4 17 80", "17  9 G`ZD9   2 2b 7X 3 /r90", *b"WjN}|M(6", b"n`9eBk9z$R8pOtVb"),
    (
        "55 997",
        "3  3  64  98",
        *b"\x00\x09\x68\x32\x00\x78\xc7\x10",
        b"\xc4\x15\xc2\xc8\x29\x5c\x94\x8a\x95\xb9\x4d\xec\x5b\x1d\x33\xce",
    ),
];

fn good() -> Vec<Case> {
    let mut cases =
        vec![Case::server("H.1", KEYS, "a plain request is accepted, with everything that an answer needs", |host| {
            shake(host, &host.keys(), check_all, Chop::Whole)
        })];
    for (at, (key1, key2, key3, sum)) in VECTORS.into_iter().enumerate() {
        let title = format!("published keys, number {}", at + 1);
        cases.push(Case::server(format!("H.{}", at + 2), KEYS, title, move |host| {
            let keys = Keys { key: String::new(), key1: key1.to_owned(), key2: key2.to_owned(), key3 };
            match keys.checksum() {
                Some(own) if own == *sum => shake(host, &keys, |_, _| Ok(()), Chop::Whole),
                _ => Judgement::failed("the suite has another checksum"),
            }
        }));
    }
    cases.push(Case::server("H.6", KEYS, "the request byte by byte", |host| {
        shake(host, &host.keys(), |_, _| Ok(()), Chop::Every(1))
    }));
    cases.push(Case::server(
        "H.7",
        "hybi-00 §1.2",
        "a request with Content-Length: 8, which some clients send",
        |host| {
            let keys = host.keys();
            let lines = host.request(VERSION, &keys).with("Content-Length", "8");
            let judgement =
                finish(host, &[lines.bytes(), keys.key3.to_vec()].concat(), &keys, |_, _| Ok(()), Chop::Whole);
            if judgement.verdict() == crate::conformance::verdict::Verdict::Failed {
                return Judgement::non_strict(judgement.why);
            }
            judgement
        },
    ));
    cases
}

fn check_all(host: &Host, head: &Head) -> Result<(), String> {
    let origin = format!("http://{}", host.target.host);
    let location = format!("ws://{}{}", host.target.host, host.target.resource);
    for (name, value) in [("Sec-WebSocket-Origin", origin), ("Sec-WebSocket-Location", location)] {
        let seen = head.get(name).unwrap_or_default();
        if seen != value {
            return Err(format!("{name} is {seen:?} instead of {value:?}"));
        }
    }
    crate::conformance::family::rules::check_answer(head, VERSION, &host.keys())
}

fn shake(host: &Host, keys: &Keys, check: impl Fn(&Host, &Head) -> Result<(), String>, chop: Chop) -> Judgement {
    let bytes = [host.request(VERSION, keys).bytes(), keys.key3.to_vec()].concat();
    finish(host, &bytes, keys, check, chop)
}

/// Sends a request, checks the answer and its 16 bytes, and sees that a text comes back.
fn finish(
    host: &Host,
    bytes: &[u8],
    keys: &Keys,
    check: impl Fn(&Host, &Head) -> Result<(), String>,
    chop: Chop,
) -> Judgement {
    let mut reply = match host.exchange(bytes, chop) {
        Ok(reply) => reply,
        Err(error) => return Judgement::failed(error),
    };
    match &reply.head {
        Some(head) if head.status() == Some(101) => {
            if let Err(error) = check(host, head) {
                return Judgement::failed(error);
            }
        }
        Some(head) => return Judgement::failed(format!("answered with {:?}", head.first)),
        None => return Judgement::failed("no answer"),
    }
    let sum = match read_exact(&mut reply.socket, 16, &host.log, host.pace) {
        Ok(sum) => sum,
        Err(error) => return Judgement::failed(error),
    };
    if keys.checksum().is_some_and(|expected| expected.as_slice() != sum) {
        return Judgement::failed("the 16 bytes are not the checksum of the keys");
    }
    let mut talk = Talk::new(reply.socket, host.log.clone(), host.pace, Side::Client, VERSION);
    Script::new().bytes("text", text(b"Hello")).ok([Event::text("Hello")]).play(&mut talk)
}

fn bad() -> Vec<Case> {
    let rows: [(&str, Option<&str>, Option<&str>); 6] = [
        ("a key without spaces", Some("3e6b6341780"), Some("17  9 G`ZD9   2 2b 7X 3 /r90")),
        (
            "a key whose number is no multiple of its spaces",
            Some("3e6b263  4 17 80"),
            Some("17  9 G`ZD9   2 2b 7X 3 /r91"),
        ),
        ("a key without digits", Some("a  b c"), Some("17  9 G`ZD9   2 2b 7X 3 /r90")),
        ("a key whose number is too large", Some("9 99999999999999999999"), Some("17  9 G`ZD9   2 2b 7X 3 /r90")),
        ("no first key", None, Some("17  9 G`ZD9   2 2b 7X 3 /r90")),
        ("no second key", Some("3e6b263  4 17 80"), None),
    ];
    rows.into_iter()
        .enumerate()
        .map(|(at, (title, key1, key2))| {
            let title = format!("{title} is refused");
            Case::server(format!("H.{}", at + 8), KEYS, title, move |host| {
                let mut lines = host.request(VERSION, &host.keys());
                for (name, key) in [("Sec-WebSocket-Key1", key1), ("Sec-WebSocket-Key2", key2)] {
                    lines = match key {
                        Some(key) => lines.set(name, key),
                        None => lines.without(name),
                    };
                }
                let reply = host.exchange(&[lines.bytes(), host.keys().key3.to_vec()].concat(), Chop::Whole);
                match reply {
                    Err(error) => Judgement::failed(error),
                    Ok(reply) => match (reply.head.as_ref().map(Head::status), reply.end) {
                        (Some(Some(101)), _) => Judgement::failed("the request was accepted"),
                        (Some(_), _) => Judgement::ok("the request was refused"),
                        (None, Some(_)) => Judgement::non_strict("the connection was ended without an answer"),
                        (None, None) => Judgement::failed("no answer"),
                    },
                }
            })
        })
        .collect()
}

/// The order in which head and bytes arrive.
fn order() -> Vec<Case> {
    vec![
        Case::server(
            "P.1",
            "hybi-00 §1.3, as behind proxies",
            "the head is answered before the 8 bytes are there, the 16 bytes follow them",
            |host| late(host, 1),
        ),
        Case::server("P.2", "hybi-00 §1.3, as behind proxies", "the same, with the 8 bytes one by one", |host| {
            late(host, 8)
        }),
        Case::server("P.3", KEYS, "a text in the same write as the request", |host| {
            let keys = host.keys();
            let bytes = [host.request(VERSION, &keys).bytes(), keys.key3.to_vec(), text(b"early")].concat();
            early(host, &bytes)
        }),
    ]
}

fn late(host: &Host, pieces: usize) -> Judgement {
    let keys = host.keys();
    let head = host.request(VERSION, &keys).bytes();
    let mut socket = match host.connect() {
        Ok(socket) => socket,
        Err(error) => return Judgement::failed(error),
    };
    host.log.sent("the head alone", &head);
    if let Err(error) = socket.write(&head, host.pace.timeout) {
        return Judgement::failed(error);
    }
    let waiting = Host {
        pace: crate::conformance::pace::Pace { timeout: host.pace.prompt, ..host.pace },
        target: host.target.clone(),
        log: host.log.clone(),
        seed: host.seed.clone(),
    };
    let mut reply = waiting.reply(socket);
    let in_time = reply.head.is_some();
    host.log.sent("the 8 bytes", &keys.key3);
    for piece in keys.key3.chunks(8 / pieces) {
        if reply.socket.write(piece, host.pace.timeout).is_err() {
            return Judgement::failed("the server did not wait for the 8 bytes");
        }
        std::thread::sleep(core::time::Duration::from_millis(2));
    }
    if !in_time {
        reply = host.reply(reply.socket);
    }
    match reply.head.as_ref().and_then(Head::status) {
        Some(101) => {}
        _ => return Judgement::failed("the request was not accepted"),
    }
    let sum = read_exact(&mut reply.socket, 16, &host.log, host.pace);
    match sum {
        Ok(sum) if keys.checksum().is_some_and(|expected| expected.as_slice() == sum) => {}
        Ok(_) => return Judgement::failed("the 16 bytes are not the checksum of the keys"),
        Err(error) => return Judgement::failed(error),
    }
    let mut talk = Talk::new(reply.socket, host.log.clone(), host.pace, Side::Client, VERSION);
    let judgement = Script::new().bytes("text", text(b"Hello")).ok([Event::text("Hello")]).play(&mut talk);
    match in_time {
        true => judgement,
        false if judgement.verdict() == crate::conformance::verdict::Verdict::Failed => judgement,
        false => Judgement::non_strict("the head was answered only when the 8 bytes were there"),
    }
}

fn early(host: &Host, bytes: &[u8]) -> Judgement {
    let mut reply = match host.exchange(bytes, Chop::Whole) {
        Ok(reply) => reply,
        Err(error) => return Judgement::failed(error),
    };
    if reply.head.as_ref().and_then(Head::status) != Some(101) {
        return Judgement::failed("the request was not accepted");
    }
    if let Err(error) = read_exact(&mut reply.socket, 16, &host.log, host.pace) {
        return Judgement::failed(error);
    }
    let mut talk = Talk::new(reply.socket, host.log.clone(), host.pace, Side::Client, VERSION);
    Script::new().ok([Event::text("early")]).play(&mut talk)
}

fn closing() -> Vec<Case> {
    const SECTION: &str = "hybi-00 §1.4, §5.3";
    vec![
        Case::talk("K.1", SECTION, "FF 00 is answered with FF 00", Opening::default(), |talk| {
            talk.close(1000);
            talk.read_until(after(talk.pace.timeout), Talk::is_over);
            talk.finish();
            match talk.ending.is_clean() {
                true => Judgement::ok("answered"),
                false => Judgement::failed("FF 00 was not answered"),
            }
        }),
        Case::script("K.2", SECTION, "a text behind FF 00 is ignored", || {
            Script::new()
                .bytes("close, then a text", [CLOSE.to_vec(), text(b"late"), CLOSE.to_vec()].concat())
                .ok([])
                .answers_close(&[])
        }),
        Case::script("K.3", SECTION, "a text in front of FF 00, in one write, comes back", || {
            Script::new()
                .bytes("a text, then close", [text(b"last"), CLOSE.to_vec()].concat())
                .ok([Event::text("last")])
                .non_strict([], "the close was answered before the text could come back")
                .answers_close(&[])
        }),
    ]
}
