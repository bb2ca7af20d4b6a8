//! Nothing that is set can end a line or a head. Another library let CR and LF through the upgrade value (CVE-2026-1527).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use hybi_http::{Error, Limits, Request, Response, SetCookie, write_header, write_request_line, write_status_line};
use proptest::prelude::*;

const ATTACKS: [&str; 8] = [
    "x\r\nInjected: 1",
    "x\nInjected: 1",
    "x\rInjected: 1",
    "x\r\n\r\nHTTP/1.1 200 OK",
    "\r\n x",
    "x\0",
    "x\r\n",
    "x\n\n\t",
];

#[test]
fn no_value_ends_a_line() {
    for attack in ATTACKS {
        let mut request = Request::new("GET", "/").unwrap();
        let mut response = Response::new(101).unwrap();
        let before = request.as_bytes().to_vec();
        assert!(matches!(request.push_header("A", attack), Err(Error::HeaderValue { .. })), "{attack:?}");
        assert!(matches!(request.set_header("A", attack), Err(Error::HeaderValue { .. })));
        assert!(matches!(response.push_header("A", attack), Err(Error::HeaderValue { .. })));
        assert!(matches!(response.set_header("A", attack), Err(Error::HeaderValue { .. })));
        assert_eq!(request.as_bytes(), before, "nothing has changed");
        let mut output = Vec::new();
        assert!(matches!(write_header(&mut output, "A", attack), Err(Error::HeaderValue { .. })));
        assert!(matches!(write_status_line(&mut output, 101, attack), Err(Error::Reason { .. })));
        assert!(matches!(write_request_line(&mut output, "GET", attack), Err(Error::Target { .. })));
        assert!(matches!(write_request_line(&mut output, attack, "/"), Err(Error::Method { .. })));
        assert_eq!(output, b"", "nothing was written");
    }
}

#[test]
fn no_name_method_target_or_reason_ends_a_line() {
    for attack in ATTACKS.into_iter().chain(["", " ", "a b", "a:", "é"]) {
        let mut request = Request::new("GET", "/").unwrap();
        assert!(matches!(request.push_header(attack, "x"), Err(Error::HeaderName { .. })), "{attack:?}");
        assert!(matches!(request.set_header(attack, "x"), Err(Error::HeaderName { .. })));
        assert!(!request.remove_header(attack));
        assert!(matches!(Request::new(attack, "/"), Err(Error::Method { .. })));
    }
    for attack in ATTACKS.into_iter().chain(["", " ", "/a b", "/é", "/\t"]) {
        assert!(matches!(Request::new("GET", attack), Err(Error::Target { .. })), "{attack:?}");
    }
    for attack in ATTACKS.into_iter().chain(["é"]) {
        assert!(matches!(Response::with_reason(200, attack), Err(Error::Reason { .. })), "{attack:?}");
    }
}

#[test]
fn no_cookie_ends_its_value() {
    for attack in ATTACKS.into_iter().chain(["a; Path=/", "a,b", "a b", "\"a", "é"]) {
        let mut response = Response::new(200).unwrap();
        for cookie in [SetCookie::new("a", attack), SetCookie::new(attack, "a")] {
            assert!(matches!(response.push_cookie(&cookie), Err(Error::Cookie { .. })), "{attack:?}");
        }
    }
    for attack in ATTACKS.into_iter().chain(["a; Secure", "é"]) {
        let mut response = Response::new(200).unwrap();
        let cookie = || SetCookie::new("a", "b");
        for cookie in [cookie().with_path(attack), cookie().with_domain(attack), cookie().with_expires(attack)] {
            assert!(matches!(response.push_cookie(&cookie), Err(Error::CookieAttribute { .. })), "{attack:?}");
        }
        assert!(response.headers().is_empty());
    }
}

proptest! {
    #[test]
    fn whatever_is_set_comes_out_as_one_header(name in any::<String>(), value in any::<String>()) {
        let mut request = Request::new("GET", "/").unwrap();
        let pushed = request.push_header(&name, &value);
        let (again, length) = Request::parse(request.as_bytes(), &Limits::default()).unwrap().unwrap();
        prop_assert_eq!(length, request.as_bytes().len());
        prop_assert_eq!(again.headers().len(), usize::from(pushed.is_ok()));
    }

    #[test]
    fn whatever_a_gateway_hands_on_comes_out_as_one_head(
        method in any::<String>(), path in any::<String>(), query in any::<String>(), value in any::<String>(),
    ) {
        let variables = [
            ("REQUEST_METHOD", &method), ("PATH_INFO", &path), ("QUERY_STRING", &query), ("HTTP_X", &value),
        ];
        if let Ok(request) = Request::from_env(variables) {
            let (again, length) = Request::parse(request.as_bytes(), &Limits::default()).unwrap().unwrap();
            prop_assert_eq!(length, request.as_bytes().len());
            prop_assert_eq!(&again, &request);
        }
    }
}
