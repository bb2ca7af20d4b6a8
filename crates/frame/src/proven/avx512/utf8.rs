//! Whether bytes are UTF-8, 64 at a time. It takes less time than the same in vectors of 32 bytes, and for a text that is short
//! less than to look at each byte.
//!
//! The bytes before each are loaded from where they lie, which takes less time than to shift them from one vector into the next.

use core::arch::x86_64::*;

use super::rules::{BEFORE, Wrong};
use super::{load, load_less, store, unmasked, unmasked_less, vector};
use crate::ascii::unmask_while_ascii;
use crate::mask::{self, Key, turned};

/// Whether the bytes are UTF-8.
#[target_feature(enable = "avx512vbmi")]
pub(in super::super) fn is_utf8(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some((group, others)) = rest.split_first_chunk()
        && is_ascii(group)
    {
        rest = others;
    }
    match rest.split_first_chunk() {
        None => Wrong::in_first(load_less(rest)).is_nothing(),
        Some((first, others)) if others.len() <= 64 => {
            let second = load_less(others);
            Wrong::in_two(load(first), second).or_at_end(second).is_nothing()
        }
        Some((first, _)) => is_utf8_many(first, rest),
    }
}

/// The same for more than two blocks.
#[inline]
#[target_feature(enable = "avx512vbmi")]
fn is_utf8_many(first: &[u8; 64], bytes: &[u8]) -> bool {
    let mut wrong = Wrong::in_first(load(first));
    let mut rest = bytes.get(64 - BEFORE..).unwrap_or_default();
    while let Some(group) = rest.first_chunk() {
        wrong = or_in_group(wrong, group);
        rest = rest.get(GROUP..).unwrap_or_default();
    }
    while let Some(bytes) = rest.first_chunk() {
        wrong = or_in_block(wrong, bytes);
        rest = rest.get(64..).unwrap_or_default();
    }
    let Some(last) = bytes.last_chunk() else { return false };
    let [.., block] = places(last);
    or_in_block(wrong, last).or_at_end(load(block)).is_nothing()
}

/// Unmasks the bytes, and tells whether they are UTF-8 then.
#[target_feature(enable = "avx512vbmi")]
pub(in super::super) fn unmask_utf8(key: Key, bytes: &mut [u8]) -> bool {
    if bytes.len() <= 128 {
        return unmask_mixed(key, bytes);
    }
    let done = unmask_while_ascii(key, bytes);
    let rest = bytes.get_mut(done..).unwrap_or_default();
    rest.is_empty() || unmask_mixed(turned(key, done), rest)
}

/// The same for what does not begin as ASCII, or is short.
#[inline]
#[target_feature(enable = "avx512vbmi")]
fn unmask_mixed(key: Key, bytes: &mut [u8]) -> bool {
    if bytes.len() > 128 {
        return unmask_many(key, bytes);
    }
    let (Some(first), Some(end)) = (bytes.first_chunk(), bytes.last_chunk()) else { return unmask_few(key, bytes) };
    let first = unmasked(vector(key), first);
    let (last, before) = Keys::new(turned(key, bytes.len())).unmasked(end);
    store(first, bytes);
    store(last, bytes.last_chunk_mut::<64>().map_or(&mut [], |place| place));
    Wrong::in_first(first).or_in(last, before).or_at_end(last).is_nothing()
}

/// The same for less than a block and what is before it.
#[inline(never)]
#[target_feature(enable = "avx512vbmi")]
fn unmask_few(key: Key, bytes: &mut [u8]) -> bool {
    let Some((first, end)) = bytes.split_first_chunk() else {
        let text = unmasked_less(vector(key), bytes);
        // To store a part of a vector takes some CPUs longer than all the rest.
        mask::apply(key, bytes);
        return Wrong::in_first(text).is_nothing();
    };
    let (first, second) = (unmasked(vector(key), first), unmasked_less(vector(key), end));
    let next = vector(turned(key, bytes.len()));
    let last = bytes.last_chunk().map_or(first, |last| unmasked(next, last));
    store(first, bytes);
    store(last, bytes.last_chunk_mut::<64>().map_or(&mut [], |place| place));
    Wrong::in_two(first, second).is_nothing()
}

