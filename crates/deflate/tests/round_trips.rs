//! What is compressed decompresses to the same, for every window, with and without context, however it is cut.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_deflate::{Compressor, Decompressor, Level, Pool, WindowBits};
use proptest::prelude::*;
use support::{bits, inflate::inflate, json};

/// One message: its bytes, and after how many bytes it is cut, flushed, or both.
#[derive(Clone, Debug)]
struct Message {
    bytes: Vec<u8>,
    piece: usize,
    flush: bool,
    /// Through `try_compress`.
    whole: bool,
    forget: bool,
}

fn message() -> impl Strategy<Value = Message> {
    let bytes = prop_oneof![
        4 => (any::<u64>(), 0..3000_usize).prop_map(|(seed, length)| json(seed, length)),
        1 => (any::<u64>(), 0..70_000_usize).prop_map(|(seed, length)| json(seed, length)),
        2 => prop::collection::vec(any::<u8>(), 0..600),
        2 => prop::collection::vec(0..3_u8, 0..2000),
        1 => (any::<u8>(), 0..40_000_usize).prop_map(|(byte, length)| vec![byte; length]),
        1 => Just(Vec::new()),
    ];
    (bytes, 1..5000_usize, any::<bool>(), any::<bool>(), prop::bool::weighted(0.1))
        .prop_map(|(bytes, piece, flush, whole, forget)| Message { bytes, piece, flush, whole, forget })
}

proptest! {
    #![proptest_config(support::cases(48))]

    #[test]
    fn comes_out_as_it_went_in(
        messages in prop::collection::vec(message(), 1..8),
        window in 8..=15_u8,
        level in 1..=9_u8,
        context_takeover: bool,
        capacity in 0..3_usize,
        others in 0..3_usize,
        cut in 1..2000_usize,
    ) {
        let pool = Pool::new(capacity);
        let level = Level::new(level).unwrap();
        let mut compressor = Compressor::new(bits(window), context_takeover, level, 0, &pool);
        let mut strangers: Vec<_> =
            (0..others).map(|_| Compressor::new(bits(window), context_takeover, level, 0, &pool)).collect();
        let mut decompressor = Decompressor::new(bits(window), context_takeover, &pool);
        let mut seen = Vec::new();
        for (number, message) in messages.iter().enumerate() {
            let mut payload = Vec::from(*b"before");
            let mut compressed = true;
            if message.whole {
                compressed = compressor.try_compress(&message.bytes, &mut payload).unwrap();
            } else {
                for piece in message.bytes.chunks(message.piece) {
                    compressor.compress(piece, false, &mut payload).unwrap();
                    if message.flush {
                        compressor.flush(&mut payload).unwrap();
                    }
                    if message.forget {
                        compressor.forget();
                    }
                }
                compressor.compress(&[], true, &mut payload).unwrap();
            }
            prop_assert!(payload.starts_with(b"before"));
            if !compressed {
                prop_assert_eq!(payload.len(), 6);
                continue;
            }
            let payload = &payload[6..];

            // What an independent decoder says: the same bytes, and no reference beyond the window that was agreed.
            let twin = inflate(&seen, &[payload, &[0, 0, 0xff, 0xff]].concat()).expect("valid");
            prop_assert_eq!(&twin.bytes[seen.len()..], &message.bytes[..]);
            prop_assert!(twin.farthest <= 1 << window, "{} of {window} bits", twin.farthest);
            if context_takeover {
                seen = twin.bytes;
            }

            let mut out = Vec::new();
            for piece in payload.chunks(cut) {
                decompressor.decompress(piece, false, message.bytes.len(), &mut out).unwrap();
            }
            decompressor.decompress(&[], true, message.bytes.len(), &mut out).unwrap();
            prop_assert_eq!(&out, &message.bytes);

            for stranger in &mut strangers {
                stranger.compress(&json(number as u64, 500), true, &mut Vec::new()).unwrap();
            }
        }
    }

    #[test]
    fn comes_out_in_small_helpings(message in message(), cut in 1..500_usize, room in 1..700_usize) {
        let (mut compressor, mut decompressor) = support::direction(WindowBits::MAX, true);
        for _ in 0..2 {
            let payload = support::compress(&mut compressor, &message.bytes);
            let (mut out, mut done) = (Vec::new(), false);
            let mut chunks = payload.chunks(cut).peekable();
            while let Some(mut piece) = chunks.next() {
                let fin = chunks.peek().is_none();
                loop {
                    let mut helping = Vec::new();
                    done = decompressor.decompress_some(&mut piece, fin, room, &mut helping).unwrap();
                    prop_assert!(helping.len() <= room);
                    out.extend_from_slice(&helping);
                    if done || (piece.is_empty() && helping.len() < room) {
                        break;
                    }
                }
            }
            prop_assert!(done);
            prop_assert_eq!(&out, &message.bytes);
        }
    }
}
