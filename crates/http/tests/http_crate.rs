//! Conversions from and to the types of the crate `http`: nothing is lost, and what cannot be is an error.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use http::Version;
use hybi_http::{Error, ExtendedConnect, HttpVersion, Request, Response};
use proptest::prelude::*;

#[test]
fn a_request_there_and_back() {
    let mut request = Request::new("GET", "/chat?room=7").unwrap();
    for (name, value) in [("host", "example.com"), ("cookie", "a=1"), ("cookie", "b=2"), ("x-empty", "")] {
        request.push_header(name, value).unwrap();
    }
    let there = http::Request::try_from(&request).unwrap();
    assert_eq!((there.uri(), there.version()), (&http::Uri::from_static("/chat?room=7"), Version::HTTP_11));
    assert_eq!(there.headers().get_all("cookie").iter().count(), 2);
    assert_eq!(Request::try_from(&there), Ok(request.clone()));
    assert_eq!(Request::try_from(&there.into_parts().0), Ok(request));
}

#[test]
fn targets_and_versions() {
    let convert = |uri: &str, version| {
        let request = http::Request::builder().uri(uri).version(version).body(()).unwrap();
        Request::try_from(&request).map(|request| (request.target().to_owned(), request.http_version()))
    };
    assert_eq!(convert("/", Version::HTTP_10), Ok(("/".into(), HttpVersion::Http10)));
    assert_eq!(convert("*", Version::HTTP_11), Ok(("*".into(), HttpVersion::Http11)));
    assert_eq!(convert("http://a:1/b?c", Version::HTTP_11).unwrap().0, "http://a:1/b?c");
    assert_eq!(convert("a:1", Version::HTTP_11).unwrap().0, "a:1");
    assert_eq!(convert("/\u{e9}", Version::HTTP_11), Err(Error::Target { got: "/\\xc3\\xa9".into() }));
    for version in [Version::HTTP_2, Version::HTTP_3, Version::HTTP_09] {
        assert_eq!(convert("/", version).unwrap_err().status(), 505);
    }
    let long = Request::new("GET", &"/x".repeat(40_000)).unwrap();
    assert!(matches!(http::Request::try_from(&long), Err(Error::Target { .. })));
}

#[test]
fn a_response_there_and_back() {
    let mut response = Response::new(101).unwrap();
    response.push_header("upgrade", "websocket").unwrap();
    response.push_header("set-cookie", "a=1").unwrap();
    response.push_header("set-cookie", "b=2").unwrap();
    let there = http::Response::try_from(&response).unwrap();
    assert_eq!(there.status(), 101);
    assert_eq!(Response::try_from(&there), Ok(response.clone()));
    assert_eq!(Response::try_from(&there.into_parts().0), Ok(response));
    let old = http::Response::builder().version(Version::HTTP_10).body(()).unwrap();
    assert_eq!(Response::try_from(&old).unwrap().http_version(), HttpVersion::Http10);
    let odd = http::Response::builder().status(999).body(()).unwrap();
    assert_eq!(Response::try_from(&odd), Err(Error::Status { got: 999 }));
    let (zero, _) = Response::parse(b"HTTP/1.1 001 x\r\n\r\n", &hybi_http::Limits::default()).unwrap().unwrap();
    assert_eq!(http::Response::try_from(&zero).unwrap_err(), Error::Status { got: 1 });
}

#[test]
fn an_extended_connect_there_and_back() {
    let mut connect = ExtendedConnect::new("websocket", "https", "server.example.com", "/chat").unwrap();
    connect.push_header("Sec-WebSocket-Version", "13").unwrap();
    let there = http::Request::try_from(&connect).unwrap();
    assert!(!there.headers().contains_key("host"));
    assert_eq!(ExtendedConnect::from_http(&there, Some("websocket")), Ok(connect.clone()));
    assert_eq!(ExtendedConnect::from_http(&there, None), Err(Error::MissingPseudoHeader { name: ":protocol" }));
    assert_eq!(ExtendedConnect::from_http_parts(&there.into_parts().0, Some("websocket")), Ok(connect));
    let tunnel = http::Request::connect("server.example.com:443").body(()).unwrap();
    assert_eq!(ExtendedConnect::from_http(&tunnel, None), Err(Error::MissingPseudoHeader { name: ":protocol" }));
    let page = http::Request::get("https://server.example.com/").body(()).unwrap();
    assert_eq!(ExtendedConnect::from_http(&page, None), Err(Error::ConnectMethod { got: "GET".into() }));
    let odd = ExtendedConnect::new("websocket", "https", "a b", "/").unwrap();
    assert!(matches!(http::Request::try_from(&odd), Err(Error::Target { .. })));
}

#[test]
fn values_above_ascii_are_kept() {
    let value = http::HeaderValue::from_bytes(b"caf\xe9").unwrap();
    let request = http::Request::get("/").header("x", value).body(()).unwrap();
    let ours = Request::try_from(&request).unwrap();
    assert_eq!(ours.headers().get("x"), Some(&b"caf\xe9"[..]));
    assert_eq!(http::Request::try_from(&ours).unwrap().headers()["x"].as_bytes(), b"caf\xe9");
}

proptest! {
    #[test]
    fn any_headers_come_back(headers in prop::collection::vec(("[a-z][a-z0-9-]{0,8}", "[!-~\u{80}-\u{ff}]{0,8}"), 0..20)) {
        let mut request = http::Request::new(());
        for (name, value) in &headers {
            let name = http::HeaderName::try_from(name).unwrap();
            request.headers_mut().append(name, http::HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        let ours = Request::try_from(&request).unwrap();
        let back = http::Request::try_from(&ours).unwrap();
        prop_assert_eq!(back.headers(), request.headers());
    }
}
