//! Masking in vectors of 64 bytes, or of 32, where the CPU has them. Compiled for any x86-64 the same loop has vectors of 16, and
//! takes twice as long.

#![expect(unsafe_code, reason = "to call what is compiled for a CPU that has AVX2")]

use core::mem::MaybeUninit;

use super::cpu::{self, Vectors};
use super::masked_copy::{self, Copied};
use super::{avx2, avx512};
use crate::mask::{self, Key};

/// See [`mask::blocks`].
#[inline]
pub(crate) fn blocks(key: Key, next: Key, data: &mut [u8]) {
    match cpu::known() {
        // SAFETY: the only thing asked of a caller is a CPU with AVX-512 VBMI, and this one was found to be one.
        Some(Vectors::Avx512) if data.len() >= mask::LARGE => unsafe { avx512::blocks(key, next, data) },
        // SAFETY: the same with AVX2.
        Some(Vectors::Avx512 | Vectors::Avx2) => unsafe { with_avx2(key, next, data) },
        Some(Vectors::Narrow) => mask::blocks(key, next, data),
        None => {
            mask::blocks(key, next, data);
            cpu::find_out();
        }
    }
}

/// The same loop in safe code, compiled anew.
#[target_feature(enable = "avx2")]
fn with_avx2(key: Key, next: Key, data: &mut [u8]) {
    mask::blocks(key, next, data);
}

/// See [`masked_copy::narrow_copy`].
#[inline]
pub(super) fn wide_copy<const LOOK: bool>(key: Key, from: &[u8], to: &mut [MaybeUninit<u8>]) -> Copied {
    let vectors = cpu::known();
    if let Some(Vectors::Avx512 | Vectors::Avx2) = vectors {
        // SAFETY: as above.
        return unsafe { copy_with_avx2::<LOOK>(key, from, to) };
    }
    let copied = masked_copy::narrow_copy::<LOOK>(key, from, to);
    if vectors.is_none() {
        cpu::find_out();
    }
    copied
}

/// Whether the bytes are UTF-8. `None` if this CPU is not known to have what it takes.
#[inline]
pub(super) fn is_utf8(bytes: &[u8]) -> Option<bool> {
    match cpu::known() {
        // SAFETY: as above.
        Some(Vectors::Avx512) => Some(unsafe { avx512::is_utf8(bytes) }),
        // SAFETY: as above.
        Some(Vectors::Avx2) => Some(unsafe { avx2::is_utf8(bytes) }),
        Some(Vectors::Narrow) => None,
        None => {
            cpu::find_out();
            None
        }
    }
}

/// Unmasks the bytes, and tells whether they are UTF-8 then. `None` if this CPU is not known to have what it takes, and they are as
/// they were.
#[inline]
pub(super) fn unmask_utf8(key: Key, bytes: &mut [u8]) -> Option<bool> {
    match cpu::known() {
        // SAFETY: as above.
        Some(Vectors::Avx512) => Some(unsafe { avx512::unmask_utf8(key, bytes) }),
        // SAFETY: as above.
        Some(Vectors::Avx2) => Some(unsafe { avx2::unmask_utf8(key, bytes) }),
        Some(Vectors::Narrow) => None,
        None => {
            cpu::find_out();
            None
        }
    }
}

/// The same loop in safe code, compiled anew.
#[target_feature(enable = "avx2")]
fn copy_with_avx2<const LOOK: bool>(key: Key, from: &[u8], to: &mut [MaybeUninit<u8>]) -> Copied {
    masked_copy::copy::<LOOK>(key, from, to)
}
