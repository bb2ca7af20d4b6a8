//! Text as a whole, against the standard library: every second byte behind every first one, every order of the kinds of bytes, at
//! the borders of the blocks that are looked at together, and with the mask on (RFC 3629 §4).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_frame::{Decoder, Opcode, WholeMessage, validate_utf8};
use hybi_testkit::{Random, thinned};
use hybi_version::Wire;
use proptest::prelude::*;
use proptest::sample::select;
use support::{ROLES, frame_for, versions};

/// Where a sequence stands alone, begins a block of 64 bytes, ends one, or goes over its end; and the same for a group of 256.
const PLACES: [usize; 20] = [0, 1, 57, 58, 59, 60, 61, 62, 63, 64, 123, 125, 251, 252, 253, 254, 255, 256, 508, 509];

/// Puts the sequence behind so many bytes and before some others.
fn placed(sequence: &[u8], place: usize, behind: usize) -> Vec<u8> {
    [&vec![b'a'; place], sequence, &vec![b'z'; behind]].concat()
}

#[test]
fn every_byte_behind_every_other() {
    for first in thinned(0..=u8::MAX, 41) {
        for second in thinned(0..=u8::MAX, 37) {
            for rest in [&[][..], &[0x80], &[0x80, 0xBF]] {
                let sequence = [&[first, second], rest].concat();
                for place in thinned([0, 59, 62, 63], 3) {
                    let bytes = placed(&sequence, place, 1);
                    assert_eq!(validate_utf8(&bytes), str::from_utf8(&bytes).ok(), "{bytes:x?}");
                }
            }
        }
    }
}

#[test]
fn every_lead_at_the_end_of_a_block() {
    for lead in thinned(0xC0..=u8::MAX, 17) {
        for continued in 0..4 {
            let begun = [&[lead][..], &[0x90; 3][..continued]].concat();
            for block in [64, 128, 256] {
                for behind in [
                    &[][..],
                    &[b'z'; 64],
                    &[b'z'; 10],
                    &[0x90],
                    &[0x90, b'z'],
                    &[0x90, 0x90],
                    &[0x90, 0x90, 0x90, b'z'],
                ] {
                    let bytes = [&placed(&begun, block - begun.len(), 0), behind].concat();
                    assert_eq!(validate_utf8(&bytes), str::from_utf8(&bytes).ok(), "{bytes:x?}");
                    send(&bytes);
                }
            }
        }
    }
}

/// ASCII, the first and the last byte that continues, the leads of two, of three and of four bytes, and one that leads nothing.
const KINDS: [u8; 7] = [b'a', 0x80, 0xBF, 0xC3, 0xE2, 0xF1, 0xF8];

#[test]
fn every_order_of_the_kinds_at_every_border() {
    for number in thinned(0..7_usize.pow(5), 2503) {
        let sequence: Vec<u8> = (0..5).map(|digit| KINDS[number / 7_usize.pow(digit) % 7]).collect();
        for place in thinned(PLACES, 5) {
            for behind in [0, 3, 300] {
                let bytes = placed(&sequence, place, behind);
                assert_eq!(validate_utf8(&bytes), str::from_utf8(&bytes).ok(), "{bytes:x?}");
            }
        }
    }
}

/// Sends it as a text message, and compares what comes out.
fn send(bytes: &[u8]) {
    for version in versions(Wire::Base) {
        for role in ROLES {
            let mut wire = frame_for(role, Opcode::Text, bytes);
            let decoder = Decoder::new(version, role).unwrap();
            let message = decoder.whole_message(&mut &mut wire[..]).unwrap();
            match (&message, str::from_utf8(bytes)) {
                (WholeMessage::Text(text), Ok(expected)) => assert_eq!(*text, expected),
                (WholeMessage::InvalidText(payload), Err(_)) => assert_eq!(*payload, bytes),
                (message, expected) => panic!("{message:?} is {expected:?}"),
            }
        }
    }
}

#[test]
fn text_of_any_length_with_its_mask_on() {
    let text = "é, €, 𝄞: עברית, русский, 日本語, हिन्दी, ".repeat(30);
    let mut random = Random::new(11);
    for length in thinned((0..320).chain([511, 512, 513, 700, 1023, 1024, 1500]), 67) {
        // From the beginning of a character on, and from the middle of one; where the end is, is left to chance.
        for from in (0..4).chain([90]) {
            let mut bytes = text.as_bytes()[from..from + length].to_vec();
            send(&bytes);
            bytes.splice(0..0, placed(&[], length % 70, 0));
            send(&bytes);
            let at = random.below(bytes.len().max(1));
            if let Some(byte) = bytes.get_mut(at) {
                *byte = random.bytes(1)[0];
            }
            send(&bytes);
        }
    }
}

proptest! {
    #[test]
    #[cfg_attr(miri, ignore = "many cases")]
    fn any_characters_with_a_byte_changed(text in "[a-zé€𝄞]{0,200}", at: prop::sample::Index, byte in select(&KINDS[..])) {
        let mut bytes = text.into_bytes();
        send(&bytes);
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            bytes[at] = byte;
            send(&bytes);
            prop_assert_eq!(validate_utf8(&bytes), str::from_utf8(&bytes).ok());
        }
    }
}
