//! What can be wrong with a frame.

use core::fmt;

use hybi_version::Version;

use crate::{CloseCode, Opcode};

/// What is wrong with a frame or with what it carries. All but [`VersionDisabled`](Self::VersionDisabled) are the peer's
/// doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A reserved bit is set that no extension gave a meaning (RFC 6455 §5.2). The three bits, RSV1 the highest.
    ReservedBits(u8),
    /// The opcode is one of the reserved ones (RFC 6455 §5.2).
    ReservedOpcode(u8),
    /// A client sent a frame without a mask (RFC 6455 §5.1).
    MaskMissing,
    /// A server sent a frame with a mask (RFC 6455 §5.1).
    MaskUnexpected,
    /// The length was written in more bytes than it needs (RFC 6455 §5.2).
    LengthNotMinimal(u64),
    /// The highest bit of a 64-bit length is set (RFC 6455 §5.2).
    LengthOutOfRange(u64),
    /// A control frame carries more than 125 bytes (RFC 6455 §5.5).
    ControlTooLong(u64),
    /// A control frame without the FIN bit (RFC 6455 §5.5).
    ControlFragmented(Opcode),
    /// A continuation frame where no message has begun (RFC 6455 §5.4).
    ContinuationUnexpected,
    /// A new message began inside of a fragmented one (RFC 6455 §5.4).
    ContinuationExpected(Opcode),
    /// The frame is larger than we take (RFC 6455 §10.4).
    FrameTooLarge {
        /// The size that the frame has, or has reached so far where its end is not known, in bytes.
        size: u64,
        /// The size that is allowed, in bytes.
        limit: u64,
    },
    /// A text message or a close reason that is not UTF-8 (RFC 6455 §8.1).
    InvalidUtf8,
    /// A close frame with a single byte, half a close code (RFC 6455 §5.5.1).
    CloseTooShort,
    /// A close code that must not be sent in a frame (RFC 6455 §7.4).
    InvalidCloseCode(CloseCode),
    /// The length of a sentinel frame runs over more bytes than any length needs (hybi-00 §4.2).
    SentinelLength,
    /// The logic of this version (RFC 6455 §4.4) was left out of the build.
    VersionDisabled {
        /// The version.
        version: Version,
    },
}

impl Error {
    /// The close code that tells the peer (RFC 6455 §7.4.1). The versions without close codes just close.
    #[must_use]
    pub const fn close_code(self) -> CloseCode {
        match self {
            Self::InvalidUtf8 => CloseCode::INVALID_DATA,
            Self::FrameTooLarge { .. } | Self::SentinelLength => CloseCode::TOO_BIG,
            Self::VersionDisabled { .. } => CloseCode::INTERNAL_ERROR,
            _ => CloseCode::PROTOCOL_ERROR,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReservedBits(bits) => write!(f, "reserved bits {bits:03b} set, and no extension uses them"),
            Self::ReservedOpcode(bits) => write!(f, "opcode {bits:#x} is reserved"),
            Self::MaskMissing => f.write_str("frame from a client without a mask"),
            Self::MaskUnexpected => f.write_str("frame from a server with a mask"),
            Self::LengthNotMinimal(length) => write!(f, "length {length} not written in the shortest form"),
            Self::LengthOutOfRange(length) => write!(f, "length {length:#x} has its highest bit set"),
            Self::ControlTooLong(length) => write!(f, "control frame of {length} bytes; at most 125 are allowed"),
            Self::ControlFragmented(opcode) => write!(f, "{opcode} frame without the FIN bit"),
            Self::ContinuationUnexpected => f.write_str("continuation frame, but no message has begun"),
            Self::ContinuationExpected(opcode) => {
                write!(f, "{opcode} frame inside of a fragmented message; expected a continuation")
            }
            Self::FrameTooLarge { size, limit } => write!(f, "frame of {size} bytes; the limit is {limit}"),
            Self::InvalidUtf8 => f.write_str("text that is not UTF-8"),
            Self::CloseTooShort => f.write_str("close frame of one byte; a close code has two"),
            Self::InvalidCloseCode(code) => write!(f, "close code {code} must not be sent"),
            Self::SentinelLength => f.write_str("frame length of more than nine bytes"),
            Self::VersionDisabled { version } => {
                write!(f, "{version} is not compiled in; enable the feature `{}`", version.feature())
            }
        }
    }
}

impl core::error::Error for Error {}
