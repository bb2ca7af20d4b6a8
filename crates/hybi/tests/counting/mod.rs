//! Counts how often memory is asked for, and how much of it. Where it is used, tests run one after the other.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::alloc::System;
use std::sync::{Mutex, MutexGuard, PoisonError};

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// What was asked for. The harness of the tests asks for a little in between.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Count {
    /// New memory, or more of it.
    pub(crate) requests: usize,
    /// Bytes in all, also those that were given back.
    pub(crate) bytes: usize,
}

/// To be held by each test from its first line on, so that no other one asks for memory meanwhile.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs it, and tells what was asked for meanwhile.
pub(crate) fn counted<T>(run: impl FnOnce() -> T) -> (T, Count) {
    let region = Region::new(ALLOCATOR);
    let result = run();
    let change = region.change();
    (result, Count { requests: change.allocations + change.reallocations, bytes: change.bytes_allocated })
}

/// The bytes that are on the heap now.
pub(crate) fn held() -> usize {
    let stats = ALLOCATOR.stats();
    stats.bytes_allocated - stats.bytes_deallocated
}
