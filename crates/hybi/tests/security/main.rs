//! What broke other implementations, one published defect a test, named after its id. The comment says the rule that
//! prevents it here. The table in `docs/security.md` names them all.
#![cfg(all(feature = "all-versions", feature = "deflate"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod compression;
#[path = "../counting/mod.rs"]
mod counting;
mod frames;
mod heads;
mod offers;
mod page;
mod trust;

use hybi::{
    Client, Connection, ConnectionConfig, Error, Event, HandshakeConfig, Limits, OriginPolicy, Role, Server,
    ServerConfig, Version,
};

/// The head of a good opening handshake, with more headers.
fn upgrade(more: &str) -> String {
    format!(
        "GET /chat HTTP/1.1\r\nHost: example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{more}\r\n"
    )
}

/// What a server that accepts everybody answers to a head, and what was wrong with it.
fn answer(head: &[u8]) -> (String, Option<Error>) {
    let options = ServerConfig::new().handshake(HandshakeConfig::new().origins(OriginPolicy::Any));
    answer_with(&options, head)
}

fn answer_with(options: &ServerConfig, head: &[u8]) -> (String, Option<Error>) {
    let (mut server, mut output, mut head) = (Server::with(options), Vec::new(), head.to_vec());
    let mut input = &mut head[..];
    let error = loop {
        match server.receive(&mut input, &mut output) {
            Ok(Some(Event::Request(request))) => server.accept(&request, &mut output).unwrap(),
            Ok(Some(_)) => {}
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    (String::from_utf8(output).unwrap(), error)
}

/// The status of that answer; 0 if there is none.
fn status(head: impl AsRef<[u8]>) -> u16 {
    answer(head.as_ref()).0.get(9..12).map_or(0, |status| status.parse().unwrap())
}

/// What a client makes of an answer to its request.
fn heard(client: &mut Client, answer: &str) -> Result<Option<String>, Error> {
    let mut answer = answer.as_bytes().to_vec();
    let event = client.receive(&mut &mut answer[..], &mut Vec::new())?;
    Ok(event.map(|event| format!("{event:?}")))
}

/// The answer that a client which draws zeros for its key waits for, with more headers.
fn accepting(more: &str) -> String {
    format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n{more}\r\n"
    )
}

fn connection(limits: Limits) -> Connection {
    Connection::new(Version::Hybi17, Role::Server, ConnectionConfig::new().limits(limits)).unwrap()
}

/// A frame as a client sends it, with a mask of zeros. The length is what it says, not what it has.
fn announced(first: u8, length: u64, payload: &[u8]) -> Vec<u8> {
    let header = match length {
        0..126 => vec![first, 0x80 | u8::try_from(length).unwrap()],
        126..0x1_0000 => [&[first, 0xFE], &u16::try_from(length).unwrap().to_be_bytes()[..]].concat(),
        _ => [&[first, 0xFF], &length.to_be_bytes()[..]].concat(),
    };
    [&header[..], &[0; 4], payload].concat()
}

fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    announced(first, payload.len() as u64, payload)
}
