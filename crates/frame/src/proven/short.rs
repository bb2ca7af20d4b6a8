//! Text of 16 to 64 bytes that is ASCII, in vectors of 16, which any x86-64 has. A compiler that sees the same as words takes a
//! register for each, and who loads what was stored from them in larger pieces has to wait.

#![expect(unsafe_code, reason = "to load vectors and store them")]

use core::arch::x86_64::*;

use crate::mask::Key;

/// Unmasks 16 to 32 bytes, if all of them are ASCII then; else they are as they were. `next` is the key as seen by the byte behind
/// them.
#[inline]
pub(crate) fn unmask_16_if_ascii(key: Key, next: Key, text: &mut [u8]) -> bool {
    // SAFETY: the only thing asked of a caller is a CPU with SSE2, which is a part of x86-64.
    unsafe { with_16(key, next, text) }
}

/// The same for 32 to 64.
#[inline]
pub(crate) fn unmask_32_if_ascii(key: Key, next: Key, text: &mut [u8]) -> bool {
    // SAFETY: as above.
    unsafe { with_32(key, next, text) }
}

/// The first and the last 16, which together are all there is. Where they overlap, both say the same.
#[inline]
#[target_feature(enable = "sse2")]
fn with_16(key: Key, next: Key, text: &mut [u8]) -> bool {
    let (Some(start), Some(end)) = (text.first_chunk(), text.last_chunk()) else { return false };
    let (start, end) = (unmasked(key, start), unmasked(next, end));
    let ascii = _mm_movemask_epi8(_mm_or_si128(start, end)) == 0;
    if ascii {
        store(start, text.first_chunk_mut());
        store(end, text.last_chunk_mut());
    }
    ascii
}

/// The same with 32.
#[inline]
#[target_feature(enable = "sse2")]
fn with_32(key: Key, next: Key, text: &mut [u8]) -> bool {
    let (Some(start), Some(end)) = (text.first_chunk::<32>(), text.last_chunk::<32>()) else { return false };
    let (start, end) = (unmasked_pair(key, start), unmasked_pair(next, end));
    let seen = _mm_or_si128(_mm_or_si128(start[0], start[1]), _mm_or_si128(end[0], end[1]));
    let ascii = _mm_movemask_epi8(seen) == 0;
    if ascii {
        store_pair(start, text.first_chunk_mut());
        store_pair(end, text.last_chunk_mut());
    }
    ascii
}

#[inline]
#[target_feature(enable = "sse2")]
fn unmasked(key: Key, bytes: &[u8; 16]) -> __m128i {
    // SAFETY: 16 bytes are read, which the reference has. It may be anywhere.
    let bytes = unsafe { _mm_loadu_si128(bytes.as_ptr().cast()) };
    _mm_xor_si128(bytes, _mm_set1_epi32(i32::from_ne_bytes(key)))
}

#[inline]
#[target_feature(enable = "sse2")]
fn unmasked_pair(key: Key, bytes: &[u8; 32]) -> [__m128i; 2] {
    let (Some(first), Some(second)) = (bytes.first_chunk(), bytes.last_chunk()) else {
        return [_mm_setzero_si128(); 2];
    };
    [unmasked(key, first), unmasked(key, second)]
}

#[inline]
#[target_feature(enable = "sse2")]
fn store(vector: __m128i, bytes: Option<&mut [u8; 16]>) {
    let Some(bytes) = bytes else { return };
    // SAFETY: 16 bytes are written, which the reference has. It may be anywhere.
    unsafe { _mm_storeu_si128(bytes.as_mut_ptr().cast(), vector) };
}

#[inline]
#[target_feature(enable = "sse2")]
fn store_pair([first, second]: [__m128i; 2], bytes: Option<&mut [u8; 32]>) {
    let Some(bytes) = bytes else { return };
    store(first, bytes.first_chunk_mut());
    store(second, bytes.last_chunk_mut());
}
