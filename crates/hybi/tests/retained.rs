//! What `retained_bytes` tells is what an allocator sees, in every state. One test, so that nothing else asks for memory.
#![cfg(all(feature = "all-versions", feature = "deflate"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod counting;

use counting::{counted, held};
use hybi::deflate::{Config as Deflate, Pool};
use hybi::{
    Accept, Client, ClientConfig, Connection, ConnectionConfig, Event, HandshakeConfig, Limits, Offer, OriginPolicy,
    ReadBuffer, Role, Server, ServerConfig, State, Url, Version,
};

#[test]
fn it_is_what_an_allocator_sees() {
    // What the standard library and the random generator keep for the thread.
    let mut key = [0; 4];
    (ConnectionConfig::new().random)(&mut key);
    assert_eq!(counted(|| ()).1.requests, 0);

    connections();
    halves();
    compressed();
    for version in Version::ALL {
        for deflates in [false, true] {
            handshakes(version, deflates);
        }
    }
    failures();
    requests();
}

/// How often a server asks for memory: twice in a handshake, for the index of the headers and the event, and then never; in
/// a buffer that is there not even for messages that are cut.
fn requests() {
    let config = ServerConfig::new();
    let mut request =
        b"GET /chat HTTP/1.1\r\nHost: example.com\r\nConnection: Upgrade\r\nOrigin: http://example.com\r\n\
        Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
        Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n"
            .to_vec();
    let (mut output, mut buffer) = (Vec::with_capacity(4096), ReadBuffer::new());
    assert_eq!(buffer.space().len(), 16 * 1024);
    let (mut server, count) = counted(|| {
        let (mut server, mut input) = (Server::with(&config), &mut request[..]);
        while let Some(event) = server.receive(&mut input, &mut output).unwrap() {
            if let Event::Request(request) = event {
                server.accept(&request, &mut output).unwrap();
            }
        }
        server
    });
    assert_eq!((count.requests, server.state()), (2, Some(State::Open)));
    let mut wire = [frame(0x81, "ß".as_bytes()), frame(0x82, &[7; 3000]), frame(0x89, b"ping")].concat();
    let (messages, count) = counted(|| {
        let (mut input, mut messages) = (&mut wire[..], 0);
        while server.receive(&mut input, &mut output).unwrap().is_some() {
            messages += 1;
        }
        messages
    });
    assert_eq!((messages, count.requests), (3, 0));
    let wire = [frame(0x81, "ß".as_bytes()), frame(0x82, &[7; 7_000])].concat();
    let (messages, count) = counted(|| {
        let mut messages = 0;
        for read in wire.chunks(700) {
            buffer.space().split_at_mut(read.len()).0.copy_from_slice(read);
            let mut unread = buffer.filled(read.len());
            while server.receive_from(&mut unread, &mut output).unwrap().is_some() {
                messages += 1;
            }
        }
        messages
    });
    assert_eq!((messages, count.requests), (2, 0));
}

/// A frame as a client sends it, with a mask of zeros.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let header = match u8::try_from(payload.len()) {
        Ok(length @ ..126) => vec![first, 0x80 | length],
        _ => [&[first, 0xFE], &u16::try_from(payload.len()).unwrap().to_be_bytes()[..]].concat(),
    };
    [&header[..], &[0; 4], payload].concat()
}

/// Feeds a connection byte by byte, and compares after each.
fn connections() {
    let limits = Limits::new().message_bytes(3000).output_bytes(0);
    let config = std::sync::Arc::new(ConnectionConfig::new().limits(limits));
    let texts = [
        (Version::Hybi17, [frame(0x82, &[7; 3000]), frame(0x81, "ß".repeat(1000).as_bytes())].concat()),
        (
            Version::Hybi17,
            [frame(0x01, &[b'a'; 200]), frame(0x89, &[1; 125]), frame(0x00, b""), frame(0x80, b"b")].concat(),
        ),
        (Version::Hybi17, [frame(0x89, b"ping"), frame(0x89, &[2; 125]), frame(0x88, b"\x03\xe8bye")].concat()),
        (Version::Hybi17, [frame(0x01, &[b'a'; 200]), frame(0x81, b"wrong")].concat()),
        (Version::Hybi10, frame(0x82, &[7; 3001])),
        (Version::Hybi00, [b"\x00", &[b'x'; 3000][..], b"\xff\x17abc\xff\x80\x02ab\xff\x00"].concat()),
        (Version::Hixie75, [b"\x00", &[b'x'; 3001][..]].concat()),
    ];
    let mut output = Vec::with_capacity(64 * 1024);
    for (version, mut wire) in texts {
        let before = held();
        let mut connection = Connection::new(version, Role::Server, std::sync::Arc::clone(&config)).unwrap();
        assert_eq!(held(), before);
        let mut most = 0;
        for mut byte in wire.chunks_mut(1) {
            while let Ok(Some(_)) = connection.receive(&mut byte, &mut output) {}
            assert_eq!(held() - before, connection.retained_bytes(), "{version}");
            most = connection.retained_bytes().max(most);
            output.clear();
        }
        assert!(most <= 2 * 3000 + 600, "{most}");
        drop(connection);
        assert_eq!(held(), before);
    }
}

