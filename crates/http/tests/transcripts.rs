//! Heads that real peers sent, of all versions of the protocol.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_http::{Limits, Request, Response};
use hybi_testkit::{Side, Transcript, same_for_all_cuts, same_for_random_cuts};

#[test]
fn each_request_is_parsed_the_same_for_all_cuts() {
    let transcripts = Transcript::all();
    assert!(transcripts.len() > 10, "there are transcripts");
    for transcript in transcripts {
        let mut bytes = transcript.client_bytes();
        let (request, length) = Request::parse(&bytes, &Limits::default()).unwrap().expect("it is complete");
        assert_eq!(request.method(), "GET", "{}", transcript.name());
        assert!(request.headers().contains_token("connection", "upgrade"), "{}", transcript.name());
        assert!(request.headers().contains_token("upgrade", "websocket"), "{}", transcript.name());
        assert!(request.headers().get_str("host").is_some(), "{}", transcript.name());
        assert_eq!(request.as_bytes(), &bytes[..length]);
        let expected = (Ok(Some(request.into_owned())), bytes[length..].iter().copied().take(64).collect::<Vec<u8>>());
        bytes.truncate(length + 64);
        let outcome =
            same_for_random_cuts(&bytes, 1, 32, |pieces| support::read::<Request<'_>>(pieces, Limits::default()));
        assert_eq!(outcome, expected, "{}", transcript.name());
    }
}

#[test]
fn each_response_is_parsed_the_same_for_all_cuts() {
    for transcript in Transcript::all() {
        let mut bytes = transcript.server_bytes();
        bytes.truncate(600);
        let (outcome, _) = same_for_all_cuts(&bytes, |pieces| support::read::<Response<'_>>(pieces, Limits::default()));
        let response = outcome.unwrap().expect("it is complete");
        assert_eq!(response.status(), 101, "{}", transcript.name());
        assert!(response.headers().contains_token("connection", "upgrade"), "{}", transcript.name());
        assert!(response.reason().ends_with("Protocols") || response.reason().ends_with("Handshake"));
    }
}

#[test]
fn a_head_built_of_the_parts_of_another_is_the_same() {
    for transcript in Transcript::all() {
        for chunk in transcript.chunks.iter().filter(|chunk| chunk.side == Side::Client).take(1) {
            let Some((request, _)) = Request::parse(&chunk.bytes, &Limits::default()).unwrap() else { continue };
            let mut built = Request::new(request.method(), request.target()).unwrap();
            for (name, value) in request.headers().iter() {
                built.push_header(name, core::str::from_utf8(value).unwrap()).unwrap();
            }
            let pairs = |request: &Request<'_>| {
                let pairs = request.headers().iter();
                pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect::<Vec<_>>()
            };
            assert_eq!(pairs(&built), pairs(&request), "{}", transcript.name());
        }
    }
}
