//! Masking, against the slow way: every length, every place in memory, every cut (RFC 6455 §5.3).

#![allow(clippy::indexing_slicing, reason = "tests")]

use hybi_frame::mask;
use hybi_testkit::{Random, naive_mask, thinned};
use proptest::prelude::*;

const KEY: mask::Key = [0x37, 0xFA, 0x21, 0x3D];

/// The bytes, masked the slow way from this place in the frame on.
fn slow(bytes: &[u8], key: mask::Key, offset: u64) -> Vec<u8> {
    let mut masked = bytes.to_vec();
    naive_mask(&mut masked, key, offset);
    masked
}

#[test]
fn every_length_at_every_place_in_memory() {
    let random = Random::new(5).bytes(1100);
    let longer = [65, 95, 127, 128, 129, 191, 255, 256, 257, 300, 511, 512, 513, 600, 1025];
    for length in thinned((0..=64).chain(longer), 3) {
        for place in thinned(0..64, 13) {
            let mut bytes = random.clone();
            let part = place..place + length;
            let key = mask::apply(KEY, &mut bytes[part.clone()]);
            assert_eq!(bytes[part.clone()], slow(&random[part.clone()], KEY, 0), "{length} bytes at {place}");
            assert_eq!(bytes[..part.start], random[..part.start], "before {part:?}");
            assert_eq!(bytes[part.end..], random[part.end..], "behind {part:?}");
            // The key is turned to the byte that comes next.
            let next: Vec<u8> = (length..length + 4).map(|at| KEY[at % 4]).collect();
            assert_eq!(key[..], next, "{length} bytes");
        }
    }
}

#[test]
fn cut_in_three_anywhere() {
    let random = Random::new(6).bytes(70);
    let expected = slow(&random, KEY, 0);
    for first in thinned(0..=random.len(), 9) {
        for second in thinned(first..=random.len(), 11) {
            let mut bytes = random.clone();
            let (front, rest) = bytes.split_at_mut(first);
            let (middle, back) = rest.split_at_mut(second - first);
            let key = mask::apply(KEY, front);
            let key = mask::apply(key, middle);
            mask::apply(key, back);
            assert_eq!(bytes, expected, "cut at {first} and {second}");
        }
    }
}

#[test]
fn masking_twice_changes_nothing() {
    let random = Random::new(7).bytes(1000);
    let mut bytes = random.clone();
    mask::apply(KEY, &mut bytes);
    assert_ne!(bytes, random);
    mask::apply(KEY, &mut bytes);
    assert_eq!(bytes, random);
    mask::apply([0; 4], &mut bytes);
    assert_eq!(bytes, random);
}

proptest! {
    #[test]
    #[cfg_attr(miri, ignore = "many cases")]
    fn any_bytes_in_any_pieces(
        key: mask::Key,
        pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..8),
    ) {
        let mut turned = key;
        let mut offset = 0;
        for piece in pieces {
            let mut masked = piece.clone();
            turned = mask::apply(turned, &mut masked);
            prop_assert_eq!(masked, slow(&piece, key, offset));
            offset += piece.len() as u64;
        }
    }
}
