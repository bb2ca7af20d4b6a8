//! Prints what a connection takes of memory, one JSON object a line: what `cargo xtask bench` reads.

use std::alloc::System;

use hybi_benches::{Probe, engines};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static HEAP: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    for deflate in [false, true] {
        for engine in engines::all() {
            let mut probe = Probe::new(deflate, &heap);
            if engine.memory(&mut probe).is_none() {
                continue;
            }
            let notes = probe.notes.iter().map(|(size, heap)| format!("{{\"struct\":{size},\"heap\":{heap}}}"));
            let notes = notes.collect::<Vec<_>>().join(",");
            println!("{{\"engine\":\"{}\",\"deflate\":{deflate},\"notes\":[{notes}]}}", engine.name());
        }
    }
}

/// The bytes that are on the heap now.
fn heap() -> usize {
    let stats = HEAP.stats();
    stats.bytes_allocated - stats.bytes_deallocated
}
