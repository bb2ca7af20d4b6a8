//! Family 3, reserved bits that no extension gives a meaning. Autobahn's ids.

use crate::conformance::case::Case;
use crate::conformance::event::Event;
use crate::conformance::family::LATE_ECHO;
use crate::conformance::script::Script;
use crate::conformance::talk::Chop;
use crate::conformance::wire::base::Frame;

/// 3.1 to 3.7.
pub(crate) fn cases() -> Vec<Case> {
    const SECTION: &str = "RFC 6455 §5.2";
    let alone = |id: &str, title: &str, frame: Frame| {
        Case::script(id, SECTION, title, move || Script::new().send([frame.clone()]).ok([]).peer_fails(&[1002]))
    };
    let between = |id: &str, bits: u8, chop: Chop, cut: &str| {
        let title = format!("a message, one with RSV {bits}, a ping{cut}: an echo, then the connection fails");
        Case::script(id, SECTION, title, move || {
            let hello = Frame::text("Hello, world!");
            Script::new()
                .chop(chop)
                .send([hello.clone(), hello.rsv(bits), Frame::ping([])])
                .ok([Event::text("Hello, world!")])
                .non_strict([], LATE_ECHO)
                .peer_fails(&[1002])
        })
    };
    vec![
        alone("3.1", "a text frame with RSV 1 fails the connection", Frame::text("Hello, world!").rsv(1)),
        between("3.2", 2, Chop::Whole, ""),
        between("3.3", 3, Chop::Frames, ", frame by frame"),
        between("3.4", 4, Chop::Every(1), ", byte by byte"),
        alone("3.5", "a binary frame with RSV 5 fails the connection", Frame::binary(*b"\x00\xff\xfe\xfd").rsv(5)),
        alone("3.6", "a ping with RSV 6 fails the connection", Frame::ping("Hello, world!").rsv(6)),
        alone("3.7", "a close frame with RSV 7 fails the connection", Frame::close(1000).rsv(7)),
    ]
}
