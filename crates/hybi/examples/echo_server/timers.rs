//! Who is to be looked after, and when.

use core::time::Duration;
use std::collections::{BTreeSet, HashMap};
use std::time::Instant;

use mio::Token;

/// One deadline for each peer, in order.
#[derive(Default)]
pub(crate) struct Timers {
    queue: BTreeSet<(Instant, Token)>,
    set: HashMap<Token, Instant>,
}

impl Timers {
    /// Sets the deadline of a peer. A later one than before is not entered: when the earlier one comes, the peer is asked again.
    /// So a busy connection costs nothing here.
    pub(crate) fn set(&mut self, token: Token, deadline: Instant) {
        if self.set.get(&token).is_some_and(|before| *before <= deadline) {
            return;
        }
        self.clear(token);
        self.set.insert(token, deadline);
        self.queue.insert((deadline, token));
    }

    pub(crate) fn clear(&mut self, token: Token) {
        if let Some(before) = self.set.remove(&token) {
            self.queue.remove(&(before, token));
        }
    }

    /// How long to wait for the next deadline.
    pub(crate) fn wait(&self, now: Instant) -> Option<Duration> {
        self.queue.first().map(|(deadline, _)| deadline.saturating_duration_since(now))
    }

    /// A peer whose deadline has come.
    pub(crate) fn due(&mut self, now: Instant) -> Option<Token> {
        let &(deadline, token) = self.queue.first()?;
        (deadline <= now).then(|| {
            self.clear(token);
            token
        })
    }
}
