//! Requests from the variables of a gateway.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::HashMap;

use hybi_http::{Error, HttpVersion, Limits, Request};
use proptest::collection::vec;
use proptest::prelude::*;

fn target(variables: &[(&str, &str)]) -> Result<String, Error> {
    let method = [("REQUEST_METHOD", "GET")];
    Ok(Request::from_env(method.iter().chain(variables).copied())?.target().to_owned())
}

#[test]
fn a_handshake_of_the_first_drafts() {
    let variables = [
        ("GATEWAY_INTERFACE", "CGI/1.1"),
        ("SERVER_PROTOCOL", "HTTP/1.1"),
        ("SERVER_NAME", "example.com"),
        ("REQUEST_METHOD", "GET"),
        ("SCRIPT_NAME", ""),
        ("PATH_INFO", "/demo"),
        ("QUERY_STRING", ""),
        ("CONTENT_LENGTH", ""),
        ("HTTP_UPGRADE", "WebSocket"),
        ("HTTP_CONNECTION", "Upgrade"),
        ("HTTP_HOST", "example.com"),
        ("HTTP_ORIGIN", "http://example.com"),
        ("HTTP_SEC_WEBSOCKET_KEY1", "4 @1  46546xW%0l 1 5"),
        ("HTTP_SEC_WEBSOCKET_KEY2", "12998 5 Y3 1  .P00"),
        ("psgi.url_scheme", "http"),
    ];
    let request = Request::from_env(variables).unwrap();
    assert_eq!((request.method(), request.target()), ("GET", "/demo"));
    assert_eq!(request.headers().len(), 6);
    assert_eq!(request.headers().get_raw("Sec-WebSocket-Key1"), Some(&b"4 @1  46546xW%0l 1 5"[..]));
    assert_eq!(request.headers().iter().last().unwrap().0, "Sec-Websocket-Key2");
    assert_eq!(Request::from_env(HashMap::from(variables)).unwrap().headers().len(), 6);
}

#[test]
fn the_target_is_what_the_client_sent_if_the_gateway_has_it() {
    let parts = [("SCRIPT_NAME", "/a b"), ("PATH_INFO", "/c?d%é"), ("QUERY_STRING", "e=%20f&g")];
    assert_eq!(target(&parts).unwrap(), "/a%20b/c%3Fd%25%C3%A9?e=%20f&g");
    for uri in ["/a%20b/c?e=%20f&g", "*", "http://example.com/x?y"] {
        assert_eq!(target(&[&parts[..], &[("REQUEST_URI", uri)]].concat()).unwrap(), uri);
    }
    assert_eq!(target(&[&parts[..], &[("REQUEST_URI", "")]].concat()).unwrap(), "/a%20b/c%3Fd%25%C3%A9?e=%20f&g");
}

#[test]
fn a_target_of_parts_is_a_path() {
    assert_eq!(target(&[]).unwrap(), "/");
    assert_eq!(target(&[("SCRIPT_NAME", "/app")]).unwrap(), "/app");
    assert_eq!(target(&[("PATH_INFO", "/")]).unwrap(), "/");
    assert_eq!(target(&[("PATH_INFO", "x")]).unwrap(), "/x");
    assert_eq!(target(&[("QUERY_STRING", "x=y")]).unwrap(), "/?x=y");
    assert_eq!(target(&[("PATH_INFO", "/-._~!$&'()*+,;=:@/")]).unwrap(), "/-._~!$&'()*+,;=:@/");
    assert_eq!(target(&[("PATH_INFO", "/\r\n#[\0]\"")]).unwrap(), "/%0D%0A%23%5B%00%5D%22");
    assert!(matches!(target(&[("QUERY_STRING", "a b")]), Err(Error::Target { .. })));
    assert!(matches!(target(&[("REQUEST_URI", "/\r\n")]), Err(Error::Target { .. })));
}

#[test]
fn the_variables_of_the_body() {
    let method = ("REQUEST_METHOD", "POST");
    let variables = [method, ("CONTENT_TYPE", "text/plain"), ("CONTENT_LENGTH", "8"), ("HTTP_CONTENT_LENGTH", "9")];
    let request = Request::from_env(variables).unwrap();
    assert_eq!(request.headers().get_str("Content-Type"), Some("text/plain"));
    assert_eq!(request.headers().content_length(), Ok(Some(8)));
    let request = Request::from_env([method, ("CONTENT_TYPE", ""), ("CONTENT_LENGTH", "")]).unwrap();
    assert!(request.headers().is_empty());
}

#[test]
fn the_version() {
    let version = |text: &str| {
        let variables = [("REQUEST_METHOD", "GET"), ("SERVER_PROTOCOL", text)];
        Request::from_env(variables).map(|request| request.http_version())
    };
    assert_eq!(version("HTTP/1.0"), Ok(HttpVersion::Http10));
    assert_eq!(version("HTTP/1.1"), Ok(HttpVersion::Http11));
    assert_eq!(version(""), Ok(HttpVersion::Http11));
    assert_eq!(version("HTTP/2.0"), Err(Error::VersionUnsupported { got: "HTTP/2.0".into() }));
    assert_eq!(version("INCLUDED"), Err(Error::Version { got: "INCLUDED".into() }));
}

#[test]
fn what_is_missing_or_bad_is_said() {
    let none: [(&str, &str); 0] = [];
    assert_eq!(Request::from_env(none), Err(Error::MissingVariable { name: "REQUEST_METHOD" }));
    let with = |name: &str, value: &str| Request::from_env([("REQUEST_METHOD", "GET"), (name, value)]);
    assert!(matches!(with("HTTP_", "x"), Err(Error::HeaderName { .. })));
    assert!(matches!(with("HTTP_A B", "x"), Err(Error::HeaderName { .. })));
    assert!(matches!(with("HTTP_A", "x\r\nB: y"), Err(Error::HeaderValue { got: b'\r', .. })));
    assert!(matches!(Request::from_env([("REQUEST_METHOD", "G T")]), Err(Error::Method { .. })));
    assert_eq!(with("HTTP_A", "é").unwrap().headers().get("a"), Some("é".as_bytes()));
    assert!(with("http_a", "x").unwrap().headers().is_empty());
}

proptest! {
    /// What a gateway makes of a head, made into a head again.
    #[test]
    fn there_and_back(
        target in "/[!-~]{0,20}",
        headers in vec(("[A-Z][a-z0-9]{0,6}(-[A-Z][a-z0-9]{0,6}){0,2}", "[!-~]?|[!-~][ -~]{0,20}[!-~]"), 0..8),
    ) {
        let mut request = Request::new("GET", &target).unwrap();
        for (name, value) in &headers {
            request.push_header(name, value).unwrap();
        }
        let mut variables = vec![
            ("SERVER_PROTOCOL".to_owned(), "HTTP/1.1".to_owned()),
            ("REQUEST_METHOD".to_owned(), request.method().to_owned()),
            ("REQUEST_URI".to_owned(), request.target().to_owned()),
        ];
        for (name, value) in request.headers().iter() {
            let name = format!("HTTP_{}", name.to_ascii_uppercase().replace('-', "_"));
            variables.push((name, String::from_utf8(value.to_vec()).unwrap()));
        }
        let again = Request::from_env(variables).unwrap();
        prop_assert_eq!(&again, &request);
        let parsed = Request::parse(again.as_bytes(), &Limits::default()).unwrap().unwrap().0.into_owned();
        prop_assert_eq!(parsed, again);
    }
}
