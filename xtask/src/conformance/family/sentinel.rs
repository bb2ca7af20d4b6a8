//! What hybi00 and hixie75 have in common: texts between `00` and `FF`.

use core::time::Duration;

use crate::conformance::case::Case;
use crate::conformance::event::{Event, Tcp};
use crate::conformance::opening::Opening;
use crate::conformance::script::Script;
use crate::conformance::talk::{Chop, Talk, after};
use crate::conformance::verdict::Judgement;
use crate::conformance::version::{Side, Version};
use crate::conformance::wire::sentinel::{counted, text};

/// VERSION.F.1 and so on.
pub(crate) fn cases(version: Version) -> Vec<Case> {
    let section = match version {
        Version::Hixie75 => "hixie-75 §4",
        _ => "hybi-00 §4, §5.3",
    };
    let mut cases = messages(section);
    cases.extend(discarded(section));
    cases.push(invalid(section));
    cases.push(Case::talk("F.15", section, "texts, cut at each position in turn", Opening::default(), cut));
    cases.push(Case::talk(
        "F.16",
        section,
        "a length without end does not keep the peer busy",
        Opening::default(),
        endless,
    ));
    cases.push(Case::server(
        "F.17",
        section,
        "a connection that is cut off in the middle of a text does no harm",
        move |host| {
            for cut in 0..6 {
                match host.open(version, &Opening::default()) {
                    Ok(mut talk) => {
                        let frame = text(b"cut off");
                        talk.send_bytes("a part of a text", frame.get(..cut).unwrap_or_default(), Chop::Whole);
                    }
                    Err(error) => return Judgement::failed(error),
                }
            }
            match host.is_alive(version) {
                Ok(()) => Judgement::ok("the server still serves"),
                Err(error) => Judgement::failed(format!("the server serves no more: {error}")),
            }
        },
    ));
    cases
        .into_iter()
        .map(|mut case| {
            case.id = format!("{version}.{}", case.id);
            case.version(version)
        })
        .collect()
}

fn messages(section: &'static str) -> Vec<Case> {
    let lengths = [0, 1, 125, 126, 65_535, 65_536];
    let mut cases: Vec<_> = lengths
        .into_iter()
        .enumerate()
        .map(|(at, length)| {
            let title = format!("a text of {length} bytes comes back");
            Case::script(format!("F.{}", at + 1), section, title, move || {
                let payload = vec![b'*'; length];
                Script::new().bytes("text", text(&payload)).ok([Event::Text(payload)])
            })
        })
        .collect();
    let several = |chop: Chop| {
        let texts = ["one", "zwei", "trois – três", "四", "", "🙂"];
        let bytes: Vec<u8> = texts.iter().flat_map(|payload| text(payload.as_bytes())).collect();
        Script::new().chop(chop).bytes("six texts", bytes).ok(texts.map(Event::text))
    };
    cases.push(Case::script("F.7", section, "six texts in one write come back in order", move || several(Chop::Whole)));
    cases.push(Case::script("F.8", section, "six texts byte by byte come back in order", move || {
        several(Chop::Every(1))
    }));
    cases.push(Case::script("F.9", section, "a text of 1 MiB comes back", || {
        let payload = vec![b'x'; 1 << 20];
        Script::new().limit(30).bytes("text", text(&payload)).ok([Event::Text(payload)])
    }));
    cases
}

/// Frames that mean nothing, with a text behind them that comes back.
fn discarded(section: &'static str) -> Vec<Case> {
    let rows: [(&str, Vec<u8>); 4] = [
        ("a frame of type 01", [&[0x01], b"nothing".as_slice(), &[0xFF]].concat()),
        ("a frame of type 80 with 5 bytes", counted(0x80, b"\x00abc\xff")),
        ("a frame of type 80 with 1000 bytes", counted(0x80, &[0; 1000])),
        ("a frame of type FE with no bytes", counted(0xFE, &[])),
    ];
    rows.into_iter()
        .enumerate()
        .map(|(at, (what, frame))| {
            let title = format!("{what} is thrown away");
            Case::script(format!("F.{}", at + 10), section, title, move || {
                Script::new()
                    .bytes(what, frame.clone())
                    .bytes("text", text(b"behind"))
                    .ok([Event::text("behind")])
                    .peer_may_drop()
            })
        })
        .collect()
}

fn invalid(section: &'static str) -> Case {
    Case::script("F.14", section, "bytes that are no UTF-8 come back as U+FFFD", || {
        Script::new()
            .bytes("text", text(b"a\xc3\x28b"))
            .ok([Event::text("a\u{FFFD}(b")])
            .non_strict([Event::text(*b"a\xc3\x28b")], "the bytes came back as they were")
            .peer_may_drop()
    })
}

fn cut(talk: &mut Talk) -> Judgement {
    let texts = ["first", "µ", ""];
    let bytes: Vec<u8> = texts.iter().flat_map(|payload| text(payload.as_bytes())).collect();
    let expected = texts.map(Event::text);
    for cut in 1..bytes.len() {
        let (first, rest) = bytes.split_at(cut);
        talk.events.clear();
        talk.send_bytes(&format!("the first {cut} bytes"), first, Chop::Whole);
        std::thread::sleep(Duration::from_millis(2));
        talk.send_bytes("the rest", rest, Chop::Whole);
        talk.read_until(after(talk.pace.timeout), |talk| talk.is_over() || talk.events.len() >= expected.len());
        if talk.events != expected {
            return Judgement::failed(format!("cut at {cut}: got {:?}", talk.events));
        }
    }
    talk.close(1000);
    talk.read_until(after(talk.pace.timeout), Talk::is_over);
    talk.finish();
    Judgement::ok(format!("{} places", bytes.len() - 1))
}

fn endless(talk: &mut Talk) -> Judgement {
    let mut bytes = vec![0x80];
    bytes.resize(2000, 0xFF);
    talk.send_bytes("a length that goes on and on", &bytes, Chop::Whole);
    talk.read_until(after(talk.pace.prompt), Talk::is_over);
    if talk.is_over() {
        talk.finish();
        return Judgement::ok("the connection was ended");
    }
    talk.socket.finish();
    talk.read_until(after(talk.pace.grace), |talk| talk.ending.tcp != Tcp::Open);
    match talk.us.peer() {
        Side::Server => Judgement::non_strict("the server reads on"),
        Side::Client => Judgement::non_strict("the client reads on"),
    }
}
