//! What is compiled for a CPU that has AVX-512 with VBMI.

#![expect(unsafe_code, reason = "to load vectors and store them")]

use core::arch::x86_64::*;

mod mask;
mod rules;
mod utf8;

pub(super) use mask::blocks;
pub(super) use utf8::{is_utf8, unmask_utf8};

use crate::mask::Key;

/// The key over and over.
#[inline]
#[target_feature(enable = "avx512vbmi")]
fn vector(key: Key) -> __m512i {
    _mm512_set1_epi32(i32::from_ne_bytes(key))
}

#[inline]
#[target_feature(enable = "avx512vbmi")]
fn load(bytes: &[u8; 64]) -> __m512i {
    // SAFETY: 64 bytes are read, which the reference has. It may be anywhere.
    unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) }
}

/// Loads less than 64 bytes, with zeros behind them.
#[inline]
#[target_feature(enable = "avx512vbmi")]
fn load_less(bytes: &[u8]) -> __m512i {
    // SAFETY: of the 64 bytes those are read that have a place, which are no more than the slice has. It may be anywhere.
    unsafe { _mm512_maskz_loadu_epi8(places(bytes), bytes.as_ptr().cast()) }
}

/// The bytes without their mask.
#[inline]
#[target_feature(enable = "avx512vbmi")]
fn unmasked(key: __m512i, bytes: &[u8; 64]) -> __m512i {
    _mm512_xor_si512(load(bytes), key)
}

/// The same for less than 64 bytes, with zeros behind them.
#[inline]
#[target_feature(enable = "avx512vbmi")]
fn unmasked_less(key: __m512i, bytes: &[u8]) -> __m512i {
    _mm512_maskz_mov_epi8(places(bytes), _mm512_xor_si512(load_less(bytes), key))
}

/// Stores a block in the place of the first 64 bytes, if there are so many.
#[inline]
#[target_feature(enable = "avx512vbmi")]
fn store(block: __m512i, bytes: &mut [u8]) {
    let Some(bytes) = bytes.first_chunk_mut::<64>() else { return };
    // SAFETY: 64 bytes are written, which the reference has. It may be anywhere.
    unsafe { _mm512_storeu_si512(bytes.as_mut_ptr().cast(), block) };
}

/// A bit for each of less than 64 bytes; for 64 if there are more.
#[inline]
fn places(bytes: &[u8]) -> u64 {
    u32::try_from(bytes.len()).ok().and_then(|count| u64::MAX.checked_shl(count)).map_or(u64::MAX, |behind| !behind)
}
