//! What doesn't become a WebSocket: plain requests, refusals, broken handshakes.
#![cfg(feature = "hybi17")]
#![allow(clippy::unwrap_used, reason = "tests")]

mod pair;

use hybi::http::Response;
use hybi::{Client, ClientConfig, Error, Event, HandshakeConfig, OriginPolicy, Server, ServerConfig, State, Version};
use hybi_testkit::same_for_all_cuts;
use pair::{Log, listen, offer, serve};

/// What a server with these options answers to a head, and how it ends; the same in all cuts.
fn answer(options: &ServerConfig, head: &str) -> (String, Option<Error>) {
    same_for_all_cuts(head.as_bytes(), |reads| {
        let (mut server, mut output) = (Server::with(options), Vec::new());
        for read in reads {
            let mut read = read.clone();
            if let Err(error) = serve(&mut server, &mut read, &mut output, &mut Log::new()) {
                let again = serve(&mut server, &mut [1], &mut output, &mut Log::new());
                assert_eq!(again, Err(error.clone()), "a broken handshake stays broken");
                return (String::from_utf8(output).unwrap(), Some(error));
            }
        }
        (String::from_utf8(output).unwrap(), None)
    })
}

fn upgrade(more: &str) -> String {
    format!(
        "GET / HTTP/1.1\r\nHost: example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{more}\r\n"
    )
}

#[test]
fn each_violation_has_its_answer() {
    let options = ServerConfig::new();
    let version = "Sec-WebSocket-Version: 13\r\n";
    let cases = [
        (upgrade(version).replace("GET", "POST"), "405 "),
        (upgrade(version).replace("HTTP/1.1", "HTTP/1.0"), "505 "),
        (upgrade("Sec-WebSocket-Version: 99\r\n"), "426 "),
        (upgrade(version).replace("Host: example.com\r\n", ""), "400 "),
        (upgrade(version).replace("dGhl", "dGh"), "400 "),
        (upgrade(&format!("{version}Origin: http://evil.example\r\n")), "403 "),
        (upgrade(&format!("{version}X: {}\r\n", "x".repeat(20_000))), "431 "),
        ("\x16\x03\x01".to_owned(), "400 "),
    ];
    for (head, status) in cases {
        // Every cut of a large head would take long, and one in the middle is as good.
        let (output, error) = if head.len() > 10_000 {
            let (mut server, mut output) = (Server::with(&options), Vec::new());
            let mut bytes = head.into_bytes();
            let error = serve(&mut server, &mut bytes, &mut output, &mut Log::new()).err();
            (String::from_utf8(output).unwrap(), error)
        } else {
            answer(&options, &head)
        };
        assert!(output.starts_with(&format!("HTTP/1.1 {status}")), "{output}");
        assert!(output.contains("close\r\n"), "{output}");
        assert!(matches!(error, Some(Error::ServerHandshake(_))), "{error:?}");
    }
}

#[test]
fn a_version_that_is_not_spoken_gets_the_list_of_those_that_are() {
    let spoken = HandshakeConfig::new().spoken().without(Version::Hybi10);
    let options = ServerConfig::new().handshake(HandshakeConfig::new().versions(spoken));
    let (output, error) = answer(&options, &upgrade("Sec-WebSocket-Version: 8\r\n"));
    assert!(output.contains("\r\nSec-WebSocket-Version: 13\r\n"), "{output}");
    let error = error.unwrap().to_string();
    assert!(error.contains("draft-ietf-hybi-10"), "{error}");
}

#[test]
fn any_page_may_connect_where_the_server_says_so() {
    let options = ServerConfig::new().handshake(HandshakeConfig::new().origins(OriginPolicy::Any));
    let (output, error) = answer(&options, &upgrade("Sec-WebSocket-Version: 13\r\nOrigin: http://evil.example\r\n"));
    assert!(output.starts_with("HTTP/1.1 101 ") && error.is_none(), "{output}");
}

#[test]
fn a_plain_request_is_the_callers_to_answer_and_refused_if_it_does_not() {
    let mut head = *b"GET /health HTTP/1.1\r\nHost: example.com\r\n\r\n";
    let (output, error) = answer(&ServerConfig::new(), core::str::from_utf8(&head).unwrap());
    assert!(output.starts_with("HTTP/1.1 426 "), "{output}");
    assert!(error.is_some());

    let (mut server, mut output, mut bytes) = (Server::new(), Vec::new(), &mut head[..]);
    assert!(matches!(server.receive(&mut bytes, &mut output), Ok(Some(Event::Http(_)))));
    server.respond(&Response::new(204).unwrap(), b"", &mut output).unwrap();
    assert!(output.starts_with(b"HTTP/1.1 204 "));
    assert_eq!((server.state(), server.receive_eof()), (Some(State::Closed), Ok(())));
    assert!(server.respond(&Response::new(204).unwrap(), b"", &mut output).is_err(), "once");
}

#[test]
fn a_refusal_reaches_the_client_whole() {
    let client = Client::with(&offer(Version::Hybi17), &ClientConfig::new()).unwrap();
    let (mut to_server, mut to_client) = (Vec::new(), Vec::new());
    client.send_request(&mut to_server);
    let mut server = Server::new();
    assert!(matches!(server.receive(&mut &mut to_server[..], &mut to_client), Ok(Some(Event::Request(_)))));
    let mut response = Response::new(401).unwrap();
    response.push_header("WWW-Authenticate", "Basic").unwrap();
    server.respond(&response, b"who are you?", &mut to_client).unwrap();

    let heard = same_for_all_cuts(&to_client, |reads| {
        let mut client = Client::with(&offer(Version::Hybi17), &ClientConfig::new()).unwrap();
        let (mut log, mut body) = (Log::new(), String::new());
        for read in reads {
            listen(&mut client, &mut read.clone(), &mut Vec::new(), &mut log).unwrap();
        }
        log.retain(|event| event.strip_prefix("body ").map(|part| body.push_str(part)).is_none());
        assert!(client.is_closed() && client.receive_eof().is_ok());
        (log, body)
    });
    assert_eq!(heard, (vec!["refused 401".to_owned()], "who are you?".to_owned()));
}

#[test]
fn the_transport_ends_within_the_handshake() {
    let mut client = Client::new("ws://example.com/").unwrap();
    assert_eq!(client.receive_eof(), Err(Error::UnexpectedEof));
    assert_eq!(client.state(), Some(State::Failed));
    assert_eq!(Server::new().receive_eof(), Ok(()), "somebody who only knocked");
    for nothing in [&b""[..], b"\r\n", b"\r\n\n\r"] {
        let mut server = Server::new();
        assert_eq!(server.receive(&mut &mut nothing.to_vec()[..], &mut Vec::new()), Ok(None));
        assert_eq!(server.receive_eof(), Ok(()), "empty lines begin no request (RFC 9112 §2.2)");
    }
    let mut server = Server::new();
    server.receive(&mut &mut b"GET / HT".to_owned()[..], &mut Vec::new()).unwrap();
    assert_eq!(server.receive_eof(), Err(Error::UnexpectedEof));
}
