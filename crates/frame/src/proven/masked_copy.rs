//! A payload is masked on its way into a vector, in one pass: to mask it after it was copied takes two, and the second has to
//! wait for what the first one wrote.

#![expect(unsafe_code, reason = "a vector's memory that was not filled yet is to be written to")]

use alloc::vec::Vec;
use core::mem::MaybeUninit;

use hybi_version::steps;

use super::wide_copy;
use crate::mask::{self, Key};
use crate::{Header, HeaderBytes};

/// Appends a frame, its header and the payload, masked if there is a key: if the payload is short and there is room for it. No call
/// is made for that, so that no register needs to be saved.
#[inline(always)]
#[expect(clippy::inline_always, reason = "else a header is taken apart and put together at each layer")]
pub(crate) fn append_short_frame(header: &Header, payload: &[u8], output: &mut Vec<u8>) -> bool {
    let length = output.len();
    let free = output.spare_capacity_mut();
    if payload.len() >= SHORT || free.len() < HeaderBytes::ROOM.saturating_add(payload.len()) {
        return false;
    }
    steps::count(HeaderBytes::ROOM.saturating_add(payload.len()));
    // Only here, where there are lengths that a short payload can't have.
    let head = header.encode();
    let Some(rest) = put_header(&head, free).and_then(|rest| rest.get_mut(..payload.len())) else { return false };
    // Without a key it is one of zeros: that takes less than a call of a copy that any length can be given to.
    let written = copy_short::<false>(header.mask.unwrap_or_default(), payload, rest).bytes;
    // SAFETY: from the first free byte on, `ROOM` bytes were written, of which the header's size is a part (14 of 16 at
    // most); behind the header's size, as many bytes of payload were written as the copy says, with none left out. All of
    // them are within the capacity, for they are part of `free`. The tests `frames_go_behind_what_is_there` and
    // `what_is_masked_on_the_way_is_what_is_masked_in_place` compare each byte, for every length, place and room.
    unsafe { output.set_len(length.wrapping_add(usize::from(head.size)).wrapping_add(written)) };
    true
}

/// The same for any payload, and any room.
#[inline]
pub(crate) fn append_frame(head: &HeaderBytes, key: Option<Key>, payload: &[u8], output: &mut Vec<u8>) {
    steps::count(HeaderBytes::ROOM.saturating_add(payload.len()));
    output.reserve(HeaderBytes::ROOM.saturating_add(payload.len()));
    let free = output.spare_capacity_mut();
    let Some(rest) = put_header(head, free).and_then(|rest| rest.get_mut(..payload.len())) else { return };
    let written = match key {
        None => rest.write_copy_of_slice(payload).len(),
        Some(key) => wide_copy::<false>(key, payload, rest).bytes,
    };
    let length = output.len().saturating_add(usize::from(head.size)).saturating_add(written);
    // SAFETY: as above.
    unsafe { output.set_len(length) };
}

/// Writes a header to the front, and gives what is behind it. All of the header's room is written, since a copy of a size that
/// is known is a single store; the payload then covers what is too much of it.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as what it is a part of")]
fn put_header<'a>(head: &HeaderBytes, free: &'a mut [MaybeUninit<u8>]) -> Option<&'a mut [MaybeUninit<u8>]> {
    free.first_chunk_mut::<{ HeaderBytes::ROOM }>()?.write_copy_of_slice(&head.bytes);
    free.get_mut(usize::from(head.size)..)
}

/// Appends the bytes, masked; and if it is to look, tells whether all of them are ASCII then.
#[inline]
pub(crate) fn append_masked<const LOOK: bool>(key: Key, bytes: &[u8], output: &mut Vec<u8>) -> bool {
    steps::count(bytes.len());
    output.reserve(bytes.len());
    let Some(free) = output.spare_capacity_mut().get_mut(..bytes.len()) else { return false };
    let copied =
        if bytes.len() < SHORT { copy_short::<LOOK>(key, bytes, free) } else { wide_copy::<LOOK>(key, bytes, free) };
    let length = output.len().saturating_add(copied.bytes);
    // SAFETY: from the first free byte on, as many bytes were written as the copy says, with none left out; they are within
    // the capacity, for they are part of `free`. The test `what_is_collected_is_what_is_unmasked_in_place` compares each
    // byte, for every length and place.
    unsafe { output.set_len(length) };
    copied.ascii
}

/// What a copy did.
#[derive(Clone, Copy)]
pub(super) struct Copied {
    /// So many bytes were written, without a gap, from the first one on.
    bytes: usize,
    /// Whether it looked, and all that it wrote is ASCII.
    ascii: bool,
}

