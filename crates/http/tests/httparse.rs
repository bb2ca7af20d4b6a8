//! The same verdict as httparse, and the same parts, on heads that end as heads end. Targets that are not ASCII are the only point
//! in which we differ.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use hybi_http::{Error, Headers, HttpVersion, Limits, Request, Response, is_token};
use hybi_testkit::head::{self, Head};
use proptest::collection::vec;
use proptest::prelude::*;

fn of_request(bytes: &[u8]) -> Result<(), TestCaseError> {
    let theirs = head::request(bytes);
    match Request::parse(bytes, &Limits::default()) {
        Ok(ours) => {
            let ours = ours.map(|(request, length)| Head {
                length,
                first: (request.method().to_owned(), request.target().to_owned()),
                is_http11: request.http_version() == HttpVersion::Http11,
                headers: owned(request.headers()),
            });
            prop_assert_eq!(ours, theirs);
        }
        Err(error) => {
            let not_ascii = theirs.is_some_and(|theirs| !theirs.first.1.is_ascii());
            prop_assert!(head::request(bytes).is_none() || not_ascii, "{error}");
            if let Error::RequestLine { .. } = error {
                prop_assert!(!begins_well(bytes), "the fault is in the first line");
            }
        }
    }
    Ok(())
}

fn of_response(bytes: &[u8]) -> Result<(), TestCaseError> {
    let theirs = head::response(bytes);
    match Response::parse(bytes, &Limits::default()) {
        Ok(ours) => {
            let ours = ours.map(|(response, length)| Head {
                length,
                first: (response.status().to_string(), response.reason().to_owned()),
                is_http11: response.http_version() == HttpVersion::Http11,
                headers: owned(response.headers()),
            });
            prop_assert_eq!(ours, theirs);
        }
        Err(error) => prop_assert!(theirs.is_none() || bytes[0] != b'H', "{error}"),
    }
    Ok(())
}

fn owned(headers: &Headers<'_>) -> Vec<(String, Vec<u8>)> {
    headers.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Whether the first line is a good one, by its parts.
fn begins_well(bytes: &[u8]) -> bool {
    let line = bytes.trim_ascii_start().split(|byte| *byte == b'\n').next().unwrap();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let parts: Vec<_> = line.split(|byte| *byte == b' ').collect();
    matches!(parts[..], [method, target, b"HTTP/1.1"]
        if is_token(method) && !target.is_empty() && target.iter().all(u8::is_ascii_graphic))
}

const REQUEST: &str =
    "GET /chat?a HTTP/1.1\r\nHost: example.com\r\nA:\t\r\nSec-WebSocket-Key1:  b c \r\nX_y: \tz\t\r\n\r\n";
const RESPONSE: &str =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nA:\r\nSec-WebSocket-Accept: s3pPLM= \r\n\r\n";

/// Each byte in each place: every edge of every word that is looked at, with each byte on it.
#[test]
fn of_heads_with_one_byte_replaced_or_put_in() {
    for place in 0..REQUEST.len().max(RESPONSE.len()) {
        for byte in 0..=u8::MAX {
            for (head, check) in [(REQUEST, of_request as fn(&[u8]) -> _), (RESPONSE, of_response)] {
                let (mut replaced, mut longer) = (head.as_bytes().to_vec(), head.as_bytes().to_vec());
                if place < head.len() {
                    replaced[place] = byte;
                    longer.insert(place, byte);
                    check(&replaced).unwrap();
                    check(&longer).unwrap();
                }
            }
        }
    }
}

/// Good heads with a few bytes replaced, put in or taken out.
fn damaged(head: &'static str) -> impl Strategy<Value = Vec<u8>> {
    vec((0..head.len(), 0..3_u8, byte()), 0..4).prop_map(|changes| {
        let mut bytes = head.as_bytes().to_vec();
        for (place, change, byte) in changes {
            let place = place.min(bytes.len() - 1);
            match change {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                _ => drop(bytes.remove(place)),
            }
        }
        bytes
    })
}

/// Any first line, and headers of any lengths, so that each part begins and ends anywhere in a word.
fn any_head(first: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let name = prop_oneof![8 => "[A-Za-z-]{1,40}", 1 => "[!-~]{0,12}", 1 => "[A-Za-z0-9_-]{1,12}"];
    let value = prop_oneof![8 => "[ -~]{0,80}", 1 => "[\t -~\u{80}-\u{ff}]{0,40}", 1 => "[\u{0}-\u{7f}]{0,8}"];
    let space = prop::sample::select(vec!["", " ", "  ", "\t", " \t "]);
    let end = prop_oneof![9 => Just("\r\n"), 1 => Just("\n")];
    let line = (name, space.clone(), value, space, end);
    let lines = vec(line.prop_map(|(name, a, value, b, end)| format!("{name}:{a}{value}{b}{end}")), 0..6);
    (vec(byte(), 0..2), lines)
        .prop_map(move |(odd, lines)| [first.as_bytes(), &odd, b"\r\n", lines.concat().as_bytes(), b"\r\n"].concat())
}

fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![any::<u8>(), prop::sample::select(b"\r\n\r\n \t:;,/HTP1.0".to_vec())]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn of_damaged_requests(bytes in damaged(REQUEST)) {
        of_request(&bytes)?;
    }

    #[test]
    fn of_damaged_responses(bytes in damaged(RESPONSE)) {
        of_response(&bytes)?;
    }

    #[test]
    fn of_any_requests(bytes in any_head("GET /a HTTP/1.1"), long in any_head("LONGER-METHOD /with/a/path?and=a&query HTTP/1.0")) {
        of_request(&bytes)?;
        of_request(&long)?;
    }

    #[test]
    fn of_any_responses(bytes in any_head("HTTP/1.1 101 Switching"), short in any_head("HTTP/1.0 999")) {
        of_response(&bytes)?;
        of_response(&short)?;
    }
}
