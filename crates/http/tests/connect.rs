//! Extended CONNECT: lists of fields in, lists of fields out, and every way in which one can be malformed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use hybi_http::{Error, ExtendedConnect, Limits, Response};
use proptest::prelude::*;

const PSEUDO: [(&str, &str); 5] = [
    (":method", "CONNECT"),
    (":protocol", "websocket"),
    (":scheme", "https"),
    (":path", "/chat?room=7"),
    (":authority", "server.example.com"),
];

fn parse(fields: &[(&str, &str)]) -> Result<ExtendedConnect, Error> {
    ExtendedConnect::from_fields(fields.iter().copied(), &Limits::default())
}

/// The pseudo-headers of a good request, and further headers.
fn with(headers: &[(&str, &str)]) -> Result<ExtendedConnect, Error> {
    parse(&[&PSEUDO, headers].concat())
}

/// The pseudo-headers of a good request, one of them with another value, or without it.
fn but(name: &str, value: Option<&str>) -> Result<ExtendedConnect, Error> {
    let fields: Vec<_> = PSEUDO
        .into_iter()
        .filter_map(|(known, good)| Some((known, if known == name { value? } else { good })))
        .collect();
    parse(&fields)
}

#[test]
fn the_example_of_rfc_8441() {
    let connect = with(&[
        ("sec-websocket-protocol", "chat, superchat"),
        ("sec-websocket-extensions", "permessage-deflate"),
        ("sec-websocket-version", "13"),
        ("origin", "http://www.example.com"),
        ("cookie", "a=1"),
        ("cookie", "b=2"),
        ("te", "trailers"),
    ])
    .unwrap();
    assert_eq!((connect.protocol(), connect.scheme()), ("websocket", "https"));
    assert_eq!((connect.authority(), connect.path()), ("server.example.com", "/chat?room=7"));
    assert!(connect.headers().contains_token("Sec-WebSocket-Protocol", "superchat"));
    // RFC 9113 §8.2.3: the cookies of one request may come in several headers.
    assert_eq!(connect.request().cookies().collect::<Vec<_>>(), [("a", "1"), ("b", "2")]);
    assert!(
        connect.into_request().as_bytes().starts_with(b"CONNECT /chat?room=7 HTTP/1.1\r\nhost: server.example.com\r\n")
    );
}

#[test]
fn what_is_built_is_read_back() {
    let mut connect = ExtendedConnect::new("websocket", "https", "[::1]:8443", "/").unwrap();
    connect.push_header("Sec-WebSocket-Version", "13").unwrap();
    let fields: Vec<_> = connect.fields().collect();
    let expected: [(&str, &[u8]); 6] = [
        (":method", b"CONNECT"),
        (":protocol", b"websocket"),
        (":scheme", b"https"),
        (":authority", b"[::1]:8443"),
        (":path", b"/"),
        ("sec-websocket-version", b"13"),
    ];
    assert_eq!(fields, expected);
    assert_eq!(ExtendedConnect::from_fields(fields, &Limits::default()), Ok(connect));
}

#[test]
fn what_cannot_be_built() {
    let new = ExtendedConnect::new;
    assert_eq!(new("web socket", "https", "a", "/"), Err(Error::Token { got: "web socket".into() }));
    assert_eq!(new("websocket", "", "a", "/"), Err(Error::Token { got: "".into() }));
    assert_eq!(new("websocket", "https", "a", ""), Err(Error::Target { got: "".into() }));
    assert_eq!(new("websocket", "https", "a\r\n", "/"), Err(Error::HeaderValue { name: "host".into(), got: b'\r' }));
    let mut connect = new("websocket", "https", "a", "/").unwrap();
    assert_eq!(connect.push_header("Upgrade", "x"), Err(Error::ConnectionHeader { name: "Upgrade".into() }));
    assert_eq!(connect.push_header(":a", "x"), Err(Error::HeaderName { got: ":a".into() }));
}

#[test]
fn pseudo_headers() {
    let missing = |name| Err(Error::MissingPseudoHeader { name });
    assert_eq!(but(":method", Some("GET")), Err(Error::ConnectMethod { got: "GET".into() }));
    assert_eq!(but(":method", None), Err(Error::ConnectMethod { got: "".into() }));
    assert_eq!(but(":protocol", None), missing(":protocol"));
    assert_eq!(but(":scheme", None), missing(":scheme"));
    assert_eq!(but(":path", None), missing(":path"));
    assert_eq!(but(":authority", None), missing(":authority"));
    assert_eq!(but(":path", Some("")), Err(Error::Target { got: "".into() }));
    assert_eq!(but(":path", Some("/a b")), Err(Error::HeaderValue { name: ":path".into(), got: b' ' }));
    assert_eq!(with(&[(":status", "200")]), Err(Error::PseudoHeader { got: ":status".into() }));
    assert_eq!(with(&[(":path", "/other")]), Err(Error::PseudoHeader { got: ":path".into() }));
    assert_eq!(with(&[("a", "b"), (":x", "y")]), Err(Error::PseudoHeader { got: ":x".into() }));
}

