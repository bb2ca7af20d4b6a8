//! Heads that are built and changed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use hybi_http::{
    Error, Limits, Request, Response, standard_reason, write_header, write_request_line, write_status_line,
};
use proptest::collection::vec;
use proptest::prelude::*;

#[test]
fn a_request_is_built_in_the_order_of_its_headers() {
    let mut request = Request::new("GET", "/chat").unwrap();
    request.push_header("Host", "example.com").unwrap();
    request.push_header("upgrade", " \twebsocket ").unwrap();
    request.push_header("Empty", "").unwrap();
    let text = b"GET /chat HTTP/1.1\r\nHost: example.com\r\nupgrade: websocket\r\nEmpty: \r\n\r\n";
    assert_eq!(request.as_bytes(), text);
    let mut output = b"before".to_vec();
    request.build(&mut output);
    assert_eq!(output, [b"before", &text[..]].concat());
    assert_eq!(Request::parse(text, &Limits::default()), Ok(Some((request, text.len()))));
}

#[test]
fn a_response_has_the_standard_reason_or_one_s_own() {
    assert_eq!(Response::new(101).unwrap().as_bytes(), b"HTTP/1.1 101 Switching Protocols\r\n\r\n");
    let response = Response::with_reason(101, "Web Socket Protocol Handshake").unwrap();
    assert_eq!(response.as_bytes(), b"HTTP/1.1 101 Web Socket Protocol Handshake\r\n\r\n");
    assert_eq!((response.status(), response.reason()), (101, "Web Socket Protocol Handshake"));
    assert_eq!(Response::new(599).unwrap().as_bytes(), b"HTTP/1.1 599 \r\n\r\n");
}

#[test]
fn each_status_can_be_built_and_parsed() {
    for status in 0..=1000 {
        match Response::new(status) {
            Ok(response) => {
                assert_eq!(response.reason(), standard_reason(status));
                let (parsed, _) = Response::parse(response.as_bytes(), &Limits::default()).unwrap().unwrap();
                assert_eq!(parsed.status(), status);
                assert_eq!(parsed, response);
            }
            Err(error) => {
                assert_eq!(error, Error::Status { got: status });
                assert!(!(100..600).contains(&status));
            }
        }
    }
    for status in [400, 403, 405, 414, 426, 431, 505] {
        assert_ne!(standard_reason(status), "");
    }
}

#[test]
fn a_header_that_is_set_takes_the_place_of_the_first_of_its_name() {
    let mut request = Request::new("GET", "/").unwrap();
    for (name, value) in [("A", "1"), ("B", "2"), ("a", "3"), ("C", "4"), ("A", "5")] {
        request.push_header(name, value).unwrap();
    }
    request.set_header("a", "a longer value").unwrap();
    assert_eq!(request.as_bytes(), b"GET / HTTP/1.1\r\nA: a longer value\r\nB: 2\r\nC: 4\r\n\r\n");
    request.set_header("D", "6").unwrap();
    request.set_header("B", "").unwrap();
    assert_eq!(request.as_bytes(), b"GET / HTTP/1.1\r\nA: a longer value\r\nB: \r\nC: 4\r\nD: 6\r\n\r\n");
    let headers: Vec<_> = request.headers().iter().collect();
    assert_eq!(headers, [("A", &b"a longer value"[..]), ("B", b""), ("C", b"4"), ("D", b"6")]);
}

#[test]
fn headers_are_taken_out() {
    let mut response = Response::new(200).unwrap();
    for (name, value) in [("A", "1"), ("B", "2"), ("a", "3")] {
        response.push_header(name, value).unwrap();
    }
    assert!(!response.remove_header("C"));
    assert!(response.remove_header("A"));
    assert!(!response.remove_header("A"));
    assert_eq!(response.as_bytes(), b"HTTP/1.1 200 OK\r\nB: 2\r\n\r\n");
    response.push_header("A", "4").unwrap();
    assert_eq!(response.as_bytes(), b"HTTP/1.1 200 OK\r\nB: 2\r\nA: 4\r\n\r\n");
    assert_eq!((response.status(), response.reason()), (200, "OK"));
}

