//! draft-hixie-75: exact to the byte, as its clients compared it; text; the end of the transport as the close.
#![cfg(feature = "hixie75")]

mod pair;
mod replay;

use hybi::Version;
use replay::{every_client, open_to_all, server_hears};

#[test]
fn recorded_clients_are_understood() {
    every_client(Version::Hixie75);
}

#[test]
fn the_answer_is_the_one_that_clients_compared() {
    let request = b"GET /demo HTTP/1.1\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nHost: example.com:8081\r\n\
        Origin: http://example.com\r\nWebSocket-Protocol: sample\r\n\r\n\x00first\xff\xff\x00\x00second\xff";
    let options = open_to_all();
    let (log, output) = server_hears(&options, request);
    assert_eq!(
        log,
        ["request /demo draft-hixie-75", "connected draft-hixie-75 None []", "text first", "text second"],
        "FF 00 means nothing here"
    );
    assert_eq!(
        output.escape_ascii().to_string(),
        b"HTTP/1.1 101 Web Socket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n\
          WebSocket-Origin: http://example.com\r\nWebSocket-Location: ws://example.com:8081/demo\r\n\r\n\
          \x00first\xff\x00second\xff"
            .escape_ascii()
            .to_string()
    );
}
