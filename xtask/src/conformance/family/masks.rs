//! Family M: masks in the wrong direction, and masks that are fine.

use crate::conformance::case::Case;
use crate::conformance::event::Event;
use crate::conformance::script::Script;
use crate::conformance::version::Side;
use crate::conformance::wire::base::{Frame, Masking};

/// M.1.1 to M.2.4.
pub(crate) fn cases() -> Vec<Case> {
    const SECTION: &str = "RFC 6455 §5.1";
    let wrong = |frame: Frame| frame.masking(Masking::Wrong);
    let rows: Vec<(&str, Vec<Frame>)> = vec![
        ("a text", vec![wrong(Frame::text("Hello"))]),
        ("an empty text", vec![wrong(Frame::text([]))]),
        ("a binary of 200 bytes", vec![wrong(Frame::binary([7; 200]))]),
        ("a ping", vec![wrong(Frame::ping("Hello"))]),
        ("a pong", vec![wrong(Frame::pong("Hello"))]),
        ("a close frame", vec![wrong(Frame::close(1000))]),
        ("the second fragment", vec![Frame::text("Hello").more(), wrong(Frame::last("World"))]),
    ];
    let mut cases: Vec<_> = rows
        .into_iter()
        .enumerate()
        .map(|(at, (what, frames))| {
            let title = format!("{what} masked by a server, or not masked by a client, fails the connection");
            Case::script(format!("M.1.{}", at + 1), SECTION, title, move || {
                let script = Script::new().send(frames.clone()).ok([]);
                // Who sends a close frame has closed, however wrong the frame is.
                if at == 5 { script.refuses_close(&[1002]) } else { script.peer_fails(&[1002]) }
            })
        })
        .collect();
    let keys = [[0; 4], [0xFF; 4], [0, 0, 0, 1], [0x80, 0, 0x7F, 0xFE]];
    for (at, key) in keys.into_iter().enumerate() {
        let title = format!("a ping, a text and fragments under the key {key:02x?}");
        let case = Case::script(format!("M.2.{}", at + 1), "RFC 6455 §5.3", title, move || {
            let key = Masking::Key(key);
            let parts = [Frame::text("ab").more(), Frame::last("cde").more(), Frame::last("f")];
            Script::new()
                .send([Frame::ping("ping").masking(key)])
                .wait_for(1)
                .send([Frame::text("Hello").masking(key)])
                .send(parts.map(|frame| frame.masking(key)))
                .ok([Event::pong("ping"), Event::text("Hello"), Event::text("abcdef")])
        });
        cases.push(case.only(Side::Server));
    }
    cases
}
