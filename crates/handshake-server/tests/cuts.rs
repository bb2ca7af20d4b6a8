//! Any cuts give the same outcome, for good requests, bad ones and what looks like one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_handshake_server::{HandshakeConfig, OriginPolicy};
use hybi_testkit::{Transcript, rfc6455, same_for_all_cuts, same_for_random_cuts};
use proptest::collection::vec;
use proptest::prelude::*;
use support::serve;

fn any_origin() -> HandshakeConfig {
    HandshakeConfig::new().origins(OriginPolicy::Any).subprotocols(["chat"])
}

#[test]
fn the_sample_with_a_frame_behind_it() {
    let input = [rfc6455::REQUEST.as_bytes(), rfc6455::TEXT_MASKED].concat();
    let outcome = same_for_all_cuts(&input, |pieces| serve(any_origin(), pieces));
    assert_eq!((outcome.output.as_str(), outcome.rest.as_slice()), (rfc6455::RESPONSE, rfc6455::TEXT_MASKED));
}

#[test]
fn all_that_was_recorded() {
    for (seed, transcript) in (0..).zip(Transcript::all()) {
        let outcome = same_for_random_cuts(&transcript.client_bytes(), seed, 8, |pieces| serve(any_origin(), pieces));
        let spoken = any_origin().spoken().iter().any(|version| version.feature() == transcript.version);
        assert_eq!((outcome.complete, outcome.result.is_ok()), (spoken, spoken), "{}", transcript.name());
    }
}

/// Lines of handshakes, good and bad, in any number and order.
fn lines() -> impl Strategy<Value = Vec<u8>> {
    let line = prop::sample::select(vec![
        "Host: example.com",
        "Host: example.com:80",
        "host:",
        "Upgrade: websocket",
        "Upgrade: h2c, WebSocket",
        "Connection: Upgrade",
        "Connection: keep-alive",
        "Origin: http://example.com",
        "Origin: null",
        "Sec-WebSocket-Origin: http://example.com",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Version: 8",
        "Sec-WebSocket-Version: 6",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Key: short",
        "Sec-WebSocket-Key1: 18x 6]8vM;54 *(5:  {   U1]8  z [  8",
        "Sec-WebSocket-Key2: 1_ tx7X d  <  nw  334J702) 7]o}` 0",
        "Sec-WebSocket-Key2: 12",
        "Sec-WebSocket-Protocol: chat, superchat",
        "WebSocket-Protocol: chat",
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
        "Sec-WebSocket-Extensions: a; b=\"",
        "Content-Length: 8",
        "X-Forwarded-Proto: https",
        "Cookie: \u{e9}",
    ]);
    let first =
        prop::sample::select(vec!["GET / HTTP/1.1", "GET /a?b HTTP/1.1", "POST / HTTP/1.1", "GET / HTTP/1.0", "x"]);
    (first, vec(line, 0..12), vec(any::<u8>(), 0..24)).prop_map(|(first, lines, behind)| {
        let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
        [format!("{first}\r\n{lines}\r\n").into_bytes(), behind].concat()
    })
}

/// One request made good of random parts.
fn good() -> impl Strategy<Value = Vec<u8>> {
    let extra = ("X-[A-Za-z]{1,8}", "[!-~]{0,20}").prop_map(|(name, value)| format!("{name}: {value}\r\n"));
    ("/[a-z/?=]{0,20}", vec(extra, 0..8), "[a-z]{1,8}(, ?[0-9]{1,4})?", vec(any::<u8>(), 0..24)).prop_map(
        |(target, extra, subprotocols, behind)| {
            let head = rfc6455::REQUEST
                .replace("/chat HTTP", &format!("{target} HTTP"))
                .replace("chat, superchat", &subprotocols)
                .replace("\r\n\r\n", &format!("\r\n{}\r\n", extra.concat()));
            [head.into_bytes(), behind].concat()
        },
    )
}

proptest! {
    #[test]
    fn what_looks_like_a_handshake(input in lines(), seed: u64) {
        same_for_random_cuts(&input, seed, 4, |pieces| serve(any_origin(), pieces));
    }

    #[test]
    fn good_requests(input in good(), seed: u64) {
        let outcome = same_for_random_cuts(&input, seed, 4, |pieces| serve(any_origin(), pieces));
        prop_assert!(outcome.complete, "{outcome:?}");
        prop_assert!(input.ends_with(&outcome.rest));
    }

    #[test]
    fn no_input_makes_it_panic(input in vec(any::<u8>(), 0..200), seed: u64) {
        same_for_random_cuts(&input, seed, 2, |pieces| serve(any_origin(), pieces));
    }
}
