//! Family 4, reserved opcodes. Autobahn's ids.

use crate::conformance::case::Case;
use crate::conformance::event::Event;
use crate::conformance::family::LATE_ECHO;
use crate::conformance::script::Script;
use crate::conformance::talk::Chop;
use crate::conformance::wire::base::Frame;

/// 4.1.1 to 4.2.5.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (group, kind, first) in [(1, "data", 3), (2, "control", 11)] {
        for at in 0..5u8 {
            let opcode = first + at;
            let payload = if matches!(at, 0 | 2) { "" } else { "reserved opcode payload" };
            let with = if payload.is_empty() { "without" } else { "with" };
            let chop = if at == 4 { Chop::Every(1) } else { Chop::Whole };
            let around = match at {
                0 | 1 => "",
                4 => ", between a message and a ping, byte by byte,",
                _ => ", between a message and a ping,",
            };
            let title = format!("the reserved {kind} opcode {opcode} {with} a payload{around} fails the connection");
            let id = format!("4.{group}.{}", at + 1);
            cases.push(Case::script(id, "RFC 6455 §5.2", title, move || {
                let reserved = Frame::new(opcode, payload);
                if at < 2 {
                    return Script::new().send([reserved]).ok([]).peer_fails(&[1002]);
                }
                Script::new()
                    .chop(chop)
                    .send([Frame::text("Hello, world!"), reserved, Frame::ping([])])
                    .ok([Event::text("Hello, world!")])
                    .non_strict([], LATE_ECHO)
                    .peer_fails(&[1002])
            }));
        }
    }
    cases
}
