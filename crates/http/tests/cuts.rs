//! Any cuts give the same head and the same error.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_http::{HeadReader, Limits, Request, Response};
use hybi_testkit::same_for_random_cuts;
use proptest::collection::vec;
use proptest::prelude::*;

/// Pieces of heads, good ones and bad ones, that make up texts which look like heads.
fn fragments() -> impl Strategy<Value = Vec<u8>> {
    let fragment = prop::sample::select(vec![
        "GET / HTTP/1.1",
        "GET /chat?a=b HTTP/1.0",
        "HTTP/1.1 101 Switching Protocols",
        "HTTP/1.1 200",
        "HTTP/2.0",
        "Host: example.com",
        "Connection: keep-alive, Upgrade",
        "A:",
        "A: \t b \t",
        " folded",
        "no colon",
        "a : b",
        "\r\n",
        "\r\n",
        "\r\n",
        "\r\n",
        "\n",
        "\r",
        "\r\n\r\n",
        "\n\n",
        "\n\r\n",
        "x",
        " ",
        "\0",
        "\u{e9}",
        "\u{16}",
    ]);
    vec(fragment, 0..24).prop_map(|fragments| fragments.concat().into_bytes())
}

/// A good request, with or without bytes behind it.
fn request() -> impl Strategy<Value = (Vec<u8>, usize)> {
    let header = ("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,24}", "[ \t]{0,2}", "[!-~]?|[!-~][ -~]{0,60}[!-~]", "\r?\n")
        .prop_map(|(name, spaces, value, end)| format!("{name}:{spaces}{value}{spaces}{end}"));
    ("(\r?\n){0,2}", "[A-Z]{1,8}", "/[!-~]{0,40}", vec(header, 0..12), "\r?\n", vec(any::<u8>(), 0..40)).prop_map(
        |(before, method, target, headers, end, behind)| {
            let headers = headers.concat();
            let head = format!("{before}{method} {target} HTTP/1.1\r\n{headers}{end}").into_bytes();
            let length = head.len();
            ([head, behind].concat(), length)
        },
    )
}

proptest! {
    #[test]
    fn any_text_as_a_request(bytes in fragments(), seed: u64, limit in 0_usize..200) {
        let limits = Limits::default().head_bytes(limit).headers(limit / 16);
        let (outcome, rest) =
            same_for_random_cuts(&bytes, seed, 8, |pieces| support::read::<Request<'_>>(pieces, limits));
        let length = bytes.len() - rest.len();
        let whole = outcome.map(|head| head.map(|head| (head, length)));
        prop_assert_eq!(Request::parse(&bytes, &limits), whole);
    }

    #[test]
    fn any_text_as_a_response(bytes in fragments(), seed: u64) {
        let bytes = [b"HTTP/1.1 200 OK\r\n", &bytes[..]].concat();
        let limits = Limits::default();
        let (outcome, rest) =
            same_for_random_cuts(&bytes, seed, 8, |pieces| support::read::<Response<'_>>(pieces, limits));
        let length = bytes.len() - rest.len();
        let whole = outcome.map(|head| head.map(|head| (head, length)));
        prop_assert_eq!(Response::parse(&bytes, &limits), whole);
    }

    #[test]
    fn any_bytes(bytes in vec(any::<u8>(), 0..200), seed: u64) {
        let _ = same_for_random_cuts(&bytes, seed, 4, |pieces| support::read::<Request<'_>>(pieces, Limits::default()));
        let _ = same_for_random_cuts(&bytes, seed, 4, |pieces| support::read::<Response<'_>>(pieces, Limits::default()));
    }

    #[test]
    fn a_good_request_is_found_whatever_is_behind_it((bytes, length) in request(), seed: u64) {
        let limits = Limits::default();
        let (outcome, rest) =
            same_for_random_cuts(&bytes, seed, 8, |pieces| support::read::<Request<'_>>(pieces, limits));
        let head = outcome.unwrap().expect("it is complete");
        prop_assert_eq!(&rest[..], &bytes[length..]);
        for (name, value) in head.headers().iter() {
            prop_assert!(head.headers().get_all(&name.to_ascii_uppercase()).any(|one| one == value));
        }
    }
}

#[test]
fn a_reader_reads_one_head_after_the_other() {
    let mut bytes = b"GET /1 HTTP/1.1\r\nA: b\r\n\r\nGET /2 HTTP/1.1\r\n\r\n\r\nGET /3 HTTP/1.1\r\n\r\nGET /4".to_vec();
    for size in 1..bytes.len() {
        let mut reader = HeadReader::new(Limits::default());
        let mut targets = Vec::new();
        for piece in bytes.chunks_mut(size) {
            let mut input = piece;
            while let Some(request) = reader.request(&mut input).unwrap() {
                targets.push(request.target().to_owned());
            }
        }
        assert_eq!(targets, ["/1", "/2", "/3"], "in pieces of {size}");
        assert!(reader.retained_bytes() > 0, "the fourth has begun");
    }
}

#[test]
fn a_head_that_is_whole_is_borrowed_and_one_that_is_not_is_owned() {
    let mut whole = b"GET / HTTP/1.1\r\nHost: a\r\n\r\nrest".to_vec();
    let place = whole.as_ptr_range();
    let mut input = whole.as_mut_slice();
    let mut reader = HeadReader::new(Limits::default());
    let request = reader.request(&mut input).unwrap().unwrap();
    assert!(place.contains(&request.as_bytes().as_ptr()));
    assert_eq!(input, b"rest");

    let mut first = b"GET / HTTP/1.1\r\nHo".to_vec();
    assert_eq!(reader.request(&mut first.as_mut_slice()), Ok(None));
    drop(first);
    let mut second = b"st: a\r\n\r\n".to_vec();
    let request = reader.request(&mut second.as_mut_slice()).unwrap().unwrap();
    drop(request.clone());
    let owned: Request<'static> = request.into_owned();
    drop(second);
    assert_eq!(owned.headers().get_str("host"), Some("a"));
}
