//! The straight way for whole messages: it gives what the other way gives, or nothing, and then takes nothing.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_frame::{Decoder, Header, Opcode, SUPPORTED, WholeMessage};
use hybi_testkit::thinned;
use hybi_version::{Role, Wire};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use support::{ROLES, decoder, fragment_for, frame_for, versions};

/// What it is and what is in it. What is said of text holds.
fn described(message: &WholeMessage<'_>) -> (Opcode, Vec<u8>) {
    let payload = message.payload().to_vec();
    match message {
        WholeMessage::Binary(_) => (Opcode::Binary, payload),
        WholeMessage::Text(text) => {
            assert_eq!(str::from_utf8(&payload), Ok(*text));
            (Opcode::Text, payload)
        }
        WholeMessage::InvalidText(_) => {
            assert!(str::from_utf8(&payload).is_err());
            (Opcode::Text, payload)
        }
    }
}

/// Walks over the bytes frame by frame, and at each place compares the two ways. Gives the messages of the straight one.
fn compare(mut decoder: Decoder, limit: u64, bytes: &[u8]) -> Vec<(Opcode, Vec<u8>)> {
    let (mut left, mut messages) = (bytes.to_vec(), Vec::new());
    loop {
        let before = decoder.clone();
        let (mut straight, mut other) = (left.clone(), left.clone());
        let (mut straight_rest, mut other_rest) = (&mut straight[..], &mut other[..]);
        let whole = decoder.whole_message(&mut straight_rest).map(|message| described(&message));
        let untouched = straight_rest.to_vec();
        decoder = before;
        let piece = decoder.decode(&mut other_rest);
        match (whole, &piece) {
            (Some((opcode, payload)), Ok(Some(piece))) => {
                assert!(piece.is_whole_message() && piece.rsv == 0 && payload.len() as u64 <= limit);
                assert_eq!((opcode, &payload[..]), (piece.opcode, &*piece.payload));
                assert_eq!(*straight_rest, *other_rest);
                messages.push((opcode, payload));
            }
            (None, piece) => {
                assert_eq!(untouched, left);
                if let Ok(Some(piece)) = piece {
                    let special = !piece.is_whole_message() || piece.rsv != 0 || piece.opcode.is_control();
                    let large = piece.payload.len() as u64 > limit.min(65_535);
                    // On the sentinel wire there may be something to pass over before it.
                    let later = piece.length.is_none() && left.first() != Some(&0);
                    assert!(special || large || later, "{piece:?} could have gone the straight way");
                }
            }
            (whole, piece) => panic!("{whole:?} is no message, but {piece:?}"),
        }
        let Ok(Some(_)) = piece else { return messages };
        left = other_rest.to_vec();
    }
}

#[test]
#[cfg_attr(miri, ignore = "its frames are too large for an interpreter")]
fn only_whole_messages_go_this_way() {
    for version in versions(Wire::Base) {
        for role in ROLES {
            let message = frame_for(role, Opcode::Binary, b"1");
            let frames = [
                frame_for(role, Opcode::Text, b""),
                frame_for(role, Opcode::Ping, b""),
                message.clone(),
                fragment_for(role, Opcode::Text, b"a"),
                frame_for(role, Opcode::Pong, b"b"),
                frame_for(role, Opcode::Continuation, b"c"),
                frame_for(role, Opcode::Binary, &[7; 65_535]),
                frame_for(role, Opcode::Binary, &[7; 65_536]),
                message,
                frame_for(role, Opcode::Close, b""),
            ];
            let messages = compare(decoder(version, role), u64::MAX, &frames.concat());
            let lengths: Vec<usize> = messages.iter().map(|(_, payload)| payload.len()).collect();
            assert_eq!(lengths, [0, 1, 65_535, 1]);
        }
    }
}

