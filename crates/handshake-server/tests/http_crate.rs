//! Handshakes whose requests and answers are of the types of the crate `http`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::sync::Arc;

use http::{Request, Version, header};
use hybi_handshake_server::{Accept, Error, HandshakeConfig, ServerHandshake, Upgrade};
use hybi_http::ExtendedConnect;
use hybi_version::Versions;

fn request() -> Request<&'static str> {
    Request::get("/chat")
        .header("host", "example.com")
        .header("upgrade", "websocket")
        .header("connection", "keep-alive, Upgrade")
        .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
        .header("sec-websocket-version", "13")
        .header("sec-websocket-protocol", "a, b")
        .body("whatever")
        .unwrap()
}

#[test]
fn a_request_is_checked_and_answered() {
    let config = HandshakeConfig::new().subprotocols(["b"]);
    let upgrade = Upgrade::check_http(&request(), &config).unwrap();
    assert_eq!(upgrade, Upgrade::check_http(&request().into_parts().0, &config).unwrap());
    let response = upgrade.http_answer(&Accept::new().header("Set-Cookie", "a=1").header("Set-Cookie", "b=2")).unwrap();
    assert_eq!((response.status(), response.version()), (http::StatusCode::SWITCHING_PROTOCOLS, Version::HTTP_11));
    let headers = response.headers();
    assert_eq!(headers[header::SEC_WEBSOCKET_ACCEPT], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assert_eq!(
        (&headers["upgrade"], &headers["connection"]),
        (&"websocket".parse().unwrap(), &"Upgrade".parse().unwrap())
    );
    assert_eq!(headers[header::SEC_WEBSOCKET_PROTOCOL], "b");
    assert_eq!(headers.get_all("set-cookie").iter().count(), 2);
    assert!(matches!(upgrade.http_answer(&Accept::new().subprotocol("x")), Err(Error::SubprotocolNotOffered { .. })));

    let handshake = ServerHandshake::answered(Arc::new(config), &upgrade);
    assert!(handshake.is_complete());
}

#[test]
fn a_refusal_keeps_status_and_headers() {
    let mut request = request();
    request.headers_mut().insert("sec-websocket-version", "99".parse().unwrap());
    let config = HandshakeConfig::new();
    let error = Upgrade::check_http(&request, &config).unwrap_err();
    let response = error.http_response(request.version(), config.spoken());
    assert_eq!(response.status(), 426);
    let numbers = response.headers()["sec-websocket-version"].to_str().unwrap();
    assert!(numbers.starts_with("13"), "{numbers}");
    assert_eq!(response.headers()["connection"], "Upgrade, close");
    assert_eq!(response.body(), &error.body());
    let other = error.http_response(Version::HTTP_2, config.spoken());
    assert_eq!((other.status().as_u16(), other.headers().contains_key("connection")), (400, false));
}

#[test]
fn what_is_no_handshake() {
    let check = |request: &Request<()>| Upgrade::check_http(request, &HandshakeConfig::new()).unwrap_err();
    assert_eq!(check(&Request::get("/").header("host", "a").body(()).unwrap()), Error::MissingUpgrade);
    let http2 = Request::get("/").version(Version::HTTP_2).body(()).unwrap();
    assert_eq!(check(&http2).status(), 505);
    assert!(matches!(check(&http2), Error::Http(_)));
}

#[test]
fn over_http_2() {
    let request = Request::connect("https://example.com/chat")
        .version(Version::HTTP_2)
        .header("sec-websocket-version", "13")
        .header("sec-websocket-protocol", "a, b")
        .body(())
        .unwrap();
    let connect = ExtendedConnect::from_http(&request, Some("websocket")).unwrap();
    let upgrade = Upgrade::check_connect(connect, &HandshakeConfig::new().subprotocols(["b"])).unwrap();
    let response = upgrade.http_answer(&Accept::new()).unwrap();
    assert_eq!((response.status().as_u16(), response.headers().len()), (200, 1));
    assert_eq!(response.headers()["sec-websocket-protocol"], "b");
    let error = Error::ConnectScheme { got: "x".into() };
    assert_eq!(error.http_response(Version::HTTP_3, Versions::ALL).status(), 400);
}
