//! What the application can say: accept with this and that, refuse, or answer a plain request.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use std::sync::Arc;

use hybi_handshake_server::{Accept, Error, HandshakeConfig, OriginPolicy, Received, ServerHandshake, Upgrade};
use hybi_http::{Extension, Limits, Request, Response, SetCookie};
use hybi_testkit::rfc6455;
use support::{request, value};

fn upgrade(lines: &str) -> Upgrade<'static> {
    let text = rfc6455::REQUEST.replace("\r\n\r\n", &format!("\r\n{lines}\r\n"));
    let (request, _) = Request::parse(text.as_bytes(), &Limits::default()).unwrap().unwrap();
    let config = HandshakeConfig::new().origins(OriginPolicy::Any).subprotocols(["superchat"]);
    Upgrade::check(request, &config).unwrap().into_owned()
}

fn answer(upgrade: &Upgrade<'_>, accept: &Accept<'_>) -> Result<String, Error> {
    let mut output = b"before".to_vec();
    let written = upgrade.write_answer(accept, &mut output);
    let output = String::from_utf8(output).unwrap();
    let output = output.strip_prefix("before").unwrap();
    assert_eq!(written.is_err(), output.is_empty(), "all or nothing");
    written.map(|()| output.to_owned())
}

#[test]
fn subprotocols() {
    let upgrade = upgrade("");
    let answered = |accept: Accept<'_>| {
        answer(&upgrade, &accept).map(|head| value(&head, "Sec-WebSocket-Protocol").map(str::to_owned))
    };
    assert_eq!(answered(Accept::new()), Ok(Some("superchat".into())));
    assert_eq!(answered(Accept::new().subprotocol("chat")), Ok(Some("chat".into())));
    assert_eq!(answered(Accept::new().no_subprotocol()), Ok(None));
    assert_eq!(Accept::new().subprotocol_for(&upgrade), Some("superchat"));
    assert_eq!(Accept::new().subprotocol("chat").subprotocol_for(&upgrade), Some("chat"));
    assert_eq!(Accept::new().no_subprotocol().subprotocol_for(&upgrade), None);
    let other = Error::SubprotocolNotOffered { got: "other".into() };
    assert_eq!(answered(Accept::new().subprotocol("other")), Err(other));
}

#[test]
fn extensions() {
    let deflate = || Extension::new("permessage-deflate").unwrap().with_param("server_max_window_bits", "10").unwrap();
    let offered = upgrade("Sec-WebSocket-Extensions: x-a, permessage-deflate; server_max_window_bits=10\r\n");
    let accept = Accept::new().extension(deflate()).extension(Extension::new("x-a").unwrap());
    assert_eq!(accept.extensions().len(), 2);
    let head = answer(&offered, &accept).unwrap();
    let expected = "permessage-deflate; server_max_window_bits=10, x-a";
    assert_eq!(value(&head, "Sec-WebSocket-Extensions"), Some(expected));
    let error = Error::ExtensionNotOffered { got: "permessage-deflate".into() };
    assert_eq!(answer(&upgrade(""), &Accept::new().extension(deflate())), Err(error));
}

#[test]
fn headers_behind_those_of_the_handshake() {
    let cookies = ["a=1", "b=2"].map(|cookie| SetCookie::parse(cookie.as_bytes()).unwrap().header_value().unwrap());
    let accept =
        Accept::new().header("Set-Cookie", &cookies[0]).header("Set-Cookie", &cookies[1]).header("X-\u{41}", "");
    let head = answer(&upgrade(""), &accept).unwrap();
    assert!(head.ends_with("superchat\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-A: \r\n\r\n"), "{head}");
}

#[test]
fn injections() {
    let upgrade = upgrade("");
    for (name, value) in [
        ("X", "a\r\nSet-Cookie: evil=1"),
        ("X", "a\nb"),
        ("X", "a\rb"),
        ("X", "a\0"),
        ("X", "\u{e9}"),
        ("X\r\nY", "a"),
        ("X: a\r\nY", "a"),
        ("", "a"),
        ("X Y", "a"),
        ("\u{e9}", "a"),
    ] {
        assert!(
            matches!(answer(&upgrade, &Accept::new().header(name, value)), Err(Error::Answer(_))),
            "{name} {value}"
        );
    }
    for name in [
        "Upgrade",
        "CONNECTION",
        "Sec-WebSocket-Accept",
        "sec-websocket-protocol",
        "Sec-WebSocket-Extensions",
        "WebSocket-Location",
        "Content-Length",
        "transfer-encoding",
    ] {
        let error = Error::ReservedHeader { got: name.into() };
        assert_eq!(answer(&upgrade, &Accept::new().header(name, "x")), Err(error));
    }
    let header = "Sec-WebSocket-Protocol: chat\r\nX: y";
    assert!(answer(&upgrade, &Accept::new().subprotocol(header)).is_err());
}

