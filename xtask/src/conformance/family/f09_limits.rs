//! Families 9 and 10: large messages, many fragments, many pieces, many messages. Autobahn's ids.

use crate::conformance::case::Case;
use crate::conformance::data::Data;
use crate::conformance::echo::{EchoLoop, fragments};
use crate::conformance::event::Event;
use crate::conformance::script::Script;
use crate::conformance::talk::Chop;
use crate::conformance::wire::base::{BINARY, TEXT};

const SECTION: &str = "RFC 6455 §5.4, §10.4";
const KIB: usize = 1 << 10;
const MIB: usize = 1 << 20;

/// 9.1.1 to 9.8.6, and 10.1.1.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let kinds = |first: usize| [(first, "text", TEXT), (first + 1, "binary", BINARY)];
    for (group, kind, opcode) in kinds(1) {
        for (at, size) in [64 * KIB, 256 * KIB, MIB, 4 * MIB, 8 * MIB, 16 * MIB].into_iter().enumerate() {
            let title = format!("a {kind} message of {} comes back", human(size));
            cases.push(message(format!("9.{group}.{}", at + 1), title, opcode, size, 0, Chop::Whole));
        }
    }
    for (group, kind, opcode) in kinds(3) {
        let sizes = [64, 256, KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 4 * MIB];
        for (at, size) in sizes.into_iter().enumerate() {
            let title = format!("a {kind} message of 4 MiB in fragments of {} comes back", human(size));
            cases.push(message(format!("9.{group}.{}", at + 1), title, opcode, 4 * MIB, size, Chop::Whole));
        }
    }
    for (group, kind, opcode) in kinds(5) {
        for (at, size) in [64, 128, 256, 512, 1024, 2048].into_iter().enumerate() {
            let title = format!("a {kind} message of 1 MiB, cut into pieces of {size} bytes, comes back");
            cases.push(message(format!("9.{group}.{}", at + 1), title, opcode, MIB, 0, Chop::Every(size)));
        }
    }
    for (group, kind, opcode) in kinds(7) {
        let sizes = [(0, 60), (16, 60), (64, 60), (256, 120), (1024, 240), (4096, 480)];
        for (at, (size, seconds)) in sizes.into_iter().enumerate() {
            let title = format!("1000 {kind} messages of {size} bytes come back, one by one");
            let is_text = opcode == TEXT;
            let data = Data::Same(if is_text { b'*' } else { 0xFE });
            let echo = EchoLoop { count: 1000, size, data, is_text, fragment: 0, deflate: None, seconds };
            cases.push(Case::echo(format!("9.{group}.{}", at + 1), SECTION, title, echo));
        }
    }
    let title = "a text message of 65536 bytes in fragments of 1300 comes back";
    cases.push(message("10.1.1".to_owned(), title.to_owned(), TEXT, 65_536, 1300, Chop::Whole));
    cases
}

fn message(id: String, title: String, opcode: u8, size: usize, fragment: usize, chop: Chop) -> Case {
    let heavy = size >= MIB;
    let case = Case::script(id, SECTION, title, move || {
        let payload = vec![if opcode == TEXT { b'*' } else { 0xFE }; size];
        let script = Script::new().chop(chop).limit(100).send(fragments(opcode, 0, payload.clone(), fragment));
        script.ok([if opcode == TEXT { Event::Text(payload) } else { Event::Binary(payload) }])
    });
    if heavy { case.heavy() } else { case }
}

fn human(size: usize) -> String {
    match size {
        _ if size >= MIB => format!("{} MiB", size / MIB),
        _ if size >= KIB => format!("{} KiB", size / KIB),
        _ => format!("{size} bytes"),
    }
}
