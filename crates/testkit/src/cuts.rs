//! The ways to cut an input that every parser test tries.
//!
//! A transport may cut a stream of bytes anywhere, so whatever reads the pieces must come to the same outcome for each way.

use core::fmt::Debug;

use crate::{Random, thinned};

/// Runs the closure over the bytes whole, byte by byte, in two parts for every position of the cut (an empty first or last
/// part is among them), and in [a few random ways](random); asserts that the outcome is always the same and returns it.
///
/// The work grows with the square of the length. Take [`same_for_random_cuts`] for long inputs.
///
/// # Panics
///
/// If an outcome differs from that of the whole input. The message shows the cut.
pub fn same_for_all_cuts<T: Debug + PartialEq>(bytes: &[u8], run: impl FnMut(&[Vec<u8>]) -> T) -> T {
    let cuts = two_parts(bytes).chain([byte_by_byte(bytes)]).chain(random(bytes, DEFAULT_SEED, RANDOM_CUTS));
    same_for_cuts(bytes, cuts, run)
}

/// As [`same_for_all_cuts`] with only the given number of random cuts, beside whole and byte by byte: for property tests,
/// which bring the seed, and for long inputs.
///
/// # Panics
///
/// If an outcome differs from that of the whole input. The message shows the cut.
pub fn same_for_random_cuts<T: Debug + PartialEq>(
    bytes: &[u8],
    seed: u64,
    count: usize,
    run: impl FnMut(&[Vec<u8>]) -> T,
) -> T {
    same_for_cuts(bytes, [byte_by_byte(bytes)].into_iter().chain(random(bytes, seed, count)), run)
}

/// Runs the closure over the whole bytes and over each of the given cuts; asserts that the outcome is always the same and
/// returns it.
///
/// # Panics
///
/// If an outcome differs from that of the whole input. The message shows the cut.
pub fn same_for_cuts<T: Debug + PartialEq>(
    bytes: &[u8],
    cuts: impl IntoIterator<Item = Vec<Vec<u8>>>,
    mut run: impl FnMut(&[Vec<u8>]) -> T,
) -> T {
    let expected = run(&whole(bytes));
    for pieces in cuts {
        let lengths: Vec<usize> = pieces.iter().map(Vec::len).collect();
        let outcome = run(&pieces);
        assert_eq!(outcome, expected, "the pieces had these lengths: {lengths:?}");
    }
    expected
}

/// One piece.
#[must_use]
pub fn whole(bytes: &[u8]) -> Vec<Vec<u8>> {
    vec![bytes.to_vec()]
}

/// A piece for every byte.
#[must_use]
pub fn byte_by_byte(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes.iter().map(|byte| vec![*byte]).collect()
}

/// Two pieces, cut at every position from before the first byte to behind the last.
pub fn two_parts(bytes: &[u8]) -> impl Iterator<Item = Vec<Vec<u8>>> {
    thinned(0..=bytes.len(), bytes.len().max(4) / 4).filter_map(|position| {
        let (front, back) = bytes.split_at_checked(position)?;
        Some(vec![front.to_vec(), back.to_vec()])
    })
}

/// The given number of random cuts. They differ in how long their pieces are on average; a few pieces are empty.
pub fn random(bytes: &[u8], seed: u64, count: usize) -> impl Iterator<Item = Vec<Vec<u8>>> {
    let mut random = Random::new(seed);
    (0..count).map(move |_| {
        // Lengths from 0 to a power of two, so that both small and large pieces get their turn.
        let most = (1_usize << random.below(16)).min(bytes.len().max(1));
        let mut pieces = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let length = random.below(most + 1).min(rest.len());
            let Some((front, back)) = rest.split_at_checked(length) else { break };
            pieces.push(front.to_vec());
            rest = back;
        }
        pieces
    })
}

const DEFAULT_SEED: u64 = 6455;
const RANDOM_CUTS: usize = if cfg!(miri) { 1 } else { 16 };