/// The same for more than two blocks: from the last to the first, so that what is before a block has its mask on as well, and
/// was not stored just now. To load what was, in other pieces, takes long.
#[inline(never)]
#[target_feature(enable = "avx512vbmi")]
fn unmask_many(key: Key, bytes: &mut [u8]) -> bool {
    let (Some(first), Some(end)) = (bytes.first_chunk(), bytes.last_chunk()) else { return false };
    let first = unmasked(vector(key), first);
    let keys = Keys::new(turned(key, bytes.len()));
    let (last, before) = keys.unmasked(end);
    let mut wrong = Wrong::in_first(first).or_in(last, before).or_at_end(last);
    let mut rest = bytes.get_mut(..before_last(bytes.len())).unwrap_or_default();
    while let Some(bytes) = rest.last_chunk() {
        let (block, before) = keys.unmasked(bytes);
        let Some((others, place)) = rest.split_last_chunk_mut::<64>() else { return false };
        store(block, place);
        wrong = wrong.or_in(block, before);
        rest = others;
    }
    store(first, bytes);
    store(last, bytes.last_chunk_mut::<64>().map_or(&mut [], |place| place));
    wrong.is_nothing()
}

/// Where the last block but one ends: a block before the end, so that all of them have one key. Of what is left in front of them
/// the first block has 64 bytes. 65 or 66 would be too many for it, and too few for a block and what is before it: then they
/// end four bytes further on, which they have in common with the last one.
#[inline]
const fn before_last(length: usize) -> usize {
    let step = if length.wrapping_sub(1) % 64 < BEFORE - 1 { 60 } else { 64 };
    length.saturating_sub(step)
}

/// A key for a block, and for what stands one, two and three places before it.
#[derive(Clone, Copy)]
struct Keys {
    block: __m512i,
    before: [__m512i; BEFORE],
}

impl Keys {
    #[inline]
    #[target_feature(enable = "avx512vbmi")]
    fn new(key: Key) -> Self {
        let block = vector(key);
        let before = [_mm512_rol_epi32::<8>(block), _mm512_rol_epi32::<16>(block), _mm512_rol_epi32::<24>(block)];
        Self { block, before }
    }

    /// A block and what is before it, without their mask.
    #[inline]
    #[target_feature(enable = "avx512vbmi")]
    fn unmasked(&self, bytes: &[u8; BEFORE + 64]) -> (__m512i, [__m512i; BEFORE]) {
        let ([third_before, second_before, before, block], [key, second_key, third_key]) = (places(bytes), self.before);
        let before = [unmasked(key, before), unmasked(second_key, second_before), unmasked(third_key, third_before)];
        (unmasked(self.block, block), before)
    }
}

/// Most text is ASCII, of which so many bytes are looked at together.
const GROUP: usize = 256;

/// What is wrong in some blocks more, which mostly are ASCII or not.
#[inline]
#[target_feature(enable = "avx512vbmi")]
fn or_in_group(wrong: Wrong, group: &[u8; BEFORE + GROUP]) -> Wrong {
    let ([_, _, _, blocks @ ..], [third_before, ..]) = (group, group.as_chunks().0) else { return wrong };
    if is_ascii(blocks) {
        return wrong.or_in_ascii(load(third_before));
    }
    let (mut wrong, mut rest) = (wrong, &group[..]);
    while let Some(bytes) = rest.first_chunk() {
        wrong = or_in_block(wrong, bytes);
        rest = rest.get(64..).unwrap_or_default();
    }
    wrong
}

/// What is wrong in a block more.
#[inline]
#[target_feature(enable = "avx512vbmi")]
fn or_in_block(wrong: Wrong, bytes: &[u8; BEFORE + 64]) -> Wrong {
    let [third_before, second_before, before, block] = places(bytes);
    wrong.or_in(load(block), [load(before), load(second_before), load(third_before)])
}

/// A block at the end, and before it those that begin three, two and one places before it.
#[inline]
const fn places(bytes: &[u8; BEFORE + 64]) -> [&[u8; 64]; 4] {
    let ([third_before @ .., _, _, _], [_, second_before @ .., _, _]) = (bytes, bytes);
    let ([_, _, before @ .., _], [_, _, _, block @ ..]) = (bytes, bytes);
    [third_before, second_before, before, block]
}

#[inline]
#[target_feature(enable = "avx512vbmi")]
fn is_ascii(group: &[u8; GROUP]) -> bool {
    let mut seen = _mm512_setzero_si512();
    for block in group.as_chunks().0 {
        seen = _mm512_or_si512(seen, load(block));
    }
    _mm512_movepi8_mask(seen) == 0
}
