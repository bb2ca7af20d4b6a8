//! draft-ietf-hybi-10: numbers 8 and 7, an origin of its own, and otherwise as RFC 6455.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_handshake_server::{Error, HandshakeConfig, OriginPolicy};
use hybi_testkit::Transcript;
use hybi_version::Version;
use support::{error, recorded_answer, replaced, request, seen, serve_whole, value, with, without};

const GOOD: [&str; 8] = [
    "GET /chat HTTP/1.1",
    "Host: server.example.com",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Origin: http://example.com",
    "Sec-WebSocket-Protocol: chat, superchat",
    "Sec-WebSocket-Version: 8",
];

fn any() -> HandshakeConfig {
    HandshakeConfig::new().origins(OriginPolicy::Any)
}

#[test]
fn the_sample_of_the_draft() {
    let outcome = serve_whole(any().subprotocols(["chat"]), request(&GOOD));
    let expected = request(&[
        "HTTP/1.1 101 Switching Protocols",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
        "Sec-WebSocket-Protocol: chat",
    ]);
    assert_eq!(outcome.output, expected);
    let seen = outcome.result.unwrap().unwrap();
    assert_eq!((seen.version, seen.origin.as_deref()), (Version::Hybi10, Some("http://example.com")));
}

#[test]
fn seven_is_the_same() {
    let lines = replaced(&GOOD, "Sec-WebSocket-Version: 7");
    assert_eq!(seen(any(), request(&lines)).version, Version::Hybi10);
}

#[test]
fn the_origin_of_rfc_6455_is_another_header() {
    let lines = with(&without(&GOOD, "Sec-WebSocket-Origin"), "Origin: http://evil.example");
    assert_eq!(seen(HandshakeConfig::new(), request(&lines)).origin, None);
    let same = error(HandshakeConfig::new(), request(&GOOD));
    assert_eq!(same, Error::OriginNotAllowed { got: "http://example.com".into() });
    let twice = error(any(), request(&with(&GOOD, GOOD[5])));
    assert_eq!(twice, Error::Repeated { name: "Sec-WebSocket-Origin" });
}

#[test]
fn a_key_of_15_bytes_as_old_clients_made_it() {
    let lines = replaced(&GOOD, "Sec-WebSocket-Key: OC0xNzk1NDg2NTc5MTgz");
    let outcome = serve_whole(any(), request(&lines));
    assert_eq!(value(&outcome.output, "Sec-WebSocket-Accept"), Some("+eIbvTImac3Bret3PepqkxbLRJY="));
    for bad in
        ["", "OC0xNzk1NDg2NTc5MTg", "OC0xNzk1NDg2NTc5MT==", "OC0xNzk1NDg2NTc5MTgzOC0x", "dGhlIHNhbXBsZSBub25jZQ="]
    {
        let line = format!("Sec-WebSocket-Key: {bad}");
        assert!(matches!(error(any(), request(&replaced(&GOOD, &line))), Error::Key { .. }), "{bad}");
    }
    let name = "Sec-WebSocket-Key";
    assert_eq!(error(any(), request(&without(&GOOD, name))), Error::MissingKey { name });
    assert_eq!(error(any(), request(&with(&GOOD, GOOD[4]))), Error::Repeated { name });
}

#[test]
fn clients_and_answers_that_were_recorded() {
    for transcript in Transcript::of("hybi10") {
        let outcome = serve_whole(any(), transcript.client_bytes());
        let name = transcript.name();
        let seen = outcome.result.unwrap_or_else(|error| panic!("{name}: {error}")).unwrap();
        assert_eq!((seen.version, seen.resource_name.as_str()), (Version::Hybi10, "/echo"), "{name}");
        assert!(seen.origin.unwrap().starts_with("http://127.0.0.1:"), "{name}");
        let accept = "Sec-WebSocket-Accept";
        assert_eq!(value(&outcome.output, accept), value(&recorded_answer(&transcript).0, accept), "{name}");
        assert!(outcome.complete && transcript.client_bytes().ends_with(&outcome.rest), "{name}");
    }
}
