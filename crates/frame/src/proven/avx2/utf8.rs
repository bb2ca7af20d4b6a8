//! Whether bytes are UTF-8, 32 at a time.
//!
//! The bytes before each are loaded from where they lie, which takes less time than to shift them from one vector into the next.

use core::arch::x86_64::*;

use super::rules::{BEFORE, MOST_BEFORE, goes_on, wrong, wrong_in_first, wrong_in_two};
use super::{load, load_less, store, unmasked, unmasked_less, vector};
use crate::ascii::unmask_while_ascii;
use crate::mask::{self, Key, turned};

/// Whether the bytes are UTF-8.
#[target_feature(enable = "avx2")]
pub(in super::super) fn is_utf8(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some((group, others)) = rest.split_first_chunk()
        && is_ascii(group)
    {
        rest = others;
    }
    match rest.split_first_chunk() {
        None => is_nothing(wrong_in_first(load_less(rest))),
        Some((first, others)) if others.len() <= 32 => {
            let second = load_less(others);
            is_nothing(_mm256_or_si256(wrong_in_two(load(first), second), goes_on(second)))
        }
        Some((first, _)) => is_utf8_many(first, rest),
    }
}

/// The same for more than two blocks.
#[inline]
#[target_feature(enable = "avx2")]
fn is_utf8_many(first: &[u8; 32], bytes: &[u8]) -> bool {
    let mut all = wrong_in_first(load(first));
    let mut rest = bytes.get(32 - BEFORE..).unwrap_or_default();
    while let Some(pair) = rest.first_chunk() {
        all = _mm256_or_si256(all, wrong_in_pair(pair));
        rest = rest.get(64..).unwrap_or_default();
    }
    if let Some(bytes) = rest.first_chunk()
        && rest.len() > BEFORE + 32
    {
        all = _mm256_or_si256(all, wrong_in_block(bytes));
    }
    let Some(last) = bytes.last_chunk() else { return false };
    let [.., block] = places(last);
    is_nothing(_mm256_or_si256(all, _mm256_or_si256(wrong_in_block(last), goes_on(load(block)))))
}

/// Unmasks the bytes, and tells whether they are UTF-8 then.
#[target_feature(enable = "avx2")]
pub(in super::super) fn unmask_utf8(key: Key, bytes: &mut [u8]) -> bool {
    if bytes.len() <= 128 {
        return unmask_mixed(key, bytes);
    }
    let done = unmask_while_ascii(key, bytes);
    let rest = bytes.get_mut(done..).unwrap_or_default();
    rest.is_empty() || unmask_mixed(turned(key, done), rest)
}

/// The same for what does not begin as ASCII, or is short: from the last block to the first, so that what is before a block has its
/// mask on as well, and was not stored just now. To load what was, in other pieces, takes long.
#[target_feature(enable = "avx2")]
fn unmask_mixed(key: Key, bytes: &mut [u8]) -> bool {
    let (Some(first), Some(end)) = (bytes.first_chunk(), bytes.last_chunk()) else { return unmask_few(key, bytes) };
    let first = unmasked(vector(key), first);
    let keys = Keys::new(turned(key, bytes.len()));
    let (last, before) = keys.unmasked(end);
    let mut all = _mm256_or_si256(wrong_in_first(first), _mm256_or_si256(wrong(last, before), goes_on(last)));
    let mut rest = bytes.get_mut(..before_last(bytes.len())).unwrap_or_default();
    while let Some(bytes) = rest.last_chunk() {
        let (block, before) = keys.unmasked(bytes);
        let Some((others, place)) = rest.split_last_chunk_mut::<32>() else { return false };
        store(block, place);
        all = _mm256_or_si256(all, wrong(block, before));
        rest = others;
    }
    store(first, bytes);
    store(last, bytes.last_chunk_mut::<32>().map_or(&mut [], |place| place));
    is_nothing(all)
}

