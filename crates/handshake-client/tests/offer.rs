//! What a caller may ask for, and what it is told when it may not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_handshake_client::{Error, Offer};
use support::{offer, sent};

fn value(offer: &Offer, name: &str) -> Option<String> {
    offer.start().unwrap().request().headers().get_str(name).map(str::to_owned)
}

fn fault(offer: Offer) -> Error {
    offer.start().unwrap_err()
}

#[test]
fn host_and_target() {
    for (url, host, target) in [
        ("ws://example.com", "example.com", "/"),
        ("ws://example.com:80/a", "example.com", "/a"),
        ("wss://example.com:443/a?b=c", "example.com", "/a?b=c"),
        ("wss://example.com:80/", "example.com:80", "/"),
        ("ws://[::1]:9001?x", "[::1]:9001", "/?x"),
        ("ws://user:password@example.com/", "example.com", "/"),
        ("ws://b\u{fc}cher.example/\u{e9}", "xn--bcher-kva.example", "/%C3%A9"),
    ] {
        let offer = offer(url);
        assert_eq!(value(&offer, "Host").as_deref(), Some(host), "{url}");
        assert_eq!(offer.start().unwrap().request().target(), target, "{url}");
        assert!(!sent(&offer).contains("password"));
    }
}

#[test]
fn credentials_of_the_url_go_into_a_header_on_demand() {
    let url = "ws://Aladdin:open%20sesame@example.com/";
    let name = "Authorization";
    assert_eq!(value(&offer(url), name), None);
    let basic = offer(url).basic_auth_from_url();
    assert_eq!(value(&basic, name).as_deref(), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    assert!(sent(&basic).starts_with("GET / HTTP/1.1\r\n"));
    assert_eq!(value(&offer("ws://example.com/").basic_auth_from_url(), name), None);
    assert_eq!(value(&offer("ws://a@example.com/").basic_auth_from_url(), name).as_deref(), Some("Basic YTo="));
    // Credentials of the caller's own go before those.
    let own = basic.header("authorization", "Bearer x");
    let request = sent(&own);
    assert!(request.contains("authorization: Bearer x\r\n") && !request.contains("Basic"));
}

#[test]
fn cookies_in_one_header_and_headers_in_their_order() {
    let offer = offer("ws://a/").cookie("a", "1").header("X-B", "2").cookie("c", "3").header("x-b", "4");
    assert!(sent(&offer).ends_with("\r\nCookie: a=1; c=3\r\nX-B: 2\r\nx-b: 4\r\n\r\n"));
    for (name, value) in [("", "1"), ("a", "1; b=2"), ("a", "1\r\nX: y"), ("a b", "1"), ("a", "\u{e9}")] {
        assert!(matches!(fault(offer.clone().cookie(name, value)), Error::Request(_)), "{name} {value}");
    }
}

#[test]
fn the_headers_of_the_handshake_are_its_own() {
    for name in [
        "Host",
        "upgrade",
        "CONNECTION",
        "Origin",
        "Sec-WebSocket-Key",
        "sec-websocket-protocol",
        "Sec-WebSocket-Anything",
        "WebSocket-Protocol",
        "Content-Length",
        "Transfer-Encoding",
    ] {
        let error = Error::ReservedHeader { got: name.into() };
        assert_eq!(fault(offer("ws://a/").header(name, "x")), error);
        assert!(error.to_string().contains(name));
    }
}

#[test]
fn injections() {
    for (name, value) in
        [("X", "a\r\nY: b"), ("X", "a\nb"), ("X", "a\0"), ("X\r\nY", "a"), ("X:", "a"), ("", "a"), ("X", "\u{e9}")]
    {
        assert!(matches!(fault(offer("ws://a/").header(name, value)), Error::Request(_)), "{name} {value}");
    }
    assert!(matches!(fault(offer("ws://a/").origin("http://a\r\nX: y")), Error::Request(_)));
}

#[test]
fn subprotocols_are_tokens_and_each_is_another() {
    for got in ["", "a b", "a,b", "a\r\nX: y", "\u{e9}", "a/b"] {
        assert!(matches!(fault(offer("ws://a/").subprotocol(got)), Error::Subprotocol { .. }), "{got:?}");
    }
    let twice = offer("ws://a/").subprotocol("a").subprotocol("b").subprotocol("a");
    assert_eq!(fault(twice), Error::RepeatedSubprotocol { got: "a".into() });
}

#[test]
fn no_secret_in_debug() {
    let offer = offer("ws://a:secret@b/").header("Authorization", "secret").cookie("session", "secret");
    let text = format!("{offer:?}");
    assert!(text.contains("Authorization") && text.contains("session") && !text.contains("secret"), "{text}");
}
