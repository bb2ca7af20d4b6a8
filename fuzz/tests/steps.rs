//! Work grows with the bytes that come and not with the way in which they are cut: the steps that a build with
//! `--cfg hybi_steps` counts, against the bytes. `cargo xtask fuzz --replay` builds so.

#![cfg(hybi_steps)]

use std::sync::{Mutex, PoisonError};

use hybi::deflate::{Config as Deflate, Pool};
use hybi::frame::{Header, Opcode, encode_frame};
use hybi::{
    Client, ClientConfig, Connection, ConnectionConfig, Delivery, Limits, Offer, ReadBuffer, Role, Server,
    ServerConfig, Url, Version,
};

/// The counters are everybody's, so one test at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// What a test gives a connection.
struct Load {
    version: Version,
    wire: Vec<u8>,
    /// How many bytes a read brings.
    read: usize,
    delivery: Delivery,
}

/// The steps for each byte.
fn steps_a_byte(load: Load) -> f64 {
    let Load { version, mut wire, read, delivery } = load;
    let config = ConnectionConfig::new().delivery(delivery);
    let mut connection = Connection::new(version, Role::Server, config).expect("a compiled version");
    let mut output = Vec::new();
    received(&mut wire, read, |input| connection.receive(input, &mut output).expect("good frames").is_some())
}

/// Gives the bytes in reads of a size, as long as something comes out of each; the steps for each byte.
fn received(wire: &mut [u8], read: usize, mut receive: impl FnMut(&mut &mut [u8]) -> bool) -> f64 {
    let (bytes, mut events) = (wire.len(), 0);
    let _ = taken();
    for mut input in wire.chunks_mut(read) {
        while receive(&mut input) {
            events += 1;
        }
    }
    assert!(events > 0, "something came out");
    taken() as f64 / bytes as f64
}

/// The steps since the last call: those of heads and of compression, and those of frames and messages.
fn taken() -> usize {
    hybi::http::steps::taken() + hybi_version::steps::taken()
}

/// Ten times as many bytes take no more steps a byte, and no more than so many.
fn linear(most: f64, load: impl Fn(usize) -> Load) {
    grows(most, |n| steps_a_byte(load(n)));
}

/// The same for what the function counts.
fn grows(most: f64, steps: impl Fn(usize) -> f64) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (few, many) = (steps(10_000), steps(100_000));
    println!("{few:.2} and {many:.2} steps a byte");
    assert!(few > 0.2 && many > 0.2, "steps are counted: {few} {many}");
    assert!(many <= few * 1.05, "{few} and then {many} steps a byte");
    assert!(many <= most, "{many} steps a byte");
}

fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let opcode = Opcode::from_bits(first & 0xF).expect("a known opcode");
    let header = Header { fin: first & 0x80 != 0, ..Header::new(opcode, payload.len() as u64) };
    let mut frame = Vec::new();
    encode_frame(&header.masked([7, 1, 9, 3]), payload, &mut frame);
    frame
}

const WHOLE: Delivery = Delivery::Whole;

/// A call of `receive` tries the way of whole messages, then takes the byte, checks it, and finds the input used up.
const BY_BYTE: f64 = 8.0;

#[test]
fn a_message_in_reads_of_one_byte() {
    for text in ["x", "ß", "日", "🙂"] {
        let wire = |n: usize| frame(0x81, text.repeat(n / text.len()).as_bytes());
        linear(BY_BYTE, |n| Load { version: Version::Hybi17, wire: wire(n), read: 1, delivery: WHOLE });
        linear(BY_BYTE, |n| Load { version: Version::Hybi10, wire: wire(n), read: 1, delivery: Delivery::Parts });
    }
    linear(BY_BYTE, |n| Load { version: Version::Hybi17, wire: frame(0x82, &vec![9; n]), read: 1, delivery: WHOLE });
}

/// What waits in a buffer is looked at once, and moved to the front once.
#[test]
fn messages_that_wait_in_a_buffer() {
    let through = |wire: &mut [u8], read: usize| {
        let mut connection =
            Connection::new(Version::Hybi17, Role::Server, ConnectionConfig::new()).expect("a compiled version");
        let (mut buffer, mut output) = (ReadBuffer::with_size(1024), Vec::new());
        received(wire, read, |input| {
            if !input.is_empty() {
                let bytes = core::mem::take(input);
                for bytes in bytes.chunks(512) {
                    buffer.space()[..bytes.len()].copy_from_slice(bytes);
                    drop(buffer.filled(bytes.len()));
                    while connection.receive_from(&mut buffer.unread(), &mut output).expect("good frames").is_some() {}
                }
                return true;
            }
            false
        })
    };
    for read in [1, 2, 7, 512] {
        for text in ["x", "ß", "日"] {
            grows(BY_BYTE, |n| through(&mut frame(0x81, text.repeat(n / text.len()).as_bytes()), read));
        }
        grows(BY_BYTE, |n| through(&mut frame(0x82, &vec![9; n]), read));
        grows(BY_BYTE, |n| through(&mut frame(0x81, b"a message of some words").repeat(n / 30), read));
    }
}

#[test]
fn a_sentinel_frame_in_reads_of_one_byte() {
    for (version, text) in [(Version::Hybi00, "x"), (Version::Hybi00, "ß"), (Version::Hixie75, "日")] {
        let wire = |n: usize| [b"\x00", text.repeat(n / text.len()).as_bytes(), b"\xff"].concat();
        linear(BY_BYTE, |n| Load { version, wire: wire(n), read: 1, delivery: WHOLE });
        linear(BY_BYTE, |n| Load { version, wire: wire(n), read: 1, delivery: Delivery::Parts });
    }
}

