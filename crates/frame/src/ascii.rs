//! Most text is ASCII, and most of it is short: to see that takes few instructions.

use hybi_version::steps;

use crate::mask::{self, Key, ends, is_ascii, turned, words};
use crate::proven;

/// Whether a text begins with 16 bytes of ASCII, once it is unmasked: in words that are large, so that no vector is needed.
#[inline]
pub(crate) fn begins_as_ascii(key: Key, text: &[u8]) -> bool {
    let half = u32::from_ne_bytes(key);
    let key = u64::from(half) | u64::from(half) << 32;
    let seen =
        |first: &[u8; 16]| first.as_chunks().0.iter().fold(0, |seen, word| seen | (u64::from_ne_bytes(*word) ^ key));
    text.first_chunk().is_some_and(|first| seen(first) & 0x8080_8080_8080_8080 == 0)
}

/// Unmasks less than 64 bytes in place, if all of them are ASCII then; else they are as they were.
#[inline]
pub(crate) fn unmask_if_ascii(key: Key, text: &mut [u8]) -> bool {
    steps::count(text.len());
    let next = turned(key, text.len());
    match text.len() {
        32.. => proven::unmask_32_if_ascii(key, next, text),
        16.. => proven::unmask_16_if_ascii(key, next, text),
        8.. => ends::<8, true>(key, next, text),
        4.. => ends::<4, true>(key, next, text),
        _ => {
            let ascii = text.iter().zip(key).all(|(byte, key)| (byte ^ key).is_ascii());
            if ascii {
                mask::apply(key, text);
            }
            ascii
        }
    }
}

/// The same for 64 bytes and up to twice as many.
#[inline]
pub(crate) fn unmask_64_if_ascii(key: Key, text: &mut [u8]) -> bool {
    steps::count(text.len());
    ends::<64, true>(key, turned(key, text.len()), text)
}

/// Unmasks from the front as long as it is ASCII then, and gives how many bytes these are: none, 64 and more, or all. The others
/// are as they were. That is for who has 64 bytes or more.
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
    while let Some(group) = text.get_mut(done..).and_then(<[u8]>::first_chunk_mut::<GROUP>)
        && block_if_ascii(key, group)
    {
        done = done.saturating_add(GROUP);
    }
    while let Some(block) = text.get_mut(done..).and_then(<[u8]>::first_chunk_mut::<64>)
        && block_if_ascii(key, block)
    {
        done = done.saturating_add(64);
    }
    if text.len().saturating_sub(done) < 64 && is_ascii(&last) {
        done = text.len();
        if let Some(place) = text.last_chunk_mut() {
            *place = last;
        }
    }
    // The first block is stored behind the others, which can have bytes in common with it; and not if the rest would.
    if done < 64 {
        return 0;
    }
    if let Some(place) = text.first_chunk_mut() {
        *place = first;
    }
    done
}

/// Unmasks a block if all of it is ASCII then; else it is as it was.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as the loop that it is the body of")]
fn block_if_ascii<const N: usize>(key: Key, block: &mut [u8; N]) -> bool {
    let mut unmasked = *block;
    words(key, &mut unmasked);
    let ascii = is_ascii(&unmasked);
    if ascii {
        *block = unmasked;
    }
    ascii
}

/// So many bytes are looked at together.
const GROUP: usize = 256;