#[test]
fn its_limit_is_its_own_but_not_above_that_of_frames() {
    for version in SUPPORTED.iter() {
        let wire = match version.wire() {
            Wire::Base => frame_for(ROLES[1], Opcode::Text, b"five!"),
            Wire::Sentinel => b"\0five!\xff".to_vec(),
        };
        let takes = |decoder: Decoder| {
            let mut wire = wire.clone();
            decoder.whole_message(&mut &mut wire[..]).is_some()
        };
        let decoder = || decoder(version, ROLES[1]);
        assert!(takes(decoder()) && takes(decoder().frame_bytes(5)) && takes(decoder().whole_message_bytes(5)));
        assert!(!takes(decoder().frame_bytes(4)));
        assert!(!takes(decoder().whole_message_bytes(4)));
        assert!(!takes(decoder().frame_bytes(4).whole_message_bytes(u64::MAX)));
        assert!(takes(decoder().frame_bytes(u64::MAX).whole_message_bytes(u64::MAX)));
        // What is too large for this way goes the other one.
        compare(decoder().whole_message_bytes(4), 4, &wire);
    }
}

proptest! {
    #[test]
    #[cfg_attr(miri, ignore = "many cases")]
    fn both_ways_agree_on_anything(
        bytes in vec(
            select(&[0x00, 0x01, 0x02, 0x05, 0x7E, 0x7F, 0x80, 0x81, 0x82, 0x85, 0x88, 0x89, 0xC1, 0xFE, 0xFF][..]), 0..60,
        ),
        limit in 0..8_u64,
        allowed in 0..8_u8,
    ) {
        for version in SUPPORTED.iter() {
            for role in ROLES {
                let decoder = decoder(version, role).extension_bits(allowed);
                compare(decoder.clone(), u64::MAX, &bytes);
                compare(decoder.whole_message_bytes(limit), limit, &bytes);
            }
        }
    }
}

#[test]
fn what_is_said_to_be_ascii_is() {
    for version in versions(Wire::Base) {
        for role in ROLES {
            for length in thinned((0..140).chain([255, 511, 512, 513, 600, 4097]), 13) {
                let text = "a".repeat(length);
                let check = |payload: &[u8], lossy: &str| {
                    let mut wire = frame_for(role, Opcode::Text, payload);
                    let decoder = Decoder::new(version, role).unwrap();
                    match decoder.whole_message(&mut &mut wire[..]) {
                        Some(WholeMessage::Text(text)) => assert_eq!(text, lossy),
                        Some(WholeMessage::InvalidText(bytes)) => {
                            assert_eq!(bytes, payload);
                            assert!(lossy.is_empty());
                        }
                        other => panic!("{other:?}"),
                    }
                };
                check(text.as_bytes(), &text);
                if length > 0 {
                    // All bytes with the bit that ASCII has not, and with no other.
                    check(&vec![0x80; length], "");
                }
                // One byte that is not ASCII, at each place in turn, or at some.
                for place in thinned((0..length).step_by(length / 100 + 1), 41).chain(length.checked_sub(1)) {
                    let mut wrong = text.clone().into_bytes();
                    wrong[place] = 0x80;
                    check(&wrong, "");
                    if place + 1 < length {
                        wrong[place..=place + 1].copy_from_slice("é".as_bytes());
                        check(&wrong, str::from_utf8(&wrong).unwrap());
                    }
                }
            }
        }
    }
}

/// A key with the bit that ASCII has not hides where it is turned wrongly: what comes out is looked at again then, in another way.
#[test]
fn ascii_under_a_key_of_ascii() {
    for version in versions(Wire::Base) {
        for length in thinned((0..300).chain([511, 512, 513, 600, 1023, 4097]), 13) {
            for (key, before) in [([1, 2, 4, 8], 0), ([0x40, 0, 1, 0x7F], length % 67)] {
                let text: String = ('a'..='z').cycle().take(length).collect();
                let mut wire =
                    [&vec![0; before], &*Header::new(Opcode::Text, length as u64).masked(key).encode()].concat();
                wire.extend(text.bytes().zip(key.into_iter().cycle()).map(|(byte, key)| byte ^ key));
                let message = decoder(version, Role::Server)
                    .whole_message(&mut &mut wire[before..])
                    .map(|message| described(&message));
                assert_eq!(message, Some((Opcode::Text, text.into_bytes())));
            }
        }
    }
}
