//! Any cuts give the same outcome, for good answers, bad ones and what looks like one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_handshake_client::ClientHandshake;
use hybi_testkit::{rfc6455, same_for_all_cuts, same_for_random_cuts};
use proptest::collection::vec;
use proptest::prelude::*;
use support::{Told, feed, nonce, offer, set_nonce};

fn start() -> ClientHandshake {
    set_nonce(*rfc6455::NONCE);
    offer("ws://example.com/").random(nonce).subprotocol("chat").start().unwrap()
}

#[test]
fn the_sample_with_a_frame_behind_it() {
    let answer = [rfc6455::RESPONSE.as_bytes(), rfc6455::TEXT].concat();
    let outcome = same_for_all_cuts(&answer, |pieces| feed(start(), pieces));
    assert!(matches!(outcome.result, Ok(Some(Told::Accepted(..)))));
    assert_eq!(outcome.rest, rfc6455::TEXT);
}

/// Lines of answers, good and bad, in any number and order.
fn lines() -> impl Strategy<Value = Vec<u8>> {
    let line = prop::sample::select(vec![
        "Upgrade: websocket",
        "Upgrade: WebSocket",
        "Upgrade: h2c",
        "Connection: Upgrade",
        "Connection: close",
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
        "Sec-WebSocket-Accept: wrong",
        "Sec-WebSocket-Protocol: chat",
        "Sec-WebSocket-Protocol: other",
        "Sec-WebSocket-Extensions: permessage-deflate",
        "Sec-WebSocket-Extensions: ",
        "Content-Length: 8",
        "Set-Cookie: \u{e9}",
    ]);
    let first = prop::sample::select(vec![
        "HTTP/1.1 101 Switching Protocols",
        "HTTP/1.1 103 Early Hints",
        "HTTP/1.1 404 Not Found",
        "HTTP/1.0 101",
        "x",
    ]);
    let head = (first, vec(line, 0..8)).prop_map(|(first, lines)| {
        let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
        format!("{first}\r\n{lines}\r\n").into_bytes()
    });
    (vec(head, 1..4), vec(any::<u8>(), 0..24)).prop_map(|(heads, behind)| [heads.concat(), behind].concat())
}

proptest! {
    #[test]
    fn what_looks_like_an_answer(input in lines(), seed: u64) {
        same_for_random_cuts(&input, seed, 4, |pieces| feed(start(), pieces));
    }

    #[test]
    fn no_input_makes_it_panic(input in vec(any::<u8>(), 0..200), seed: u64) {
        same_for_random_cuts(&input, seed, 2, |pieces| feed(start(), pieces));
    }

    #[test]
    fn what_is_behind_an_answer_is_left(behind in vec(any::<u8>(), 0..64), seed: u64) {
        let input = [rfc6455::RESPONSE.as_bytes(), &behind].concat();
        let outcome = same_for_random_cuts(&input, seed, 4, |pieces| feed(start(), pieces));
        prop_assert_eq!(outcome.rest, behind);
    }
}
