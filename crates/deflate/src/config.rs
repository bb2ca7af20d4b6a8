//! What this end wants.

use crate::{Level, WindowBits};

/// What a client offers, or what a server agrees to; and how this end compresses.
///
/// The four parameters have the names that they have on the wire. A client asks for what concerns the server and announces
/// what concerns itself; a server imposes what concerns itself and asks for what concerns the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    pub(crate) server_no_context_takeover: bool,
    pub(crate) client_no_context_takeover: bool,
    pub(crate) server_max_window_bits: WindowBits,
    pub(crate) client_max_window_bits: Option<WindowBits>,
    pub(crate) level: Level,
    pub(crate) threshold: usize,
}

impl Config {
    /// The name of the extension (RFC 7692 §7).
    pub const NAME: &'static str = "permessage-deflate";

    /// The best compression, as browsers have it: context is kept in both directions, and windows may have 32 KiB.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            server_no_context_takeover: false,
            client_no_context_takeover: false,
            server_max_window_bits: WindowBits::MAX,
            client_max_window_bits: Some(WindowBits::MAX),
            level: Level::DEFAULT,
            threshold: 64,
        }
    }

    /// Context is kept in both directions, but windows have only 4 KiB, if the peer agrees.
    #[must_use]
    pub const fn low_memory() -> Self {
        let mut config = Self::new();
        config.server_max_window_bits = WindowBits::SMALL;
        config.client_max_window_bits = Some(WindowBits::SMALL);
        config
    }

    /// Context is kept in no direction, if the peer agrees: every message is compressed for itself, and nothing is held between
    /// two messages.
    #[must_use]
    pub const fn no_context() -> Self {
        Self::new().server_no_context_takeover(true).client_no_context_takeover(true)
    }

    /// Whether the server must compress every message for itself (RFC 7692 §7.1.1.1). Default: false.
    ///
    /// A client that asks for it fails the connection if the server accepts the offer without it.
    #[must_use]
    pub const fn server_no_context_takeover(mut self, on: bool) -> Self {
        self.server_no_context_takeover = on;
        self
    }

    /// Whether the client must compress every message for itself (RFC 7692 §7.1.1.2). Default: false.
    #[must_use]
    pub const fn client_no_context_takeover(mut self, on: bool) -> Self {
        self.client_no_context_takeover = on;
        self
    }

    /// The largest window with which the server may compress (RFC 7692 §7.1.2.1). Default: 15.
    ///
    /// A client that asks for less than 15 fails the connection if the server accepts the offer without it; many servers
    /// decline such an offer. Then nothing is compressed, unless a further offer without it follows.
    #[must_use]
    pub const fn server_max_window_bits(mut self, bits: WindowBits) -> Self {
        self.server_max_window_bits = bits;
        self
    }

    /// The largest window with which the client may compress (RFC 7692 §7.1.2.2). Default: 15.
    ///
    /// A client that has `None` here doesn't offer that its window be limited. A server can limit it only where that is offered;
    /// from a client that does not offer it, a server takes windows of 32 KiB.
    #[must_use]
    pub fn client_max_window_bits(mut self, bits: impl Into<Option<WindowBits>>) -> Self {
        self.client_max_window_bits = bits.into();
        self
    }

    /// How much work goes into compressing. Default: 6.
    #[must_use]
    pub const fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// Messages of fewer bytes are sent uncompressed. Default: 64.
    #[must_use]
    pub const fn threshold(mut self, bytes: usize) -> Self {
        self.threshold = bytes;
        self
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}
