//! Every error has a status, a text and an answer that can be sent; limits hold.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::sync::Arc;

use hybi_handshake_server::{Error, HandshakeConfig, ServerHandshake};
use hybi_http::{HeadReader, Limits, Response};
use hybi_version::{Version, Versions};
use support::{error, serve};

fn all() -> Vec<Error> {
    let got = || Box::<str>::from("got");
    let (name, version) = ("Host", Version::Hybi00);
    vec![
        Error::Http(hybi_http::Error::HeadTooLarge { limit: 1 }),
        Error::Method { got: got() },
        Error::HttpVersion,
        Error::Target { got: got() },
        Error::Repeated { name },
        Error::MissingHost,
        Error::Host { got: got() },
        Error::NotWebSocket,
        Error::MissingUpgrade,
        Error::MissingConnection,
        Error::Body { name, got: got() },
        Error::MissingVersion,
        Error::VersionUnknown { got: got() },
        Error::VersionDisabled { version },
        Error::VersionNotAllowed { version },
        Error::MissingKey { name },
        Error::Key { name, error: hybi_challenge::Error::NoSpace },
        Error::Draft { got: got() },
        Error::MissingOrigin,
        Error::Origin { got: got() },
        Error::OriginNotAllowed { got: got() },
        Error::Subprotocol { got: got() },
        Error::RepeatedSubprotocol { got: got() },
        Error::Extensions(hybi_http::Error::TooManyExtensions { limit: 1 }),
        Error::ConnectProtocol { got: got() },
        Error::ConnectScheme { got: got() },
        Error::ConnectVersion { version },
        Error::SubprotocolNotOffered { got: got() },
        Error::ExtensionNotOffered { got: got() },
        Error::ReservedHeader { got: got() },
        Error::Answer(hybi_http::Error::Status { got: 101 }),
        Error::NothingToAnswer,
    ]
}

#[test]
fn each_has_an_answer() {
    let mut statuses = BTreeSet::new();
    for error in all() {
        let mut output = Vec::new();
        error.write_response(Versions::ALL, &mut output);
        let (response, length) = Response::parse(&output, &Limits::default()).unwrap().unwrap();
        assert_eq!(response.status(), error.status());
        statuses.insert(error.status());
        let body = &output[length..];
        assert_eq!(response.headers().content_length(), Ok(Some(u64::try_from(body.len()).unwrap())));
        assert_eq!(body, format!("{}\n", error.as_str()).as_bytes());
        assert!(!body.escape_ascii().to_string().contains("got"), "nothing of the client's goes back");
        assert!(response.headers().contains_token("Connection", "close"));
        assert_eq!(response.headers().get_str("Allow"), (error.status() == 405).then_some("GET"));
        let numbers = (error.status() == 426 || error == Error::MissingVersion).then_some("13, 8");
        assert_eq!(response.headers().get_str("Sec-WebSocket-Version"), numbers, "{error}");
    }
    assert_eq!(statuses, BTreeSet::from([400, 403, 405, 426, 431, 500, 501, 505]));
}

#[test]
fn each_says_what_is_wrong_and_with_what() {
    let more = |error: &Error| match error {
        Error::Http(cause) | Error::Extensions(cause) | Error::Answer(cause) => format!(": {cause}"),
        Error::Repeated { .. } | Error::MissingKey { .. } => ": Host".into(),
        Error::Body { .. } => ", got Host: got".into(),
        Error::Key { name, error } => format!(": {name}: {error}"),
        Error::VersionDisabled { .. } => ": draft-ietf-hybi-00; enable the feature `hybi00`".into(),
        Error::VersionNotAllowed { .. } => ": draft-ietf-hybi-00; the configuration does not allow it".into(),
        Error::ConnectVersion { .. } => ": draft-ietf-hybi-00".into(),
        error if format!("{error:?}").contains("got") => ", got \"got\"".into(),
        _ => String::new(),
    };
    for error in all() {
        assert_eq!(error.to_string(), format!("{}{}", error.as_str(), more(&error)));
    }
    // Each has a text of its own, but for the two that are to be answered alike.
    let texts: BTreeSet<&str> = all().iter().map(Error::as_str).collect();
    assert_eq!(texts.len(), all().len() - 1);
}

#[test]
fn what_is_held_is_told() {
    let config = Arc::new(HandshakeConfig::new());
    let mut handshake = ServerHandshake::new(Arc::clone(&config));
    assert!(core::ptr::eq(handshake.config(), &*config));
    assert_eq!(handshake.retained_bytes(), 0);
    handshake.receive(&mut Vec::new().as_mut_slice()).unwrap();
    assert_eq!((handshake.has_begun(), handshake.retained_bytes()), (false, 0));
    handshake.receive(&mut b"\r\n".to_vec().as_mut_slice()).unwrap();
    assert!(!handshake.has_begun());
    handshake.receive(&mut b"GET / HT".to_vec().as_mut_slice()).unwrap();
    assert!(handshake.has_begun());
    let text = handshake.retained_bytes() - size_of::<HeadReader>();
    assert!((8..64).contains(&text), "{text}");
    handshake.receive(&mut b"\r\n\r\n".to_vec().as_mut_slice()).unwrap_err();
    // The head was let go; there is the error.
    assert_eq!(handshake.retained_bytes(), size_of::<Error>());
}

#[test]
fn those_with_a_cause_name_it() {
    use core::error::Error as _;
    let causes = all().iter().filter(|error| error.source().is_some()).count();
    assert_eq!(causes, 4);
    let long = Error::Key { name: "Sec-WebSocket-Key1", error: hybi_challenge::Error::NoDigit };
    assert!(long.to_string().contains("Sec-WebSocket-Key1: got a key without a digit"), "{long}");
}

#[test]
fn heads_that_are_none() {
    let config = || HandshakeConfig::new().limits(Limits::default().head_bytes(100).headers(2));
    assert_eq!(error(config(), b"\x16\x03\x01\x02\x00").status(), 400);
    assert_eq!(error(config(), "GET / HTTP/1.1\r\nno colon\r\n\r\n").status(), 400);
    assert_eq!(error(config(), "GET / HTTP/3.0\r\n\r\n").status(), 505);
    assert_eq!(error(config(), "GET / HTTP/1.1\r\na: b\r\nc: d\r\ne: f\r\n\r\n").status(), 431);
    // An endless head is refused at its limit, and what was collected is let go.
    let endless = vec![b"GET / HTTP/1.1\r\n".to_vec(), vec![b'a'; 60], vec![b'a'; 60]];
    let error = serve(config(), &endless).result.unwrap_err();
    assert_eq!(error, Error::Http(hybi_http::Error::HeadTooLarge { limit: 100 }));
}

#[test]
fn texts_in_errors_are_short_and_visible() {
    let long = format!("{}\u{e9}", "a".repeat(100));
    let error = error(HandshakeConfig::new(), format!("GET / HTTP/1.1\r\nSec-WebSocket-Version: \u{e9}{long}\r\n\r\n"));
    let expected = format!("\\xc3\\xa9{}", "a".repeat(62));
    assert_eq!(error, Error::VersionUnknown { got: expected.into() });
}
