//! Headers: looked up in any case, repeated, as lists.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use hybi_http::{Error, Limits, Request, Response};

fn parse(headers: &str) -> Request<'static> {
    let head = format!("GET / HTTP/1.1\r\n{headers}\r\n");
    Request::parse(head.as_bytes(), &Limits::default()).unwrap().unwrap().0.into_owned()
}

#[test]
fn a_name_is_found_in_any_case_and_only_as_a_whole() {
    let request = parse("Sec-WebSocket-Key1: one\r\nSec-WebSocket-Key: two\r\nhOST: three\r\n");
    let headers = request.headers();
    assert_eq!(headers.get_str("sec-websocket-key"), Some("two"));
    assert_eq!(headers.get_str("SEC-WEBSOCKET-KEY1"), Some("one"));
    assert_eq!(headers.get_str("Host"), Some("three"));
    for name in ["Sec-WebSocket-Key2", "Sec-WebSocket", "ost", "", "Host ", "Host:", "Sec_WebSocket_Key"] {
        assert!(!headers.contains(name), "{name:?}");
        assert_eq!((headers.get(name), headers.get_raw(name), headers.only_one(name)), (None, None, Ok(None)));
    }
    // In ASCII, '@' and '`' differ as 'A' and 'a' do, and so do '[' and '{'.
    assert!(!parse("a`b: c\r\n").headers().contains("a@b"));
}

#[test]
fn a_repeated_header_is_given_in_its_order() {
    let request = parse("A: 1\r\nB: 2\r\na: 3\r\n");
    let headers = request.headers();
    assert_eq!(headers.len(), 3);
    assert_eq!(headers.get("A"), Some(&b"1"[..]));
    assert_eq!(headers.get_all("A").collect::<Vec<_>>(), [&b"1"[..], b"3"]);
    assert_eq!(headers.only_one("a"), Err(Error::RepeatedHeader { name: "a".into() }));
    assert_eq!(headers.only_one("b"), Ok(Some(&b"2"[..])));
    let names: Vec<_> = headers.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["A", "B", "a"]);
    assert!(headers.iter_bytes().eq([(&b"A"[..], &b"1"[..]), (b"B", b"2"), (b"a", b"3")]));
}

#[test]
fn tokens_of_a_list_go_on_in_further_headers() {
    let request = parse("Connection: keep-alive ,\tUpgrade\r\nOther: x\r\nconnection: ,, close,\r\n");
    let headers = request.headers();
    assert_eq!(headers.tokens("connection").collect::<Vec<_>>(), ["keep-alive", "Upgrade", "close"]);
    for token in ["upgrade", "KEEP-ALIVE", "Close"] {
        assert!(headers.contains_token("Connection", token), "{token}");
    }
    for token in ["upgrad", "upgrades", "x", "", "keep", "keep-alive , upgrade"] {
        assert!(!headers.contains_token("Connection", token), "{token}");
    }
    assert!(!headers.contains_token("Upgrade", "websocket"));
}

#[test]
fn an_element_that_is_no_token_is_passed_over_or_reported() {
    let request = parse("Sec-WebSocket-Protocol: chat, su per, b\r\nSec-WebSocket-Protocol: \"a\", c/d\r\n");
    let headers = request.headers();
    assert_eq!(headers.tokens("sec-websocket-protocol").collect::<Vec<_>>(), ["chat", "b"]);
    let token = |got: &str| Err(Error::Token { got: got.into() });
    assert_eq!(
        headers.checked_tokens("sec-websocket-protocol").collect::<Vec<_>>(),
        [Ok("chat"), token("su per"), Ok("b"), token(r#"\"a\""#), token("c/d")]
    );
    let head = b"GET / HTTP/1.1\r\nSec-WebSocket-Protocol: chat, \xe9\xff\r\n\r\n";
    let (request, _) = Request::parse(head, &Limits::default()).unwrap().unwrap();
    assert_eq!(
        request.headers().checked_tokens("sec-websocket-protocol").collect::<Vec<_>>(),
        [Ok("chat"), token(r"\xe9\xff")]
    );
}

#[test]
fn a_long_list_takes_one_pass() {
    let list = format!("GET / HTTP/1.1\r\nA: {}\r\n\r\n", ", ,".repeat(1_000_000));
    let limits = Limits::default().head_bytes(usize::MAX);
    let (request, _) = Request::parse(list.as_bytes(), &limits).unwrap().unwrap();
    assert_eq!(request.headers().tokens("a").count(), 0);
    assert!(!request.headers().contains_token("a", "b"));
}

#[test]
fn the_length_of_a_body() {
    let length = |headers: &str| parse(headers).headers().content_length();
    assert_eq!(length(""), Ok(None));
    assert_eq!(length("Content-Length: 0\r\n"), Ok(Some(0)));
    assert_eq!(length("content-length:  8 \r\n"), Ok(Some(8)));
    assert_eq!(length("Content-Length: 18446744073709551615\r\n"), Ok(Some(u64::MAX)));
    for value in ["", "-1", "+1", "1 0", "0x8", "8, 8", "18446744073709551616", "٣"] {
        let error = length(&format!("Content-Length: {value}\r\n")).unwrap_err();
        assert!(matches!(error, Error::ContentLength { .. }), "{value}: {error}");
        assert_eq!(error.status(), 400);
    }
    assert!(matches!(
        length("Content-Length: 8\r\nContent-Length: 8\r\n"),
        Err(Error::RepeatedHeader { name }) if &*name == "Content-Length"
    ));
}

#[test]
fn names_given_at_run_time_do_not_tie_the_values() {
    let response = Response::new(101).unwrap();
    let values = {
        let name = String::from("Upgrade");
        response.headers().get(&name)
    };
    assert_eq!(values, None);
}
