//! What a head may cost, and that the limit is met at the same byte however it is cut.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_http::{Error, HeadReader, Limits, Request, Response};
use hybi_testkit::{same_for_all_cuts, same_for_random_cuts};

/// A request of exactly so many bytes.
fn head_of(bytes: usize) -> Vec<u8> {
    let mut head = b"GET / HTTP/1.1\r\nCookie: ".to_vec();
    head.resize(bytes - 4, b'x');
    head.extend(b"\r\n\r\n");
    head
}

#[test]
fn the_defaults() {
    let limits = Limits::default();
    assert_eq!((limits.head_bytes, limits.headers, limits.target_bytes), (16 * 1024, 100, 8 * 1024));
    assert_eq!(Limits::default().head_bytes(1).headers(2).target_bytes(3).head_bytes, 1);
}

#[test]
fn a_head_of_the_limit_passes_and_one_byte_more_is_431() {
    let limits = Limits::default().head_bytes(100);
    let too_large = Error::HeadTooLarge { limit: 100 };
    assert_eq!(too_large.status(), 431);
    for length in 95..=105 {
        let bytes = [&head_of(length)[..], b"what follows counts not"].concat();
        let (outcome, rest) = same_for_all_cuts(&bytes, |pieces| support::read::<Request<'_>>(pieces, limits));
        if length <= 100 {
            assert_eq!(outcome.unwrap().unwrap().as_bytes().len(), length);
            assert_eq!(rest, b"what follows counts not");
        } else {
            assert_eq!(outcome, Err(too_large.clone()));
        }
    }
}

#[test]
fn the_limit_is_met_at_its_byte_and_not_before() {
    let limits = Limits::default().head_bytes(50);
    let endless = ["\r\n\nGET / HTTP/1.1\r\nA: ", &"x".repeat(100)].concat().into_bytes();
    for length in 0..endless.len() {
        let expected = if length <= 50 { Ok(None) } else { Err(Error::HeadTooLarge { limit: 50 }) };
        let bytes = &endless[..length];
        assert_eq!(Request::parse(bytes, &limits), expected);
        let (outcome, _) = same_for_all_cuts(bytes, |pieces| support::read::<Request<'_>>(pieces, limits));
        assert_eq!(outcome.map(|head| head.is_some()), expected.map(|head| head.is_some()));
    }
}

#[test]
fn empty_lines_before_a_head_count() {
    let limits = Limits::default().head_bytes(40);
    for (lines, fits) in [(11, true), (12, false), (100_000, false)] {
        let bytes = ["\r\n".repeat(lines).as_str(), "GET / HTTP/1.1\r\n\r\n"].concat().into_bytes();
        let (outcome, _) = same_for_random_cuts(&bytes, 1, 8, |pieces| support::read::<Request<'_>>(pieces, limits));
        assert_eq!(outcome.is_ok(), fits);
        assert_eq!(Request::parse(&bytes, &limits).is_ok(), fits);
    }
}

#[test]
fn a_limit_of_nothing_lets_nothing_pass() {
    let limits = Limits::default().head_bytes(0);
    assert_eq!(Request::parse(b"", &limits), Ok(None));
    assert_eq!(Request::parse(b"G", &limits), Err(Error::HeadTooLarge { limit: 0 }));
    assert_eq!(Response::parse(b"H", &limits), Err(Error::HeadTooLarge { limit: 0 }));
}

#[test]
fn headers_up_to_the_limit_pass_and_one_more_is_431() {
    for limit in [0, 1, 5, 99, 100, 101, 300] {
        let limits = Limits::default().headers(limit);
        for headers in [0, limit.saturating_sub(1), limit, limit + 1, limit + 50] {
            let head = format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(headers));
            let (outcome, _) =
                same_for_random_cuts(head.as_bytes(), 2, 2, |pieces| support::read::<Request<'_>>(pieces, limits));
            if headers <= limit {
                assert_eq!(outcome.unwrap().unwrap().headers().len(), headers);
            } else {
                let error = Error::TooManyHeaders { limit };
                assert_eq!(error.status(), 431);
                assert_eq!(outcome, Err(error));
            }
        }
    }
}

#[test]
fn a_response_may_have_more_headers_than_the_stack_holds() {
    let limits = Limits::default().headers(1000);
    let head = format!("HTTP/1.1 200 OK\r\n{}\r\n", "A: b\r\n".repeat(1000));
    assert_eq!(Response::parse(head.as_bytes(), &limits).unwrap().unwrap().0.headers().len(), 1000);
}

#[test]
fn a_target_over_its_limit_is_414() {
    let limits = Limits::default().target_bytes(10);
    for length in 1..20 {
        let head = format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(length - 1));
        let (outcome, _) = same_for_all_cuts(head.as_bytes(), |pieces| support::read::<Request<'_>>(pieces, limits));
        if length <= 10 {
            assert_eq!(outcome.unwrap().unwrap().target().len(), length);
        } else {
            let error = Error::TargetTooLong { got: length, limit: 10 };
            assert_eq!(error.status(), 414);
            assert_eq!(outcome, Err(error));
        }
    }
}

#[test]
fn what_a_reader_holds_is_bounded_by_the_limit() {
    let mut reader = HeadReader::new(Limits::default());
    assert_eq!(reader.retained_bytes(), 0);
    let mut most = 0;
    for byte in b"GET / HTTP/1.1\r\nA: ".iter().chain(core::iter::repeat(&b'x')) {
        match reader.request(&mut [*byte].as_mut_slice()) {
            Ok(head) => assert_eq!(head, None),
            Err(error) => {
                assert_eq!(error, Error::HeadTooLarge { limit: 16 * 1024 });
                break;
            }
        }
        most = most.max(reader.retained_bytes());
    }
    assert!(most <= 32 * 1024, "it held {most} bytes");
    assert_eq!(reader.retained_bytes(), 0, "nothing is kept when the head is refused");
}

#[test]
fn a_limit_above_4_gib_is_4_gib() {
    let limits = Limits::default().head_bytes(usize::MAX);
    assert_eq!(limits.head_bytes, u32::MAX as usize);
}
