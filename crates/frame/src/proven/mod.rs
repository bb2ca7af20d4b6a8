//! The one module with `unsafe`: what the compiler can't see, each with the proof of it, and why it is worth it.

mod ascii;
#[cfg(all(feature = "std", target_arch = "x86_64"))]
mod avx2;
#[cfg(feature = "alloc")]
mod masked_copy;
#[cfg(not(all(feature = "std", target_arch = "x86_64")))]
mod plain;

#[cfg(not(all(feature = "std", target_arch = "x86_64")))]
use plain as avx2;

pub(crate) use ascii::{ascii, unmask_ascii};
pub(crate) use avx2::aligned_blocks;
#[cfg(feature = "alloc")]
pub(crate) use masked_copy::extend_masked;
