//! A client's payload is masked on its way into the output, in one pass: a copy that is masked afterwards takes two, and the
//! second has to wait for what the first one wrote.

#![expect(unsafe_code, reason = "a vector's memory that was not filled yet is to be written to")]

use alloc::vec::Vec;
use core::mem::MaybeUninit;

use super::wide_copy;
use crate::mask;

/// Appends the payload, masked.
#[inline]
pub(crate) fn extend_masked(key: mask::Key, payload: &[u8], output: &mut Vec<u8>) {
    output.reserve(payload.len());
    let Some(free) = output.spare_capacity_mut().get_mut(..payload.len()) else { return };
    let written = if payload.len() < mask::LARGE { copy(key, payload, free) } else { wide_copy(key, payload, free) };
    let length = output.len().saturating_add(written);
    // SAFETY: `copy` says how many bytes it has written, from the first of the free ones on and with none left out;
    // they are within the capacity, for they are part of `free`. The test `what_is_masked_on_the_way_is_what_is_masked_in_place`
    // compares each byte, for every length and place.
    unsafe { output.set_len(length) };
}

/// Copies and masks in one pass. Gives how many bytes were written, without a gap, from the first one on.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it is compiled into functions for other CPUs, by the means of those")]
pub(super) fn copy(key: mask::Key, from: &[u8], to: &mut [MaybeUninit<u8>]) -> usize {
    let count = from.len().min(to.len());
    let (Some(from), Some(to)) = (from.get(..count), to.get_mut(..count)) else { return 0 };
    let next = mask::turned(key, count);
    match count {
        64.. => {
            for (from, to) in from.as_chunks::<64>().0.iter().zip(to.as_chunks_mut::<64>().0) {
                copy_words(key, from, to);
            }
            copy_end::<64>(next, from, to);
        }
        32.. => copy_ends::<32>(key, next, from, to),
        16.. => copy_ends::<16>(key, next, from, to),
        8.. => copy_ends::<8>(key, next, from, to),
        4.. => copy_ends::<4>(key, next, from, to),
        _ => {
            for ((from, to), key) in from.iter().zip(to).zip(key) {
                to.write(from ^ key);
            }
        }
    }
    count
}

/// Copies the first and the last `N` bytes, which together are all there is.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as what it is a part of")]
fn copy_ends<const N: usize>(key: mask::Key, next: mask::Key, from: &[u8], to: &mut [MaybeUninit<u8>]) {
    if let (Some(from), Some(to)) = (from.first_chunk::<N>(), to.first_chunk_mut()) {
        copy_words(key, from, to);
    }
    copy_end::<N>(next, from, to);
}

/// Copies the last `N` bytes.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as what it is a part of")]
fn copy_end<const N: usize>(next: mask::Key, from: &[u8], to: &mut [MaybeUninit<u8>]) {
    if let (Some(from), Some(to)) = (from.last_chunk::<N>(), to.last_chunk_mut()) {
        copy_words(next, from, to);
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "as the loop that it is the body of")]
fn copy_words<const N: usize>(key: mask::Key, from: &[u8; N], to: &mut [MaybeUninit<u8>; N]) {
    let mut bytes = *from;
    mask::words(key, &mut bytes);
    to.write_copy_of_slice(&bytes);
}
