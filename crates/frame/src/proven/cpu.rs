//! Which vectors this CPU has, found out once.

use core::sync::atomic::{AtomicU8, Ordering};

/// What this CPU was found to have: each kind has what those before it have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Vectors {
    /// What any x86-64 has: 16 bytes.
    Narrow,
    /// AVX2: 32 bytes.
    Avx2,
    /// AVX-512 with VBMI, and what the compiler takes for granted where it is told of that: 64 bytes. Intel's have it since Ice
    /// Lake, AMD's since Zen 4.
    Avx512,
}

/// The kind as a number, once it is known. Nothing but [`find_out`] writes it.
static KNOWN: AtomicU8 = AtomicU8::new(UNKNOWN);

const UNKNOWN: u8 = u8::MAX;
const AVX2: u8 = Vectors::Avx2 as u8;
const AVX512: u8 = Vectors::Avx512 as u8;

/// What is known: one load. A function that asks the CPU itself has to keep its arguments meanwhile, whether it asks or not;
/// so who is not told does without, and [`find_out`]s behind that.
#[inline]
pub(super) fn known() -> Option<Vectors> {
    match KNOWN.load(Ordering::Relaxed) {
        UNKNOWN => None,
        AVX2 => Some(Vectors::Avx2),
        AVX512 => Some(Vectors::Avx512),
        _ => Some(Vectors::Narrow),
    }
}

/// Asks the CPU.
#[cold]
#[inline(never)]
pub(super) fn find_out() {
    let has_512 = std::arch::is_x86_feature_detected!("avx512vbmi")
        && std::arch::is_x86_feature_detected!("avx512bw")
        && std::arch::is_x86_feature_detected!("avx512f");
    let vectors = match (std::arch::is_x86_feature_detected!("avx2"), has_512) {
        (true, true) => Vectors::Avx512,
        (true, false) => Vectors::Avx2,
        (false, _) => Vectors::Narrow,
    };
    KNOWN.store(vectors as u8, Ordering::Relaxed);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mask;

    #[test]
    fn who_needs_to_know_finds_out() {
        mask::apply([1, 2, 3, 4], &mut [0; 200]);
        assert_eq!(
            known().is_some_and(|vectors| vectors >= Vectors::Avx2),
            std::arch::is_x86_feature_detected!("avx2")
        );
    }
}
