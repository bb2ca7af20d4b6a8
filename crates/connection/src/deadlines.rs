//! When something is due. Time is an input: the caller has the clock.

use core::time::Duration;
use std::time::Instant;

use crate::State;

/// How long to wait. `None` waits for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeouts {
    /// From the beginning until the handshake is done. Default: 10 seconds.
    pub handshake: Option<Duration>,
    /// Without a byte from the peer until a ping is due, to see whether it is still there. Default: 30 seconds.
    pub ping: Option<Duration>,
    /// From that ping until the peer must have sent something. Default: 20 seconds.
    pub pong: Option<Duration>,
    /// From our close frame until the peer's, and until the transport is closed. Default: 5 seconds.
    pub close: Option<Duration>,
}

impl Timeouts {
    /// The defaults.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            handshake: Some(Duration::from_secs(10)),
            ping: Some(Duration::from_secs(30)),
            pong: Some(Duration::from_secs(20)),
            close: Some(Duration::from_secs(5)),
        }
    }

    /// Waits for ever, for everything.
    #[must_use]
    pub const fn never() -> Self {
        Self { handshake: None, ping: None, pong: None, close: None }
    }

    /// Sets [`handshake`](Self::handshake).
    #[must_use]
    pub const fn handshake(self, handshake: Option<Duration>) -> Self {
        Self { handshake, ..self }
    }

    /// Sets [`ping`](Self::ping).
    #[must_use]
    pub const fn ping(self, ping: Option<Duration>) -> Self {
        Self { ping, ..self }
    }

    /// Sets [`pong`](Self::pong).
    #[must_use]
    pub const fn pong(self, pong: Option<Duration>) -> Self {
        Self { pong, ..self }
    }

    /// Sets [`close`](Self::close).
    #[must_use]
    pub const fn close(self, close: Option<Duration>) -> Self {
        Self { close, ..self }
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Self::new()
    }
}

/// The deadlines of one connection, kept beside it by a caller who wants them.
///
/// Tell it of every read and of the state that the connection is in; ask it for the next deadline, and at that time what is
/// due.
///
/// ```
/// use core::time::Duration;
/// use std::time::Instant;
/// use hybi_connection::{Deadlines, Due, State, Timeouts, Waiting};
///
/// let timeouts = Timeouts::new();
/// let start = Instant::now();
/// let mut deadlines = Deadlines::new(start);
/// deadlines.received(Some(State::Open), start);              // the handshake is done
///
/// let later = start + Duration::from_secs(30);
/// assert_eq!(deadlines.next(&timeouts), Some(later));
/// assert_eq!(deadlines.due(&timeouts, later), Some(Due::Ping));
/// let end = later + Duration::from_secs(20);
/// assert_eq!(deadlines.due(&timeouts, end), Some(Due::Expired(Waiting::Pong)));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Deadlines {
    waiting: Waiting,
    since: Instant,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Waiting {
    /// The end of the handshake.
    Handshake,
    /// Anything, from a peer that is well.
    Bytes,
    /// Anything, after a ping.
    Pong,
    /// The peer's close frame, or the end of the transport.
    Close,
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Due {
    /// The peer has been silent: send a ping. In a version that has none, nothing can be done.
    Ping,
    /// The peer didn't do in time what it was waited for: close the transport.
    Expired(Waiting),
}

impl Deadlines {
    /// At the beginning of a connection, before its handshake.
    #[must_use]
    pub const fn new(now: Instant) -> Self {
        Self { waiting: Waiting::Handshake, since: now }
    }

    /// Bytes came from the peer, and left the connection in this state; `None` stands for the handshake.
    pub const fn received(&mut self, state: Option<State>, now: Instant) {
        match state {
            None => {}
            Some(State::Open) => *self = Self { waiting: Waiting::Bytes, since: now },
            Some(_) => self.closing(now),
        }
    }

    /// A close frame was sent, or the transport waits to be closed.
    pub const fn closing(&mut self, now: Instant) {
        if !matches!(self.waiting, Waiting::Close) {
            *self = Self { waiting: Waiting::Close, since: now };
        }
    }

    /// What is waited for now.
    #[must_use]
    pub const fn waiting(&self) -> Waiting {
        self.waiting
    }

    /// When to ask again what is [due](Self::due), if nothing happens before.
    #[must_use]
    pub fn next(&self, timeouts: &Timeouts) -> Option<Instant> {
        let timeout = match self.waiting {
            Waiting::Handshake => timeouts.handshake,
            Waiting::Bytes => timeouts.ping,
            Waiting::Pong => timeouts.pong,
            Waiting::Close => timeouts.close,
        };
        self.since.checked_add(timeout?)
    }

    /// What is due now, if anything. Whoever is told to ping is expected to do so: the wait for the pong begins.
    pub fn due(&mut self, timeouts: &Timeouts, now: Instant) -> Option<Due> {
        if self.next(timeouts)? > now {
            return None;
        }
        if self.waiting == Waiting::Bytes {
            *self = Self { waiting: Waiting::Pong, since: now };
            return Some(Due::Ping);
        }
        Some(Due::Expired(self.waiting))
    }
}