/// Shorter payloads are copied where the frame is put together: nothing is between their first and their last block.
const SHORT: usize = 2 * BLOCK + 1;

/// What is copied at once of longer ones.
const BLOCK: usize = 64;

/// Copies and masks in one pass, for any CPU. It is not inlined, so that what is for the short ones can be.
#[inline(never)]
pub(super) fn narrow_copy<const LOOK: bool>(key: Key, from: &[u8], to: &mut [MaybeUninit<u8>]) -> Copied {
    copy::<LOOK>(key, from, to)
}

/// Copies and masks in one pass. The ends are copied apart, and between them blocks; if there are many, at even addresses, for
/// a store that crosses a cache line takes twice as long.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it is compiled into functions for other CPUs, by the means of those")]
pub(super) fn copy<const LOOK: bool>(key: Key, from: &[u8], to: &mut [MaybeUninit<u8>]) -> Copied {
    let bytes = from.len().min(to.len());
    let (Some(from), Some(to)) = (from.get(..bytes), to.get_mut(..bytes)) else { return NOTHING };
    let next = mask::turned(key, bytes);
    let (Some(start), Some(place)) = (from.first_chunk::<BLOCK>(), to.first_chunk_mut()) else {
        return copy_short::<LOOK>(key, from, to);
    };
    let mut seen = copy_words(key, start, place);
    let offset = if bytes < mask::LARGE { BLOCK } else { to.as_ptr().align_offset(32) % BLOCK };
    // What is copied last is at least one byte.
    let until = bytes.saturating_sub(1);
    if let (Some(from), Some(to)) = (from.get(offset..until), to.get_mut(offset..until)) {
        let turned = mask::turned(key, offset);
        for (from, to) in from.as_chunks::<BLOCK>().0.iter().zip(to.as_chunks_mut::<BLOCK>().0) {
            let block = copy_words(turned, from, to);
            if LOOK {
                mask::gather(&mut seen, &block);
            }
        }
    }
    let end = copy_end::<BLOCK>(next, from, to);
    mask::gather(&mut seen, &end);
    Copied { bytes, ascii: LOOK && mask::is_ascii(&seen) }
}

/// The same for less than [`SHORT`] bytes.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it takes less than a call")]
fn copy_short<const LOOK: bool>(key: Key, from: &[u8], to: &mut [MaybeUninit<u8>]) -> Copied {
    let bytes = from.len().min(to.len());
    let (Some(from), Some(to)) = (from.get(..bytes), to.get_mut(..bytes)) else { return NOTHING };
    let next = mask::turned(key, bytes);
    let ascii = match bytes {
        BLOCK.. => copy_ends::<BLOCK, LOOK>(key, next, from, to),
        32.. => copy_ends::<32, LOOK>(key, next, from, to),
        16.. => copy_ends::<16, LOOK>(key, next, from, to),
        8.. => copy_ends::<8, LOOK>(key, next, from, to),
        4.. => copy_ends::<4, LOOK>(key, next, from, to),
        // A loop, for `fold` is a call that takes its state through memory.
        _ => {
            let mut seen = 0;
            for ((from, to), key) in from.iter().zip(to).zip(key) {
                seen |= *to.write(from ^ key);
            }
            LOOK && seen.is_ascii()
        }
    };
    Copied { bytes, ascii }
}

const NOTHING: Copied = Copied { bytes: 0, ascii: false };

/// Copies the first and the last `N` bytes, which together are all there is.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as what it is a part of")]
fn copy_ends<const N: usize, const LOOK: bool>(key: Key, next: Key, from: &[u8], to: &mut [MaybeUninit<u8>]) -> bool {
    let (Some(start), Some(place)) = (from.first_chunk::<N>(), to.first_chunk_mut()) else { return false };
    let mut seen = copy_words(key, start, place);
    let end = copy_end::<N>(next, from, to);
    mask::gather(&mut seen, &end);
    LOOK && mask::is_ascii(&seen)
}

/// Copies the last `N` bytes, and gives them.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as what it is a part of")]
fn copy_end<const N: usize>(next: Key, from: &[u8], to: &mut [MaybeUninit<u8>]) -> [u8; N] {
    match (from.last_chunk::<N>(), to.last_chunk_mut()) {
        (Some(from), Some(to)) => copy_words(next, from, to),
        _ => [0; N],
    }
}

/// Copies the bytes, and gives what they are then.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as the loop that it is the body of")]
fn copy_words<const N: usize>(key: Key, from: &[u8; N], to: &mut [MaybeUninit<u8>; N]) -> [u8; N] {
    let mut bytes = *from;
    mask::words(key, &mut bytes);
    to.write_copy_of_slice(&bytes);
    bytes
}
