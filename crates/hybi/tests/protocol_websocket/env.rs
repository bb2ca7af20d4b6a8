//! Requests from the variables of a gateway such as PSGI. Perl takes `GET` for granted; a gateway always says the method.

use hybi::http::{Error as HttpError, Request};
use hybi::{HandshakeConfig, OriginPolicy, Upgrade, Version};

use crate::requests::facts;
use crate::{ACCEPT, CHECKSUM, KEY, KEY1, KEY2, KEY3};

fn upgrade(variables: &[(&str, &str)]) -> Upgrade<'static> {
    let all = [("REQUEST_METHOD", "GET"), ("SCRIPT_NAME", ""), ("HTTP_CONNECTION", "Upgrade")];
    let request = Request::from_env(all.iter().chain(variables).copied()).unwrap();
    Upgrade::check(request, &HandshakeConfig::new().origins(OriginPolicy::Any).trust_proxy(true)).unwrap()
}

const HIXIE75: [(&str, &str); 5] = [
    ("PATH_INFO", "/demo"),
    ("HTTP_UPGRADE", "WebSocket"),
    ("HTTP_HOST", "example.com:3000"),
    ("HTTP_ORIGIN", "null"),
    ("HTTP_WEBSOCKET_PROTOCOL", "sample"),
];

#[test]
fn hixie75() {
    let request = upgrade(&HIXIE75);
    let expected =
        (Version::Hixie75, "/demo".into(), "example.com:3000".into(), Some("null".into()), vec!["sample".into()]);
    assert_eq!(facts(&request), expected);
    assert_eq!(request.headers().get_str("Upgrade"), Some("WebSocket"));
    assert_eq!(request.headers().get_str("Connection"), Some("Upgrade"));
    assert!(!request.is_secure());
    assert!(upgrade(&[&HIXIE75[..], &[("HTTP_X_FORWARDED_PROTO", "https")]].concat()).is_secure());
}

#[test]
fn hybi00() {
    let request = upgrade(&[
        ("PATH_INFO", "/demo"),
        ("QUERY_STRING", "foo=bar"),
        ("HTTP_UPGRADE", "WebSocket"),
        ("HTTP_HOST", "example.com"),
        ("HTTP_ORIGIN", "http://example.com"),
        ("HTTP_SEC_WEBSOCKET_PROTOCOL", "sample"),
        ("HTTP_SEC_WEBSOCKET_KEY1", KEY1),
        ("HTTP_SEC_WEBSOCKET_KEY2", KEY2),
        ("HTTP_CONTENT_LENGTH", "8"),
    ]);
    let (page, subprotocols) = (Some("http://example.com".to_owned()), vec!["sample".to_owned()]);
    assert_eq!(facts(&request), (Version::Hybi00, "/demo?foo=bar".into(), "example.com".into(), page, subprotocols));
    let keys = ["Sec-WebSocket-Key1", "Sec-WebSocket-Key2"].map(|name| request.headers().get_str(name));
    assert_eq!(keys, [Some(KEY1), Some(KEY2)]);
    assert_eq!(request.answer_key3(KEY3).unwrap(), CHECKSUM.as_bytes());
}

/// Perl reads the origin under either name in all versions. It is `Sec-WebSocket-Origin` up to hybi-10, and `Origin` since; who
/// sends the other one says nothing to a server that goes by the draft.
#[test]
fn hybi10_and_hybi17() {
    let cases = [
        ("8", "HTTP_SEC_WEBSOCKET_ORIGIN", Version::Hybi10, true),
        ("8", "HTTP_ORIGIN", Version::Hybi10, false),
        ("13", "HTTP_ORIGIN", Version::Hybi17, true),
        ("13", "HTTP_SEC_WEBSOCKET_ORIGIN", Version::Hybi17, false),
    ];
    for (number, origin, version, known) in cases {
        let request = upgrade(&[
            ("PATH_INFO", "/chat"),
            ("QUERY_STRING", "foo=bar"),
            ("HTTP_UPGRADE", "websocket"),
            ("HTTP_HOST", "server.example.com"),
            ("HTTP_COOKIE", "foo=bar"),
            (origin, "http://example.com"),
            ("HTTP_SEC_WEBSOCKET_PROTOCOL", "chat, superchat"),
            ("HTTP_SEC_WEBSOCKET_KEY", KEY),
            ("HTTP_SEC_WEBSOCKET_VERSION", number),
        ]);
        let expected = (
            version,
            "/chat?foo=bar".into(),
            "server.example.com".into(),
            known.then(|| "http://example.com".into()),
            vec!["chat".into(), "superchat".into()],
        );
        assert_eq!(facts(&request), expected);
        assert_eq!(request.cookies().collect::<Vec<_>>(), [("foo", "bar")]);
        assert_eq!(request.headers().get_str("Sec-WebSocket-Key"), Some(KEY));
        let mut output = Vec::new();
        request.write_answer(&hybi::Accept::new(), &mut output).unwrap();
        assert!(String::from_utf8(output).unwrap().contains(&format!("Sec-WebSocket-Accept: {ACCEPT}\r\n")));
    }
}

#[test]
fn nothing_is_no_request() {
    let nothing: [(&str, &str); 0] = [];
    assert_eq!(Request::from_env(nothing), Err(HttpError::MissingVariable { name: "REQUEST_METHOD" }));
}