#[test]
fn only_what_waits_can_be_answered() {
    let config = Arc::new(HandshakeConfig::new().origins(OriginPolicy::Any));
    let mut handshake = ServerHandshake::new(config);
    let (other, mut output) = (upgrade(""), Vec::new());
    assert_eq!(handshake.accept(&other, &Accept::new(), &mut output), Err(Error::NothingToAnswer));
    let mut bytes = rfc6455::REQUEST.as_bytes().to_vec();
    let Ok(Some(Received::Upgrade(upgrade))) = handshake.receive(&mut bytes.as_mut_slice()) else {
        panic!("it is good")
    };
    assert_eq!(handshake.receive(&mut b"GET".to_vec().as_mut_slice()), Ok(None));
    assert!(!handshake.is_complete());
    // A wrong answer is not the last word.
    let wrong = handshake.accept(&upgrade, &Accept::new().subprotocol("other"), &mut output);
    assert!(wrong.is_err() && output.is_empty());
    assert_eq!(handshake.accept(&upgrade, &Accept::new(), &mut output), Ok(()));
    assert!(handshake.is_complete());
    assert_eq!(handshake.accept(&upgrade, &Accept::new(), &mut output), Err(Error::NothingToAnswer));
    let response = Response::new(403).unwrap();
    assert_eq!(handshake.refuse(&response, b"", &mut output), Err(Error::NothingToAnswer));
    assert_eq!(handshake.retained_bytes(), 0);
}

#[test]
fn refusals() {
    let refuse = |response: &Response<'_>, body: &[u8]| {
        let mut handshake = ServerHandshake::new(Arc::new(HandshakeConfig::new().origins(OriginPolicy::Any)));
        let (mut bytes, mut output) = (rfc6455::REQUEST.as_bytes().to_vec(), Vec::new());
        assert!(handshake.receive(&mut bytes.as_mut_slice()).unwrap().is_some());
        let refused = handshake.refuse(response, body, &mut output);
        if refused.is_ok() {
            assert!(!handshake.is_complete());
            assert_eq!(handshake.receive(&mut b"GET / HTTP/1.1\r\n\r\n".to_vec().as_mut_slice()), Ok(None));
        }
        refused.map(|()| String::from_utf8(output).unwrap())
    };
    let mut response = Response::new(401).unwrap();
    response.push_header("WWW-Authenticate", "Basic realm=\"x\"").unwrap();
    let expected = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nConnection: close\r\nContent-Length: 3\r\n\r\nno\n";
    assert_eq!(refuse(&response, b"no\n").unwrap(), expected);
    let mut own = Response::with_reason(503, "Later").unwrap();
    own.push_header("connection", "keep-alive").unwrap();
    own.push_header("transfer-encoding", "chunked").unwrap();
    let expected = "HTTP/1.1 503 Later\r\nconnection: keep-alive\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n";
    assert_eq!(refuse(&own, b"0\r\n\r\n").unwrap(), expected);
    assert_eq!(
        refuse(&Response::new(204).unwrap(), b"").unwrap(),
        "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
    );
    let switching = Err(Error::Answer(hybi_http::Error::Status { got: 101 }));
    assert_eq!(refuse(&Response::new(101).unwrap(), b""), switching);
}

#[test]
fn plain_requests_are_handed_out_one_after_the_other() {
    let mut handshake = ServerHandshake::new(Arc::new(HandshakeConfig::new().origins(OriginPolicy::Any)));
    let health = request(&["POST /health HTTP/1.0", "Content-Length: 4"]);
    let mut bytes = [health.as_bytes(), b"body", rfc6455::REQUEST.as_bytes()].concat();
    let mut input = bytes.as_mut_slice();
    let Ok(Some(Received::Http(request))) = handshake.receive(&mut input) else { panic!("it is plain HTTP") };
    assert_eq!((request.method(), request.target()), ("POST", "/health"));
    let (body, rest) = input.split_at_mut(4);
    assert_eq!(body, b"body");
    input = rest;
    assert!(matches!(handshake.receive(&mut input), Ok(Some(Received::Upgrade(_)))));

    let mut handshake = ServerHandshake::new(Arc::new(HandshakeConfig::new()));
    let mut output = Vec::new();
    assert!(matches!(handshake.receive(&mut health.into_bytes().as_mut_slice()), Ok(Some(Received::Http(_)))));
    handshake.refuse(&Response::new(200).unwrap(), b"fine", &mut output).unwrap();
    assert_eq!(output, b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nfine");
}

#[test]
fn a_head_that_someone_else_parsed() {
    let config = HandshakeConfig::new().origins(OriginPolicy::Any);
    let plain = Request::new("GET", "/").unwrap();
    assert_eq!(Upgrade::check(plain, &config), Err(Error::MissingUpgrade));
    let upgrade = upgrade("");
    assert_eq!(upgrade.target(), "/chat", "it derefs to the request");
    assert_eq!(upgrade.location(), "ws://server.example.com/chat");
    assert_eq!(upgrade.answer_key3([0; 8]), None);
    assert_eq!(upgrade.clone().into_request(), *upgrade.request());
}
