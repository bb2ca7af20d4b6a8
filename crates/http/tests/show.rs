//! Headers that are shown while a head is taken, or behind that: the same ones, where they are.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use hybi_http::{Limits, Request};
use proptest::prelude::*;

/// What is shown on the way and later, and what the request has.
#[track_caller]
fn compare(head: &[u8]) {
    let (mut first, mut second) = (head.to_vec(), head.to_vec());
    let mut shown = Vec::new();
    let note = |name: &[u8], value: &[u8], at| shown.push((name.to_vec(), value.to_vec(), at));
    let (mut input, mut other) = (&mut first[..], &mut second[..]);
    let request = Request::take_whole_and_show(&mut input, &Limits::default(), note);
    assert_eq!(request, Request::take_whole(&mut other, &Limits::default()));
    assert_eq!(input, other);
    let Some(request) = request else { return };
    let mut later = Vec::new();
    request.headers().show(|name, value, at| later.push((name.to_vec(), value.to_vec(), at)));
    assert_eq!(shown, later);
    let has: Vec<_> = request.headers().iter_bytes().map(|(name, value)| (name.to_vec(), value.to_vec())).collect();
    assert_eq!(shown.iter().map(|(name, value, _)| (name.clone(), value.clone())).collect::<Vec<_>>(), has);
    for (_, value, at) in shown {
        assert_eq!(&request.as_bytes()[at..at + value.len()], value);
    }
}

#[test]
fn spaces_tabs_and_line_ends() {
    for headers in [
        "",
        "A: 1\r\n",
        "A:1\r\nB:\r\nC: \r\nD:  \t x \t \r\n",
        "A: 1\nB: 2\n",
        "A: x:y\r\nA: \t\r\nLong-Name-Of-A-Header: and a value that is longer than a few words are\r\n",
        "A: \u{E9}\u{FF}\r\n",
    ] {
        compare(format!("GET /chat HTTP/1.1\r\n{headers}\r\n").as_bytes());
        compare(format!("GET /chat HTTP/1.1\r\n{headers}\r\nGET / HTTP/1.1\r\n\r\n").as_bytes());
    }
}

proptest! {
    #[test]
    fn any_headers(headers in "([A-Za-z-]{0,20}:[ \t]{0,3}[ -~é]{0,40}[ \t]{0,2}\r?\n){0,12}") {
        compare(format!("GET / HTTP/1.1\r\n{headers}\r\n").as_bytes());
    }
}
