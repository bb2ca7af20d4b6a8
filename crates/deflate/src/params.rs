//! What was agreed.

use crate::{Compressor, Decompressor, Level, Pool, WindowBits};

/// What client and server agreed on, and how this end compresses.
///
/// [`Config::accept`](crate::Config::accept) gives a server's, [`Config::check_answer`](crate::Config::check_answer) a client's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Params {
    pub(crate) server: bool,
    pub(crate) server_no_context_takeover: bool,
    pub(crate) client_no_context_takeover: bool,
    pub(crate) server_max_window_bits: WindowBits,
    pub(crate) client_max_window_bits: WindowBits,
    pub(crate) level: Level,
    pub(crate) threshold: usize,
}

impl Params {
    /// What compresses the messages that this end sends.
    #[must_use]
    pub fn compressor(&self, pool: &Pool) -> Compressor {
        let (bits, context_takeover) = self.direction(self.server);
        Compressor::new(bits, context_takeover, self.level, self.threshold, pool)
    }

    /// What decompresses the messages that this end receives.
    #[must_use]
    pub fn decompressor(&self, pool: &Pool) -> Decompressor {
        let (bits, context_takeover) = self.direction(!self.server);
        Decompressor::new(bits, context_takeover, pool)
    }

    /// Whether the server compresses every message for itself.
    #[must_use]
    pub const fn server_no_context_takeover(&self) -> bool {
        self.server_no_context_takeover
    }

    /// Whether the client compresses every message for itself.
    #[must_use]
    pub const fn client_no_context_takeover(&self) -> bool {
        self.client_no_context_takeover
    }

    /// The largest window with which the server compresses.
    #[must_use]
    pub const fn server_max_window_bits(&self) -> WindowBits {
        self.server_max_window_bits
    }

    /// The largest window with which the client compresses.
    #[must_use]
    pub const fn client_max_window_bits(&self) -> WindowBits {
        self.client_max_window_bits
    }

    /// Window and context takeover of what the server, or the client, sends.
    const fn direction(&self, server: bool) -> (WindowBits, bool) {
        if server {
            (self.server_max_window_bits, !self.server_no_context_takeover)
        } else {
            (self.client_max_window_bits, !self.client_no_context_takeover)
        }
    }
}
