//! Family Z, third part: compressed messages after permessage-deflate was negotiated, right and wrong, and bombs.

use crate::conformance::case::Case;
use crate::conformance::event::Event;
use crate::conformance::opening::{Deflate, Opening};
use crate::conformance::random::Random;
use crate::conformance::script::Script;
use crate::conformance::talk::{Chop, Talk, after};
use crate::conformance::verdict::Judgement;
use crate::conformance::wire::base::{BINARY, Frame};
use crate::conformance::wire::deflate::Params;

/// Z.3.1 to Z.6.2.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = examples();
    cases.extend(errors());
    cases.extend(windows());
    cases.extend(bombs());
    cases
}

/// A payload of RFC 7692 §7.2.3: "Hello".
const HELLO: &[u8] = &[0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00];

fn zipped(payload: &[u8]) -> Frame {
    Frame::text(payload).rsv(4)
}

fn hello() -> Event {
    Event::text("Hello")
}

fn examples() -> Vec<Case> {
    const EXAMPLE: &str = "RFC 7692 §7.2.3";
    const FRAMES: &str = "RFC 7692 §6.1";
    vec![
        plain("Z.3.1", EXAMPLE, "the RFC's example of one block", || Script::new().send([zipped(HELLO)]).ok([hello()])),
        plain("Z.3.2", EXAMPLE, "the same in two fragments", || {
            let (first, last) = HELLO.split_at(3);
            Script::new().send([zipped(first).more(), Frame::last(last)]).ok([hello()])
        }),
        plain("Z.3.3", EXAMPLE, "a second message that refers to the first", || {
            Script::new().send([zipped(HELLO), zipped(&[0xF2, 0x00, 0x11, 0x00, 0x00])]).ok([hello(), hello()])
        }),
        plain("Z.3.4", EXAMPLE, "a block without compression", || {
            Script::new().send([zipped(b"\x00\x05\x00\xfa\xffHello\x00")]).ok([hello()])
        }),
        plain("Z.3.5", EXAMPLE, "a block with BFINAL", || {
            Script::new().send([zipped(&[0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00])]).ok([hello()])
        }),
        plain("Z.3.6", EXAMPLE, "two blocks", || {
            let payload = [0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00];
            Script::new().send([zipped(&payload)]).ok([hello()])
        }),
        plain("Z.3.7", "RFC 7692 §6", "messages with and without compression in turn", || {
            Script::new().send([Frame::text("plain"), zipped(HELLO), Frame::binary([1, 2]), zipped(HELLO)]).ok([
                Event::text("plain"),
                hello(),
                Event::binary([1, 2]),
                hello(),
            ])
        }),
        plain("Z.3.8", "RFC 7692 §7.2.3.6", "an empty message, compressed", || {
            Script::new().send([zipped(&[0x00])]).ok([Event::text("")])
        }),
        plain("Z.3.9", FRAMES, "a ping between the fragments of a compressed message", || {
            let (first, last) = HELLO.split_at(3);
            Script::new()
                .send([zipped(first).more(), Frame::ping("ping"), Frame::last(last)])
                .ok([Event::pong("ping"), hello()])
        }),
        plain("Z.3.10", FRAMES, "empty fragments around a compressed message", || {
            let frames = [zipped(&[]).more(), Frame::last(HELLO).more(), Frame::last([])];
            Script::new().send(frames).ok([hello()])
        }),
        plain("Z.3.11", FRAMES, "a compressed message byte by byte", || {
            Script::new().chop(Chop::Every(1)).send([zipped(HELLO)]).ok([hello()])
        }),
        plain("Z.3.12", FRAMES, "a compressed text, cut inside a character", || {
            // Two blocks without compression, of one byte each: µ is C2 B5.
            let frames = [zipped(b"\x00\x01\x00\xfe\xff\xc2").more(), Frame::last(b"\x00\x01\x00\xfe\xff\xb5\x00")];
            Script::new().send(frames).ok([Event::text("µ")])
        }),
    ]
}

fn errors() -> Vec<Case> {
    const RSV: &str = "RFC 7692 §6";
    const DATA: &str = "RFC 7692 §7.2.2";
    let fails = |frames: Vec<Frame>, codes: &'static [u16]| Script::new().send(frames).ok([]).peer_fails(codes);
    vec![
        plain("Z.4.1", RSV, "RSV1 on a continuation fails the connection", move || {
            let (first, last) = HELLO.split_at(3);
            fails(vec![zipped(first).more(), Frame::last(last).rsv(4)], &[1002])
        }),
        plain("Z.4.2", RSV, "RSV1 on a ping fails the connection", move || {
            fails(vec![Frame::ping("ping").rsv(4)], &[1002])
        }),
        plain("Z.4.3", RSV, "RSV1 on a close frame fails the connection", move || {
            fails(vec![Frame::close(1000).rsv(4)], &[1002])
        }),
        plain("Z.4.4", "RFC 6455 §5.2", "RSV2 on a compressed message fails the connection", move || {
            fails(vec![zipped(HELLO).rsv(6)], &[1002])
        }),
        plain("Z.4.5", DATA, "a block of a reserved type fails the connection", move || {
            fails(vec![zipped(&[0x07, 0xFF, 0xFF])], &[1002, 1007])
        }),
        plain("Z.4.6", DATA, "a reference to what was never sent fails the connection", move || {
            fails(vec![zipped(&[0xF2, 0x00, 0x11, 0x00, 0x00])], &[1002, 1007])
        }),
        plain(
            "Z.4.7",
            "RFC 6455 §8.1",
            "a text that is not UTF-8 once it is inflated fails the connection",
            move || fails(vec![zipped(b"\x00\x03\x00\xfc\xff\xed\xa0\x80\x00")], &[1007]),
        ),
        plain(
            "Z.4.8",
            "RFC 6455 §8.1",
            "a compressed text that ends inside a character fails the connection",
            move || fails(vec![zipped(b"\x00\x01\x00\xfe\xff\xc2\x00")], &[1007]),
        ),
    ]
}

