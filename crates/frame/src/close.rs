//! Close codes.

use core::fmt;

use hybi_version::Version;

/// Why a connection is closed (RFC 6455 §7.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CloseCode(u16);

impl CloseCode {
    /// 1000: the purpose is fulfilled.
    pub const NORMAL: Self = Self(1000);
    /// 1001: a server shuts down, or a browser leaves the page.
    pub const GOING_AWAY: Self = Self(1001);
    /// 1002: the peer broke the protocol.
    pub const PROTOCOL_ERROR: Self = Self(1002);
    /// 1003: a kind of data that this end can't take, such as binary where text is spoken.
    pub const UNSUPPORTED_DATA: Self = Self(1003);
    /// 1005: stands for a close frame without a code. Never sent.
    pub const NO_STATUS: Self = Self(1005);
    /// 1006: stands for a connection that was lost without a close frame. Never sent.
    pub const ABNORMAL: Self = Self(1006);
    /// 1007: data that doesn't fit its type, such as text that isn't UTF-8.
    pub const INVALID_DATA: Self = Self(1007);
    /// 1008: against the rules of this end; for want of a better code.
    pub const POLICY_VIOLATION: Self = Self(1008);
    /// 1009: more than this end can take.
    pub const TOO_BIG: Self = Self(1009);
    /// 1010: the client needs an extension that the server didn't agree to.
    pub const MANDATORY_EXTENSION: Self = Self(1010);
    /// 1011: the server met something unexpected.
    pub const INTERNAL_ERROR: Self = Self(1011);
    /// 1012: the server restarts.
    pub const SERVICE_RESTART: Self = Self(1012);
    /// 1013: the server is overloaded; try again later.
    pub const TRY_AGAIN_LATER: Self = Self(1013);
    /// 1014: a gateway got a bad answer from behind it.
    pub const BAD_GATEWAY: Self = Self(1014);
    /// 1015: stands for a failed TLS handshake. Never sent.
    pub const TLS_FAILURE: Self = Self(1015);

    /// Any code. Whether it may be sent is another question: see [`may_be_sent`](Self::may_be_sent).
    #[must_use]
    pub const fn new(code: u16) -> Self {
        Self(code)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// Whether we may put this code into a close frame of that version (RFC 6455 §7.4.1 and §7.4.2).
    #[must_use]
    pub fn may_be_sent(self, version: Version) -> bool {
        version.facts().close_codes_sent.iter().any(|codes| codes.contains(&self.0))
    }

    /// Whether a peer may put this code into a close frame of that version.
    #[must_use]
    pub fn may_be_received(self, version: Version) -> bool {
        version.facts().close_codes_received.iter().any(|codes| codes.contains(&self.0))
    }
}

impl From<u16> for CloseCode {
    fn from(code: u16) -> Self {
        Self(code)
    }
}

impl From<CloseCode> for u16 {
    fn from(code: CloseCode) -> Self {
        code.0
    }
}

impl fmt::Display for CloseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
