//! A frame goes into the output in one pass: a payload that is masked after it was copied takes two, and the second has to
//! wait for what the first one wrote.

#![expect(unsafe_code, reason = "a vector's memory that was not filled yet is to be written to")]

use alloc::vec::Vec;
use core::mem::MaybeUninit;

use super::wide_copy;
use crate::HeaderBytes;
use crate::mask::{self, Key};

/// Appends a frame: its header, and the payload, masked if there is a key.
#[inline(always)]
#[expect(clippy::inline_always, reason = "else a header is taken apart and put together at each layer")]
pub(crate) fn append_frame(head: &HeaderBytes, key: Option<Key>, payload: &[u8], output: &mut Vec<u8>) {
    output.reserve(HeaderBytes::ROOM.saturating_add(payload.len()));
    let free = output.spare_capacity_mut();
    // All of the header's room is written, since a copy of a size that is known is a single store; the payload then covers
    // what is too much of it.
    let Some(first) = free.first_chunk_mut::<{ HeaderBytes::ROOM }>() else { return };
    first.write_copy_of_slice(&head.bytes);
    let Some(rest) = free.get_mut(usize::from(head.size)..).and_then(|rest| rest.get_mut(..payload.len())) else {
        return;
    };
    let written = match key {
        // Without a key it is one of zeros: that takes less than a call of a copy that any length can be given to.
        _ if payload.len() < SHORT => copy_short(key.unwrap_or_default(), payload, rest),
        None => rest.write_copy_of_slice(payload).len(),
        Some(key) if payload.len() < mask::LARGE => copy_medium(key, payload, rest),
        Some(key) => wide_copy(key, payload, rest),
    };
    let length = output.len().saturating_add(usize::from(head.size)).saturating_add(written);
    // SAFETY: from the first free byte on, `ROOM` bytes were written, of which the header's size is a part (14 of 16 at
    // most); behind the header's size, as many bytes of payload were written as `copy_short` or `copy_long` says, with none
    // left out. All of them are within the capacity, for they are part of `free`. The tests `frames_go_behind_what_is_there`
    // and `what_is_masked_on_the_way_is_what_is_masked_in_place` compare each byte, for every length and place.
    unsafe { output.set_len(length) };
}

/// Shorter payloads are copied where the frame is put together.
const SHORT: usize = 64;

/// Copies and masks a payload of less than [`SHORT`] bytes. Gives how many bytes were written, without a gap, from the first
/// one on.
#[inline]
fn copy_short(key: Key, from: &[u8], to: &mut [MaybeUninit<u8>]) -> usize {
    let count = from.len().min(to.len());
    let (Some(from), Some(to)) = (from.get(..count), to.get_mut(..count)) else { return 0 };
    let next = mask::turned(key, count);
    match count {
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

/// Copies and masks in one pass. Gives how many bytes were written, without a gap, from the first one on.
#[inline(never)]
fn copy_medium(key: Key, from: &[u8], to: &mut [MaybeUninit<u8>]) -> usize {
    copy(key, from, to)
}

/// The same. The ends are copied apart, and between them blocks; if there are many, at even addresses, for a store that crosses
/// a cache line takes twice as long.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it is compiled into functions for other CPUs, by the means of those")]
pub(super) fn copy(key: Key, from: &[u8], to: &mut [MaybeUninit<u8>]) -> usize {
    let count = from.len().min(to.len());
    let (Some(from), Some(to)) = (from.get(..count), to.get_mut(..count)) else { return 0 };
    let next = mask::turned(key, count);
    let (Some(start), Some(place)) = (from.first_chunk::<SHORT>(), to.first_chunk_mut()) else {
        return copy_short(key, from, to);
    };
    copy_words(key, start, place);
    let offset = if count < mask::LARGE { SHORT } else { to.as_ptr().align_offset(32) % SHORT };
    // What is copied last is at least one byte.
    let until = count.saturating_sub(1);
    if let (Some(from), Some(to)) = (from.get(offset..until), to.get_mut(offset..until)) {
        let turned = mask::turned(key, offset);
        for (from, to) in from.as_chunks::<SHORT>().0.iter().zip(to.as_chunks_mut::<SHORT>().0) {
            copy_words(turned, from, to);
        }
    }
    copy_end::<SHORT>(next, from, to);
    count
}

/// Copies the first and the last `N` bytes, which together are all there is.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as what it is a part of")]
fn copy_ends<const N: usize>(key: Key, next: Key, from: &[u8], to: &mut [MaybeUninit<u8>]) {
    if let (Some(from), Some(to)) = (from.first_chunk::<N>(), to.first_chunk_mut()) {
        copy_words(key, from, to);
    }
    copy_end::<N>(next, from, to);
}

/// Copies the last `N` bytes.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as what it is a part of")]
fn copy_end<const N: usize>(next: Key, from: &[u8], to: &mut [MaybeUninit<u8>]) {
    if let (Some(from), Some(to)) = (from.last_chunk::<N>(), to.last_chunk_mut()) {
        copy_words(next, from, to);
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "as the loop that it is the body of")]
fn copy_words<const N: usize>(key: Key, from: &[u8; N], to: &mut [MaybeUninit<u8>; N]) {
    let mut bytes = *from;
    mask::words(key, &mut bytes);
    to.write_copy_of_slice(&bytes);
}
