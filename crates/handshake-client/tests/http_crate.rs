//! Handshakes whose requests and answers are of the types of the crate `http`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use http::{Method, Response};
use hybi_handshake_client::{Error, Offer, Url, Version};

fn offer() -> Offer {
    let offer = Offer::new(Url::parse("ws://example.com:8080/chat").unwrap()).subprotocol("chat");
    offer.random(|bytes| bytes.copy_from_slice(b"the sample nonce"))
}

fn answer() -> Response<&'static str> {
    Response::builder()
        .status(101)
        .header("upgrade", "websocket")
        .header("connection", "upgrade")
        .header("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        .header("sec-websocket-protocol", "chat")
        .body("whatever")
        .unwrap()
}

#[test]
fn a_header_more_loses_no_key() {
    let handshake = offer().header("X-One", "1").start().unwrap();
    let mut request = handshake.http_request().unwrap();
    request.headers_mut().insert("x-two", "2".parse().unwrap());
    assert_eq!((request.method(), request.uri().path()), (&Method::GET, "/chat"));
    let headers = request.headers();
    assert_eq!(headers["sec-websocket-key"], "dGhlIHNhbXBsZSBub25jZQ==");
    assert_eq!((&headers["x-one"], &headers["x-two"]), (&"1".parse().unwrap(), &"2".parse().unwrap()));
    assert_eq!(
        (&headers["host"], &headers["upgrade"]),
        (&"example.com:8080".parse().unwrap(), &"websocket".parse().unwrap())
    );
    assert_eq!(handshake.http_request().unwrap().headers()["sec-websocket-key"], headers["sec-websocket-key"]);

    let agreed = handshake.check_http(&answer()).unwrap();
    assert_eq!(agreed.subprotocol.as_deref(), Some("chat"));
    assert_eq!(handshake.check_http(&answer().into_parts().0), Ok(agreed));
}

#[test]
fn answers_that_are_wrong() {
    let handshake = offer().start().unwrap();
    let mut wrong = answer();
    wrong.headers_mut().insert("sec-websocket-accept", "x".parse().unwrap());
    assert!(matches!(handshake.check_http(&wrong), Err(Error::Accept { .. })));
    let mut wrong = answer();
    *wrong.version_mut() = http::Version::HTTP_10;
    assert_eq!(handshake.check_http(&wrong), Err(Error::HttpVersion));
    let mut refused = answer();
    *refused.status_mut() = http::StatusCode::NOT_FOUND;
    assert_eq!(handshake.check_http(&refused), Err(Error::Status { got: 404 }));
    *refused.status_mut() = http::StatusCode::from_u16(999).unwrap();
    assert!(matches!(handshake.check_http(&refused), Err(Error::Http(_))));
}

#[test]
fn over_http_2() {
    let handshake = offer().start_connect().unwrap();
    let request = handshake.http_request().unwrap();
    assert_eq!((request.method(), request.version()), (&Method::CONNECT, http::Version::HTTP_2));
    assert_eq!(request.uri(), "http://example.com:8080/chat");
    assert_eq!(request.headers().len(), 2);
    let answer =
        Response::builder().version(http::Version::HTTP_2).header("sec-websocket-protocol", "chat").body(()).unwrap();
    assert_eq!(handshake.check_http(&answer).unwrap().subprotocol.as_deref(), Some("chat"));
    let refused = Response::builder().status(501).body(()).unwrap();
    assert_eq!(handshake.check_http(&refused), Err(Error::ConnectStatus { got: 501 }));
}

#[test]
fn bytes_behind_the_head() {
    let offer = Offer::new(Url::parse("ws://example.com/").unwrap()).version(Version::Hybi00);
    match offer.start() {
        Ok(handshake) => {
            let error = handshake.http_request().unwrap_err();
            assert_eq!(error, Error::BytesBehindHead { version: Version::Hybi00 });
            assert!(error.to_string().contains("goes on behind its head"), "{error}");
        }
        Err(error) => assert_eq!(error, Error::VersionDisabled { version: Version::Hybi00 }),
    }
}
