//! Family 1, framing: messages of all lengths at which the header changes. Autobahn's ids.

use crate::conformance::case::Case;
use crate::conformance::event::Event;
use crate::conformance::script::Script;
use crate::conformance::talk::Chop;
use crate::conformance::wire::base::Frame;

/// 1.1.1 to 1.2.8.
pub(crate) fn cases() -> Vec<Case> {
    const LENGTHS: [usize; 8] = [0, 125, 126, 127, 128, 65_535, 65_536, 65_536];
    let mut cases = Vec::new();
    for (group, kind) in [(1, "text"), (2, "binary")] {
        for (at, length) in LENGTHS.into_iter().enumerate() {
            let chop = if at == 7 { Chop::Every(997) } else { Chop::Whole };
            let cut = if at == 7 { ", cut into pieces of 997 bytes," } else { "" };
            let title = format!("a {kind} message of {length} bytes{cut} comes back");
            cases.push(Case::script(format!("1.{group}.{}", at + 1), "RFC 6455 §5.2, §5.6", title, move || {
                let script = Script::new().chop(chop);
                if group == 1 {
                    let payload = vec![b'*'; length];
                    script.send([Frame::text(payload.clone())]).ok([Event::Text(payload)])
                } else {
                    let payload = vec![0xFE; length];
                    script.send([Frame::binary(payload.clone())]).ok([Event::Binary(payload)])
                }
            }));
        }
    }
    cases
}
