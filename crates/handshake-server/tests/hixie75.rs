//! draft-hixie-75: an answer that clients compared to the letter.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_handshake_server::{Error, HandshakeConfig, OriginPolicy};
use hybi_testkit::{Transcript, same_for_all_cuts};
use hybi_version::Version;
use support::{error, recorded_answer, request, seen, serve, serve_whole, value, with, without};

const GOOD: [&str; 5] = [
    "GET /demo HTTP/1.1",
    "Upgrade: WebSocket",
    "Connection: Upgrade",
    "Host: example.com",
    "Origin: http://example.com",
];

fn any() -> HandshakeConfig {
    HandshakeConfig::new().origins(OriginPolicy::Any)
}

#[test]
fn the_answer_to_the_letter() {
    let lines = with(&GOOD, "WebSocket-Protocol: sample");
    let outcome = serve_whole(any().subprotocols(["sample"]), request(&lines) + "\0hello");
    // Chromium compared the first three lines in this order and in this case.
    let expected = "HTTP/1.1 101 Web Socket Protocol Handshake\r\n\
        Upgrade: WebSocket\r\n\
        Connection: Upgrade\r\n\
        WebSocket-Origin: http://example.com\r\n\
        WebSocket-Location: ws://example.com/demo\r\n\
        WebSocket-Protocol: sample\r\n\r\n";
    assert_eq!(outcome.output, expected);
    assert_eq!(outcome.rest, b"\0hello");
    assert!(outcome.complete);
    assert_eq!(outcome.result.unwrap().unwrap().version, Version::Hixie75);
}

#[test]
fn any_cuts_give_the_same_answer() {
    let outcome = same_for_all_cuts((request(&GOOD) + "\0hello").as_bytes(), |pieces| serve(any(), pieces));
    assert!(outcome.complete);
}

#[test]
fn the_origin_is_required() {
    assert_eq!(error(any(), request(&without(&GOOD, "Origin"))), Error::MissingOrigin);
    assert_eq!(error(any(), request(&with(&GOOD, GOOD[4]))), Error::Repeated { name: "Origin" });
}

#[test]
fn one_subprotocol_under_its_old_name() {
    let other = with(&GOOD, "Sec-WebSocket-Protocol: sample");
    assert!(seen(any(), request(&other)).offered.is_empty());
    let empty = with(&GOOD, "WebSocket-Protocol:");
    assert_eq!(error(any(), request(&empty)), Error::Subprotocol { got: "".into() });
    let twice = with(&with(&GOOD, "WebSocket-Protocol: a"), "WebSocket-Protocol: a");
    assert_eq!(error(any(), request(&twice)), Error::Repeated { name: "WebSocket-Protocol" });
    let unknown = with(&GOOD, "WebSocket-Protocol: a");
    assert_eq!(value(&serve_whole(any(), request(&unknown)).output, "WebSocket-Protocol"), None);
}

#[test]
fn extensions_and_bodies_are_of_later_versions() {
    let lines = with(&GOOD, "Sec-WebSocket-Extensions: permessage-deflate");
    assert!(seen(any(), request(&lines)).extensions.is_empty());
    let eight = Error::Body { name: "Content-Length", got: "8".into() };
    assert_eq!(error(any(), request(&with(&GOOD, "Content-Length: 8"))), eight);
}

#[test]
fn clients_that_were_recorded() {
    for transcript in Transcript::of("hixie75") {
        let outcome = serve_whole(any(), transcript.client_bytes());
        let name = transcript.name();
        let seen = outcome.result.unwrap_or_else(|error| panic!("{name}: {error}")).unwrap();
        assert_eq!((seen.version, seen.resource_name.as_str()), (Version::Hixie75, "/echo"), "{name}");
        let (head, _) = recorded_answer(&transcript);
        for header in ["WebSocket-Origin", "WebSocket-Location"] {
            assert_eq!(value(&outcome.output, header), value(&head, header), "{name}");
        }
        // The Perl server says "WebSocket", with which Chromium would not have been content.
        let first = if transcript.name() == "hixie75/server-perl" {
            "HTTP/1.1 101 WebSocket"
        } else {
            "HTTP/1.1 101 Web Socket"
        };
        assert!(head.starts_with(first) && outcome.output.starts_with("HTTP/1.1 101 Web Socket "), "{name}");
        assert!(outcome.complete && outcome.rest.starts_with(b"\0hello"), "{name}");
    }
}
