//! The four versions of the protocol, as far as a judge has to tell them apart.

use core::fmt;

/// One version of the WebSocket protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Version {
    /// draft-hixie-thewebsocketprotocol-75
    Hixie75,
    /// draft-ietf-hybi-thewebsocketprotocol-00, the same as hixie-76
    Hybi00,
    /// draft-ietf-hybi-thewebsocketprotocol-10, `Sec-WebSocket-Version: 8`
    Hybi10,
    /// RFC 6455, `Sec-WebSocket-Version: 13`
    Hybi17,
}

impl Version {
    /// All versions, the latest first.
    pub(crate) const ALL: [Self; 4] = [Self::Hybi17, Self::Hybi10, Self::Hybi00, Self::Hixie75];

    /// The short name that options and reports use.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Hixie75 => "hixie75",
            Self::Hybi00 => "hybi00",
            Self::Hybi10 => "hybi10",
            Self::Hybi17 => "hybi17",
        }
    }

    /// The version that a user means.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "hixie75" | "hixie-75" | "75" => Some(Self::Hixie75),
            "hybi00" | "hybi-00" | "hixie76" | "hixie-76" | "00" | "76" => Some(Self::Hybi00),
            "hybi10" | "hybi-10" | "8" => Some(Self::Hybi10),
            "hybi17" | "hybi-17" | "rfc6455" | "13" => Some(Self::Hybi17),
            _ => None,
        }
    }

    /// The number in `Sec-WebSocket-Version`, where there is one.
    pub(crate) fn number(self) -> Option<&'static str> {
        match self {
            Self::Hixie75 | Self::Hybi00 => None,
            Self::Hybi10 => Some("8"),
            Self::Hybi17 => Some("13"),
        }
    }

    /// Whether frames have an opcode, a length and a mask; else they are `00 … FF`.
    pub(crate) fn has_base_frames(self) -> bool {
        matches!(self, Self::Hybi10 | Self::Hybi17)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Client,
    Server,
}

impl Side {
    /// The other end.
    pub(crate) fn peer(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Client => "client",
            Self::Server => "server",
        })
    }
}
