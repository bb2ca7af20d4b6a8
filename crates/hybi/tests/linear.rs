//! Work grows with the bytes that come and not with the way in which they are cut. Counted is what an allocator sees: how
//! often memory is asked for, how much of it, and what is held in between; and what is owed the peer.
#![cfg(feature = "all-versions")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod counting;

use std::borrow::Cow;

use counting::{Count, alone, counted};
use hybi::handshake_client::ClientHandshake;
use hybi::handshake_server::{Received, ServerHandshake};
use hybi::http::{HeadReader, Limits as HttpLimits};
use hybi::{Connection, ConnectionConfig, ConnectionEvent, Delivery, Limits, Offer, ReadBuffer, Role, Url, Version};

const MANY: usize = 100_000;

/// The harness of the tests asks for some memory of its own, in threads of its own.
const OF_THE_HARNESS: usize = 32 * 1024;

/// For so much of a message there is room as soon as it is announced.
const AT_ONCE: usize = 4096;

/// A vector that grows to 100 000 bytes by doubling asks for memory some fifteen times, whatever else comes with it.
const FEW: usize = 40;

fn server(version: Version, config: ConnectionConfig) -> Connection {
    Connection::new(version, Role::Server, config).unwrap()
}

/// A frame as a client sends it, with a mask of zeros.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let header = match u8::try_from(payload.len()) {
        Ok(length @ ..126) => vec![first, 0x80 | length],
        _ => [&[first, 0x80 | 127], &(payload.len() as u64).to_be_bytes()[..]].concat(),
    };
    [&header[..], &[0; 4], payload].concat()
}

/// Gives the connection one byte after the other, and looks at what is held for those that came: at most so much and a little.
fn byte_by_byte(connection: &mut Connection, wire: &mut [u8], most_held: impl Fn(usize) -> usize) -> Vec<usize> {
    let (mut output, mut sizes) = (Vec::new(), Vec::with_capacity(16));
    for (before, byte) in wire.chunks_mut(1).enumerate() {
        let mut input = byte;
        while let Some(event) = connection.receive(&mut input, &mut output).unwrap() {
            sizes.push(match event {
                ConnectionEvent::Text(text) => text.len(),
                ConnectionEvent::Binary(data) => data.len(),
                ConnectionEvent::Part(part) => part.data.len(),
                other => panic!("{other:?}"),
            });
        }
        assert!(connection.retained_bytes() <= most_held(before) + 300);
    }
    sizes
}

#[test]
fn a_large_message_in_reads_of_one_byte() {
    let _alone = alone();
    for (version, mut wire) in [
        (Version::Hybi17, frame(0x82, &[7; MANY])),
        (Version::Hybi17, frame(0x81, "ß".repeat(MANY / 2).as_bytes())),
        (Version::Hybi00, [b"\x00", "ß".repeat(MANY / 2).as_bytes(), b"\xff"].concat()),
    ] {
        let mut connection = server(version, ConnectionConfig::new());
        let (sizes, count) = counted(|| byte_by_byte(&mut connection, &mut wire, |came| AT_ONCE.max(2 * came)));
        assert_eq!((sizes, connection.retained_bytes()), (vec![MANY], 0));
        assert!(count.requests <= FEW && count.bytes <= 2 * MANY + OF_THE_HARNESS, "{count:?}");
    }
}

/// Gives the connection the bytes through the buffer, in reads of so many.
fn through(connection: &mut Connection, buffer: &mut ReadBuffer, wire: &[u8], read: usize) -> Vec<usize> {
    let (mut output, mut sizes) = (Vec::new(), Vec::with_capacity(100));
    for bytes in wire.chunks(read) {
        buffer.space().split_at_mut(bytes.len()).0.copy_from_slice(bytes);
        let mut unread = buffer.filled(bytes.len());
        while let Some(event) = connection.receive_from(&mut unread, &mut output).unwrap() {
            sizes.push(match event {
                ConnectionEvent::Text(Cow::Borrowed(text)) => text.len(),
                ConnectionEvent::Binary(Cow::Borrowed(data)) => data.len(),
                other => panic!("{other:?}"),
            });
        }
        assert_eq!(connection.retained_bytes(), 0);
    }
    assert!(buffer.is_empty());
    sizes
}

#[test]
fn a_buffer_in_which_messages_wait_grows_as_a_vector_and_then_no_more() {
    let _alone = alone();
    for wire in [frame(0x82, &[7; MANY]), frame(0x81, "ß".repeat(MANY / 2).as_bytes())] {
        let (mut connection, mut buffer) =
            (server(Version::Hybi17, ConnectionConfig::new()), ReadBuffer::with_size(1024));
        let (sizes, count) = counted(|| through(&mut connection, &mut buffer, &wire, 1));
        assert_eq!(sizes, [MANY]);
        assert!(count.requests <= FEW && count.bytes <= 4 * MANY + OF_THE_HARNESS, "{count:?}");
        for read in [1, 7, 500] {
            let (sizes, count) = counted(|| through(&mut connection, &mut buffer, &wire, read));
            assert_eq!(sizes, [MANY]);
            assert!(count.bytes <= OF_THE_HARNESS, "{count:?}");
        }
    }
}