fn halves() {
    let before = held();
    let connection = Connection::new(Version::Hybi17, Role::Server, ConnectionConfig::new()).unwrap();
    let config = held() - before;
    let (mut receiver, sender) = connection.split();
    let (mut wire, mut output) = ([0x82, 0xFE, 1, 0, 0, 0, 0, 0, 1, 2, 3], Vec::new());
    assert_eq!(receiver.receive(&mut &mut wire[..], &mut output), Ok(None));
    assert_eq!(held() - before - config, receiver.retained_bytes() + sender.retained_bytes());
    assert!(receiver.retained_bytes() > 100 && sender.retained_bytes() == 0);
}

fn compressed() {
    let (pool, config) = (Pool::new(0), Deflate::new());
    let (of_server, answer) = config.accept([config.offer()]).unwrap();
    let of_client = config.check_answer(&answer).unwrap();
    let (connecting, empty) = (std::sync::Arc::new(ConnectionConfig::new()), held());
    let mut client = Connection::new(Version::Hybi17, Role::Client, std::sync::Arc::clone(&connecting)).unwrap();
    client = client.deflate(&of_client, &pool);
    let (mut wire, mut output) = (Vec::with_capacity(1 << 20), Vec::new());
    assert_eq!(held() - empty, (1 << 20) + client.retained_bytes());
    let text = "a text that is worth to be compressed ".repeat(500);
    client.send_text(&text, &mut wire).unwrap();
    client.send_text_part(&text, false, &mut wire).unwrap();
    assert_eq!(held() - empty - text.capacity(), (1 << 20) + client.retained_bytes());
    assert!(client.retained_bytes() > 200 * 1024 && client.retained_bytes() < 420 * 1024);
    client.send_text_part("the end", true, &mut wire).unwrap();
    assert_eq!(held() - empty - text.capacity(), (1 << 20) + client.retained_bytes());

    let before = held();
    let mut server = Connection::new(Version::Hybi17, Role::Server, std::sync::Arc::clone(&connecting)).unwrap();
    server = server.deflate(&of_server, &pool);
    let mut events = 0;
    for mut byte in wire.chunks_mut(1) {
        while server.receive(&mut byte, &mut output).unwrap().is_some() {
            events += 1;
        }
        assert_eq!(held() - before, server.retained_bytes());
        assert!(server.retained_bytes() <= 2 * 2 * text.len() + 84 * 1024, "{}", server.retained_bytes());
    }
    assert_eq!(events, 2);
}

/// Both ends of an opening handshake, in reads of one byte.
fn handshakes(version: Version, deflates: bool) {
    let pool = Pool::new(1);
    let config = HandshakeConfig::new().origins(OriginPolicy::Any).subprotocols(["chat", "other"]);
    let (mut of_server, mut of_client) = (ServerConfig::new().handshake(config), ClientConfig::new());
    if deflates {
        of_server = of_server.deflate(Deflate::new(), &pool);
        of_client = of_client.deflate(Deflate::new(), &pool);
    }
    let offer = Offer::new(Url::parse("ws://example.com/chat").unwrap()).version(version).subprotocol("chat");

    let (mut to_server, mut to_client) = (Vec::with_capacity(4096), Vec::with_capacity(4096));
    let before = held();
    let mut client = Client::with(&offer, &of_client).unwrap();
    assert_eq!(held() - before, client.retained_bytes(), "{version}");
    client.send_request(&mut to_server);
    let with_client = held();
    let mut server = Server::with(&of_server);
    assert_eq!(held() - with_client, server.retained_bytes(), "{version}");
    for mut byte in to_server.chunks_mut(1) {
        while let Some(event) = server.receive(&mut byte, &mut to_client).unwrap() {
            if let Event::Request(request) = event {
                server.accept_with(&request, Accept::new(), &mut to_client).unwrap();
            }
        }
        assert_eq!(held() - with_client, server.retained_bytes(), "{version}");
    }
    assert_eq!(server.version(), Some(version));
    let with_server = held();
    for mut byte in to_client.chunks_mut(1) {
        while client.receive(&mut byte, &mut to_server).unwrap().is_some() {}
        assert_eq!(held() + with_client - with_server - before, client.retained_bytes(), "{version}");
    }
    assert_eq!(client.version(), Some(version));
}

/// Errors whose texts are no part of it.
fn failures() {
    let options = ServerConfig::new();
    let before = held();
    let mut server = Server::with(&options);
    assert_eq!((held(), server.retained_bytes()), (before, 0), "nothing has come");
    let (mut wrong, mut output) = (b"\x16\x03\x01".to_vec(), Vec::new());
    assert!(server.receive(&mut &mut wrong[..], &mut output).is_err());
    assert_eq!(held() - before - wrong.capacity() - output.capacity(), server.retained_bytes());
}
