//! A bar on a terminal that says how far the suite is.

use std::io::{IsTerminal, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::conformance::results::{CaseResult, Counts};

/// Counts cases, and shows the count if someone is there to see it.
pub(crate) struct Progress {
    total: usize,
    is_shown: bool,
    start: Instant,
    counts: Mutex<(Counts, Option<Instant>)>,
}

impl Progress {
    pub(crate) fn new(total: usize) -> Self {
        Self { total, is_shown: std::io::stderr().is_terminal(), start: Instant::now(), counts: Mutex::default() }
    }

    /// Counts, and shows nothing.
    #[cfg(test)]
    pub(crate) fn hidden() -> Self {
        Self { is_shown: false, ..Self::new(0) }
    }

    /// One more case is done.
    pub(crate) fn done(&self, result: &CaseResult) {
        let mut guard = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let (counts, last) = &mut *guard;
        counts.add(result.verdict());
        let is_due = last.is_none_or(|last| last.elapsed().as_millis() > 60);
        if self.is_shown && (is_due || counts.total() == self.total) {
            *last = Some(Instant::now());
            self.show(*counts, &result.id);
        }
    }

    /// Takes the bar away.
    pub(crate) fn clear(&self) {
        if self.is_shown {
            write("\r\x1b[2K");
        }
    }

    fn show(&self, counts: Counts, id: &str) {
        const WIDTH: usize = 30;
        let done = counts.total();
        let full = (WIDTH * done).checked_div(self.total).unwrap_or(WIDTH).min(WIDTH);
        let failed = match counts.failed {
            0 => String::new(),
            failed => format!(" \x1b[31m{failed} failed\x1b[0m"),
        };
        write(&format!(
            "\r\x1b[2K\x1b[32m{}\x1b[90m{}\x1b[0m {done}/{} {} s{failed}  {id}",
            "━".repeat(full),
            "━".repeat(WIDTH - full),
            self.total,
            self.start.elapsed().as_secs(),
        ));
    }
}

fn write(text: &str) {
    let mut stderr = std::io::stderr().lock();
    // Nothing is lost if the bar is not seen.
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}
