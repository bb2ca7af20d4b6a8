//! Masking in vectors of 64 bytes, or of 32, where the CPU has them. Compiled for any x86-64 the same loop has vectors of 16, and
//! takes twice as long.

#![expect(unsafe_code, reason = "to call what is compiled for a CPU that has AVX2")]

use core::mem::MaybeUninit;

use super::avx512;
use super::masked_copy::{self, Copied};
use crate::mask;

/// See [`mask::aligned_blocks`].
#[inline]
pub(crate) fn aligned_blocks<const LOOK: bool>(key: mask::Key, next: mask::Key, data: &mut [u8]) -> bool {
    if let Some(ascii) = avx512::aligned_blocks(key, next, data) {
        return ascii;
    }
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the only thing asked of a caller is a CPU with AVX2, and this one was just asked whether it is.
        return unsafe { with_avx2::<LOOK>(key, next, data) };
    }
    mask::aligned_blocks::<LOOK>(key, next, data)
}

/// The same loop in safe code, compiled anew.
#[target_feature(enable = "avx2")]
fn with_avx2<const LOOK: bool>(key: mask::Key, next: mask::Key, data: &mut [u8]) -> bool {
    mask::aligned_blocks::<LOOK>(key, next, data)
}

/// See [`masked_copy::narrow_copy`].
#[inline]
pub(super) fn wide_copy<const LOOK: bool>(key: mask::Key, from: &[u8], to: &mut [MaybeUninit<u8>]) -> Copied {
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: as above.
        return unsafe { copy_with_avx2::<LOOK>(key, from, to) };
    }
    masked_copy::narrow_copy::<LOOK>(key, from, to)
}

/// The same loop in safe code, compiled anew.
#[target_feature(enable = "avx2")]
fn copy_with_avx2<const LOOK: bool>(key: mask::Key, from: &[u8], to: &mut [MaybeUninit<u8>]) -> Copied {
    masked_copy::copy::<LOOK>(key, from, to)
}
