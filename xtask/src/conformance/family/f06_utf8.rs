//! Family 6, UTF-8. Autobahn's ids; 6.5 to 6.23 follow Markus Kuhn's stress test for UTF-8 decoders.

use crate::conformance::case::Case;
use crate::conformance::event::{Event, preview};
use crate::conformance::family::utf8_table;
use crate::conformance::script::Script;
use crate::conformance::wire::base::{self, Frame};

const TEXT: &str = "RFC 6455 §5.6";
const INVALID: &str = "RFC 6455 §8.1";

/// 6.1.1 to 6.23.7.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = empty();
    cases.extend(valid());
    cases.extend(invalid());
    cases.extend(fail_fast());
    for (group, (about, payloads)) in utf8_table::groups().into_iter().enumerate() {
        for (at, payload) in payloads.into_iter().enumerate() {
            cases.push(whole(format!("6.{}.{}", group + 5, at + 1), about, payload));
        }
    }
    cases
}

/// A payload in one frame: it comes back if it is UTF-8.
pub(crate) fn whole(id: String, about: &str, payload: Vec<u8>) -> Case {
    let is_valid = core::str::from_utf8(&payload).is_ok();
    let shown: String = payload.iter().take(24).map(|byte| format!("{byte:02x}")).collect();
    let more = if payload.len() > 24 { "…" } else { "" };
    let what = if is_valid { "comes back" } else { "fails the connection" };
    let section = if is_valid { TEXT } else { INVALID };
    Case::script(id, section, format!("{about}: {shown}{more} {what}"), move || {
        let script = Script::new().send([Frame::text(payload.clone())]);
        if is_valid { script.ok([Event::Text(payload.clone())]) } else { script.ok([]).peer_fails(&[1007]) }
    })
}

fn empty() -> Vec<Case> {
    let parts = |middle: &'static str| [Frame::text([]).more(), Frame::last(middle).more(), Frame::last([])];
    vec![
        Case::script("6.1.1", TEXT, "an empty text message comes back", || {
            Script::new().send([Frame::text([])]).ok([Event::text([])])
        }),
        Case::script("6.1.2", TEXT, "a text message of three empty fragments comes back", move || {
            Script::new().send(parts("")).ok([Event::text([])])
        }),
        Case::script("6.1.3", TEXT, "a text message whose first and last fragments are empty comes back", move || {
            Script::new().send(parts("middle frame payload")).ok([Event::text("middle frame payload")])
        }),
    ]
}

const GREETING: &str = "Hello-µ@ßöäüàá-UTF-8!!";
const KOSME: &str = "κ\u{1f79}σμε";

fn valid() -> Vec<Case> {
    let bytewise = |id: &str, text: &'static str| {
        let title = format!("\"{text}\" in fragments of one byte comes back");
        Case::script(id, TEXT, title, move || Script::new().send(single_bytes(text.as_bytes())).ok([Event::text(text)]))
    };
    vec![
        Case::script("6.2.1", TEXT, format!("\"{GREETING}\" comes back"), || {
            Script::new().send([Frame::text(GREETING)]).ok([Event::text(GREETING)])
        }),
        Case::script("6.2.2", TEXT, "the same in two fragments, cut between characters, comes back", || {
            let (first, last) = GREETING.split_at("Hello-µ@ßöä".len());
            Script::new().send([Frame::text(first).more(), Frame::last(last)]).ok([Event::text(GREETING)])
        }),
        bytewise("6.2.3", GREETING),
        bytewise("6.2.4", KOSME),
    ]
}

/// A text with a surrogate in it.
fn surrogate() -> Vec<u8> {
    [KOSME.as_bytes(), b"\xed\xa0\x80edited"].concat()
}

fn invalid() -> Vec<Case> {
    vec![
        Case::script("6.3.1", INVALID, "a text with a surrogate in it fails the connection", || {
            Script::new().send([Frame::text(surrogate())]).ok([]).peer_fails(&[1007])
        }),
        Case::script("6.3.2", INVALID, "the same in fragments of one byte fails the connection", || {
            Script::new().send(single_bytes(&surrogate())).ok([]).peer_fails(&[1007])
        }),
    ]
}

/// The first part is fine, the second breaks it, the third comes too late.
fn fail_fast() -> Vec<Case> {
    let late = "the text was refused only when it was complete";
    let cut = |whole: bool| -> [Vec<u8>; 3] {
        let kosme = KOSME.as_bytes();
        if whole {
            [kosme.to_vec(), b"\xf4\x90\x80\x80".to_vec(), b"edited".to_vec()]
        } else {
            [[kosme, b"\xf4"].concat(), b"\x90".to_vec(), b"\x80\x80edited".to_vec()]
        }
    };
    let finish = move |script: Script| {
        script.ok([Event::Quiet("A")]).non_strict([Event::Quiet("A"), Event::Quiet("B")], late).peer_fails(&[1007])
    };
    let mut cases = Vec::new();
    for (number, whole, what) in [
        (1, true, "three fragments, of which the second has a character beyond U+10FFFF"),
        (2, false, "three fragments, of which the second has only the byte that breaks the text"),
    ] {
        let title = format!("{what}: the connection fails at the second");
        cases.push(Case::script(format!("6.4.{number}"), INVALID, title, move || {
            let [first, second, third] = cut(whole);
            finish(
                Script::new()
                    .send([Frame::text(first).more()])
                    .quiet("A")
                    .send([Frame::last(second).more()])
                    .prompt("B")
                    .send([Frame::last(third)]),
            )
        }));
    }
    for (number, whole, what) in [
        (3, true, "one frame in three pieces, of which the second has a character beyond U+10FFFF"),
        (4, false, "one frame in three pieces, of which the second has only the byte that breaks the text"),
    ] {
        let title = format!("{what}: the connection fails at the second");
        cases.push(Case::talk(format!("6.4.{number}"), INVALID, title, Default::default(), move |talk| {
            let parts = cut(whole);
            let payload = parts.concat();
            let mut bytes = Vec::new();
            Frame::text(payload.clone()).encode(talk.us, talk.random.bytes(), &mut bytes);
            let header = bytes.len() - payload.len();
            let [first, second, _] = parts;
            let (first, rest) = bytes.split_at(header + first.len());
            let (second, third) = rest.split_at(second.len());
            let script = Script::new()
                .bytes(format!("a text frame up to {}", preview(&payload)), first)
                .quiet("A")
                .bytes("the piece that breaks it", second)
                .prompt("B")
                .bytes("the rest", third);
            finish(script).play(talk)
        }));
    }
    cases
}

/// A text in fragments of one byte, and an empty one at the end.
fn single_bytes(text: &[u8]) -> Vec<Frame> {
    let mut frames: Vec<_> = text
        .iter()
        .enumerate()
        .map(|(at, &byte)| {
            let opcode = if at == 0 { base::TEXT } else { base::CONTINUATION };
            Frame::new(opcode, [byte]).more()
        })
        .collect();
    frames.push(Frame::last([]));
    frames
}