#[test]
fn a_large_message_in_parts_of_one_byte_holds_nothing() {
    let _alone = alone();
    for (version, mut wire) in
        [(Version::Hybi17, frame(0x82, &[7; MANY])), (Version::Hixie75, [b"\x00", &[b'x'; MANY][..], b"\xff"].concat())]
    {
        let mut connection = server(version, ConnectionConfig::new().delivery(Delivery::Parts));
        let (mut output, mut parts) = (Vec::new(), 0);
        let ((), count) = counted(|| {
            for mut byte in wire.chunks_mut(1) {
                parts += usize::from(connection.receive(&mut byte, &mut output).unwrap().is_some());
                assert!(connection.retained_bytes() <= 300);
            }
        });
        assert!(parts >= MANY && count.requests <= FEW && count.bytes <= OF_THE_HARNESS, "{parts} {count:?}");
    }
}

#[test]
fn empty_fragments_cost_nothing_but_their_bytes() {
    let _alone = alone();
    let mut connection = server(Version::Hybi17, ConnectionConfig::new());
    let mut wire = [frame(0x01, b"a"), frame(0x00, b"").repeat(MANY)].concat();
    let (mut output, mut held) = (Vec::new(), Vec::with_capacity(2));
    let ((), count) = counted(|| {
        for read in wire.chunks_mut(64 * 1024) {
            let mut input = read;
            assert_eq!(connection.receive(&mut input, &mut output), Ok(None));
            held.push(connection.retained_bytes());
        }
    });
    assert!(held.iter().all(|bytes| *bytes == held[0]) && held[0] <= 300, "{held:?}");
    assert!(count.requests <= FEW && count.bytes <= OF_THE_HARNESS, "{count:?}");
    let mut last = frame(0x80, b"b");
    let event = connection.receive(&mut &mut last[..], &mut output).unwrap();
    assert_eq!(event, Some(ConnectionEvent::Text("ab".into())));
    assert_eq!(connection.retained_bytes(), 0);
}

#[test]
fn fragments_of_one_byte_are_one_buffer() {
    let _alone = alone();
    let mut connection = server(Version::Hybi17, ConnectionConfig::new());
    let mut wire = [frame(0x02, b""), frame(0x00, b"a").repeat(MANY), frame(0x80, b"")].concat();
    let (sizes, count) = counted(|| byte_by_byte(&mut connection, &mut wire, |came| (2 * came).min(2 * MANY)));
    assert_eq!(sizes, [MANY]);
    assert!(count.requests <= FEW && count.bytes <= 2 * MANY + OF_THE_HARNESS, "{count:?}");
}

/// A head of 16 KiB, which is the default limit.
fn long_head(first: &str) -> Vec<u8> {
    let mut head = format!("{first}\r\nX-Padding: ");
    head.push_str(&"x".repeat(16 * 1024 - head.len() - 4));
    head.push_str("\r\n\r\n");
    head.into_bytes()
}

#[test]
fn a_request_in_reads_of_one_byte() {
    let _alone = alone();
    let mut head = long_head(
        "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13",
    );
    let mut handshake = ServerHandshake::new(hybi::HandshakeConfig::new().into());
    let (requests, count) = counted(|| {
        let mut requests = 0;
        for (before, mut byte) in head.chunks_mut(1).enumerate() {
            requests += match handshake.receive(&mut byte).unwrap() {
                Some(Received::Upgrade(_)) => 1,
                _ => 0,
            };
            assert!(handshake.retained_bytes() <= (2 * before).max(64) + size_of::<HeadReader>());
        }
        requests
    });
    assert_eq!((requests, handshake.retained_bytes()), (1, 0));
    assert!(count.requests <= FEW && count.bytes <= 4 * head.len() + OF_THE_HARNESS, "{count:?}");
}

#[test]
fn an_answer_in_reads_of_one_byte_and_one_that_never_ends() {
    let _alone = alone();
    let offer = Offer::new(Url::parse("ws://a/").unwrap()).random(|bytes| bytes.fill(0));
    let start = || -> ClientHandshake { offer.start().unwrap() };
    let mut head = long_head(
        "HTTP/1.1 101 \r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=",
    );
    let mut handshake = start();
    let of_request = handshake.retained_bytes();
    let (answers, count) =
        counted(|| head.chunks_mut(1).filter_map(|mut byte| handshake.receive(&mut byte).unwrap().map(drop)).count());
    assert_eq!((answers, handshake.retained_bytes()), (1, of_request));
    assert!(count.requests <= FEW && count.bytes <= 4 * head.len() + OF_THE_HARNESS, "{count:?}");

    let (mut handshake, mut endless) = (start(), vec![b'x'; MANY]);
    endless[..14].copy_from_slice(b"HTTP/1.1 200\r\n");
    let (taken, count) = counted(|| {
        endless.chunks_mut(1).take_while(|byte| handshake.receive(&mut &mut byte.to_vec()[..]).is_ok()).count()
    });
    assert_eq!(taken, HttpLimits::default().head_bytes, "that is the limit");
    assert!(handshake.retained_bytes() <= of_request + 100, "the error");
    // The loop itself asks for each byte once.
    assert!(count.requests <= taken + FEW, "{count:?}");
}

