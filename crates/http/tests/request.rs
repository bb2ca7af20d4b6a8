//! Requests that are parsed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_http::{Error, HttpVersion, Limits, Request};
use hybi_testkit::same_for_all_cuts;

const CHROMIUM: &[u8] = b"GET /chat?room=1 HTTP/1.1\r\n\
    Host: example.com:8080\r\n\
    Connection: Upgrade\r\n\
    Pragma: no-cache\r\n\
    Cache-Control: no-cache\r\n\
    User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36\r\n\
    Upgrade: websocket\r\n\
    Origin: http://example.com\r\n\
    Sec-WebSocket-Version: 13\r\n\
    Accept-Encoding: gzip, deflate\r\n\
    Accept-Language: en-US,en;q=0.9\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
    Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n";

fn parse(bytes: &[u8]) -> Result<Option<(Request<'_>, usize)>, Error> {
    Request::parse(bytes, &Limits::default())
}

#[test]
fn a_browser_s_request_is_parsed_the_same_for_all_cuts() {
    let (request, rest) = same_for_all_cuts(CHROMIUM, |pieces| support::read::<Request<'_>>(pieces, Limits::default()));
    let request = request.unwrap().expect("it is complete");
    assert_eq!(rest, b"");
    assert_eq!((request.method(), request.target()), ("GET", "/chat?room=1"));
    assert_eq!(request.http_version(), HttpVersion::Http11);
    assert_eq!(request.headers().len(), 12);
    assert_eq!(request.headers().iter().next(), Some(("Host", &b"example.com:8080"[..])));
    assert_eq!(request.headers().get_str("sec-websocket-KEY"), Some("dGhlIHNhbXBsZSBub25jZQ=="));
    assert!(request.headers().contains_token("connection", "upgrade"));
    assert_eq!(request.as_bytes(), CHROMIUM);
    assert_eq!(parse(CHROMIUM), Ok(Some((request, CHROMIUM.len()))));
}

#[test]
fn bytes_behind_the_head_stay() {
    for follows in [&b"\x81\x05hello"[..], b"^n:ds[4U", b"\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"\n"] {
        let bytes = [b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", follows].concat();
        let (request, rest) =
            same_for_all_cuts(&bytes, |pieces| support::read::<Request<'_>>(pieces, Limits::default()));
        assert_eq!(request.unwrap().unwrap().headers().len(), 1);
        assert_eq!(rest, follows);
        assert_eq!(parse(&bytes).unwrap().unwrap().1, bytes.len() - follows.len());
    }
}

#[test]
fn a_head_that_is_not_complete_is_none_whatever_is_wrong_with_it() {
    for head in [CHROMIUM, b"GET  / FTP/1.1\r\n folded\r\nbad name: \x01\r\n\r\n", b"G\r\r\r\r\n\0\r\n\r\n"] {
        for length in 0..head.len() {
            assert_eq!(parse(&head[..length]), Ok(None), "{length} bytes of {}", head.escape_ascii());
        }
        assert_ne!(parse(head), Ok(None));
    }
}

#[test]
fn lines_may_end_with_a_line_feed_alone() {
    let bytes = b"GET / HTTP/1.1\nHost: a\r\nOrigin: b\nKey: \t c \t\n\n";
    let (request, _) = same_for_all_cuts(bytes, |pieces| support::read::<Request<'_>>(pieces, Limits::default()));
    let mut request = request.unwrap().unwrap();
    assert_eq!(request.headers().get("host"), Some(&b"a"[..]));
    assert_eq!(request.headers().get("origin"), Some(&b"b"[..]));
    assert_eq!(request.headers().get("key"), Some(&b"c"[..]));
    assert_eq!(request.headers().get_raw("key"), Some(&b"\t c \t"[..]));
    request.push_header("More", "d").unwrap();
    assert_eq!(request.as_bytes(), b"GET / HTTP/1.1\nHost: a\r\nOrigin: b\nKey: \t c \t\nMore: d\r\n\r\n");
}

#[test]
fn empty_lines_before_a_request_are_passed_over() {
    for empty in [&b"\r\n"[..], b"\n", b"\r\n\n\r\n"] {
        let bytes = [empty, b"GET / HTTP/1.1\r\n\r\nrest"].concat();
        let (request, rest) =
            same_for_all_cuts(&bytes, |pieces| support::read::<Request<'_>>(pieces, Limits::default()));
        assert_eq!(request.unwrap().unwrap().as_bytes(), b"GET / HTTP/1.1\r\n\r\n");
        assert_eq!(rest, b"rest");
        assert_eq!(parse(&bytes).unwrap().unwrap().1, empty.len() + 18);
    }
}

#[test]
fn http_1_0_is_parsed() {
    let (request, length) = parse(b"OPTIONS * HTTP/1.0\r\n\r\n").unwrap().unwrap();
    assert_eq!((request.method(), request.target(), length), ("OPTIONS", "*", 22));
    assert_eq!(request.http_version(), HttpVersion::Http10);
    assert_eq!(request.http_version().to_string(), "HTTP/1.0");
    assert!(request.headers().is_empty());
}

#[test]
fn bytes_above_ascii_are_allowed_in_values_only() {
    let (request, _) = parse(b"GET / HTTP/1.1\r\nName: J\xfcrgen\r\n\r\n").unwrap().unwrap();
    assert_eq!(request.headers().get("name"), Some(&b"J\xfcrgen"[..]));
    assert_eq!(request.headers().get_str("name"), None);
    assert_eq!(
        format!("{request:?}"),
        r#"Request { method: "GET", target: "/", version: Http11, headers: {"Name": "J\\xfcrgen"} }"#
    );
}

#[test]
fn a_value_may_be_empty() {
    let bytes = b"GET / HTTP/1.1\r\nA:\r\nB: \r\nC:  \t \r\nD:d\r\n\r\n";
    let (mut request, _) = parse(bytes).unwrap().unwrap();
    for (name, value, raw) in [("A", &b""[..], &b""[..]), ("B", b"", b""), ("C", b"", b" \t "), ("D", b"d", b"d")] {
        assert_eq!((request.headers().get(name), request.headers().get_raw(name)), (Some(value), Some(raw)));
    }
    assert!(request.remove_header("b"));
    assert_eq!(request.as_bytes(), b"GET / HTTP/1.1\r\nA:\r\nC:  \t \r\nD:d\r\n\r\n");
    assert_eq!(request.headers().get_raw("C"), Some(&b" \t "[..]));
}

#[test]
fn spaces_inside_a_value_are_kept() {
    let bytes = b"GET / HTTP/1.1\r\nSec-WebSocket-Key2: 1_ tx7X d  <  nw  334J702) 7]o}` 0\r\nKey:  a b \r\n\r\n";
    let (request, _) = parse(bytes).unwrap().unwrap();
    let key = request.headers().get("sec-websocket-key2");
    assert_eq!(key, Some(&b"1_ tx7X d  <  nw  334J702) 7]o}` 0"[..]));
    assert_eq!(request.headers().get_raw("sec-websocket-key2"), key);
    assert_eq!(request.headers().get_raw("key"), Some(&b" a b "[..]));
}
