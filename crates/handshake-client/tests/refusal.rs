//! Answers that do not accept come back whole, and answers before the answer are passed over.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_handshake_client::{Answer, Error};
use hybi_http::Limits;
use hybi_testkit::{rfc6455, same_for_all_cuts};
use support::{Told, error, feed, feed_whole, head, nonce, offer, set_nonce};

#[test]
fn status_headers_and_body() {
    for (line, status) in [
        ("HTTP/1.1 302 Found", 302),
        ("HTTP/1.1 401 Unauthorized", 401),
        ("HTTP/1.0 503 Service Unavailable", 503),
        ("HTTP/1.1 200 OK", 200),
        ("HTTP/1.1 426", 426),
    ] {
        let text = head(&[line, "Location: /b", "Content-Length: 4", "Upgrade: websocket"]) + "body";
        let mut bytes = text.into_bytes();
        let mut input = bytes.as_mut_slice();
        let mut handshake = offer("ws://a/").start().unwrap();
        let Ok(Some(Answer::Refused(response))) = handshake.receive(&mut input) else { panic!("{line}") };
        assert_eq!(response.status(), status);
        assert_eq!(response.headers().get_str("location"), Some("/b"));
        assert_eq!(response.headers().content_length(), Ok(Some(4)));
        assert_eq!(input, b"body");
        assert!(handshake.is_complete());
        assert_eq!(handshake.receive(&mut input), Ok(None));
        assert_eq!(input, b"body", "the rest is not for the handshake");
    }
}

#[test]
fn a_refusal_is_no_agreement() {
    let handshake = offer("ws://a/").start().unwrap();
    let response = hybi_http::Response::new(403).unwrap();
    assert_eq!(handshake.check(&response), Err(Error::Status { got: 403 }));
}

#[test]
fn answers_before_the_answer() {
    set_nonce(*rfc6455::NONCE);
    let offer = offer("ws://a/").random(nonce).subprotocol("chat");
    let early = head(&["HTTP/1.1 103 Early Hints", "Link: </a>"]) + &head(&["HTTP/1.1 100 Continue"]);
    let answer = early.clone() + rfc6455::RESPONSE + "rest";
    let outcome = same_for_all_cuts(answer.as_bytes(), |pieces| feed(offer.start().unwrap(), pieces));
    assert!(matches!(outcome.result, Ok(Some(Told::Accepted(..)))));
    assert_eq!(outcome.rest, b"rest");
    assert_eq!(error(&offer, early.repeat(5)), Error::TooManyInterim { limit: 8 });
    assert_eq!(feed_whole(&offer, early.repeat(4)).result, Ok(None));
}

#[test]
fn what_is_no_answer() {
    let offer = offer("ws://a/").limits(Limits::default().head_bytes(64));
    assert!(matches!(error(&offer, "SSH-2.0-OpenSSH\r\n"), Error::Http(_)));
    assert!(matches!(error(&offer, "HTTP/1.1 abc\r\n\r\n"), Error::Http(_)));
    let endless = "HTTP/1.1 200 OK\r\n".to_owned() + &"a".repeat(64);
    let too_large = Error::Http(hybi_http::Error::HeadTooLarge { limit: 64 });
    assert_eq!(error(&offer, endless), too_large);
}

#[test]
fn an_error_names_its_cause() {
    use core::error::Error as _;
    let cause = hybi_http::Error::Status { got: 7 };
    for error in [Error::Http(cause.clone()), Error::Request(cause.clone()), Error::Extensions(cause.clone())] {
        assert_eq!(error.source().map(ToString::to_string), Some(cause.to_string()));
        assert!(error.to_string().ends_with(&cause.to_string()), "{error}");
    }
    assert!(Error::Answered.source().is_none());
}
