//! Frames into a `Vec`, against the slow way.

#![cfg(feature = "alloc")]

mod support;

use hybi_frame::{Header, Opcode, encode_frame, encode_masked, encode_sentinel_text, mask};
use hybi_testkit::{Random, rfc6455, thinned};
use support::{OPCODES, frame, header_bytes};

#[test]
fn the_samples_of_the_rfc() {
    let encode = |header: &Header, payload: &[u8]| {
        let mut output = Vec::new();
        encode_frame(header, payload, &mut output);
        output
    };
    let [_, text, binary, _, ping, pong] = OPCODES.map(|opcode| Header::new(opcode, 5));
    assert_eq!(encode(&text, b"Hello"), rfc6455::TEXT);
    assert_eq!(encode(&text.masked(rfc6455::MASK), b"Hello"), rfc6455::TEXT_MASKED);
    assert_eq!(encode(&ping, b"Hello"), rfc6455::PING);
    assert_eq!(encode(&pong.masked(rfc6455::MASK), b"Hello"), rfc6455::PONG_MASKED);
    assert_eq!(*Header { length: 256, ..binary }.encode(), *rfc6455::BINARY_256_HEADER);
    assert_eq!(*Header { length: 65536, ..binary }.encode(), *rfc6455::BINARY_65536_HEADER);
}

#[test]
fn frames_go_behind_what_is_there() {
    for length in thinned((0..140).chain([65535, 65536]), 29) {
        let payload = Random::new(9).bytes(length);
        for opcode in OPCODES {
            let header = Header { rsv: 0b100, ..Header::new(opcode, length as u64) };
            for header in [header, header.masked([9, 0, 0xFF, 3]), Header { fin: false, ..header }] {
                for room in rooms(length) {
                    let mut output = before(6, room);
                    encode_frame(&header, &payload, &mut output);
                    assert_eq!(output, [&before(6, 0)[..], &frame(&header, &payload)].concat(), "room for {room}");
                }
            }
        }
    }
}

#[test]
fn the_length_is_what_the_header_says() {
    // A frame that is longer than what is at hand: the rest is the caller's to send.
    let header = Header { length: 1 << 40, ..Header::new(OPCODES[2], 0) };
    let mut output = Vec::new();
    encode_frame(&header, b"the first of many", &mut output);
    assert_eq!(output, [&header_bytes(&header)[..], b"the first of many"].concat());
}

#[test]
fn pieces_that_are_masked_are_what_is_masked_at_once() {
    let payload = Random::new(3).bytes(300);
    for size in thinned(1..=300, 41) {
        let (mut pieces, mut at_once, first) = (b"before".to_vec(), payload.clone(), [9, 0, 0xFF, 3]);
        let last = payload.chunks(size).fold(first, |key, piece| encode_masked(key, piece, &mut pieces));
        assert_eq!(mask::apply(first, &mut at_once), last);
        assert_eq!(pieces, [b"before", &at_once[..]].concat());
    }
}

#[test]
fn sentinel_text_stands_between_its_sentinels() {
    let mut output = b"before".to_vec();
    for text in ["", "Hello", "κόσμε", "a\0b", "\u{FF}"] {
        output.truncate(6);
        encode_sentinel_text(text, &mut output);
        assert_eq!(output, [b"before\0", text.as_bytes(), b"\xff"].concat());
    }
}

#[test]
fn what_is_masked_on_the_way_is_what_is_masked_in_place() {
    let lengths = (0..200).chain(500..530).chain([1000, 1023, 1024, 1025, 4095, 4099, 65_535, 100_003]);
    for (length, place) in thinned(lengths, 9).flat_map(|length| [0, 1, 3, 31, 32].map(|place| (length, place))) {
        let mut random = Random::new(length as u64);
        let (payload, key) = (random.bytes(length), [random.bytes(1)[0], 0, 0xFF, 0x80]);
        let header = Header::new(Opcode::Binary, length as u64).masked(key);
        for room in rooms(length) {
            let mut output = before(place, room);
            encode_frame(&header, &payload, &mut output);
            let (head, masked) = output.split_at_mut(place + header.encode().len());
            assert_eq!(*head, [&before(place, 0)[..], &header.encode()].concat());
            mask::apply(key, masked);
            assert_eq!(*masked, *payload, "room for {room}");
        }
    }
}

/// An output with something in it, and with room for so many bytes more.
fn before(count: usize, room: usize) -> Vec<u8> {
    let mut output = Vec::with_capacity(count + room);
    output.resize(count, 7);
    output
}

/// Room for which an output has to grow, nearly has to, and has not to; for a long payload, whose copy does not depend on that, one
/// of them.
fn rooms(length: usize) -> impl Iterator<Item = usize> {
    let rooms = [length + 15, length + 16, length + 1000, 0];
    rooms.into_iter().skip(if length < 1000 { 0 } else { 3 })
}
