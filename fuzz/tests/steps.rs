//! Work grows with the bytes that come and not with the way in which they are cut: the steps that a build with
//! `--cfg hybi_steps` counts, against the bytes. `cargo xtask fuzz --replay` builds so.

#![cfg(hybi_steps)]

use std::sync::{Mutex, PoisonError};

use hybi::frame::{Header, Opcode, encode_frame};
use hybi::{Connection, ConnectionConfig, Delivery, Limits, Role, Version};
use hybi_version::steps;

/// There is one counter, so one test at a time.
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
    let limits = Limits::new().message_bytes(1 << 30);
    let config = ConnectionConfig::new().delivery(delivery).limits(limits);
    let mut connection = Connection::new(version, Role::Server, config).expect("a compiled version");
    let (mut output, mut events) = (Vec::new(), 0);
    let bytes = wire.len();
    let _ = steps::taken();
    for mut input in wire.chunks_mut(read) {
        while connection.receive(&mut input, &mut output).expect("good frames").is_some() {
            events += 1;
        }
    }
    assert!(events > 0, "something came out");
    steps::taken() as f64 / bytes as f64
}

/// Ten times as many bytes take no more steps a byte, and no more than so many.
fn linear(most: f64, load: impl Fn(usize) -> Load) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (few, many) = (steps_a_byte(load(10_000)), steps_a_byte(load(100_000)));
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
