//! Messages that are small on the wire and large when they are decompressed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_deflate::{Decompressor, Error, Pool, WindowBits};
use peak_alloc::PeakAlloc;
use support::{compress, direction};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// One test, so that nothing else allocates beside it.
#[test]
fn bombs() {
    let pool = Pool::new(1);
    let (mut compressor, _) = direction(WindowBits::MAX, false);
    let bomb = compress(&mut compressor, &vec![0; 64 * MIB]);
    assert!(bomb.len() < 64 * KIB + KIB, "1000:1 {}", bomb.len());

    for limit in [0, 1, 1000, MIB, 16 * MIB] {
        for context_takeover in [true, false] {
            for piece in [1, 125, 4096, bomb.len()] {
                let mut decompressor = Decompressor::new(WindowBits::MAX, context_takeover, &pool);
                let mut output = Vec::new();
                MEMORY.reset_peak_usage();
                let before = MEMORY.current_usage();
                let (error, fed) = explode(&mut decompressor, &bomb, piece, limit, &mut output);
                assert_eq!(error, Error::TooLarge { limit });
                assert_eq!(error.close_code(), 1009);
                assert_eq!(output.len(), limit);
                assert!(output.capacity() <= limit + 1 + 256, "{} for {limit}", output.capacity());

                // Two vectors while it grows, the state, and a window.
                let peak = MEMORY.peak_usage() - before;
                let most = 2 * limit + 128 * KIB;
                assert!(peak <= most, "{peak} bytes for a limit of {limit} in pieces of {piece}");

                // It stops while it inflates: the rest of the bomb is not even looked at.
                assert!(
                    fed <= limit / 1000 + piece + 64,
                    "{fed} bytes fed for a limit of {limit} in pieces of {piece}"
                );
                assert_eq!(
                    decompressor.decompress(&[0], true, usize::MAX, &mut output),
                    Err(Error::TooLarge { limit })
                );
                assert_eq!(output.len(), limit);
            }
        }
    }

    exactly_the_limit(&pool);
    a_vector_with_room_to_spare(&pool, &bomb);
    a_helping_at_a_time(&pool, &bomb);
}

fn explode(
    decompressor: &mut Decompressor,
    bomb: &[u8],
    piece: usize,
    limit: usize,
    output: &mut Vec<u8>,
) -> (Error, usize) {
    let mut fed = 0;
    for piece in bomb.chunks(piece) {
        fed += piece.len();
        if let Err(error) = decompressor.decompress(piece, false, limit, output) {
            return (error, fed);
        }
    }
    panic!("it did not stop");
}

fn exactly_the_limit(pool: &Pool) {
    let (mut compressor, _) = direction(WindowBits::MAX, false);
    for length in [1, 2, 255, 256, 257, 65_535, 65_536, 100_000] {
        let payload = compress(&mut compressor, &vec![7; length]);
        for reserved in [0, length - 1, length, length + 1, 2 * length] {
            let mut decompressor = Decompressor::new(WindowBits::MAX, true, pool);
            for _ in 0..2 {
                let mut output = Vec::with_capacity(reserved);
                decompressor.decompress(&payload, true, length, &mut output).unwrap();
                assert_eq!(output.len(), length);
            }
            let mut output = Vec::with_capacity(reserved);
            let error = decompressor.decompress(&payload, true, length - 1, &mut output).unwrap_err();
            assert_eq!(error, Error::TooLarge { limit: length - 1 });
            assert_eq!(output.len(), length - 1);
        }
    }
}

/// The limit holds where the caller's vector could take more.
fn a_vector_with_room_to_spare(pool: &Pool, bomb: &[u8]) {
    let mut output = Vec::with_capacity(MIB);
    output.extend_from_slice(b"before");
    let mut decompressor = Decompressor::new(WindowBits::MAX, true, pool);
    assert!(decompressor.decompress(bomb, true, 1000, &mut output).is_err());
    assert_eq!(output.len(), 1006);
    assert!(output.starts_with(b"before"));
    assert_eq!(output.capacity(), MIB);
}

/// Who takes it bit by bit needs no memory for the whole.
fn a_helping_at_a_time(pool: &Pool, bomb: &[u8]) {
    let mut decompressor = Decompressor::new(WindowBits::MAX, true, pool);
    let (mut output, mut total, mut rest) = (Vec::new(), 0, bomb);
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    while !decompressor.decompress_some(&mut rest, true, 16 * KIB, &mut output).unwrap() {
        total += output.len();
        output.clear();
    }
    assert_eq!(total + output.len(), 64 * MIB);
    assert!(MEMORY.peak_usage() - before < 128 * KIB, "{}", MEMORY.peak_usage() - before);
}
