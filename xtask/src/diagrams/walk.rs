//! A byte's way from the socket to the event, and back.

use super::picture::{Picture, Rect};

pub(crate) fn draw() -> String {
    let mut picture = Picture::new(
        1000.0,
        330.0,
        "The way of a byte, there and back",
        "You read from the socket into your input buffer. The decoder reads the header, unmasks the payload where it lies and \
         checks its UTF-8. The connection puts messages together and answers pings and closes into your output buffer. You \
         get an event that borrows your input. What you send is checked, compressed if that was agreed on, gets a header and a \
         mask, and is appended to the same output, which you write to the socket.",
    );
    picture.raw("<rect class=\"inside\" x=\"302\" y=\"34\" width=\"406\" height=\"262\" rx=\"10\"/>\n");
    picture.text(505.0, 54.0, "small", "hybi: no socket, no thread, no clock");
    let row = |x: f64, y: f64, width: f64, class| Rect { x, y, width, height: ROW, class };
    picture.boxed(Rect { x: 20.0, y: THERE, width: 84.0, height: BACK + ROW - THERE, class: "yours" }, &["socket"]);
    picture.boxed(row(146.0, THERE, 130.0, "yours"), &["input", "&mut [u8], yours"]);
    picture.boxed(row(320.0, THERE, 165.0, "ours"), &["Decoder", "header; unmask in", "place; UTF-8"]);
    picture.boxed(row(525.0, THERE, 165.0, "ours"), &["Connection", "fragments, inflate,", "state, limits"]);
    picture.boxed(row(734.0, THERE, 118.0, "yours"), &["Event", "borrows input"]);
    let application = Rect { x: 894.0, y: THERE, width: 88.0, height: BACK + ROW - THERE, class: "yours" };
    picture.boxed(application, &["your", "program"]);
    picture.boxed(row(734.0, BACK, 118.0, "yours"), &["send_text", "or send_binary, …"]);
    picture.boxed(row(525.0, BACK, 165.0, "ours"), &["Connection", "may it be sent?", "deflate"]);
    picture.boxed(row(320.0, BACK, 165.0, "ours"), &["encoder", "header, mask"]);
    picture.boxed(row(146.0, BACK, 130.0, "yours"), &["output", "Vec<u8>, yours"]);
    let (there, back) = (THERE + ROW / 2.0, BACK + ROW / 2.0);
    for (from, to) in [(104.0, 144.0), (276.0, 318.0), (485.0, 523.0), (690.0, 732.0), (852.0, 892.0)] {
        picture.arrow(&format!("M{from} {there} L{to} {there}"), "");
        picture.arrow(&format!("M{to} {back} L{from} {back}"), "");
    }
    let bottom = THERE + ROW;
    let middle = f64::midpoint(bottom, BACK);
    picture.arrow(&format!("M560 {bottom} L560 {middle} L211 {middle} L211 {}", BACK - 2.0), "");
    picture.text(390.0, middle - 8.0, "label", "pongs and the answer to a close, also if receive fails");
    picture.text(124.0, there - 10.0, "label", "read");
    picture.text(124.0, back - 10.0, "label", "write");
    picture.text(
        500.0,
        318.0,
        "small",
        "The first bytes go to the handshake, on the same way: Event::Request or Event::Connected comes out, the answer goes \
         into output.",
    );
    picture.finish()
}

const THERE: f64 = 68.0;
const BACK: f64 = 206.0;
const ROW: f64 = 76.0;
