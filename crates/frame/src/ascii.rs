//! Most text is ASCII, and most of it is short: to see that takes few instructions.

use hybi_version::steps;

use crate::mask::{self, Key, turned};

/// Whether a text begins with 16 bytes of ASCII, once it is unmasked.
#[inline]
pub(crate) fn begins_as_ascii(key: Key, text: &[u8]) -> bool {
    text.first_chunk::<16>().is_some_and(|first| unmasked(key, first).1 & NOT_ASCII == 0)
}

/// Unmasks less than 64 bytes in place, if all of them are ASCII then; else they are as they were.
#[inline]
pub(crate) fn unmask_if_ascii(key: Key, text: &mut [u8]) -> bool {
    steps::count(text.len());
    let next = turned(key, text.len());
    match text.len() {
        32.. => unmask_ends::<32>(key, next, text),
        16.. => unmask_ends::<16>(key, next, text),
        8.. => unmask_ends::<8>(key, next, text),
        4.. => unmask_ends::<4>(key, next, text),
        _ => {
            let ascii = text.iter().zip(key).all(|(byte, key)| (byte ^ key).is_ascii());
            if ascii {
                mask::apply(key, text);
            }
            ascii
        }
    }
}

/// Unmasks the first and the last `N` bytes, which together are all there is, if all of them are ASCII.
#[inline]
fn unmask_ends<const N: usize>(key: Key, next: Key, text: &mut [u8]) -> bool {
    let (Some(start), Some(end)) = (text.first_chunk::<N>(), text.last_chunk::<N>()) else { return false };
    let (start, seen_there) = unmasked(key, start);
    let (end, seen) = unmasked(next, end);
    if (seen_there | seen) & NOT_ASCII != 0 {
        return false;
    }
    if let Some(first) = text.first_chunk_mut() {
        *first = start;
    }
    if let Some(last) = text.last_chunk_mut() {
        *last = end;
    }
    true
}

/// Bytes that are a multiple of four, without their mask; and each bit that one of them has then: in words that are large, so
/// that all of them have a register.
#[inline(always)]
#[expect(clippy::inline_always, reason = "so that the compiler knows how many there are")]
fn unmasked<const N: usize>(key: Key, bytes: &[u8; N]) -> ([u8; N], u64) {
    let half_key = u32::from_ne_bytes(key);
    let key = u64::from(half_key) | u64::from(half_key) << 32;
    let (mut bytes, mut seen) = (*bytes, 0);
    let (words, half) = bytes.as_chunks_mut();
    for word in words {
        let unmasked = u64::from_ne_bytes(*word) ^ key;
        seen |= unmasked;
        *word = unmasked.to_ne_bytes();
    }
    if let Some(half) = half.first_chunk_mut() {
        let unmasked = u32::from_ne_bytes(*half) ^ half_key;
        seen |= u64::from(unmasked);
        *half = unmasked.to_ne_bytes();
    }
    (bytes, seen)
}

/// The bit that ASCII has not.
const NOT_ASCII: u64 = 0x8080_8080_8080_8080;
