//! draft-hixie-75: a request in its order, and an answer that repeats what was asked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_handshake_client::{Error, Offer};
use hybi_testkit::Transcript;
use hybi_version::Version;
use support::{agreed, error, feed_whole, head, offer, recorded_answer, recorded_offer, replaced, sent, with, without};

const GOOD: [&str; 5] = [
    "HTTP/1.1 101 Web Socket Protocol Handshake",
    "Upgrade: WebSocket",
    "Connection: Upgrade",
    "WebSocket-Origin: http://example.com",
    "WebSocket-Location: ws://example.com/demo",
];

fn sample() -> Offer {
    offer("ws://example.com/demo").version(Version::Hixie75)
}

#[test]
fn the_request_to_the_letter() {
    let offer = sample().subprotocol("sample").cookie("a", "b").header("User-Agent", "hybi");
    let expected = "GET /demo HTTP/1.1\r\n\
        Upgrade: WebSocket\r\n\
        Connection: Upgrade\r\n\
        Host: example.com\r\n\
        Origin: http://example.com\r\n\
        WebSocket-Protocol: sample\r\n\
        Cookie: a=b\r\n\
        User-Agent: hybi\r\n\r\n";
    assert_eq!(sent(&offer), expected);
    assert_eq!(offer.start().unwrap().key3(), None);
}

#[test]
fn either_reason_is_taken() {
    assert_eq!(agreed(&sample(), head(&GOOD)).version, Version::Hixie75);
    let mut lines = GOOD;
    lines[0] = "HTTP/1.1 101 WebSocket Protocol Handshake";
    let outcome = feed_whole(&sample(), head(&lines) + "\0hello");
    assert!(outcome.result.is_ok());
    assert_eq!(outcome.rest, b"\0hello");
}

#[test]
fn origin_location_and_subprotocol_are_repeated() {
    let fault = |lines: &[&str]| error(&sample(), head(lines));
    assert_eq!(fault(&without(&GOOD, "WebSocket-Origin")), Error::MissingOrigin);
    assert_eq!(fault(&without(&GOOD, "WebSocket-Location")), Error::MissingLocation);
    let other = Error::Origin { got: "null".into(), expected: "http://example.com".into() };
    assert_eq!(fault(&replaced(&GOOD, "WebSocket-Origin: null")), other);
    let other = Error::Location { got: "ws://example.com/".into(), expected: "ws://example.com/demo".into() };
    assert_eq!(fault(&replaced(&GOOD, "WebSocket-Location: ws://example.com/")), other);
    let asked = sample().subprotocol("sample");
    assert_eq!(error(&asked, head(&GOOD)), Error::MissingSubprotocol);
    let answer = head(&with(&GOOD, "WebSocket-Protocol: sample"));
    assert_eq!(agreed(&asked, answer).subprotocol.as_deref(), Some("sample"));
}

#[test]
fn servers_that_were_recorded() {
    for transcript in Transcript::of("hixie75") {
        let (offer, _) = recorded_offer(&transcript);
        let outcome = feed_whole(&offer.version(Version::Hixie75), recorded_answer(&transcript));
        assert!(matches!(outcome.result, Ok(Some(_))), "{}: {outcome:?}", transcript.name());
        assert!(outcome.rest.starts_with(b"\0hello"), "{}", transcript.name());
    }
}