/// The same for less than a block and what is before it.
#[inline(never)]
#[target_feature(enable = "avx2")]
fn unmask_few(key: Key, bytes: &mut [u8]) -> bool {
    let Some((first, end)) = bytes.split_first_chunk() else {
        let text = unmasked_less(vector(key), bytes);
        // There is no storing a part of a vector.
        mask::apply(key, bytes);
        return is_nothing(wrong_in_first(text));
    };
    let (first, second) = (unmasked(vector(key), first), unmasked_less(vector(key), end));
    let next = vector(turned(key, bytes.len()));
    let last = bytes.last_chunk().map_or(first, |last| unmasked(next, last));
    store(first, bytes);
    store(last, bytes.last_chunk_mut::<32>().map_or(&mut [], |place| place));
    is_nothing(_mm256_or_si256(wrong_in_two(first, second), goes_on(second)))
}

/// Where the last block but one ends: a block before the end, so that all of them have one key. Of what is left in front of them
/// the first block has 32 bytes. 33 or 34 would be too many for it, and too few for a block and what is before it: then they
/// end four bytes further on, which they have in common with the last one.
#[inline]
const fn before_last(length: usize) -> usize {
    let step = if length.wrapping_sub(1) % 32 < BEFORE - 1 { 28 } else { 32 };
    length.saturating_sub(step)
}

/// A key for a block, and for what stands one, two and three places before it.
#[derive(Clone, Copy)]
struct Keys {
    block: __m256i,
    before: [__m256i; BEFORE],
}

impl Keys {
    #[inline]
    #[target_feature(enable = "avx2")]
    fn new(key: Key) -> Self {
        let block = vector(key);
        // It repeats itself.
        let before = [
            _mm256_alignr_epi8::<15>(block, block),
            _mm256_alignr_epi8::<14>(block, block),
            _mm256_alignr_epi8::<13>(block, block),
        ];
        Self { block, before }
    }

    /// A block and what is before it, without their mask.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn unmasked(&self, bytes: &[u8; BEFORE + 32]) -> (__m256i, [__m256i; BEFORE]) {
        let ([third_before, second_before, before, block], [key, second_key, third_key]) = (places(bytes), self.before);
        let before = [unmasked(key, before), unmasked(second_key, second_before), unmasked(third_key, third_before)];
        (unmasked(self.block, block), before)
    }
}

/// What is wrong in two blocks, which mostly are both ASCII or both not.
#[inline]
#[target_feature(enable = "avx2")]
fn wrong_in_pair(bytes: &[u8; BEFORE + 64]) -> __m256i {
    let (Some(first), Some(second)) = (bytes.first_chunk(), bytes.last_chunk()) else { return _mm256_setzero_si256() };
    let ([third_before, .., first_block], [.., second_block]) = (places(first), places(second));
    if _mm256_movemask_epi8(_mm256_or_si256(load(first_block), load(second_block))) == 0 {
        // No character goes on with ASCII.
        return _mm256_subs_epu8(load(third_before), load(&MOST_BEFORE));
    }
    _mm256_or_si256(wrong_in_block(first), wrong_in_block(second))
}

/// The same in one.
#[inline]
#[target_feature(enable = "avx2")]
fn wrong_in_block(bytes: &[u8; BEFORE + 32]) -> __m256i {
    let [third_before, second_before, before, block] = places(bytes);
    wrong(load(block), [load(before), load(second_before), load(third_before)])
}

/// A block at the end, and before it those that begin three, two and one places before it.
#[inline]
const fn places(bytes: &[u8; BEFORE + 32]) -> [&[u8; 32]; 4] {
    let ([third_before @ .., _, _, _], [_, second_before @ .., _, _]) = (bytes, bytes);
    let ([_, _, before @ .., _], [_, _, _, block @ ..]) = (bytes, bytes);
    [third_before, second_before, before, block]
}

#[inline]
#[target_feature(enable = "avx2")]
fn is_nothing(wrong: __m256i) -> bool {
    _mm256_testz_si256(wrong, wrong) == 1
}

/// Most text is ASCII, of which so many bytes are looked at together.
const GROUP: usize = 256;

#[inline]
#[target_feature(enable = "avx2")]
fn is_ascii(group: &[u8; GROUP]) -> bool {
    let mut seen = _mm256_setzero_si256();
    for block in group.as_chunks().0 {
        seen = _mm256_or_si256(seen, load(block));
    }
    _mm256_movemask_epi8(seen) == 0
}
