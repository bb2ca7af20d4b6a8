//! draft-ietf-hybi-17, which is RFC 6455: the examples of the RFC, and what clients of today send.
#![cfg(feature = "hybi17")]
#![allow(clippy::unwrap_used, reason = "tests")]

mod pair;
mod replay;

use hybi::{HandshakeConfig, ServerConfig, Version};
use replay::{every_client, open_to_all, server_hears};

#[test]
fn recorded_clients_are_understood() {
    every_client(Version::Hybi17);
}

#[test]
fn the_example_of_the_rfc() {
    let request = b"GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://example.com\r\n\
        Sec-WebSocket-Protocol: chat, superchat\r\nSec-WebSocket-Version: 13\r\n\r\n\
        \x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58\x88\x82\0\0\0\0\x03\xe8";
    let chat = HandshakeConfig::new().subprotocols(["chat"]).origins(hybi::OriginPolicy::Any);
    let (log, output) = server_hears(&ServerConfig::new().handshake(chat), request);
    assert_eq!(
        log,
        [
            "request /chat draft-ietf-hybi-17",
            "connected draft-ietf-hybi-17 Some(\"chat\") []",
            "text Hello",
            "close 1000"
        ]
    );
    let expected = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
        Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n\
        \x81\x05Hello\x88\x02\x03\xe8";
    assert_eq!(output.escape_ascii().to_string(), expected.escape_ascii().to_string());
}

#[test]
fn frames_may_come_with_the_handshake_and_headers_may_repeat() {
    let request = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nUpgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n\
        Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    let request = [request.as_bytes(), &frame(0x89, b"now")].concat();
    let (log, output) = server_hears(&open_to_all(), &request);
    assert_eq!(log.last().unwrap(), "ping now");
    assert!(output.ends_with(b"\x8a\x03now"));
}

fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    [&[first, 0x80 | u8::try_from(payload.len()).unwrap(), 0, 0, 0, 0], payload].concat()
}
