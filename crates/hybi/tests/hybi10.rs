//! draft-ietf-hybi-10: version 8 (and 7), `Sec-WebSocket-Origin`, and from there on as RFC 6455.
#![cfg(feature = "hybi10")]
#![allow(clippy::unwrap_used, reason = "tests")]

mod pair;
mod replay;

use hybi::{Server, ServerConfig, Version};
use pair::{Log, serve};
use replay::{every_client, open_to_all, server_hears};

#[test]
fn recorded_clients_are_understood() {
    every_client(Version::Hybi10);
}

fn request(number: u8, origin: &str) -> Vec<u8> {
    format!(
        "GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{origin}\r\nSec-WebSocket-Version: {number}\r\n\r\n"
    )
    .into_bytes()
}

#[test]
fn versions_8_and_7_are_the_same_to_us() {
    for number in [8, 7] {
        let (log, output) = server_hears(&open_to_all(), &request(number, "Sec-WebSocket-Origin: http://example.com"));
        assert_eq!(log[0], "request /chat draft-ietf-hybi-10");
        let expected = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
        assert_eq!(String::from_utf8(output).unwrap(), expected);
    }
}

#[test]
fn the_origin_is_looked_for_under_its_old_name() {
    let verdict = |origin: &str| {
        let (mut server, mut output) = (Server::with(&ServerConfig::new()), Vec::new());
        let outcome = serve(&mut server, &mut request(8, origin), &mut output, &mut Log::new());
        (outcome.is_ok(), output.get(9..12).unwrap().escape_ascii().to_string())
    };
    assert_eq!(verdict("Sec-WebSocket-Origin: http://server.example.com"), (true, "101".into()));
    assert_eq!(verdict("Sec-WebSocket-Origin: http://evil.example"), (false, "403".into()));
}