#[test]
fn frames_without_a_meaning_in_reads_of_one_byte_hold_nothing() {
    let _alone = alone();
    let text = [b"\x17", &[b'x'; MANY][..], b"\xff"].concat();
    let binary = [b"\x80\x86\x8d\x20", &[0xFF; MANY][..]].concat();
    for mut wire in [text, binary] {
        let mut connection = server(Version::Hybi00, ConnectionConfig::new());
        let (sizes, count) = counted(|| byte_by_byte(&mut connection, &mut wire, |_| 0));
        assert_eq!((sizes.len(), connection.receive_eof().is_err()), (0, true));
        assert!(count.requests <= FEW && count.bytes <= OF_THE_HARNESS, "{count:?}");
    }
}

#[test]
fn ten_thousand_pings_in_one_read() {
    let _alone = alone();
    let pings = 10_000;
    for (limit, payload) in [(usize::MAX, 4), (64 * 1024, 4), (64 * 1024, 125), (0, 125)] {
        let mut connection = server(Version::Hybi17, ConnectionConfig::new().limits(Limits::new().output_bytes(limit)));
        let mut wire = frame(0x89, &vec![b'p'; payload]).repeat(pings);
        let (mut input, mut output, mut heard) = (&mut wire[..], Vec::new(), 0);
        let ((), count) = counted(|| {
            while connection.receive(&mut input, &mut output).unwrap().is_some() {
                heard += 1;
            }
        });
        let pong = 2 + payload;
        assert_eq!((heard, connection.retained_bytes()), (pings, 0));
        assert!(output.len() <= (pings * pong).min(limit.saturating_add(2 * pong)), "{} bytes are owed", output.len());
        assert!(output.ends_with(&vec![b'p'; payload]), "the latest is answered");
        // Where a pong has to wait, it is held for itself.
        let waiting = if output.len() < pings * pong { pings } else { 0 };
        assert!(
            count.requests <= 2 * waiting + FEW && count.bytes <= 2 * output.len() + 300 * waiting + OF_THE_HARNESS,
            "{count:?}"
        );
    }
}

#[cfg(feature = "deflate")]
#[test]
fn a_compressed_message_in_reads_of_one_byte() {
    use hybi::deflate::{Config as Deflate, Pool};

    let _alone = alone();
    let (pool, config) = (Pool::new(2), Deflate::new());
    let (of_server, answer) = config.accept([config.offer()]).unwrap();
    let of_client = config.check_answer(&answer).unwrap();
    let mut client =
        Connection::new(Version::Hybi17, Role::Client, ConnectionConfig::new()).unwrap().deflate(&of_client, &pool);
    let mut server = server(Version::Hybi17, ConnectionConfig::new()).deflate(&of_server, &pool);
    let data = hybi_testkit::Random::new(1).bytes(MANY / 2).iter().map(|byte| byte & 0x1F).collect::<Vec<_>>();
    let mut wire = Vec::new();
    client.send_binary(&data, &mut wire).unwrap();
    assert!(wire.len() < MANY / 2);
    let zlib = 48 * 1024 + 2 * 32 * 1024;
    let (sizes, count) = counted(|| byte_by_byte(&mut server, &mut wire, |_| 2 * data.len() + zlib));
    assert_eq!(sizes, [data.len()]);
    assert!(count.requests <= FEW + 20 && count.bytes <= 2 * data.len() + zlib + OF_THE_HARNESS, "{count:?}");
}

/// The figure in `docs/security.md`: a byte that is not UTF-8 becomes a character of three (hybi-00 §5.3).
#[test]
fn invalid_text_of_the_old_versions_grows_to_three_times_its_limit() {
    let _alone = alone();
    let mut connection = server(Version::Hybi00, ConnectionConfig::new().limits(Limits::new().message_bytes(1000)));
    let mut wire = [b"\x00", &[0x80; 1000][..], b"\xff"].concat();
    assert_eq!(byte_by_byte(&mut connection, &mut wire, |came| 2 * came), [3000]);
}

/// What is counted is counted: a vector that grows by one byte at a time without doubling would be found.
#[test]
fn the_counter_counts() {
    let _alone = alone();
    let ((), Count { requests, bytes }) = counted(|| {
        let mut vector: Vec<u8> = Vec::new();
        for length in 1..=1000 {
            vector.reserve_exact(1);
            vector.resize(length, 0);
        }
    });
    assert!(requests >= 1000 && bytes >= 1000, "{requests} {bytes}");
}
