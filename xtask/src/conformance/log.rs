//! The wire log of a case: what went over the connection in either direction, and what the suite thought of it.

use core::time::Duration;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// A log that the connections of a case share.
#[derive(Clone)]
pub(crate) struct Log {
    start: Instant,
    inner: Arc<Mutex<Inner>>,
}

/// One line of a log.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) at: Duration,
    pub(crate) kind: Kind,
    pub(crate) text: String,
    /// The first bytes of what went over the wire.
    pub(crate) bytes: Vec<u8>,
    /// How many there were in all.
    pub(crate) total: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Bytes to the peer.
    Sent,
    /// Bytes from the peer.
    Received,
    /// A remark of the suite.
    Note,
}

#[derive(Default)]
struct Inner {
    entries: Vec<Entry>,
    left_out: usize,
    paused: bool,
}

impl Log {
    pub(crate) fn new() -> Self {
        Self { start: Instant::now(), inner: Arc::default() }
    }

    pub(crate) fn sent(&self, text: impl Into<String>, bytes: &[u8]) {
        self.push(Kind::Sent, text.into(), bytes);
    }

    pub(crate) fn received(&self, text: impl Into<String>, bytes: &[u8]) {
        self.push(Kind::Received, text.into(), bytes);
    }

    pub(crate) fn note(&self, text: impl Into<String>) {
        self.push(Kind::Note, text.into(), &[]);
    }

    /// Stops logging bytes, or goes on with it; for cases with very many messages.
    pub(crate) fn pause(&self, paused: bool) {
        self.with(|inner| inner.paused = paused);
    }

    /// Whether lines about bytes are worth making.
    pub(crate) fn is_wanted(&self) -> bool {
        self.with(|inner| !inner.paused && inner.entries.len() < MAX_ENTRIES)
    }

    /// All that was logged, with a last line about what was left out.
    pub(crate) fn take(&self) -> Vec<Entry> {
        let at = self.start.elapsed();
        self.with(|inner| {
            let mut entries = core::mem::take(&mut inner.entries);
            if inner.left_out > 0 {
                let text = format!("{} more lines are left out", inner.left_out);
                entries.push(Entry { at, kind: Kind::Note, text, bytes: Vec::new(), total: 0 });
            }
            entries
        })
    }

    fn push(&self, kind: Kind, text: String, bytes: &[u8]) {
        let at = self.start.elapsed();
        self.with(|inner| {
            if inner.entries.len() >= MAX_ENTRIES || inner.paused && kind != Kind::Note {
                inner.left_out += 1;
                return;
            }
            let shown = bytes.get(..MAX_BYTES).unwrap_or(bytes).to_vec();
            inner.entries.push(Entry { at, kind, text, bytes: shown, total: bytes.len() });
        });
    }

    fn with<T>(&self, change: impl FnOnce(&mut Inner) -> T) -> T {
        change(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

const MAX_ENTRIES: usize = 200;
const MAX_BYTES: usize = 512;