#[test]
fn empty_fragments() {
    // 100 000 of them.
    let wire = |n: usize| [frame(0x01, b""), frame(0x00, b"").repeat(n), frame(0x80, b"end")].concat();
    for read in [1, 1460, usize::MAX] {
        linear(8.0, |n| Load { version: Version::Hybi17, wire: wire(n), read, delivery: WHOLE });
    }
}

#[test]
fn pings_in_one_read() {
    for payload in [&b""[..], b"p", &[b'p'; 125]] {
        // The answers are counted as well, each with the room for the largest header.
        linear(8.0, |n| Load {
            version: Version::Hybi17,
            wire: frame(0x89, payload).repeat(n / 10),
            read: usize::MAX,
            delivery: WHOLE,
        });
    }
}

#[test]
fn small_messages_in_reads_that_cut_them() {
    for read in [1, 2, 7, 1460, 65_536] {
        let wire = |n: usize| frame(0x81, b"a message of some words").repeat(n / 30);
        linear(8.0, |n| Load { version: Version::Hybi17, wire: wire(n), read, delivery: WHOLE });
    }
}

/// What makes a head long: one value, many headers, or empty lines before it.
fn long_heads(first: &str, rest: &str, n: usize) -> Vec<Vec<u8>> {
    let value = format!("{first}\r\nX: {}\r\n{rest}\r\n\r\n", "x".repeat(n));
    let headers = format!("{first}\r\n{}{rest}\r\n\r\n", "Name: value\r\n".repeat(n / 13));
    let mut heads = vec![value.into_bytes(), headers.into_bytes()];
    if first.starts_with("GET") {
        heads.push(format!("{}{first}\r\n{rest}\r\n\r\n", "\r\n".repeat(n / 2)).into_bytes());
    }
    heads
}

/// Heads as long as a test wants them.
fn wide() -> Limits {
    Limits::new().head_bytes(1 << 20).headers(1 << 20)
}

/// A call, the search for the end, the copy, and the parser; where headers may be many, their lines are counted and it runs once
/// more.
const HEAD: f64 = 6.1;

/// One that came in one read is parsed before its end is searched, and again behind that; then it is gone over for its fault.
const WRONG_HEAD: f64 = 8.1;

const READS: [usize; 4] = [1, 7, 1460, usize::MAX];

#[test]
fn a_request() {
    let rest = "Host: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    for (read, kind) in READS.into_iter().flat_map(|read| [(read, 0), (read, 1), (read, 2)]) {
        grows(HEAD, |n| {
            let mut head = long_heads("GET / HTTP/1.1", rest, n).swap_remove(kind);
            let (mut server, mut output) = (Server::with(&ServerConfig::new().limits(wide())), Vec::new());
            received(&mut head, read, |input| server.receive(input, &mut output).expect("a good head").is_some())
        });
    }
}

#[test]
fn an_answer() {
    let rest = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=";
    let offer = Offer::new(Url::parse("ws://a/").expect("a URL")).random(|bytes| bytes.fill(0));
    for (read, kind) in READS.into_iter().flat_map(|read| [(read, 0), (read, 1)]) {
        grows(HEAD, |n| {
            let mut head = long_heads("HTTP/1.1 101 Switching Protocols", rest, n).swap_remove(kind);
            let mut client = Client::with(&offer, &ClientConfig::new().limits(wide())).expect("a good offer");
            let mut output = Vec::new();
            received(&mut head, read, |input| client.receive(input, &mut output).expect("a good head").is_some())
        });
    }
}

/// A head with a fault at its end is not searched for it at each read.
#[test]
fn a_request_that_is_wrong() {
    for read in READS {
        grows(WRONG_HEAD, |n| {
            let mut head = long_heads("GET / HTTP/1.1", "Wrong : space", n).swap_remove(0);
            let (mut server, mut output) = (Server::with(&ServerConfig::new().limits(wide())), Vec::new());
            let mut failed = false;
            received(&mut head, read, |input| {
                server.receive(input, &mut output).is_err() && !core::mem::replace(&mut failed, true)
            })
        });
    }
}

/// Two bytes come out of one here, and each is given out, kept for the window and checked.
const INFLATED: f64 = BY_BYTE + 2.0 * 3.5;

/// Of what zlib does, the bytes that come out of it are counted, and those that are kept for its window.
#[test]
fn a_compressed_message() {
    let (pool, deflate) = (Pool::new(2), Deflate::new());
    let (of_server, answer) = deflate.accept([deflate.offer()]).expect("they fit");
    let of_client = deflate.check_answer(&answer).expect("a good answer");
    for (read, text) in [1, 7, 1460].into_iter().flat_map(|read| [(read, true), (read, false)]) {
        grows(INFLATED, |n| {
            let connection =
                |role| Connection::new(Version::Hybi17, role, ConnectionConfig::new()).expect("compiled in");
            let mut client = connection(Role::Client).deflate(&of_client, &pool);
            let mut server = connection(Role::Server).deflate(&of_server, &pool);
            let letters: Vec<u8> = hybi_testkit::Random::new(1).bytes(n).iter().map(|byte| b'@' | byte >> 4).collect();
            let (mut wire, mut output) = (Vec::new(), Vec::new());
            match str::from_utf8(&letters) {
                Ok(letters) if text => client.send_text(letters, &mut wire).expect("open"),
                _ => client.send_binary(&letters, &mut wire).expect("open"),
            }
            received(&mut wire, read, |input| server.receive(input, &mut output).expect("good frames").is_some())
        });
    }
}
