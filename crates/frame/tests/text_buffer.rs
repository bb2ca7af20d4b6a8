//! Texts that are collected from pieces, against the slow way and the standard library: all short sequences, in all cuts
//! (RFC 3629).

#![cfg(feature = "alloc")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use hybi_frame::{Error, TextBuffer, text_from_utf8};
use hybi_testkit::{Utf8Verdict, cuts, naive_utf8, thinned};
use proptest::collection::vec;
use proptest::prelude::*;

/// Collects the pieces and compares with the slow way: the text, the end, and where it fails.
#[track_caller]
fn compare(pieces: &[&[u8]]) {
    let bytes = pieces.concat();
    let mut text = TextBuffer::new();
    let failed = pieces.iter().position(|piece| text.push(piece).is_err());
    match (naive_utf8(&bytes), failed) {
        (Utf8Verdict::Complete, None) => {
            assert_eq!((text.len(), text.is_empty()), (bytes.len(), bytes.is_empty()));
            assert_eq!(text.finish().unwrap().as_bytes(), bytes);
        }
        (Utf8Verdict::Partial, None) => assert_eq!(text.finish(), Err(Error::InvalidUtf8)),
        (Utf8Verdict::Invalid { at }, Some(index)) => {
            let before: usize = pieces[..index].iter().map(|piece| piece.len()).sum();
            let within = before..before + pieces[index].len();
            assert!(within.contains(&at), "{pieces:x?} fails in the piece {index}, but byte {at} is wrong");
            let _ = text.push(b"more");
            assert_eq!(text.finish(), Err(Error::InvalidUtf8), "it can't be mended");
        }
        (verdict, failed) => panic!("{pieces:x?} is {verdict:?}, but failed in {failed:?}"),
    }
    assert_eq!(text_from_utf8(bytes.clone()), String::from_utf8(bytes).map_err(|error| error.into_bytes()));
}

/// Bytes of each kind that UTF-8 tells apart.
const KINDS: [u8; 16] =
    [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5];

#[test]
fn all_short_sequences_in_all_cuts() {
    for number in thinned(0..KINDS.len().pow(4), 997) {
        let bytes: [u8; 4] = core::array::from_fn(|place| KINDS[number >> (4 * place) & 15]);
        compare(&[&bytes]);
        compare(&[&bytes[..1], &bytes[1..]]);
        compare(&[&bytes[..2], &bytes[2..]]);
        compare(&[&bytes[..3], &bytes[3..]]);
        compare(&[&bytes[..1], &bytes[1..3], &bytes[3..]]);
        compare(&[&bytes[..1], &bytes[1..2], &bytes[2..3], &bytes[3..]]);
    }
}

#[test]
fn room_is_made_as_asked() {
    let mut text = TextBuffer::new();
    assert_eq!((text.capacity(), text.is_empty()), (0, true));
    text.reserve_exact(100);
    assert!(text.capacity() >= 100);
    text.push("ß".as_bytes()).unwrap();
    assert_eq!(text.finish().unwrap(), "ß");
    assert_eq!(TextBuffer::new().finish().unwrap(), "");
}

proptest! {
    #[test]
    #[cfg_attr(miri, ignore = "many cases")]
    fn any_text_in_any_cuts(text in "\\PC{0,300}", seed in any::<u64>()) {
        for pieces in cuts::random(text.as_bytes(), seed, 4) {
            compare(&pieces.iter().map(Vec::as_slice).collect::<Vec<_>>());
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "many cases")]
    fn any_bytes_in_any_cuts(bytes in vec(prop_oneof![Just(b'a'), any::<u8>()], 0..200), seed in any::<u64>()) {
        for pieces in cuts::random(&bytes, seed, 4) {
            compare(&pieces.iter().map(Vec::as_slice).collect::<Vec<_>>());
        }
    }
}
