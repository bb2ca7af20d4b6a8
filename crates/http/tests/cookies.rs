//! Cookies that a request carries and those that a response sets.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use hybi_http::{Error, Limits, Request, Response, SameSite, SetCookie};
use proptest::prelude::*;

fn cookies(value: &str) -> Vec<(String, String)> {
    let mut request = Request::new("GET", "/").unwrap();
    request.push_header("Cookie", value).unwrap();
    request.cookies().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[test]
fn cookies_of_a_request() {
    for (value, expected) in [
        ("", &[][..]),
        ("a=b", &[("a", "b")]),
        ("a=b; c=d", &[("a", "b"), ("c", "d")]),
        ("a=b;c=d;", &[("a", "b"), ("c", "d")]),
        ("a=b; a=c", &[("a", "b"), ("a", "c")]),
        ("a=b=c==", &[("a", "b=c==")]),
        ("a=\"b c\"", &[("a", "\"b c\"")]),
        (" a = b ;; nothing; =c; d=", &[("a", "b"), ("", "c"), ("d", "")]),
        ("a=b, c=d", &[("a", "b, c=d")]),
    ] {
        let expected: Vec<_> = expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(cookies(value), expected, "{value}");
    }
}

#[test]
fn cookies_go_on_in_further_headers() {
    let head = b"GET / HTTP/1.1\r\nCookie: a=b\r\nCOOKIE: c=d; bad=\xff; e=f\r\n\r\n";
    let (request, _) = Request::parse(head, &Limits::default()).unwrap().unwrap();
    assert_eq!(request.cookies().collect::<Vec<_>>(), [("a", "b"), ("c", "d"), ("e", "f")]);
    assert_eq!((request.cookie("c"), request.cookie("C"), request.cookie("bad")), (Some("d"), None, None));
}

#[test]
fn a_cookie_is_written_with_all_its_attributes() {
    let cookie = SetCookie::new("id", "\"x\"")
        .with_expires("Sun, 06 Nov 1994 08:49:37 GMT")
        .with_max_age(-1)
        .with_domain("example.com")
        .with_path("/chat")
        .with_secure()
        .with_http_only()
        .with_same_site(SameSite::None);
    let text = "id=\"x\"; Expires=Sun, 06 Nov 1994 08:49:37 GMT; Max-Age=-1; Domain=example.com; Path=/chat; Secure; \
        HttpOnly; SameSite=None";
    assert_eq!(cookie.header_value().as_deref(), Ok(text));
    let read = SetCookie::parse(text.as_bytes()).unwrap().into_owned();
    assert_eq!(read, cookie);
    assert_eq!(
        (read.name(), read.value(), read.path(), read.domain()),
        ("id", "\"x\"", Some("/chat"), Some("example.com"))
    );
    assert_eq!((read.max_age(), read.expires()), (Some(-1), Some("Sun, 06 Nov 1994 08:49:37 GMT")));
    assert_eq!((read.is_secure(), read.is_http_only(), read.same_site()), (true, true, Some(SameSite::None)));
}

#[test]
fn each_cookie_is_a_header_of_its_own() {
    let mut response = Response::new(101).unwrap();
    response.push_cookie(&SetCookie::new("a", "1")).unwrap();
    response.push_cookie(&SetCookie::new("b", "2").with_expires("Sun, 06 Nov 1994 08:49:37 GMT")).unwrap();
    let text = "HTTP/1.1 101 Switching Protocols\r\nSet-Cookie: a=1\r\n\
        Set-Cookie: b=2; Expires=Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n";
    assert_eq!(response.as_bytes(), text.as_bytes());
    let names: Vec<_> = response.set_cookies().map(|cookie| cookie.unwrap().name().to_owned()).collect();
    assert_eq!(names, ["a", "b"]);
}

#[test]
fn a_client_takes_what_makes_sense_of_a_cookie() {
    let read = |text: &'static str| SetCookie::parse(text.as_bytes());
    let a = || SetCookie::new("a", "b");
    for (text, expected) in [
        ("a=b", a()),
        (" a = b ;", a()),
        ("a=b; path=/x; PATH=/y", a().with_path("/y")),
        ("a=b; Path=x", a()),
        ("a=b; Path=/x; Path", a()),
        ("a=b; Domain=.Example.COM", a().with_domain("example.com")),
        ("a=b; Domain=..example.com", a().with_domain("example.com")),
        ("a=b; Domain=example.com; Domain=.", a()),
        ("a=b; Domain=. \texample.com", a().with_domain("example.com")),
        ("a=b; Domain=", a()),
        ("a=b; Max-Age=60", a().with_max_age(60)),
        ("a=b; Max-Age=x; Max-Age=-; Max-Age=; Max-Age", a()),
        ("a=b; Max-Age=60; Max-Age=6x", a().with_max_age(60)),
        ("a=b; Max-Age=99999999999999999999", a().with_max_age(i64::MAX)),
        ("a=b; Max-Age=-99999999999999999999", a().with_max_age(i64::MIN)),
        ("a=b; secure=no; HTTPONLY", a().with_secure().with_http_only()),
        ("a=b; SameSite=strict", a().with_same_site(SameSite::Strict)),
        ("a=b; SameSite=LAX; Unknown=x; ;", a().with_same_site(SameSite::Lax)),
        ("a=b; SameSite=other", a()),
        ("a=", SetCookie::new("a", "")),
        ("a=b=c", SetCookie::new("a", "b=c")),
        ("a=é", SetCookie::new("a", "é")),
    ] {
        assert_eq!(read(text), Ok(expected), "{text}");
    }
    for text in ["", "a", "=b", " = b", ";", "a; b=c"] {
        assert!(matches!(read(text), Err(Error::Cookie { .. })), "{text}");
    }
    assert!(matches!(SetCookie::parse(b"a=\xff"), Err(Error::Cookie { .. })));
}

proptest! {
    #[test]
    fn what_is_set_is_read_back(name in "[A-Za-z0-9_-]{1,12}", value in "[A-Za-z0-9/+=.]{0,24}", age: Option<i64>) {
        let mut cookie = SetCookie::new(name, value);
        if let Some(age) = age {
            cookie = cookie.with_max_age(age).with_path("/");
        }
        let mut response = Response::new(200).unwrap();
        response.push_cookie(&cookie).unwrap();
        prop_assert_eq!(response.set_cookies().next().unwrap().unwrap(), cookie.clone());
        let pair = format!("{}={}", cookie.name(), cookie.value());
        prop_assert_eq!(cookies(&pair), [(cookie.name().to_owned(), cookie.value().to_owned())]);
    }

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        if let Ok(cookie) = SetCookie::parse(&bytes) {
            let _ = cookie.header_value();
        }
    }
}
