//! RFC 6455 §4.1: what a client asks, and what it takes for an answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_handshake_client::{Error, Offer};
use hybi_http::Extension;
use hybi_testkit::{Transcript, rfc6455};
use hybi_version::Version;
use support::{
    agreed, error, feed_whole, head, nonce, offer, recorded_answer, recorded_offer, replaced, sent, set_nonce, with,
    without,
};

const GOOD: [&str; 4] = [
    "HTTP/1.1 101 Switching Protocols",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
];

fn sample() -> Offer {
    set_nonce(*rfc6455::NONCE);
    offer("ws://server.example.com/chat").random(nonce)
}

fn fault(lines: &[&str]) -> Error {
    error(&sample(), head(lines))
}

#[test]
fn the_sample_of_the_rfc() {
    let offer = sample().origin("http://example.com").subprotocol("chat").subprotocol("superchat");
    let mut expected: Vec<_> = rfc6455::REQUEST.trim_end().lines().collect();
    let request = sent(&offer);
    let mut got: Vec<_> = request.trim_end().lines().collect();
    assert_eq!(got[..4], expected[..4], "host, upgrade and connection come first");
    expected.sort_unstable();
    got.sort_unstable();
    assert_eq!(got, expected);
    let agreed = agreed(&offer, rfc6455::RESPONSE);
    assert_eq!((agreed.version, agreed.subprotocol.as_deref()), (Version::Hybi17, Some("chat")));
    assert_eq!(agreed.extensions, []);
}

#[test]
fn frames_behind_the_head_are_left() {
    let answer = [head(&GOOD).as_bytes(), rfc6455::TEXT].concat();
    assert_eq!(feed_whole(&sample(), answer).rest, rfc6455::TEXT);
}

#[test]
fn each_key_is_another() {
    let offer = offer("ws://a/");
    let key = || offer.start().unwrap().request().headers().get("Sec-WebSocket-Key").unwrap().to_vec();
    assert_ne!(key(), key());
}

#[test]
fn in_any_case_and_with_more() {
    let lines = [
        "HTTP/1.1 101",
        "upgrade: WebSocket",
        "CONNECTION: keep-alive, upgrade",
        "Server: x",
        "Sec-Websocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
        "Content-Length: 0",
        "Sec-WebSocket-Version: 13",
        "Set-Cookie: a=b",
    ];
    assert_eq!(agreed(&sample(), head(&lines)).subprotocol, None);
}

#[test]
fn upgrade_and_connection() {
    assert_eq!(fault(&without(&GOOD, "Upgrade")), Error::MissingUpgrade);
    assert_eq!(fault(&with(&GOOD, "Upgrade: websocket")), Error::Repeated { name: "Upgrade" });
    for got in ["", "h2c", "websocket, h2c", "websockets"] {
        let line = format!("Upgrade: {got}");
        assert_eq!(fault(&replaced(&GOOD, &line)), Error::Upgrade { got: got.into() });
    }
    assert_eq!(fault(&without(&GOOD, "Connection")), Error::MissingConnection);
    assert_eq!(fault(&replaced(&GOOD, "Connection: close")), Error::MissingConnection);
}

#[test]
fn the_accept_value() {
    assert_eq!(fault(&without(&GOOD, "Sec-WebSocket-Accept")), Error::MissingAccept);
    assert_eq!(fault(&with(&GOOD, GOOD[3])), Error::Repeated { name: "Sec-WebSocket-Accept" });
    // The last differs in case alone.
    for got in ["", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo", "WRONG", "dGhlIHNhbXBsZSBub25jZQ==", "S3pPLMBiTxaQ9kYGzzhZRbK+xOo="]
    {
        let line = format!("Sec-WebSocket-Accept: {got}");
        let expected = Error::Accept { got: got.into(), expected: rfc6455::ACCEPT.into() };
        assert_eq!(fault(&replaced(&GOOD, &line)), expected);
    }
}

#[test]
fn the_status_line() {
    let mut lines = GOOD;
    lines[0] = "HTTP/1.0 101 Switching Protocols";
    assert_eq!(fault(&lines), Error::HttpVersion);
    lines[0] = "HTTP/2 101 Switching Protocols";
    assert!(matches!(fault(&lines), Error::Http(_)));
}

#[test]
fn a_subprotocol_that_was_offered() {
    let offer = sample().subprotocol("a").subprotocol("b");
    let told = |line: &str| feed_whole(&offer, head(&with(&GOOD, line))).result.map(|_| ());
    assert_eq!(told("Sec-WebSocket-Protocol: b"), Ok(()));
    for got in ["c", "B", "a, b", ""] {
        let error = Error::SubprotocolNotOffered { got: got.into() };
        assert_eq!(told(&format!("Sec-WebSocket-Protocol: {got}")), Err(error));
    }
    let twice = with(&with(&GOOD, "Sec-WebSocket-Protocol: a"), "Sec-WebSocket-Protocol: a");
    assert_eq!(error(&offer, head(&twice)), Error::Repeated { name: "Sec-WebSocket-Protocol" });
    let unasked = Error::SubprotocolNotOffered { got: "a".into() };
    assert_eq!(fault(&with(&GOOD, "Sec-WebSocket-Protocol: a")), unasked);
}

#[test]
fn extensions_that_were_offered() {
    let deflate = Extension::parse("permessage-deflate; client_max_window_bits").unwrap();
    let offer = sample().extension(deflate).extension(Extension::new("x-a").unwrap());
    assert!(sent(&offer).contains("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x-a\r\n"));
    let lines = with(&GOOD, "Sec-WebSocket-Extensions: x-a, permessage-deflate; client_max_window_bits=\"10\"");
    let agreed = agreed(&offer, head(&lines));
    let names: Vec<_> = agreed.extensions.iter().map(ToString::to_string).collect();
    assert_eq!(names, ["x-a", "permessage-deflate; client_max_window_bits=10"]);
    let unasked = Error::ExtensionNotOffered { got: "permessage-deflate".into() };
    assert_eq!(fault(&with(&GOOD, "Sec-WebSocket-Extensions: permessage-deflate")), unasked);
    assert!(matches!(error(&offer, head(&with(&GOOD, "Sec-WebSocket-Extensions: x-a;"))), Error::Extensions(_)));
}

#[test]
fn servers_that_were_recorded() {
    for transcript in Transcript::of("hybi17") {
        let name = transcript.name();
        let (offer, has_nonce) = recorded_offer(&transcript);
        assert!(has_nonce, "{name}: the key has 16 bytes");
        let answer = recorded_answer(&transcript);
        let agreed = agreed(&offer, &answer);
        assert_eq!((agreed.version, agreed.subprotocol), (Version::Hybi17, None), "{name}");
        assert_eq!(agreed.extensions.len(), usize::from(name.ends_with("-deflate")), "{name}");
        let rest = feed_whole(&offer, &answer).rest;
        assert!(answer.ends_with(&rest) && rest[0] & 0x8F == 0x81, "{name}: the first frame is a text");
    }
}
