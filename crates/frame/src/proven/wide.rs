//! Masking in vectors of 64 bytes, or of 32, where the CPU has them. Compiled for any x86-64 the same loop has vectors of 16, and
//! takes twice as long.

#![expect(unsafe_code, reason = "to call what is compiled for a CPU that has AVX2")]

use core::mem::MaybeUninit;

use super::avx512;
use super::cpu::{self, Vectors};
use super::masked_copy::{self, Copied};
use crate::mask::{self, Key};

/// See [`mask::blocks`].
#[inline]
pub(crate) fn blocks<const LOOK: bool>(key: Key, next: Key, data: &mut [u8]) -> bool {
    match cpu::known() {
        // SAFETY: the only thing asked of a caller is a CPU with AVX-512 VBMI, and this one was found to be one.
        Some(Vectors::Avx512) if data.len() >= mask::LARGE => unsafe { avx512::blocks(key, next, data) },
        // SAFETY: the same with AVX2.
        Some(Vectors::Avx512 | Vectors::Avx2) => unsafe { with_avx2::<LOOK>(key, next, data) },
        Some(Vectors::Narrow) => mask::blocks::<LOOK>(key, next, data),
        None => {
            let ascii = mask::blocks::<LOOK>(key, next, data);
            cpu::find_out();
            ascii
        }
    }
}

/// The same loop in safe code, compiled anew.
#[target_feature(enable = "avx2")]
fn with_avx2<const LOOK: bool>(key: Key, next: Key, data: &mut [u8]) -> bool {
    mask::blocks::<LOOK>(key, next, data)
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

/// The same loop in safe code, compiled anew.
#[target_feature(enable = "avx2")]
fn copy_with_avx2<const LOOK: bool>(key: Key, from: &[u8], to: &mut [MaybeUninit<u8>]) -> Copied {
    masked_copy::copy::<LOOK>(key, from, to)
}
