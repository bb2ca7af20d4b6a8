//! RFC 6455 §4.2: what a server takes, what it refuses, what it answers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_handshake_server::{Error, HandshakeConfig, OriginPolicy};
use hybi_testkit::{Transcript, rfc6455};
use hybi_version::Version;
use support::{error, recorded_answer, replaced, request, seen, serve_whole, value, with, without};

const GOOD: [&str; 6] = [
    "GET /chat HTTP/1.1",
    "Host: server.example.com",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
];

fn any() -> HandshakeConfig {
    HandshakeConfig::new().origins(OriginPolicy::Any)
}

fn fault(lines: &[&str]) -> Error {
    error(any(), request(lines))
}

#[test]
fn the_sample_of_the_rfc() {
    let outcome = serve_whole(any().subprotocols(["chat"]), rfc6455::REQUEST);
    assert_eq!(outcome.output, rfc6455::RESPONSE);
    assert!(outcome.complete);
    let seen = outcome.result.unwrap().unwrap();
    assert_eq!(seen.version, Version::Hybi17);
    assert_eq!((seen.resource_name.as_str(), seen.host.as_str()), ("/chat", "server.example.com"));
    assert_eq!(seen.origin.as_deref(), Some("http://example.com"));
    assert_eq!(seen.offered, ["chat", "superchat"]);
}

#[test]
fn frames_behind_the_head_are_left() {
    let input = [request(&GOOD).as_bytes(), rfc6455::TEXT_MASKED].concat();
    assert_eq!(serve_whole(any(), input).rest, rfc6455::TEXT_MASKED);
}

#[test]
fn lists_in_any_case_over_repeated_headers() {
    let lines = with(&without(&without(&GOOD, "Connection"), "Upgrade"), "connection: keep-alive ,\tUPGRADE");
    let lines = with(&lines, "Connection: TE");
    let lines = with(&with(&lines, "Upgrade: h2c"), "upgrade: foo/1,WebSocket");
    seen(any(), request(&lines));
}

#[test]
fn the_request_line() {
    let mut lines = GOOD;
    lines[0] = "POST /chat HTTP/1.1";
    assert_eq!(fault(&lines), Error::Method { got: "POST".into() });
    lines[0] = "get /chat HTTP/1.1";
    assert_eq!(fault(&lines), Error::Method { got: "get".into() });
    lines[0] = "GET /chat HTTP/1.0";
    assert_eq!(fault(&lines), Error::HttpVersion);
    lines[0] = "GET /chat HTTP/2.0";
    assert_eq!(fault(&lines).status(), 505);
    for target in
        ["*", "chat", "server.example.com:80", "ftp://server.example.com/", "/a#b", "http:///a", "http://h?a=b"]
    {
        let line = format!("GET {target} HTTP/1.1");
        assert_eq!(fault(&[&[line.as_str()], &GOOD[1..]].concat()), Error::Target { got: target.into() });
    }
}

#[test]
fn an_absolute_url_as_the_target() {
    let mut lines = GOOD;
    lines[0] = "GET http://other.example:8080/chat?a=b HTTP/1.1";
    let seen_ = seen(any(), request(&lines));
    assert_eq!((seen_.resource_name.as_str(), seen_.host.as_str()), ("/chat?a=b", "other.example:8080"));
    lines[0] = "GET https://other.example HTTP/1.1";
    let seen_ = seen(any(), request(&lines));
    assert_eq!((seen_.resource_name.as_str(), seen_.host.as_str()), ("/", "other.example"));
}

#[test]
fn the_host() {
    assert_eq!(fault(&without(&GOOD, "Host")), Error::MissingHost);
    assert_eq!(fault(&with(&GOOD, "host: server.example.com")), Error::Repeated { name: "Host" });
    for bad in [
        "", "a b", "a/b", "user@a", "a:b", "a:123456", "[::1", "[]", "::1", "a,b:1:2", "http://a", "[::1]x", "[a/b]",
        "\u{e9}",
    ] {
        let line = format!("Host: {bad}");
        assert!(matches!(fault(&replaced(&GOOD, &line)), Error::Host { .. }), "{bad}");
    }
    for good in [
        "a",
        "a:",
        "a:9001",
        "127.0.0.1:65535",
        "[::1]",
        "[fe80::1]:9001",
        "xn--bcher-kva.example",
        "my_host",
        "a!$&'()*+,;=b",
    ] {
        let line = format!("Host: {good}");
        assert_eq!(seen(any(), request(&replaced(&GOOD, &line))).host, good);
    }
}

