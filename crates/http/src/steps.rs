//! Counts work, for the test that it grows with the bytes that come and not with the way in which they are cut.
//!
//! A step is a byte that was looked at, changed or copied, or a call. Without `--cfg hybi_steps` nothing is counted, and nothing
//! of this is in the code. `hybi-version` has the like for what follows a handshake; this crate has no other need of it.

/// Notes so many steps.
#[cfg(not(hybi_steps))]
#[inline]
pub const fn count(_steps: usize) {}

/// Notes so many steps.
#[cfg(hybi_steps)]
pub fn count(steps: usize) {
    STEPS.fetch_add(steps, core::sync::atomic::Ordering::Relaxed);
}

/// Gives the steps that were noted since the last call, in all threads.
#[cfg(hybi_steps)]
pub fn taken() -> usize {
    STEPS.swap(0, core::sync::atomic::Ordering::Relaxed)
}

#[cfg(hybi_steps)]
static STEPS: core::sync::atomic::AtomicUsize = core::sync::atomic::AtomicUsize::new(0);
