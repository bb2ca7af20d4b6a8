//! What is compiled for a CPU that has AVX-512 with VBMI.

#![expect(unsafe_code, reason = "to load vectors and store them, and to call what is compiled for a CPU that has them")]

use core::arch::x86_64::*;

use super::cpu::{self, Vectors};
use crate::mask::Key;

mod mask;
mod utf8;

pub(super) use mask::blocks;

/// Whether the bytes are UTF-8. `None` if this CPU is not known to have what it takes.
#[inline]
pub(super) fn is_utf8(bytes: &[u8]) -> Option<bool> {
    // SAFETY: the only thing asked of a caller is a CPU with AVX-512 VBMI, and this one was found to be one.
    is_there().then(|| unsafe { utf8::is_utf8(bytes) })
}

/// Unmasks the bytes, and tells whether they are UTF-8 then. `None` if this CPU is not known to have what it takes, and they are as
/// they were.
#[inline]
pub(super) fn unmask_utf8(key: Key, bytes: &mut [u8]) -> Option<bool> {
    // SAFETY: as above.
    is_there().then(|| unsafe { utf8::unmask_utf8(key, bytes) })
}

#[inline]
fn is_there() -> bool {
    let vectors = cpu::known();
    if vectors.is_none() {
        cpu::find_out();
    }
    vectors == Some(Vectors::Avx512)
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
