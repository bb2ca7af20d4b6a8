//! Most text is ASCII, and most of it is short: to see that takes few instructions.

use hybi_version::steps;

use crate::mask::{self, Key, is_ascii, turned, words};

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

/// Unmasks more than two blocks from their front as long as they are ASCII then, and gives how many bytes these are: none or all, or
/// blocks as a whole. The others are as they were.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it is compiled into functions for other CPUs, by the means of those")]
pub(crate) fn unmask_while_ascii(key: Key, text: &mut [u8]) -> usize {
    let (Some(mut first), Some(mut last)) = (text.first_chunk::<64>().copied(), text.last_chunk::<64>().copied())
    else {
        return 0;
    };
    words(key, &mut first);
    if !is_ascii(&first) {
        return 0;
    }
    words(turned(key, text.len()), &mut last);
    let (start, _) = mask::between(text);
    let key = turned(key, start);
    let mut done = start;
    while let Some(group) = text.get_mut(done..).and_then(<[u8]>::first_chunk_mut::<GROUP>) {
        let mut unmasked = *group;
        words(key, &mut unmasked);
        if !is_ascii(&unmasked) {
            break;
        }
        *group = unmasked;
        done = done.saturating_add(GROUP);
    }
    while let Some(block) = text.get_mut(done..).and_then(<[u8]>::first_chunk_mut::<64>) {
        let mut unmasked = *block;
        words(key, &mut unmasked);
        if !is_ascii(&unmasked) {
            break;
        }
        *block = unmasked;
        done = done.saturating_add(64);
    }
    if text.len().saturating_sub(done) < 64 && is_ascii(&last) {
        done = text.len();
        if let Some(place) = text.last_chunk_mut() {
            *place = last;
        }
    }
    if done < 64 {
        return 0;
    }
    if let Some(place) = text.first_chunk_mut() {
        *place = first;
    }
    done
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

/// So many bytes are looked at together.
const GROUP: usize = 256;
