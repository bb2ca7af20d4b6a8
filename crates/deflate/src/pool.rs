//! Compressors and decompressors at rest.

use core::fmt;
use core::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use flate2::{Compress, Compression, Decompress};

use crate::{Level, WindowBits};

/// The large part of compressing, zlib's states, shared by the connections of a thread, so that a connection at rest holds
/// none.
///
/// A [`Compressor`](crate::Compressor) or [`Decompressor`](crate::Decompressor) takes a state when a message begins and gives
/// it back when the message ends. The pool keeps at most as many as its capacity says, of each kind; where more messages are
/// under way at the same time, more exist, and the surplus is freed.
///
/// A clone is a handle to the same pool. Threads can share one, too; then they meet at its lock, twice a message.
///
/// The pool remembers which connection a compressor's state last worked for. If that one comes back for it and nobody had
/// it in between, it goes on where it was. So a few busy connections among many idle ones compress at full speed, and a pool
/// with a capacity of 1 that only one connection uses is the same as a compressor of its own.
#[derive(Clone)]
pub struct Pool(Arc<Mutex<States>>);

impl Pool {
    /// A pool that keeps at most this many compressors' and this many decompressors' states.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self(Arc::new(Mutex::new(States { capacity, compressors: Vec::new(), decompressors: Vec::new() })))
    }

    /// The memory that the states in the pool take, in bytes. Those that are at work count for the connections that have them.
    #[must_use]
    #[expect(clippy::arithmetic_side_effects, reason = "what lies in memory together has a size that fits a usize")]
    pub fn retained_bytes(&self) -> usize {
        let states = self.lock();
        let compressors: usize = states.compressors.iter().map(|kept| compress_bytes(kept.key)).sum();
        compressors
            + states.compressors.capacity() * size_of::<Kept>()
            + states.decompressors.len() * DECOMPRESS_BYTES
            + states.decompressors.capacity() * size_of::<Box<Decompress>>()
            + size_of::<Mutex<States>>()
            + 2 * size_of::<usize>()
    }

    /// Frees all states.
    pub fn clear(&self) {
        let mut states = self.lock();
        let freed = (core::mem::take(&mut states.compressors), core::mem::take(&mut states.decompressors));
        drop(states);
        drop(freed);
    }

    /// The state that the owner used last, and true; otherwise a fresh one, and false.
    pub(crate) fn take_compressor(&self, owner: Owner, key: Key) -> (Box<Compress>, bool) {
        let (kept, own) = {
            let mut states = self.lock();
            let found = states.find(owner, key);
            (found.map(|(index, own)| (states.compressors.remove(index), own))).unzip()
        };
        match (kept, own) {
            (Some(kept), Some(true)) => (kept.state, true),
            (Some(mut kept), _) => {
                kept.state.reset();
                (kept.state, false)
            }
            (None, _) => (Box::new(new_compress(key)), false),
        }
    }

    pub(crate) fn put_compressor(&self, owner: Owner, key: Key, state: Box<Compress>) {
        let kept = Kept { owner, key, state };
        let mut states = self.lock();
        if states.capacity == 0 {
            return;
        }
        // The one that was used longest ago makes room.
        let freed = (states.compressors.len() >= states.capacity).then(|| states.compressors.remove(0));
        states.compressors.push(kept);
        drop(states);
        drop(freed);
    }

    pub(crate) fn take_decompressor(&self) -> Box<Decompress> {
        let kept = self.lock().decompressors.pop();
        kept.map_or_else(
            || Box::new(Decompress::new(false)),
            |mut state| {
                state.reset(false);
                state
            },
        )
    }

    pub(crate) fn put_decompressor(&self, state: Box<Decompress>) {
        let mut states = self.lock();
        if states.decompressors.len() < states.capacity {
            states.decompressors.push(state);
        }
    }

    fn lock(&self) -> MutexGuard<'_, States> {
        // A panic between two of the short steps above leaves whole states behind.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A pool that keeps 4 states of each kind.
impl Default for Pool {
    fn default() -> Self {
        Self::new(4)
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let states = self.lock();
        f.debug_struct("Pool")
            .field("capacity", &states.capacity)
            .field("compressors", &states.compressors.len())
            .field("decompressors", &states.decompressors.len())
            .finish()
    }
}

struct States {
    capacity: usize,
    /// The one that was used last comes last.
    compressors: Vec<Kept>,
    #[expect(clippy::vec_box, reason = "they move in and out of connections, in the same box")]
    decompressors: Vec<Box<Decompress>>,
}

impl States {
    /// The state to take, and whether the owner was the last to use it.
    fn find(&self, owner: Owner, key: Key) -> Option<(usize, bool)> {
        if owner != Owner::NOBODY
            && let Some(own) = self.compressors.iter().position(|kept| kept.owner == owner && kept.key == key)
        {
            return Some((own, true));
        }
        let mut fitting = self.compressors.iter().enumerate().filter(|(_, kept)| kept.key == key);
        let free = fitting.clone().find(|(_, kept)| kept.owner == Owner::NOBODY);
        // While there is room, nobody's context is taken away.
        let oldest = if self.compressors.len() < self.capacity { None } else { fitting.next() };
        free.or(oldest).map(|(index, _)| (index, false))
    }
}

struct Kept {
    owner: Owner,
    key: Key,
    state: Box<Compress>,
}

/// In which compressors' states differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) bits: WindowBits,
    pub(crate) level: Level,
}

/// Whose context a state holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Owner(u64);

impl Owner {
    pub(crate) const NOBODY: Self = Self(0);

    /// One that was not there before.
    pub(crate) fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// zlib compresses with windows from 9 bits up. Its matches reach back at most 262 bytes less than its window, so with 9 bits
/// 250 bytes, which fit in the window of a peer that has 8.
fn new_compress(key: Key) -> Compress {
    Compress::new_with_window_bits(Compression::new(key.level.get().into()), false, key.bits.get().max(9))
}

/// What a compressor's state takes on the heap: a fixed part, and four bytes for each byte of its window.
#[expect(clippy::arithmetic_side_effects, reason = "a window has at most 15 bits")]
pub(crate) const fn compress_bytes(key: Key) -> usize {
    let bits = if key.bits.get() < 9 { 9 } else { key.bits.get() };
    size_of::<Compress>() + 248_960 + (4 << bits)
}

/// What a decompressor's state takes on the heap, the same for every window.
pub(crate) const DECOMPRESS_BYTES: usize = size_of::<Decompress>() + 47_552;
