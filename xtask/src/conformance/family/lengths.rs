//! Family L: lengths that are not in their shortest form, and lengths beyond all bounds.

use crate::conformance::case::Case;
use crate::conformance::event::Event;
use crate::conformance::script::Script;
use crate::conformance::wire::base::{Form, Frame};

const SHORTEST: &str = "RFC 6455 §5.2";
const TAKEN: &str = "the frame was taken; only writers must use the shortest form";

/// L.1.1 to L.2.4.
pub(crate) fn cases() -> Vec<Case> {
    let rows: [(&str, usize, Form); 6] = [
        ("a text of 0 bytes with its length in 2 bytes", 0, Form::Two),
        ("a text of 5 bytes with its length in 2 bytes", 5, Form::Two),
        ("a text of 125 bytes with its length in 2 bytes", 125, Form::Two),
        ("a text of 5 bytes with its length in 8 bytes", 5, Form::Eight),
        ("a text of 126 bytes with its length in 8 bytes", 126, Form::Eight),
        ("a text of 65535 bytes with its length in 8 bytes", 65_535, Form::Eight),
    ];
    let mut cases: Vec<_> = rows
        .into_iter()
        .enumerate()
        .map(|(at, (title, length, form))| {
            let title = format!("{title} fails the connection");
            Case::script(format!("L.1.{}", at + 1), SHORTEST, title, move || {
                let payload = vec![b'*'; length];
                fails_or(vec![Frame::text(payload.clone()).form(form)], Event::Text(payload))
            })
        })
        .collect();
    cases.push(Case::script(
        "L.1.7",
        SHORTEST,
        "a continuation of 5 bytes with its length in 2 bytes fails the connection",
        || {
            let frames = vec![Frame::text("Hello").more(), Frame::last("World").form(Form::Two)];
            fails_or(frames, Event::text("HelloWorld"))
        },
    ));
    cases.push(Case::script(
        "L.1.8",
        "RFC 6455 §5.5",
        "a ping of 5 bytes with its length in 2 bytes fails the connection",
        || fails_or(vec![Frame::ping("Hello").form(Form::Two)], Event::pong("Hello")),
    ));
    cases.extend(beyond());
    cases
}

/// The connection fails; that the peer takes the frame is not strict.
fn fails_or(frames: Vec<Frame>, event: Event) -> Script {
    Script::new().send(frames).ok([]).peer_fails(&[1002]).or_taken(event, TAKEN)
}

fn beyond() -> Vec<Case> {
    let rows: [(&str, &str, u64, &'static [u16]); 4] = [
        ("L.2.1", "the highest bit of a length in 8 bytes", 1 << 63, &[1002, 1009]),
        ("L.2.2", "all bits of a length in 8 bytes", u64::MAX, &[1002, 1009]),
        ("L.2.3", "a length of 2^62 bytes", 1 << 62, &[1002, 1009]),
        ("L.2.4", "a length of 2^40 bytes", 1 << 40, &[1009]),
    ];
    rows.into_iter()
        .map(|(id, what, claim, codes)| {
            let section = if claim >> 63 == 1 { SHORTEST } else { "RFC 6455 §7.4.1, §10.4" };
            let title = format!("{what}: the connection fails before the payload is there");
            Case::script(id, section, title, move || {
                let frame = Frame::binary([0; 100]).form(Form::Eight).claim(claim);
                Script::new().send([frame]).ok([]).peer_fails(codes)
            })
        })
        .collect()
}
