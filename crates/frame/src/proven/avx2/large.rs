//! Whether a text that is long is UTF-8: the bytes before each are loaded from where they lie, a place further on, which takes less time
//! than to shift them from one vector into the next.
//!
//! So they can't be unmasked on the way. They are before, a piece at a time, which is in the first cache then; in smaller pieces the
//! loads would have to wait for the stores.

use core::arch::x86_64::*;

use super::load;
use super::utf8::{self, goes_on, wrong};
use crate::mask::{self, Key};

/// From this size on there are blocks with others before them.
pub(super) const LEAST: usize = 128;

/// How much is unmasked at a time.
const PIECE: usize = 4096;

/// Whether the bytes are UTF-8. There are [`LEAST`] at least.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn is_utf8(bytes: &[u8]) -> bool {
    let mut so_far = SoFar::new();
    so_far.go_on(bytes);
    so_far.ends(bytes)
}

/// Unmasks the bytes, and tells whether they are UTF-8 then. There are [`LEAST`] at least.
#[inline(never)]
#[target_feature(enable = "avx2")]
pub(super) fn unmask_utf8(key: Key, bytes: &mut [u8]) -> bool {
    let (mut so_far, mut key, mut done) = (SoFar::new(), key, 0);
    while let Some(masked @ [_, ..]) = bytes.get_mut(done..) {
        let piece = match masked.split_first_chunk_mut::<PIECE>() {
            Some((piece, _)) => piece,
            None => masked,
        };
        done = done.saturating_add(piece.len());
        key = mask::apply(key, piece);
        so_far.go_on(bytes.get(..done).unwrap_or_default());
    }
    so_far.ends(bytes)
}

/// What is known of a text so far.
struct SoFar {
    /// How many bytes were looked at.
    count: usize,
    /// Not zero in places where something was wrong.
    wrong: __m256i,
}

impl SoFar {
    #[inline]
    #[target_feature(enable = "avx2")]
    fn new() -> Self {
        Self { count: 0, wrong: _mm256_setzero_si256() }
    }

    /// With those of the bytes that are whole blocks, two at a time.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn go_on(&mut self, bytes: &[u8]) {
        if self.count == 0
            && let Some(first) = bytes.first_chunk()
        {
            *self = Self { count: 32, wrong: utf8::SoFar::new().then(load(first)).wrong };
        }
        let mut rest = bytes.get(self.count.saturating_sub(BEFORE)..).unwrap_or_default();
        let mut wrong = self.wrong;
        while let Some(blocks) = rest.first_chunk() {
            wrong = _mm256_or_si256(wrong, wrong_in_two(blocks));
            rest = rest.get(64..).unwrap_or_default();
        }
        *self = Self { count: bytes.len().saturating_sub(rest.len().saturating_sub(BEFORE)), wrong };
    }

    /// Whether the text is UTF-8, if this is all of it. The last blocks are looked at with all that is left in them; what is known
    /// of the rest is found a second time.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn ends(self, bytes: &[u8]) -> bool {
        let (Some(two), Some(one), Some(end)) = (bytes.last_chunk(), bytes.last_chunk(), bytes.last_chunk()) else {
            return false;
        };
        let left = bytes.len().saturating_sub(self.count);
        let wrong = if left > 32 { wrong_in_two(two) } else { wrong_in_one(one) };
        let wrong = _mm256_or_si256(_mm256_or_si256(self.wrong, wrong), goes_on(load(end)));
        _mm256_testz_si256(wrong, wrong) == 1
    }
}

/// Not zero where something is wrong in two blocks.
#[inline]
#[target_feature(enable = "avx2")]
fn wrong_in_two(bytes: &[u8; BEFORE + 64]) -> __m256i {
    let (Some(first), Some(second)) = (bytes.first_chunk(), bytes.last_chunk()) else { return _mm256_setzero_si256() };
    let ([.., first_block], [.., second_block]) = (places(first), places(second));
    if _mm256_movemask_epi8(_mm256_or_si256(load(first_block), load(second_block))) == 0 {
        // ASCII, with which no character goes on.
        let [third_before, ..] = places(first);
        return _mm256_subs_epu8(load(third_before), load(&MOST_BEFORE));
    }
    _mm256_or_si256(wrong_in_one(first), wrong_in_one(second))
}

/// The same in one block.
#[inline]
#[target_feature(enable = "avx2")]
fn wrong_in_one(bytes: &[u8; BEFORE + 32]) -> __m256i {
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

/// How many bytes before a block tell about it.
const BEFORE: usize = 3;

/// The most that these can be if no character goes on behind them.
const MOST_BEFORE: [u8; 32] = {
    let mut table = [0xFF; 32];
    (table[0], table[1], table[2]) = (0xEF, 0xDF, 0xBF);
    table
};