/// The peer has to keep to the window and the context that it agreed to.
fn windows() -> Vec<Case> {
    let case = |number: usize, title: String, request: &str, params: Params| {
        let opening = opening(request, params);
        Case::talk(format!("Z.5.{number}"), "RFC 7692 §7.1", title, opening, move |talk| {
            if talk.codec.is_none() {
                return declined(talk);
            }
            let message = noise_twice(params.client_bits);
            let frames = [Frame::binary(message.clone()), Frame::binary(message.clone())];
            let events = [Event::binary(message.clone()), Event::binary(message)];
            Script::new().send(frames).ok(events).play(talk)
        })
    };
    let no_context = Params { client_no_context: true, ..Params::PLAIN };
    let title = "a peer that keeps no context refers to no earlier message".to_owned();
    let mut cases = vec![case(1, title, "permessage-deflate; server_no_context_takeover", no_context)];
    for bits in 8..=15u8 {
        let request = format!("permessage-deflate; server_max_window_bits={bits}");
        let params = Params { client_bits: bits, ..Params::PLAIN };
        let title = format!("a peer with a window of {bits} bits refers to nothing beyond it");
        cases.push(case(usize::from(bits) - 6, title, &request, params));
    }
    cases
}

/// Much out of little: 256 MiB of zeros. The peer should say that it is too much.
fn bombs() -> Vec<Case> {
    let case = |id: &str, title: &str, fragment: usize| {
        let opening = opening("permessage-deflate; client_no_context_takeover", Params::PLAIN);
        Case::talk(id, "RFC 6455 §7.4.1, §10.4", title, opening, move |talk| {
            if talk.codec.is_none() {
                return declined(talk);
            }
            let zeros = vec![0; 256 << 20];
            let Some(Ok(payload)) = talk.codec.as_mut().map(|codec| codec.compress(&zeros)) else {
                return Judgement::failed("cannot compress");
            };
            drop(zeros);
            talk.log.note(format!("a bomb of 256 MiB in {} bytes", payload.len()));
            talk.max_message = usize::MAX;
            talk.codec = None;
            let frames = crate::conformance::echo::fragments(BINARY, 4, payload, fragment);
            talk.send(&frames, Chop::Whole);
            let limit = talk.pace.timeout.max(core::time::Duration::from_secs(30));
            talk.read_until(after(limit), |talk| talk.is_over() || !talk.events.is_empty());
            let code = talk.ending.close.as_ref().map(|close| close.code);
            let answered = !talk.events.is_empty();
            if !talk.is_over() {
                talk.close(1000);
                talk.read_until(after(talk.pace.grace), Talk::is_over);
            }
            talk.finish();
            match (answered, code) {
                (true, _) => Judgement::non_strict("256 MiB came back: there is no limit"),
                (_, Some(Some(1009))) => Judgement::ok("closed with 1009"),
                (_, Some(Some(code))) => Judgement::non_strict(format!("closed with {code} instead of 1009")),
                (_, Some(None)) => Judgement::non_strict("closed without a code"),
                (_, None) => Judgement::non_strict("the connection was dropped, or did not get over it"),
            }
        })
        .heavy()
    };
    vec![
        case("Z.6.1", "a message that inflates to 256 MiB is refused with 1009", 0),
        case("Z.6.2", "the same in fragments of 1000 bytes is refused with 1009", 1000),
    ]
}

/// A case after the plainest agreement.
fn plain(id: &str, section: &'static str, title: &str, make: impl Fn() -> Script + Send + Sync + 'static) -> Case {
    let opening = opening("permessage-deflate", Params::PLAIN);
    Case::talk(id, section, title, opening, move |talk| {
        if talk.codec.is_none() {
            return declined(talk);
        }
        make().play(talk)
    })
}

fn opening(request: &str, answer: Params) -> Opening {
    Opening { deflate: Some(Deflate { request: request.to_owned(), answers: vec![answer] }) }
}

fn declined(talk: &mut Talk) -> Judgement {
    talk.close(1000);
    talk.read_until(after(talk.pace.timeout), Talk::is_over);
    talk.finish();
    Judgement::unimplemented("the peer did not agree to permessage-deflate as offered")
}

/// Bytes that do not compress, twice: a window of more than so many bits would show.
pub(crate) fn noise_twice(bits: u8) -> Vec<u8> {
    let mut random = Random::new("noise");
    let length = if bits < 15 { (1 << bits) + 50 } else { 1000 };
    let noise: Vec<u8> = (0..length).map(|_| random.byte()).collect();
    noise.repeat(2)
}
