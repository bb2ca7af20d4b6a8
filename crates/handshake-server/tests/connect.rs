//! Handshakes over HTTP/2 and HTTP/3: what an extended CONNECT negotiates, and every rule that it can break.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_handshake_server::{Accept, Error, HandshakeConfig, OriginPolicy, Upgrade};
use hybi_http::{ExtendedConnect, Extension, Limits};
use hybi_version::{Version, Versions};
use support::Seen;

const GOOD: [(&str, &str); 6] = [
    (":method", "CONNECT"),
    (":protocol", "websocket"),
    (":scheme", "https"),
    (":path", "/chat?room=7"),
    (":authority", "server.example.com"),
    ("sec-websocket-version", "13"),
];

/// A good request, with other values for some of its fields, and further fields.
fn check(config: &HandshakeConfig, changes: &[(&str, &str)]) -> Result<Upgrade<'static>, Error> {
    let changed = |name: &str| changes.iter().find(|(other, _)| *other == name);
    let good = GOOD.into_iter().map(|(name, value)| changed(name).copied().unwrap_or((name, value)));
    let new = changes.iter().copied().filter(|(name, _)| !GOOD.iter().any(|(good, _)| good == name));
    let fields = good.chain(new).filter(|(_, value)| *value != "(none)");
    Upgrade::check_connect(ExtendedConnect::from_fields(fields, &Limits::default()).unwrap(), config)
}

fn error(changes: &[(&str, &str)]) -> Error {
    check(&HandshakeConfig::new(), changes).unwrap_err()
}

#[test]
fn the_example_of_rfc_8441() {
    let config = HandshakeConfig::new().subprotocols(["chat"]).origins(OriginPolicy::Any);
    let upgrade = check(
        &config,
        &[
            ("sec-websocket-protocol", "superchat, chat"),
            ("sec-websocket-extensions", "permessage-deflate"),
            ("origin", "http://www.example.com"),
        ],
    )
    .unwrap();
    let seen = Seen::of(&upgrade);
    assert_eq!((seen.version, seen.resource_name.as_str(), seen.secure), (Version::Hybi17, "/chat?room=7", true));
    assert_eq!((seen.host.as_str(), seen.origin.as_deref()), ("server.example.com", Some("http://www.example.com")));
    assert_eq!(seen.extensions, ["permessage-deflate"]);
    assert!(upgrade.is_connect());
    assert_eq!(upgrade.location(), "wss://server.example.com/chat?room=7");
    assert_eq!(upgrade.answer_key3([0; 8]), None);

    let accept = Accept::new().extension(Extension::new("permessage-deflate").unwrap()).header("X-Session", "31d4");
    let answer = upgrade.answer(&accept).unwrap();
    let fields: Vec<_> = answer.headers().iter().collect();
    let expected: [(&str, &[u8]); 3] = [
        ("sec-websocket-protocol", b"chat"),
        ("sec-websocket-extensions", b"permessage-deflate"),
        ("x-session", b"31d4"),
    ];
    assert_eq!((answer.status(), &fields[..]), (200, &expected[..]));
    assert!(matches!(upgrade.answer(&Accept::new().subprotocol("x")), Err(Error::SubprotocolNotOffered { .. })));
    assert!(matches!(upgrade.answer(&Accept::new().header("Upgrade", "x")), Err(Error::ReservedHeader { .. })));
}

#[test]
fn keys_are_not_looked_at() {
    let upgrade = check(&HandshakeConfig::new(), &[("sec-websocket-key", "not a key")]).unwrap();
    assert!(upgrade.answer(&Accept::new()).unwrap().headers().is_empty());
    assert!(check(&HandshakeConfig::new(), &[("sec-websocket-key1", "1 2")]).is_ok());
}

#[test]
fn rules_of_the_pseudo_headers() {
    assert_eq!(error(&[(":protocol", "connect-udp")]), Error::ConnectProtocol { got: "connect-udp".into() });
    assert_eq!(error(&[(":protocol", "connect-udp")]).status(), 501);
    assert!(check(&HandshakeConfig::new(), &[(":protocol", "WebSocket")]).is_ok());
    assert_eq!(error(&[(":scheme", "wss")]), Error::ConnectScheme { got: "wss".into() });
    assert_eq!(error(&[(":path", "chat")]), Error::Target { got: "chat".into() });
    assert_eq!(error(&[(":path", "/chat#a")]), Error::Target { got: "/chat#a".into() });
    assert_eq!(error(&[(":authority", "user@server")]), Error::Host { got: "user@server".into() });
}

#[test]
fn rules_of_the_headers() {
    assert_eq!(error(&[("sec-websocket-version", "(none)")]), Error::MissingVersion);
    assert_eq!(error(&[("sec-websocket-version", "99")]), Error::VersionUnknown { got: "99".into() });
    assert_eq!(error(&[("sec-websocket-version", "8")]), Error::ConnectVersion { version: Version::Hybi10 });
    assert_eq!(error(&[("content-length", "5")]), Error::Body { name: "Content-Length", got: "5".into() });
    assert_eq!(error(&[("origin", "\u{e9}")]), Error::Origin { got: "\\xc3\\xa9".into() });
    assert_eq!(error(&[("origin", "https://evil.example")]).status(), 403);
    assert!(check(&HandshakeConfig::new(), &[("origin", "https://server.example.com")]).is_ok());
    // A page that came without TLS is of another origin than a server with it.
    assert_eq!(error(&[("origin", "http://server.example.com")]).status(), 403);
    assert_eq!(error(&[("sec-websocket-protocol", "a b")]), Error::Subprotocol { got: "a b".into() });
    assert!(matches!(error(&[("sec-websocket-extensions", ";")]), Error::Extensions(_)));
    let config = HandshakeConfig::new().versions(Versions::ALL.without(Version::Hybi17));
    assert_eq!(check(&config, &[]), Err(Error::VersionNotAllowed { version: Version::Hybi17 }));
}

#[test]
fn whether_it_is_secure() {
    let plain = [(":scheme", "http"), ("x-forwarded-proto", "https")];
    assert!(!check(&HandshakeConfig::new(), &plain).unwrap().is_secure());
    assert!(check(&HandshakeConfig::new().trust_proxy(true), &plain).unwrap().is_secure());
    assert!(check(&HandshakeConfig::new().secure(true), &plain).unwrap().is_secure());
}

#[test]
fn refusals_have_no_header_of_a_connection() {
    for error in [
        Error::MissingVersion,
        Error::VersionUnknown { got: "99".into() },
        Error::ConnectVersion { version: Version::Hybi10 },
        Error::NotWebSocket,
    ] {
        let response = error.connect_response(Versions::ALL);
        assert_eq!((response.status(), response.headers().get_str("sec-websocket-version")), (400, Some("13")));
        assert!(!response.headers().contains("upgrade") && !response.headers().contains("connection"));
        assert!(!error.connect_response(Versions::only(Version::Hybi10)).headers().contains("sec-websocket-version"));
    }
    let response = Error::ConnectProtocol { got: "x".into() }.connect_response(Versions::ALL);
    assert_eq!((response.status(), response.headers().len()), (501, 2));
    let response = Error::Method { got: "GET".into() }.connect_response(Versions::ALL);
    assert_eq!((response.status(), response.headers().get_str("allow")), (405, Some("CONNECT")));
}