#[test]
fn a_borrowed_head_is_changed_without_touching_the_bytes_it_came_from() {
    let bytes = b"GET /x HTTP/1.1\r\nA:1\r\nB:   2\t\r\n\r\n";
    let (mut request, _) = Request::parse(bytes, &Limits::default()).unwrap().unwrap();
    request.set_header("A", "one").unwrap();
    assert_eq!(request.as_bytes(), b"GET /x HTTP/1.1\r\nA: one\r\nB:   2\t\r\n\r\n");
    assert_eq!(request.headers().get("B"), Some(&b"2"[..]));
    assert_eq!(request.target(), "/x");
}

#[test]
fn single_lines_are_written_into_an_output() {
    let mut output = Vec::new();
    write_request_line(&mut output, "GET", "/").unwrap();
    write_status_line(&mut output, 426, "Upgrade Required").unwrap();
    write_status_line(&mut output, 200, "").unwrap();
    write_header(&mut output, "Name", "\tvalue ").unwrap();
    assert_eq!(output, b"GET / HTTP/1.1\r\nHTTP/1.1 426 Upgrade Required\r\nHTTP/1.1 200 \r\nName: value\r\n");
}

/// A change to a head.
#[derive(Clone, Debug)]
enum Change {
    Push(String, String),
    Set(String, String),
    Remove(String),
}

fn change() -> impl Strategy<Value = Change> {
    let name = || "[A-Ca-c]|Host|HOST";
    let value = || "[!-~]?|[!-~][ -~]{0,20}[!-~]";
    prop_oneof![
        (name(), value()).prop_map(|(name, value)| Change::Push(name, value)),
        (name(), value()).prop_map(|(name, value)| Change::Set(name, value)),
        name().prop_map(Change::Remove),
    ]
}

proptest! {
    /// Against the obvious model: a list of pairs.
    #[test]
    fn changes_do_what_they_do_to_a_list(changes in vec(change(), 0..20), parsed: bool) {
        let text = b"GET / HTTP/1.1\r\nHost:a\r\nb:  c \r\n\r\n";
        let (mut request, mut model) = if parsed {
            let model = vec![("Host".to_owned(), "a".to_owned()), ("b".to_owned(), "c".to_owned())];
            (Request::parse(text, &Limits::default()).unwrap().unwrap().0, model)
        } else {
            (Request::new("GET", "/").unwrap(), Vec::new())
        };
        for change in changes {
            match change {
                Change::Push(name, value) => {
                    request.push_header(&name, &value).unwrap();
                    model.push((name, value));
                }
                Change::Set(name, value) => {
                    request.set_header(&name, &value).unwrap();
                    let first = model.iter().position(|pair| pair.0.eq_ignore_ascii_case(&name));
                    let place = first.map_or(model.len(), |first| first);
                    let kept = first.map_or_else(|| name.clone(), |first| model[first].0.clone());
                    model.retain(|pair| !pair.0.eq_ignore_ascii_case(&name));
                    model.insert(place, (kept, value));
                }
                Change::Remove(name) => {
                    let before = model.len();
                    model.retain(|pair| !pair.0.eq_ignore_ascii_case(&name));
                    prop_assert_eq!(request.remove_header(&name), before != model.len());
                }
            }
            let (again, length) = Request::parse(request.as_bytes(), &Limits::default()).unwrap().unwrap();
            prop_assert_eq!(length, request.as_bytes().len());
            prop_assert_eq!(&again, &request, "the index is that of the text");
            let pairs: Vec<_> = request.headers().iter().map(|(name, value)| (name.to_owned(), value.to_vec())).collect();
            let expected: Vec<_> = model.iter().map(|(name, value)| (name.clone(), value.clone().into_bytes())).collect();
            prop_assert_eq!(pairs, expected);
        }
    }
}