#[test]
fn upgrade_and_connection() {
    assert_eq!(fault(&without(&GOOD, "Upgrade")), Error::MissingUpgrade);
    assert_eq!(fault(&without(&GOOD, "Connection")), Error::MissingConnection);
    for bad in ["", "web socket", "websockets", "websocket/13", "\"websocket\"", "h2c;websocket"] {
        let line = format!("Upgrade: {bad}");
        assert_eq!(fault(&replaced(&GOOD, &line)), Error::MissingUpgrade, "{bad}");
        let line = format!("Connection: {}", bad.replace("websocket", "Upgrade"));
        assert_eq!(fault(&replaced(&GOOD, &line)), Error::MissingConnection, "{bad}");
    }
}

#[test]
fn the_key() {
    let name = "Sec-WebSocket-Key";
    assert_eq!(fault(&without(&GOOD, name)), Error::MissingKey { name });
    assert_eq!(fault(&with(&GOOD, GOOD[4])), Error::Repeated { name });
    // Among them 15 bytes, which hybi10 alone takes, 17 bytes, no padding, and bits that mean nothing.
    for bad in [
        "",
        "OC0xNzk1NDg2NTc4MjA4",
        "dGhlIHNhbXBsZSBub25jZQ",
        "dGhlIHNhbXBsZSBub25jZUE=",
        "dGhlIHNhbXBsZSBub25jZR==",
        "dGhlIHNhbXBsZSBub25jZ!==",
        "dGhlIHNhbXBsZS Bub25jZQ==",
    ] {
        let line = format!("Sec-WebSocket-Key: {bad}");
        assert!(matches!(fault(&replaced(&GOOD, &line)), Error::Key { .. }), "{bad}");
    }
}

#[test]
fn the_version() {
    assert_eq!(fault(&without(&GOOD, "Sec-WebSocket-Version")), Error::MissingVersion);
    assert_eq!(fault(&with(&GOOD, GOOD[5])), Error::Repeated { name: "Sec-WebSocket-Version" });
    for got in ["", "0", "9", "12", "14", "255", "256", "013", "13, 8", "+13", "x", "99999999999999999999"] {
        let line = format!("Sec-WebSocket-Version: {got}");
        assert_eq!(fault(&replaced(&GOOD, &line)), Error::VersionUnknown { got: got.into() });
    }
}

#[test]
fn a_body() {
    seen(any(), request(&with(&GOOD, "Content-Length: 0")));
    for bad in ["8", "1", "-0", "0, 0", "x", "18446744073709551616"] {
        let line = format!("Content-Length: {bad}");
        let error = Error::Body { name: "Content-Length", got: bad.into() };
        assert_eq!(fault(&with(&GOOD, &line)), error, "{bad}");
    }
    let twice = with(&with(&GOOD, "Content-Length: 0"), "Content-Length: 0");
    assert_eq!(fault(&twice), Error::Repeated { name: "Content-Length" });
    let chunked = Error::Body { name: "Transfer-Encoding", got: "chunked".into() };
    assert_eq!(fault(&with(&GOOD, "Transfer-Encoding: chunked")), chunked);
}

#[test]
fn subprotocols_by_the_preference_of_the_server() {
    let config = any().subprotocols(["v3", "v2", "v1"]);
    let lines = with(&with(&GOOD, "Sec-WebSocket-Protocol: v0,v1, ,"), "Sec-WebSocket-Protocol: v2");
    let outcome = serve_whole(config.clone(), request(&lines));
    assert_eq!(value(&outcome.output, "Sec-WebSocket-Protocol"), Some("v2"));
    assert_eq!(outcome.result.unwrap().unwrap().offered, ["v0", "v1", "v2"]);
    let unknown = serve_whole(config, request(&with(&GOOD, "Sec-WebSocket-Protocol: V2")));
    assert_eq!(value(&unknown.output, "Sec-WebSocket-Protocol"), None);
}

