//! One type limits a client and a server in full: each field by itself, and the error names the limit and its value.
#![cfg(feature = "hybi17")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use hybi::handshake_client::Error as ClientHandshakeError;
use hybi::handshake_server::Error as ServerHandshakeError;
use hybi::http::Error as HttpError;
use hybi::{
    Client, ClientConfig, ConnectionConfig, ConnectionError, Error, Event, HandshakeConfig, Limits, Offer, Server,
    ServerConfig, Url,
};

const HEAD: &str = "GET /chat HTTP/1.1\r\nHost: example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// What goes wrong with a server of such limits that gets a request and then these frames, and what it answers.
fn server(limits: Limits, frames: &[u8]) -> (Option<Error>, usize) {
    let (mut server, mut output) = (Server::with(&ServerConfig::new().limits(limits)), Vec::new());
    let mut bytes = [HEAD.as_bytes(), frames].concat();
    let (mut input, mut answer) = (&mut bytes[..], 0);
    loop {
        match server.receive(&mut input, &mut output) {
            Ok(Some(Event::Request(request))) => {
                server.accept(&request, &mut output).unwrap();
                answer = output.len();
            }
            Ok(Some(_)) => {}
            Ok(None) => return (None, output.len() - answer),
            Err(error) => return (Some(error), output.len() - answer),
        }
    }
}

/// A frame as a client sends it, with a mask of zeros.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    [&[first, 0x80 | u8::try_from(payload.len()).unwrap(), 0, 0, 0, 0], payload].concat()
}

fn head_error(limits: Limits) -> HttpError {
    match server(limits, b"").0 {
        Some(Error::ServerHandshake(ServerHandshakeError::Http(error))) => error,
        other => panic!("{other:?}"),
    }
}

fn connection_error(limits: Limits, frames: &[u8]) -> ConnectionError {
    match server(limits, frames).0 {
        Some(Error::Connection(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_field_limits_a_server() {
    let limits = Limits::new();
    assert_eq!(server(limits, &frame(0x81, b"hi")).0, None);

    let good = HEAD.len();
    assert_eq!(server(limits.head_bytes(good), b"").0, None);
    assert_eq!(head_error(limits.head_bytes(good - 1)), HttpError::HeadTooLarge { limit: good - 1 });
    assert_eq!(server(limits.headers(5), b"").0, None);
    assert_eq!(head_error(limits.headers(4)), HttpError::TooManyHeaders { limit: 4 });
    assert_eq!(server(limits.target_bytes(5), b"").0, None);
    let error = head_error(limits.target_bytes(4));
    assert!(matches!(error, HttpError::TargetTooLong { limit: 4, .. }), "{error:?}");

    let error = connection_error(limits.frame_bytes(4), &frame(0x82, b"12345"));
    let expected = hybi::frame::Error::FrameTooLarge { size: 5, limit: 4 };
    assert_eq!(error, ConnectionError::Frame(expected));
    let message = [frame(0x02, b"123"), frame(0x80, b"45")].concat();
    let error = connection_error(limits.message_bytes(4), &message);
    assert_eq!(error, ConnectionError::MessageTooLarge { size: 5, limit: 4 });
    let error = connection_error(limits.fragments(1), &message);
    assert_eq!(error, ConnectionError::TooManyFragments { limit: 1 });

    let pings = frame(0x89, b"").repeat(4);
    assert_eq!(server(limits.pings(4), &pings), (None, 8));
    assert_eq!(connection_error(limits.pings(3), &pings), ConnectionError::TooManyPings { limit: 3 });
    // The answer to the handshake is what waits here: one pong in place of four.
    assert_eq!(server(limits.output_bytes(10), &pings), (None, 2));
}

#[test]
fn the_errors_name_the_value() {
    for (error, value) in [
        (server(Limits::new().head_bytes(77), b"").0, "77"),
        (server(Limits::new().headers(3), b"").0, "3"),
        (server(Limits::new().pings(7), &frame(0x89, b"").repeat(9)).0, "7"),
        (server(Limits::new().frame_bytes(99), &frame(0x82, &[0; 100])).0, "99"),
    ] {
        let text = error.unwrap().to_string();
        assert!(text.contains(value), "{text}");
    }
}

#[test]
fn pings_are_counted_by_read() {
    let limits = Limits::new().pings(2);
    let (mut server, mut output) = (Server::with(&ServerConfig::new().limits(limits)), Vec::new());
    for read in [HEAD.as_bytes(), b"", &frame(0x89, b"").repeat(2), &frame(0x89, b"").repeat(2)] {
        let mut bytes = read.to_vec();
        let mut input = &mut bytes[..];
        while let Some(event) = server.receive(&mut input, &mut output).unwrap() {
            if let Event::Request(request) = event {
                server.accept(&request, &mut output).unwrap();
            }
        }
    }
}

/// In whichever order they are set.
#[test]
fn they_take_the_place_of_those_of_the_parts() {
    let (small, large) = (Limits::new().head_bytes(20).message_bytes(1), Limits::new());
    let (handshake, connection) = (HandshakeConfig::new().limits(small), ConnectionConfig::new().limits(small));
    let before = ServerConfig::new().limits(large).handshake(handshake.clone()).connection(connection.clone());
    let after = ServerConfig::new().handshake(handshake.clone()).connection(connection.clone()).limits(large);
    let without = ServerConfig::new().handshake(handshake).connection(connection);
    for (options, accepted) in [(before, true), (after, true), (without, false)] {
        let mut head = HEAD.as_bytes().to_vec();
        let event = Server::with(&options).receive(&mut &mut head[..], &mut Vec::new()).map(|event| event.is_some());
        assert_eq!(event.is_ok(), accepted);
    }
}

#[test]
fn a_client_is_limited_too() {
    let offer = Offer::new(Url::parse("ws://a/").unwrap()).random(|bytes| bytes.fill(0));
    let answer = b"HTTP/1.1 101 \r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                   Sec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n\r\n\x82\x02hi";
    let heard = |limits: Limits| {
        let mut client = Client::with(&offer, &ClientConfig::new().limits(limits)).unwrap();
        let (mut bytes, mut output) = (answer.to_vec(), Vec::new());
        let mut input = &mut bytes[..];
        while client.receive(&mut input, &mut output)?.is_some() {}
        Ok(())
    };
    assert_eq!(heard(Limits::new()), Ok(()));
    let expected = HttpError::TooManyHeaders { limit: 2 };
    assert_eq!(heard(Limits::new().headers(2)), Err(Error::ClientHandshake(ClientHandshakeError::Http(expected))));
    let expected = ConnectionError::Frame(hybi::frame::Error::FrameTooLarge { size: 2, limit: 1 });
    assert_eq!(heard(Limits::new().frame_bytes(1)), Err(Error::Connection(expected)));
}
