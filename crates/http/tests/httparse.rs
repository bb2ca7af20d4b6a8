//! The same verdict as httparse, on complete heads; a target that is not ASCII is the only point in which we differ.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use hybi_http::{Error, Limits, Request, Response, is_token};
use proptest::collection::vec;
use proptest::prelude::*;

/// Good heads with a few bytes replaced, put in or taken out.
fn damaged(head: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![any::<u8>(), prop::sample::select(b"\r\n\r\n \t:;,/HTP1.0".to_vec())];
    vec((0..head.len(), 0..3_u8, byte), 0..4).prop_map(|changes| {
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn of_requests(bytes in damaged("GET /chat?a HTTP/1.1\r\nHost: example.com\r\nA:\t\r\nUpgrade:  b c \r\n\r\n")) {
        let mut slots = [httparse::EMPTY_HEADER; 100];
        let mut theirs = httparse::Request::new(&mut slots);
        let verdict = theirs.parse(&bytes);
        match Request::parse(&bytes, &Limits::default()) {
            Ok(Some((ours, length))) => {
                prop_assert_eq!(verdict, Ok(httparse::Status::Complete(length)));
                prop_assert_eq!((Some(ours.method()), Some(ours.target())), (theirs.method, theirs.path));
                let headers: Vec<_> = theirs.headers.iter().map(|header| (header.name, header.value)).collect();
                prop_assert_eq!(ours.headers().iter().collect::<Vec<_>>(), headers);
            }
            Ok(None) => prop_assert!(!matches!(verdict, Ok(httparse::Status::Complete(_)))),
            Err(error) => {
                let not_ascii = theirs.path.is_some_and(|path| !path.is_ascii());
                prop_assert!(verdict.is_err() || not_ascii, "{error}");
                if let Error::RequestLine { .. } = error {
                    let line = bytes.trim_ascii_start().split(|byte| *byte == b'\n').next().unwrap();
                    let line = line.strip_suffix(b"\r").unwrap_or(line);
                    let parts: Vec<_> = line.split(|byte| *byte == b' ').collect();
                    let good = matches!(parts[..], [method, target, b"HTTP/1.1"]
                        if is_token(method) && !target.is_empty() && target.iter().all(u8::is_ascii_graphic));
                    prop_assert!(!good, "the fault is in the first line");
                }
            }
        }
    }

    #[test]
    fn of_responses(bytes in damaged("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nA:\r\n\r\n")) {
        let mut slots = [httparse::EMPTY_HEADER; 100];
        let mut theirs = httparse::Response::new(&mut slots);
        let verdict = theirs.parse(&bytes);
        match Response::parse(&bytes, &Limits::default()) {
            Ok(Some((ours, length))) => {
                prop_assert_eq!(verdict, Ok(httparse::Status::Complete(length)));
                prop_assert_eq!((Some(ours.status()), Some(ours.reason())), (theirs.code, theirs.reason));
            }
            Ok(None) => prop_assert!(!matches!(verdict, Ok(httparse::Status::Complete(_)))),
            Err(error) => prop_assert!(verdict.is_err() || bytes[0] != b'H', "{error}"),
        }
    }
}
