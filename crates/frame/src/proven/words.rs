//! Text of 16 to 64 bytes that is ASCII, where the CPU is no x86-64: by what a compiler makes of words.

use crate::mask::{Key, ends};

/// Unmasks 16 to 32 bytes, if all of them are ASCII then; else they are as they were. `next` is the key as seen by the byte behind
/// them.
#[inline]
pub(crate) fn unmask_16_if_ascii(key: Key, next: Key, text: &mut [u8]) -> bool {
    ends::<16, true>(key, next, text)
}

/// The same for 32 to 64.
#[inline]
pub(crate) fn unmask_32_if_ascii(key: Key, next: Key, text: &mut [u8]) -> bool {
    ends::<32, true>(key, next, text)
}