#[test]
fn subprotocols_that_are_none() {
    for (list, got) in [("a b", "a b"), ("a, \"b\"", "\\\"b\\\""), ("a;b", "a;b"), ("\u{e9}", "\\xc3\\xa9")] {
        let line = format!("Sec-WebSocket-Protocol: {list}");
        assert_eq!(fault(&with(&GOOD, &line)), Error::Subprotocol { got: got.into() }, "{list}");
    }
    let twice = with(&with(&GOOD, "Sec-WebSocket-Protocol: a, b"), "Sec-WebSocket-Protocol: a");
    assert_eq!(fault(&twice), Error::RepeatedSubprotocol { got: "a".into() });
    let many: Vec<_> = (0..2000).map(|number| number.to_string()).collect();
    let line = format!("Sec-WebSocket-Protocol: {}", many.join(","));
    assert_eq!(seen(any(), request(&with(&GOOD, &line))).offered, many);
    let line = format!("{line},1999");
    assert_eq!(fault(&with(&GOOD, &line)), Error::RepeatedSubprotocol { got: "1999".into() });
}

#[test]
fn empty_lists_are_what_clients_without_offers_send() {
    for list in ["", ",", " , "] {
        let [protocol, extensions] = ["Protocol", "Extensions"].map(|name| format!("Sec-WebSocket-{name}:{list}"));
        let lines = with(&with(&GOOD, &protocol), &extensions);
        let seen = seen(any().subprotocols(["v1"]), request(&lines));
        assert_eq!((seen.offered.len(), seen.subprotocol, seen.extensions.len()), (0, None, 0));
    }
}

#[test]
fn extensions_are_handed_out() {
    for list in
        ["permessage-deflate", "permessage-deflate; client_max_window_bits", "a; b=\"c\", permessage-deflate;d=1,"]
    {
        let line = format!("Sec-WebSocket-Extensions: {list}");
        let lines = with(&GOOD, &line);
        let expected = list.replace("\"c\"", "c").replace(";d", "; d");
        assert_eq!(seen(any(), request(&lines)).extensions.join(", "), expected.trim_end_matches(','));
        assert!(!serve_whole(any(), request(&lines)).output.contains("Extensions"), "none is accepted by itself");
    }
    for bad in ["a b", "a; b=\"c", "a;", "a; =b", "a; b=\"c d\"", "\u{e9}"] {
        let line = format!("Sec-WebSocket-Extensions: {bad}");
        assert!(matches!(fault(&with(&GOOD, &line)), Error::Extensions(_)), "{bad}");
        // Also behind a list that needs no look.
        let lines = with(&GOOD, "Sec-WebSocket-Extensions: permessage-deflate");
        assert!(matches!(fault(&with(&lines, &line)), Error::Extensions(_)), "{bad}");
    }
}

#[test]
fn the_origin_is_that_of_the_version() {
    let lines = with(&with(&GOOD, "Origin: http://a.example"), "Sec-WebSocket-Origin: http://b.example");
    assert_eq!(seen(any(), request(&lines)).origin.as_deref(), Some("http://a.example"));
    assert_eq!(seen(any(), request(&GOOD)).origin, None);
    let twice = with(&with(&GOOD, "Origin: http://a.example"), "Origin: http://a.example");
    assert_eq!(fault(&twice), Error::Repeated { name: "Origin" });
    assert_eq!(fault(&with(&GOOD, "Origin: http://\u{e9}")), Error::Origin { got: "http://\\xc3\\xa9".into() });
}

#[test]
fn clients_and_answers_that_were_recorded() {
    for transcript in Transcript::of("hybi17") {
        let outcome = serve_whole(any(), transcript.client_bytes());
        let name = transcript.name();
        let seen = outcome.result.unwrap_or_else(|error| panic!("{name}: {error}")).unwrap();
        assert_eq!((seen.version, seen.resource_name.as_str()), (Version::Hybi17, "/echo"), "{name}");
        let accept = "Sec-WebSocket-Accept";
        assert_eq!(value(&outcome.output, accept), value(&recorded_answer(&transcript).0, accept), "{name}");
        assert!(outcome.complete && transcript.client_bytes().ends_with(&outcome.rest), "{name}");
        assert_eq!(outcome.rest[0] & 0x8F, 0x81, "{name}: the first frame is a text");
    }
}
