//! The one module with `unsafe`: what the compiler can't see, each with the proof of it, and why it is worth it.
//!
//! `cargo xtask miri` runs the tests of this crate in an interpreter that sees undefined behaviour: as it is compiled for a CPU
//! with AVX-512, for one with AVX2, and for one without, with words of 32 bits, and with the highest byte first.

#[cfg(all(feature = "std", target_arch = "x86_64"))]
mod avx2;
#[cfg(all(feature = "std", target_arch = "x86_64"))]
mod avx512;
#[cfg(all(feature = "std", target_arch = "x86_64"))]
mod cpu;
#[cfg(feature = "alloc")]
mod masked_copy;
#[cfg(not(all(feature = "std", target_arch = "x86_64")))]
mod plain;
#[cfg(feature = "alloc")]
mod read_buffer;
#[cfg(target_arch = "x86_64")]
mod short;
mod text;
#[cfg(feature = "alloc")]
mod text_buffer;
#[cfg(all(test, feature = "std", target_arch = "x86_64"))]
mod ways;
#[cfg(all(feature = "std", target_arch = "x86_64"))]
mod wide;
#[cfg(not(target_arch = "x86_64"))]
mod words;

#[cfg(all(feature = "alloc", not(all(feature = "std", target_arch = "x86_64"))))]
use masked_copy::narrow_copy as wide_copy;
#[cfg(all(feature = "std", target_arch = "x86_64"))]
use wide::{is_utf8, unmask_utf8, wide_copy};

#[cfg(feature = "alloc")]
pub(crate) use masked_copy::{append_frame, append_masked, append_short_frame};
#[cfg(not(all(feature = "std", target_arch = "x86_64")))]
pub(crate) use plain::blocks;
#[cfg(not(all(feature = "std", target_arch = "x86_64")))]
use plain::{is_utf8, unmask_utf8};
#[cfg(feature = "alloc")]
pub use read_buffer::{Hold, ReadBuffer, Unread};
#[cfg(target_arch = "x86_64")]
pub(crate) use short::{unmask_16_if_ascii, unmask_32_if_ascii};
pub(crate) use text::{text, unmask_text};
#[cfg(feature = "alloc")]
pub use text_buffer::{TextBuffer, text_from_utf8};
#[cfg(all(feature = "std", target_arch = "x86_64"))]
pub(crate) use wide::blocks;
#[cfg(not(target_arch = "x86_64"))]
pub(crate) use words::{unmask_16_if_ascii, unmask_32_if_ascii};
