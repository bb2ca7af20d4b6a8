//! However the bytes of a message are cut, the same comes out, and the same error.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_deflate::{Error, WindowBits};
use hybi_testkit::{Random, same_for_all_cuts, same_for_random_cuts};
use proptest::prelude::*;
use support::{bits, compress, decompress_pieces, direction, json};

/// The second message of a connection, so that it refers to the first.
fn second_message(text: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let (mut compressor, _) = direction(WindowBits::MAX, true);
    (compress(&mut compressor, text), compress(&mut compressor, text))
}

#[test]
fn valid_messages() {
    let noise = Random::new(1).bytes(700);
    for text in [json(1, 1), json(2, 100), json(3, 4000), vec![0; 100_000], noise] {
        let (first, second) = second_message(&text);
        let (out, result) = same_for_all_cuts(&second, |pieces| {
            let (_, mut decompressor) = direction(WindowBits::MAX, true);
            decompress_pieces(&mut decompressor, core::slice::from_ref(&first), usize::MAX).1.unwrap();
            decompress_pieces(&mut decompressor, pieces, usize::MAX)
        });
        assert_eq!((&out, result), (&text, Ok(())));
    }
}

#[test]
fn messages_over_the_limit() {
    let (first, second) = second_message(&json(3, 4000));
    for limit in [0, 1, 2, 257, 258, 259, 2000, 3998, 3999] {
        for payload in [&first, &second] {
            let (out, result) = same_for_all_cuts(payload, |pieces| {
                let (_, mut decompressor) = direction(WindowBits::MAX, true);
                decompress_pieces(&mut decompressor, core::slice::from_ref(&first), usize::MAX).1.unwrap();
                decompress_pieces(&mut decompressor, pieces, limit)
            });
            assert_eq!((&out[..], result), (&json(3, 4000)[..limit], Err(Error::TooLarge { limit })));
        }
    }
}

/// Of two things that are wrong, the first one counts.
#[test]
fn messages_over_the_limit_and_corrupt() {
    let payload = b"\x00\x03\x00\xfc\xffabc\x07";
    for limit in 0..5 {
        let outcome = same_for_all_cuts(payload, |pieces| {
            let (_, mut decompressor) = direction(WindowBits::MAX, true);
            decompress_pieces(&mut decompressor, pieces, limit)
        });
        let error = if limit < 3 { Error::TooLarge { limit } } else { Error::Corrupt };
        assert_eq!(outcome, (b"abc"[..limit.min(3)].to_vec(), Err(error)));
    }
}

#[test]
fn corrupt_messages() {
    let (_, mut payload) = second_message(&json(3, 2000));
    for at in (0..payload.len()).step_by(7) {
        payload[at] ^= 0x55;
        let _ = same_for_random_cuts(&payload, at as u64, 8, |pieces| {
            let (_, mut decompressor) = direction(WindowBits::MAX, true);
            decompress_pieces(&mut decompressor, pieces, 100_000)
        });
        payload[at] ^= 0x55;
    }
}

/// A peer that refers further back than its window was to be is caught or not, but not by how its message is cut.
#[test]
fn messages_with_a_larger_window_than_agreed() {
    let (mut compressor, _) = direction(WindowBits::MAX, true);
    let (first, second) = (compress(&mut compressor, &json(1, 9000)), compress(&mut compressor, &json(1, 9000)));
    let outcome = |payload: &[u8]| {
        same_for_random_cuts(payload, 1, 30, |pieces| {
            let (_, mut decompressor) = direction(bits(9), true);
            decompress_pieces(&mut decompressor, core::slice::from_ref(&first), usize::MAX).1.unwrap();
            decompress_pieces(&mut decompressor, pieces, usize::MAX)
        })
    };
    assert_eq!(outcome(&first).1, Ok(()));
    assert_eq!(outcome(&second).1, Err(Error::Corrupt));
}

proptest! {
    #![proptest_config(support::cases(200))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200), limit in 0..5000_usize, seed: u64) {
        let _ = same_for_random_cuts(&bytes, seed, 4, |pieces| {
            let (_, mut decompressor) = direction(WindowBits::MAX, false);
            decompress_pieces(&mut decompressor, pieces, limit)
        });
    }

    /// Bytes that were a message before some of them were changed get further than bytes from nowhere.
    #[test]
    fn broken_messages(
        text in (any::<u64>(), 1..3000_usize).prop_map(|(seed, length)| json(seed, length)),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        limit in 0..5000_usize,
        seed: u64,
    ) {
        let (_, mut payload) = second_message(&text);
        for (index, value) in changes {
            *index.get_mut(&mut payload) = value;
        }
        let _ = same_for_random_cuts(&payload, seed, 4, |pieces| {
            let (_, mut decompressor) = direction(WindowBits::MAX, true);
            decompress_pieces(&mut decompressor, pieces, limit)
        });
    }
}
