//! Handshakes over HTTP/2 and HTTP/3: what an extended CONNECT offers, and the rules for its answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use hybi_handshake_client::{Agreed, ConnectHandshake, Error, Offer, Url, Version};
use hybi_http::{Extension, Limits, Response};

fn offer(url: &str) -> Offer {
    Offer::new(Url::parse(url).unwrap())
}

fn start() -> ConnectHandshake {
    let offer = offer("wss://server.example.com/chat?room=7").subprotocol("chat").subprotocol("superchat");
    let offer = offer.extension(Extension::new("permessage-deflate").unwrap()).origin("https://www.example.com");
    offer.cookie("a", "1").header("User-Agent", "me").start_connect().unwrap()
}

fn check(fields: &[(&str, &str)]) -> Result<Agreed, Error> {
    start().check(&Response::from_fields(fields.iter().copied(), &Limits::default()).unwrap())
}

#[test]
fn the_fields() {
    let handshake = start();
    let fields: Vec<_> =
        handshake.connect().fields().map(|(name, value)| (name, value.escape_ascii().to_string())).collect();
    let expected = [
        (":method", "CONNECT"),
        (":protocol", "websocket"),
        (":scheme", "https"),
        (":authority", "server.example.com"),
        (":path", "/chat?room=7"),
        ("origin", "https://www.example.com"),
        ("sec-websocket-protocol", "chat, superchat"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-extensions", "permessage-deflate"),
        ("cookie", "a=1"),
        ("user-agent", "me"),
    ];
    assert_eq!(fields, expected.map(|(name, value)| (name, value.to_owned())));
    assert_eq!(handshake.version(), Version::Hybi17);
    let plain = offer("ws://[::1]:9001/").start_connect().unwrap();
    assert_eq!((plain.connect().scheme(), plain.connect().authority()), ("http", "[::1]:9001"));
}

#[test]
fn answers() {
    let agreed = check(&[
        (":status", "200"),
        ("sec-websocket-protocol", "superchat"),
        ("sec-websocket-extensions", "permessage-deflate"),
    ])
    .unwrap();
    assert_eq!((agreed.version, agreed.subprotocol.as_deref()), (Version::Hybi17, Some("superchat")));
    assert_eq!(agreed.extensions.len(), 1);
    assert!(check(&[(":status", "204"), ("sec-websocket-accept", "is not looked at")]).is_ok());
    for got in [101, 301, 401, 501] {
        assert_eq!(check(&[(":status", &got.to_string())]), Err(Error::ConnectStatus { got }));
    }
    let name = "sec-websocket-protocol";
    assert!(matches!(check(&[(":status", "200"), (name, "x")]), Err(Error::SubprotocolNotOffered { .. })));
    assert!(matches!(check(&[(":status", "200"), (name, "chat"), (name, "chat")]), Err(Error::Repeated { .. })));
    let name = "sec-websocket-extensions";
    assert!(matches!(check(&[(":status", "200"), (name, "x")]), Err(Error::ExtensionNotOffered { .. })));
    assert!(matches!(check(&[(":status", "200"), (name, ";")]), Err(Error::Extensions(_))));
}

#[test]
fn what_can_not_be_offered() {
    for version in [Version::Hybi10, Version::Hybi00, Version::Hixie75] {
        let error = offer("ws://a/").version(version).start_connect().unwrap_err();
        assert_eq!(error, Error::ConnectVersion { version });
        assert!(error.to_string().contains(version.name()), "{error}");
    }
    let error = offer("ws://a/").header("Upgrade", "x").start_connect().unwrap_err();
    assert_eq!(error, Error::ReservedHeader { got: "Upgrade".into() });
    let error = offer("ws://a/").header("Keep-Alive", "x").start_connect().unwrap_err();
    assert_eq!(error, Error::Request(hybi_http::Error::ConnectionHeader { name: "Keep-Alive".into() }));
    assert_eq!(Error::ConnectStatus { got: 404 }.to_string(), "expected a status of 200 to 299, got 404");
}
