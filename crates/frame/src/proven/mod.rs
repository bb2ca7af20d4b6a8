//! The one module with `unsafe`: what the compiler can't see, each with the proof of it, and why it is worth it.
//!
//! `cargo xtask miri` runs the tests of this crate in an interpreter that sees undefined behaviour: as it is compiled for a CPU
//! with AVX2 and for one without, with words of 32 bits, and with the highest byte first.

mod ascii;
#[cfg(all(feature = "std", target_arch = "x86_64"))]
mod avx2;
#[cfg(feature = "alloc")]
mod masked_copy;
#[cfg(not(all(feature = "std", target_arch = "x86_64")))]
mod plain;
#[cfg(feature = "alloc")]
mod read_buffer;
#[cfg(feature = "alloc")]
mod text_buffer;

#[cfg(all(feature = "std", target_arch = "x86_64"))]
use avx2::wide_copy;
#[cfg(all(feature = "alloc", not(all(feature = "std", target_arch = "x86_64"))))]
use masked_copy::narrow_copy as wide_copy;

pub(crate) use ascii::{ascii, unmask_ascii};
#[cfg(all(feature = "std", target_arch = "x86_64"))]
pub(crate) use avx2::aligned_blocks;
#[cfg(feature = "alloc")]
pub(crate) use masked_copy::{append_frame, append_masked};
#[cfg(not(all(feature = "std", target_arch = "x86_64")))]
pub(crate) use plain::aligned_blocks;
#[cfg(feature = "alloc")]
pub use read_buffer::{Hold, ReadBuffer, Unread};
#[cfg(feature = "alloc")]
pub use text_buffer::{TextBuffer, text_from_utf8};
