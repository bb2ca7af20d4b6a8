//! Family 7, the closing handshake. Autobahn's ids.

use crate::conformance::case::Case;
use crate::conformance::event::Event;
use crate::conformance::script::Script;
use crate::conformance::wire::base::{self, Frame};

const HANDSHAKE: &str = "RFC 6455 §7.1.2";
const FRAME: &str = "RFC 6455 §5.5.1";
const CODES: &str = "RFC 6455 §7.4";

/// 7.1.1 to 7.13.2.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = order();
    cases.extend(payloads());
    cases.extend(codes());
    cases
}

fn order() -> Vec<Case> {
    let normal = || Frame::close(1000);
    vec![
        Case::script("7.1.1", HANDSHAKE, "a message, then a close frame: an echo, then a clean close", move || {
            Script::new()
                .send([Frame::text("Hello World!")])
                .wait_for(1)
                .send([normal()])
                .ok([Event::text("Hello World!")])
                .answers_close(&[1000])
        }),
        Case::script("7.1.2", HANDSHAKE, "two close frames: the second is ignored", move || {
            Script::new().send([normal(), normal()]).ok([]).answers_close(&[1000])
        }),
        Case::script("7.1.3", FRAME, "a ping behind the close frame is not answered", move || {
            Script::new().send([normal(), Frame::ping([])]).ok([]).answers_close(&[1000])
        }),
        Case::script("7.1.4", FRAME, "a message behind the close frame is ignored", move || {
            Script::new().send([normal(), Frame::text("Hello World!")]).ok([]).answers_close(&[1000])
        }),
        Case::script("7.1.5", FRAME, "a close frame inside a fragmented message closes cleanly", move || {
            let frames = [Frame::text("fragment1").more(), normal(), Frame::last("fragment2")];
            Script::new().send(frames).ok([]).answers_close(&[1000])
        }),
        Case::script(
            "7.1.6",
            HANDSHAKE,
            "256 KiB, a message, a close frame and a ping at once: told, not judged",
            move || {
                let payload = b"BAsd7&jh23".repeat(256 * 1024 / 10);
                let frames = [Frame::text(payload), Frame::text("Hello World!"), normal(), Frame::ping([])];
                Script::new().send(frames).ok([]).informational()
            },
        ),
    ]
}

fn payloads() -> Vec<Case> {
    let good = |id: &str, title: &str, payload: Vec<u8>| {
        Case::script(id, FRAME, title, move || {
            let frame = Frame::new(base::CLOSE, payload.clone());
            Script::new().send([frame]).ok([]).answers_close(&[1000])
        })
    };
    let bad = |id: &str, title: &str, payload: Vec<u8>, codes: &'static [u16]| {
        Case::script(id, FRAME, title, move || {
            let frame = Frame::new(base::CLOSE, payload.clone());
            Script::new().send([frame]).ok([]).refuses_close(codes)
        })
    };
    let reason = |length: usize| Frame::close_reason(1000, vec![b'*'; length]).payload;
    let invalid = "κ\u{1f79}σμε".bytes().chain(*b"\xed\xa0\x80edited").collect::<Vec<u8>>();
    vec![
        good("7.3.1", "a close frame without a payload is answered", Vec::new()),
        bad("7.3.2", "a close frame with a payload of one byte is an error", b"a".to_vec(), &[1002]),
        good("7.3.3", "a close frame with a code is answered", Frame::close(1000).payload),
        good(
            "7.3.4",
            "a close frame with a code and a reason is answered",
            Frame::close_reason(1000, "Hello World!").payload,
        ),
        good("7.3.5", "a close frame with a reason of 123 bytes is answered", reason(123)),
        bad("7.3.6", "a close frame with a reason of 124 bytes is an error", reason(124), &[1002]),
        bad(
            "7.5.1",
            "a close frame whose reason is not UTF-8 is an error",
            Frame::close_reason(1000, invalid).payload,
            &[1002, 1007],
        ),
    ]
}

fn codes() -> Vec<Case> {
    const VALID: [u16; 13] = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999];
    const INVALID: [u16; 9] = [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999];
    const UNDEFINED: [u16; 2] = [5000, 65535];
    let valid = VALID.into_iter().enumerate().map(|(at, code)| {
        let title = format!("the close code {code} is taken");
        Case::script(format!("7.7.{}", at + 1), CODES, title, move || {
            Script::new().send([Frame::close(code)]).ok([]).answers_close(&[1000, code])
        })
    });
    let invalid = INVALID.into_iter().enumerate().map(|(at, code)| {
        let title = format!("the close code {code} is an error");
        Case::script(format!("7.9.{}", at + 1), CODES, title, move || {
            Script::new().send([Frame::close(code)]).ok([]).refuses_close(&[1002])
        })
    });
    let undefined = UNDEFINED.into_iter().enumerate().map(|(at, code)| {
        let title = format!("the close code {code}, which nothing defines: told, not judged");
        Case::script(format!("7.13.{}", at + 1), CODES, title, move || {
            Script::new().send([Frame::close(code)]).ok([]).informational()
        })
    });
    valid.chain(invalid).chain(undefined).collect()
}
