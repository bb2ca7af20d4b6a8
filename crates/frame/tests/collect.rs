//! The rest of a payload into a buffer, against the pieces in place.

#![cfg(all(feature = "alloc", feature = "base"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_frame::{Collected, Decoder, Error, Header, Opcode, TextBuffer, mask};
use hybi_testkit::{Random, thinned};
use hybi_version::{Role, Wire};
use support::{frame, versions};

const KEY: mask::Key = [0x37, 0xFA, 0x21, 0x3D];

fn decoder(role: Role) -> Decoder {
    support::decoder(versions(Wire::Base).next().unwrap(), role)
}

fn masked(opcode: Opcode, payload: &[u8]) -> Vec<u8> {
    frame(&Header::new(opcode, payload.len() as u64).masked(KEY), payload)
}

/// Gives the decoder the wire in two parts, the first by `decode` and the second to be collected.
fn halves(wire: &mut [u8], at: usize, role: Role) -> (Vec<u8>, Option<Collected>, Decoder) {
    let (mut first, mut second) = wire.split_at_mut(at);
    let mut decoder = decoder(role);
    let mut message = decoder.decode(&mut first).unwrap().unwrap().payload.to_vec();
    let collected = decoder.collect(&mut second, &mut message);
    assert!(second.is_empty());
    (message, collected, decoder)
}

#[test]
fn what_is_collected_is_what_is_unmasked_in_place() {
    let lengths = (1..200).chain(500..580).chain([1000, 1024, 4099, 65_600]);
    for length in thinned(lengths, 29) {
        let payload = Random::new(length as u64).bytes(length);
        for before in [0, 1, 3, 31, 32, 63, 64].into_iter().filter(|before| *before < length) {
            for (role, mut wire) in [
                (Role::Server, masked(Opcode::Binary, &payload)),
                (Role::Client, frame(&Header::new(Opcode::Binary, length as u64), &payload)),
            ] {
                let at = wire.len() - length + before;
                let (message, collected, decoder) = halves(&mut wire, at, role);
                assert!(collected.is_some_and(|collected| collected.last && collected.fin));
                assert!(message == payload, "{length} {before} {role:?}");
                assert!(decoder.is_between_frames());
            }
        }
    }
}

#[test]
fn texts_are_checked_on_the_way() {
    for text in ["a".repeat(700), "ß".repeat(350), "日".repeat(300), "🙂".repeat(200), format!("{}ß", "a".repeat(600))]
    {
        let mut wire = masked(Opcode::Text, text.as_bytes());
        let mut decoder = decoder(Role::Server);
        let mut collected = TextBuffer::new();
        let (mut start, rest) = wire.split_at_mut(20);
        collected.push(decoder.decode(&mut start).unwrap().unwrap().payload).unwrap();
        let (mut middle, mut end) = rest.split_at_mut(301);
        let first = decoder.collect_text(&mut middle, &mut collected).unwrap().unwrap();
        assert!(!first.last && first.fin);
        assert!(decoder.collect_text(&mut end, &mut collected).unwrap().unwrap().last);
        assert_eq!(collected.finish().unwrap(), text);
    }
}

#[test]
fn a_wrong_byte_is_found_where_it_comes() {
    for length in thinned([10, 63, 64, 100, 600], 2) {
        for wrong in [0, 1, length / 2, length - 1] {
            let mut payload = vec![b'a'; length];
            payload[wrong] = 0xFF;
            let mut wire = masked(Opcode::Text, &[b"be", &payload[..]].concat());
            let at = wire.len() - length;
            let (mut start, mut rest) = wire.split_at_mut(at);
            let (mut decoder, mut text) = (decoder(Role::Server), TextBuffer::new());
            text.push(decoder.decode(&mut start).unwrap().unwrap().payload).unwrap();
            assert_eq!(decoder.collect_text(&mut rest, &mut text), Err(Error::InvalidUtf8), "{length} {wrong}");
            assert_eq!(text.finish(), Err(Error::InvalidUtf8));
        }
    }
}

#[test]
fn masked_texts_in_short_pieces_are_as_others() {
    // Bytes of each kind that matters to a look at the highest bit, and what begins and goes on with characters.
    const KINDS: [u8; 8] = [0x00, b'a', 0x7F, 0x80, 0xBF, 0xC3, 0xE3, 0xF1];
    for number in thinned(0..KINDS.len().pow(4), 397) {
        let bytes: [u8; 4] = core::array::from_fn(|place| KINDS[number >> (3 * place) & 7]);
        for sizes in [&[4][..], &[1, 3], &[2, 2], &[3, 1], &[1, 2, 1], &[1, 1, 1, 1]] {
            let mut wire = masked(Opcode::Text, &[b"x", &bytes[..]].concat());
            let at = wire.len() - bytes.len();
            let (mut start, mut rest) = wire.split_at_mut(at);
            let (mut decoder, mut masked, mut plain) = (decoder(Role::Server), TextBuffer::new(), TextBuffer::new());
            masked.push(decoder.decode(&mut start).unwrap().unwrap().payload).unwrap();
            plain.push(b"x").unwrap();
            let (mut from, mut good) = (0, true);
            for size in sizes {
                let (mut piece, after) = rest.split_at_mut(*size);
                let collected = decoder.collect_text(&mut piece, &mut masked).map(|collected| collected.unwrap().fin);
                assert_eq!(collected, plain.push(&bytes[from..from + size]).map(|()| true), "{bytes:x?} {sizes:?}");
                (rest, from, good) = (after, from + size, collected.is_ok());
                if !good {
                    break;
                }
            }
            if good {
                assert_eq!(masked.finish(), plain.finish(), "{bytes:x?} {sizes:?}");
            }
        }
    }
}

#[test]
fn nothing_is_taken_where_decode_has_to_look() {
    let mut decoder = decoder(Role::Server);
    let mut message = Vec::new();
    let none = |decoder: &mut Decoder, wire: &[u8], message: &mut Vec<u8>| {
        let mut bytes = wire.to_vec();
        let mut input = &mut bytes[..];
        assert_eq!(decoder.collect(&mut input, message), None);
        assert_eq!(input, wire);
    };
    // Between messages, in a header, between the frames of a message, and within a ping.
    none(&mut decoder, b"\x82\x80", &mut message);
    decoder.decode(&mut &mut b"\x02".to_vec()[..]).unwrap();
    none(&mut decoder, b"\x81", &mut message);
    decoder.decode(&mut &mut b"\x81\0\0\0\0x".to_vec()[..]).unwrap();
    none(&mut decoder, b"\x80\x80", &mut message);
    decoder.decode(&mut &mut b"\x89\x82\0\0\0\0p".to_vec()[..]).unwrap();
    none(&mut decoder, b"q", &mut message);
    assert_eq!(message, b"");
    assert!(!decoder.is_between_frames());
}

#[test]
fn the_end_of_a_frame_is_not_that_of_a_message() {
    let header = Header { fin: false, ..Header::new(Opcode::Binary, 4).masked(KEY) };
    let mut wire = frame(&header, b"abcd");
    let at = wire.len() - 2;
    let (message, collected, _) = halves(&mut wire, at, Role::Server);
    assert_eq!(message, b"abcd");
    assert!(collected.is_some_and(|collected| collected.last && !collected.fin));
}
