//! Which web pages may connect.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_handshake_server::{Error, HandshakeConfig, OriginPolicy};
use support::{error, request, seen, with, without};

const GOOD: [&str; 7] = [
    "GET / HTTP/1.1",
    "Host: example.com",
    "Origin: https://example.com",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
];

#[test]
fn the_same_origin() {
    let same = |origin, host| OriginPolicy::SameOrigin.allows(origin, host, false);
    for (origin, host) in [
        ("http://example.com", "example.com"),
        ("https://example.com", "example.com"),
        ("HTTP://Example.COM", "example.com"),
        ("http://example.com:80", "example.com"),
        ("http://example.com", "example.com:80"),
        ("https://example.com", "example.com:443"),
        ("http://example.com", "example.com:"),
        ("http://127.0.0.1:9001", "127.0.0.1:9001"),
        ("http://[::1]:9001", "[::1]:9001"),
    ] {
        assert!(same(origin, host), "{origin} {host}");
    }
    for (origin, host) in [
        ("http://evil.example", "example.com"),
        ("http://example.org", "example.com"),
        ("http://example.com.evil.example", "example.com"),
        ("http://evil-example.com", "example.com"),
        ("http://www.example.com", "example.com"),
        ("http://example.com:8080", "example.com"),
        ("http://example.com", "example.com:8080"),
        ("https://example.com:80", "example.com"),
        ("http://example.com:443", "example.com:"),
        ("http://example.com/", "example.com"),
        ("http://user@example.com", "example.com"),
        ("http://example.com http://example.com", "example.com"),
        ("ftp://example.com", "example.com"),
        ("file://", "example.com"),
        ("null", "example.com"),
        ("example.com", "example.com"),
        ("", "example.com"),
        ("http://", ""),
    ] {
        assert_eq!(same(origin, host), origin == "http://", "{origin} {host}");
    }
}

#[test]
fn a_page_without_tls_is_another_origin_for_a_server_with_it() {
    let same = |origin| OriginPolicy::SameOrigin.allows(origin, "example.com", true);
    assert!(same("https://example.com"));
    assert!(!same("http://example.com"));
}

#[test]
fn a_list() {
    let list = OriginPolicy::List(vec!["https://example.com".into(), "null".into()]);
    assert!(list.allows("https://EXAMPLE.com", "other.example", false));
    assert!(list.allows("null", "other.example", false));
    assert!(!list.allows("http://example.com", "example.com", false));
    assert!(!list.allows("https://example.com.evil.example", "example.com", false));
    assert!(!OriginPolicy::List(Vec::new()).allows("https://example.com", "example.com", false));
}

#[test]
fn in_a_handshake() {
    let (same, any) = (HandshakeConfig::new(), HandshakeConfig::new().origins(OriginPolicy::Any));
    let none = HandshakeConfig::new().origins(OriginPolicy::List(Vec::new()));
    assert_eq!(seen(same.clone(), request(&GOOD)).origin.as_deref(), Some("https://example.com"));
    let evil = with(&without(&GOOD, "Origin"), "Origin: https://evil.example");
    let refused = Error::OriginNotAllowed { got: "https://evil.example".into() };
    assert_eq!(refused.status(), 403);
    assert_eq!(error(same.clone(), request(&evil)), refused);
    assert_eq!(error(none.clone(), request(&evil)), refused);
    assert_eq!(seen(any, request(&evil)).origin.as_deref(), Some("https://evil.example"));
    // No browser, no origin.
    for config in [same, none] {
        assert_eq!(seen(config, request(&without(&GOOD, "Origin"))).origin, None);
    }
}

/// RFC 9112 §3.2.
#[test]
fn the_host_is_the_one_that_the_target_names() {
    let of = |target, host| {
        let mut lines = GOOD;
        (lines[0], lines[1]) = (target, host);
        request(&lines)
    };
    let host = seen(HandshakeConfig::new(), of("GET http://example.com/ HTTP/1.1", "Host: example.org")).host;
    assert_eq!(host, "example.com");
    let refused = error(HandshakeConfig::new(), of("GET http://example.org/ HTTP/1.1", "Host: example.com"));
    assert_eq!(refused, Error::OriginNotAllowed { got: "https://example.com".into() });
}

#[test]
fn a_broken_request_is_told_so_before_its_origin_counts() {
    let lines = with(&without(&without(&GOOD, "Origin"), "Sec-WebSocket-Key"), "Origin: https://evil.example");
    assert_eq!(error(HandshakeConfig::new(), request(&lines)), Error::MissingKey { name: "Sec-WebSocket-Key" });
}

#[test]
fn what_a_trusted_proxy_says_is_believed() {
    let lines = with(&with(&without(&GOOD, "Origin"), "Origin: http://example.com"), "X-Forwarded-Proto: https");
    assert!(!seen(HandshakeConfig::new(), request(&lines)).secure);
    let proxy = HandshakeConfig::new().trust_proxy(true);
    assert!(matches!(error(proxy.clone(), request(&lines)), Error::OriginNotAllowed { .. }));
    assert!(seen(proxy, request(&with(&GOOD, "X-Forwarded-Proto: https"))).secure);
}
