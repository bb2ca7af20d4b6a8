//! How long the suite waits.

use core::time::Duration;

/// The times that a case may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pace {
    /// For an answer that must come. A peer that answers costs none of it.
    pub(crate) timeout: Duration,
    /// For a reaction that should come at once, where its absence is no failure.
    pub(crate) prompt: Duration,
    /// To see that nothing comes.
    pub(crate) quiet: Duration,
    /// For TCP to end once both ends have closed.
    pub(crate) grace: Duration,
}

impl Pace {
    /// The pace for this timeout.
    pub(crate) fn new(timeout: Duration) -> Self {
        Self {
            timeout,
            prompt: timeout.min(Duration::from_millis(1500)),
            quiet: timeout.min(Duration::from_millis(200)),
            grace: timeout.min(Duration::from_secs(1)),
        }
    }
}