#[test]
fn headers_that_http_2_has_not() {
    for name in ["connection", "upgrade", "keep-alive", "proxy-connection", "transfer-encoding"] {
        assert_eq!(with(&[(name, "x")]), Err(Error::ConnectionHeader { name: name.into() }));
    }
    assert_eq!(with(&[("te", "gzip")]), Err(Error::ConnectionHeader { name: "te".into() }));
    assert_eq!(with(&[("Origin", "x")]), Err(Error::HeaderNameCase { name: "Origin".into() }));
    assert_eq!(with(&[("a b", "x")]), Err(Error::HeaderName { got: "a b".into() }));
    assert_eq!(with(&[("a", "x\r\ny")]), Err(Error::HeaderValue { name: "a".into(), got: b'\r' }));
}

#[test]
fn host_beside_authority() {
    let same = with(&[("host", "Server.Example.com")]).unwrap();
    assert_eq!(same.headers().get_all("host").collect::<Vec<_>>(), [b"server.example.com"]);
    assert_eq!(with(&[("host", "other.example")]), Err(Error::HostDiffers { got: "other.example".into() }));
    let fields: Vec<_> =
        PSEUDO.into_iter().filter(|(name, _)| *name != ":authority").chain([("host", "a:1")]).collect();
    assert_eq!(parse(&fields).unwrap().authority(), "a:1");
}

#[test]
fn limits() {
    let parse =
        |limits: Limits| ExtendedConnect::from_fields([&PSEUDO[..], &[("a", "b"), ("c", "d")]].concat(), &limits);
    assert_eq!(parse(Limits::new().headers(1)), Err(Error::TooManyHeaders { limit: 1 }));
    assert_eq!(parse(Limits::new().head_bytes(100)), Err(Error::HeadTooLarge { limit: 100 }));
    assert_eq!(parse(Limits::new().target_bytes(4)), Err(Error::TargetTooLong { got: 12, limit: 4 }));
}

#[test]
fn responses() {
    let parse = |fields: &[(&str, &str)]| Response::from_fields(fields.iter().copied(), &Limits::default());
    let response = parse(&[(":status", "200"), ("sec-websocket-protocol", "chat")]).unwrap();
    assert_eq!((response.status(), response.headers().get_str("Sec-WebSocket-Protocol")), (200, Some("chat")));
    assert_eq!(parse(&[("a", "b")]), Err(Error::MissingPseudoHeader { name: ":status" }));
    for wrong in ["", "20", "+20", "2000", "0200", "099", "600"] {
        assert_eq!(parse(&[(":status", wrong)]).map_err(|error| error.status()), Err(400), "{wrong}");
    }
    assert_eq!(parse(&[(":status", "200"), ("upgrade", "b")]), Err(Error::ConnectionHeader { name: "upgrade".into() }));
}

proptest! {
    #[test]
    fn any_fields_come_back_or_are_refused(
        keep in prop::collection::vec(0_usize..5, 0..7),
        headers in prop::collection::vec(("[:a-zA-Z -]{0,6}", prop::collection::vec(any::<u8>(), 0..6)), 0..4),
    ) {
        let pseudo = keep.into_iter().map(|at| (PSEUDO[at].0.to_owned(), PSEUDO[at].1.as_bytes().to_vec()));
        let fields: Vec<(String, Vec<u8>)> = pseudo.chain(headers).collect();
        if let Ok(connect) = ExtendedConnect::from_fields(fields, &Limits::default()) {
            let again = ExtendedConnect::from_fields(connect.fields(), &Limits::default());
            prop_assert_eq!(again.as_ref(), Ok(&connect));
        }
    }

    #[test]
    fn a_good_one_keeps_each_header(headers in prop::collection::vec(("x-[a-z]{1,6}", "[!-~]{0,8}"), 0..8)) {
        let fields: Vec<_> = PSEUDO
            .into_iter()
            .chain(headers.iter().map(|(name, value)| (name.as_str(), value.as_str())))
            .collect();
        let connect = ExtendedConnect::from_fields(fields, &Limits::default()).unwrap();
        let kept: Vec<_> = connect.fields().skip(5).map(|(name, value)| (name, core::str::from_utf8(value).unwrap())).collect();
        let given: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        prop_assert_eq!(kept, given);
    }
}
