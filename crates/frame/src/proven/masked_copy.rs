//! A client's payload is masked on its way into the output, in one pass: a copy that is masked afterwards takes two, and the
//! second has to wait for what the first one wrote.

#![expect(unsafe_code, reason = "a vector's memory that was not filled yet is to be written to")]

use alloc::vec::Vec;

use super::avx2;
use crate::mask;

/// Appends the payload, masked.
#[inline]
pub(crate) fn extend_masked(key: mask::Key, payload: &[u8], output: &mut Vec<u8>) {
    output.reserve(payload.len());
    let Some(free) = output.spare_capacity_mut().get_mut(..payload.len()) else { return };
    let written =
        if payload.len() < mask::LARGE { mask::copy(key, payload, free) } else { avx2::copy(key, payload, free) };
    let length = output.len().saturating_add(written);
    // SAFETY: `mask::copy` says how many bytes it has written, from the first of the free ones on and with none left out;
    // they are within the capacity, for they are part of `free`. The test `what_is_masked_on_the_way_is_what_is_masked_in_place`
    // compares each byte, for every length and place.
    unsafe { output.set_len(length) };
}
