//! What can go wrong: on the peer's side, and on ours.

use core::fmt;

use hybi_frame::CloseCode;
use hybi_version::Version;

use crate::Kind;

/// What the peer did wrong. The close frame that tells it so is already in the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A frame, or the text in it, breaks the rules (RFC 6455 §5, §8.1).
    Frame(hybi_frame::Error),
    /// A message is larger than [we take](crate::Limits::message_bytes) (RFC 6455 §10.4).
    MessageTooLarge {
        /// The size that the message has, or has reached so far, in bytes.
        size: u64,
        /// The size that is allowed, in bytes.
        limit: u64,
    },
    /// A message has more frames than [we take](crate::Limits::fragments) (RFC 6455 §10.4).
    TooManyFragments {
        /// How many are allowed.
        limit: u32,
    },
    /// More pings came in one read than [we take](crate::Limits::pings) (RFC 6455 §10.4).
    TooManyPings {
        /// How many are allowed.
        limit: u32,
    },
    /// A compressed message that isn't one: no DEFLATE data, or cut off (RFC 7692 §7.2.2).
    InvalidCompression,
    /// The transport ended without a closing handshake (RFC 6455 §7.1.5, close code 1006).
    UnexpectedEof,
}

impl Error {
    /// The close code that the peer is told, or for [`UnexpectedEof`](Self::UnexpectedEof) the one that stands for it
    /// (RFC 6455 §7.4.1).
    #[must_use]
    pub const fn close_code(self) -> CloseCode {
        match self {
            Self::Frame(error) => error.close_code(),
            Self::MessageTooLarge { .. } => CloseCode::TOO_BIG,
            Self::InvalidCompression => CloseCode::INVALID_DATA,
            Self::TooManyFragments { .. } | Self::TooManyPings { .. } => CloseCode::POLICY_VIOLATION,
            Self::UnexpectedEof => CloseCode::ABNORMAL,
        }
    }
}

impl From<hybi_frame::Error> for Error {
    fn from(error: hybi_frame::Error) -> Self {
        Self::Frame(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Frame(error) => error.fmt(f),
            Self::MessageTooLarge { size, limit } => write!(f, "message of {size} bytes; the limit is {limit}"),
            Self::TooManyFragments { limit } => write!(f, "message of more than {limit} frames"),
            Self::TooManyPings { limit } => write!(f, "more than {limit} pings in one read"),
            Self::InvalidCompression => f.write_str("message that can't be decompressed"),
            Self::UnexpectedEof => f.write_str("the transport ended without a closing handshake"),
        }
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Frame(error) => Some(error),
            _ => None,
        }
    }
}

/// What the caller can't send now, or not at all. Nothing was sent, and the connection is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SendError {
    /// The handshake is not done yet (RFC 6455 §4.1).
    NotOpen,
    /// A close frame was sent or received, or the connection failed: nothing may follow (RFC 6455 §5.5.1).
    Closed,
    /// The version has no such thing; [`Version::can`] tells beforehand (hybi-00 §4.2).
    Unsupported {
        /// What it lacks.
        what: &'static str,
        /// The version that is spoken.
        version: Version,
    },
    /// A ping or pong of more than 125 bytes (RFC 6455 §5.5).
    ControlTooLong(usize),
    /// A close code that must not be sent in a frame of this version (RFC 6455 §7.4).
    InvalidCloseCode {
        /// The code.
        code: CloseCode,
        /// The version that is spoken.
        version: Version,
    },
    /// A message in parts was begun and not ended (RFC 6455 §5.4). Its kind.
    InMessage(Kind),
    /// A client's frame can't be prepared for many connections: each has a mask of its own (RFC 6455 §5.3).
    PreparedByClient,
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOpen => f.write_str("the handshake is not done yet"),
            Self::Closed => f.write_str("the connection is closed or closing"),
            Self::Unsupported { what, version } => write!(f, "{version} has no {what}"),
            Self::ControlTooLong(size) => write!(f, "ping or pong of {size} bytes; at most 125 are allowed"),
            Self::InvalidCloseCode { code, version } => write!(f, "close code {code} must not be sent in {version}"),
            Self::InMessage(kind) => write!(f, "a {kind} message in parts was begun and is not ended"),
            Self::PreparedByClient => f.write_str("a client masks each frame anew and can't send a prepared one"),
        }
    }
}

impl core::error::Error for SendError {}
