//! What is compiled for a CPU that has AVX2.

#![expect(unsafe_code, reason = "to load vectors and store them")]

use core::arch::x86_64::*;

mod rules;
mod utf8;

pub(super) use utf8::{is_utf8, unmask_utf8};

use crate::mask::Key;

/// The key over and over.
#[inline]
#[target_feature(enable = "avx2")]
fn vector(key: Key) -> __m256i {
    _mm256_set1_epi32(i32::from_ne_bytes(key))
}

#[inline]
#[target_feature(enable = "avx2")]
fn load(bytes: &[u8; 32]) -> __m256i {
    // SAFETY: 32 bytes are read, which the reference has. It may be anywhere.
    unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn load_half(bytes: &[u8; 16]) -> __m128i {
    // SAFETY: 16 bytes are read, which the reference has. It may be anywhere.
    unsafe { _mm_loadu_si128(bytes.as_ptr().cast()) }
}

/// Loads less than 32 bytes, with zeros behind them.
#[inline]
#[target_feature(enable = "avx2")]
fn load_less(bytes: &[u8]) -> __m256i {
    let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) else {
        return _mm256_zextsi128_si256(load_less_than_half(bytes));
    };
    let places = PLACES.get(32_usize.wrapping_sub(bytes.len())..).and_then(<[u8]>::first_chunk);
    let Some(places) = places else { return _mm256_setzero_si256() };
    _mm256_set_m128i(_mm_shuffle_epi8(load_half(last), load_half(places)), load_half(first))
}

/// Loads less than 16 bytes, with zeros behind them: the first of them and the last, which together are all there is.
#[inline]
#[target_feature(enable = "avx2")]
fn load_less_than_half(bytes: &[u8]) -> __m128i {
    let (low, high) = if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        (u64::from_le_bytes(*first), without(u64::from_le_bytes(*last), 16_usize.wrapping_sub(bytes.len())))
    } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let last = without(u64::from(u32::from_le_bytes(*last)), 8_usize.wrapping_sub(bytes.len()));
        (u64::from(u32::from_le_bytes(*first)) | last << 32, 0)
    } else {
        (bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0)
    };
    _mm_set_epi64x(high.cast_signed(), low.cast_signed())
}

/// The word without its first bytes.
#[inline]
fn without(word: u64, bytes: usize) -> u64 {
    u32::try_from(bytes << 3).ok().and_then(|bits| word.checked_shr(bits)).unwrap_or_default()
}

/// The bytes without their mask.
#[inline]
#[target_feature(enable = "avx2")]
fn unmasked(key: __m256i, bytes: &[u8; 32]) -> __m256i {
    _mm256_xor_si256(load(bytes), key)
}

/// The same for less than 32 bytes, with zeros behind them.
#[inline]
#[target_feature(enable = "avx2")]
fn unmasked_less(key: __m256i, bytes: &[u8]) -> __m256i {
    let places = THERE.get(32_usize.wrapping_sub(bytes.len())..).and_then(<[u8]>::first_chunk);
    let Some(places) = places else { return _mm256_setzero_si256() };
    _mm256_and_si256(_mm256_xor_si256(load_less(bytes), key), load(places))
}

/// Stores a block in the place of the first 32 bytes, if there are so many.
#[inline]
#[target_feature(enable = "avx2")]
fn store(block: __m256i, bytes: &mut [u8]) {
    let Some(bytes) = bytes.first_chunk_mut::<32>() else { return };
    // SAFETY: 32 bytes are written, which the reference has. It may be anywhere.
    unsafe { _mm256_storeu_si256(bytes.as_mut_ptr().cast(), block) };
}

/// Each of 16 places, and behind them what gives zero: who begins with the second finds what was one place further on.
const PLACES: [u8; 32] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
    128, 128, 128, 128,
];

/// What keeps 32 bytes, and behind it what keeps none.
#[expect(clippy::indexing_slicing, reason = "by the compiler")]
const THERE: [u8; 64] = {
    let mut table = [0; 64];
    let mut place = 0;
    while place < 32 {
        table[place] = 0xFF;
        place += 1;
    }
    table
};
