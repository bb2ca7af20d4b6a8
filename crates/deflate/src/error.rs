//! What can be wrong with a negotiation or with a compressed message.

use core::fmt;

use crate::WindowBits;

/// What is wrong with the answer to an offer, with a compressed message, or with a number that the caller chose.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are no DEFLATE data, or refer to more of what was sent before than the window holds (RFC 7692 §7.2.2).
    Corrupt,
    /// The message ends inside of a DEFLATE block (RFC 7692 §7.2.1).
    Unfinished,
    /// The message is larger, uncompressed, than is allowed (RFC 6455 §10.4).
    TooLarge {
        /// How many bytes are allowed.
        limit: usize,
    },
    /// The compressor failed, which it never does for a reason that lies in the data (RFC 7692 §7.2.1).
    Compressor,
    /// The server accepted another extension than the one that was offered (RFC 6455 §9.1).
    OtherExtension(String),
    /// The server's answer has a parameter that this extension does not define (RFC 7692 §7).
    UnknownParameter(String),
    /// The server's answer has a parameter twice (RFC 7692 §7).
    RepeatedParameter(&'static str),
    /// The server's answer has a parameter with a value that it must not have, or without the one it must have (RFC 7692 §7.1).
    InvalidValue {
        /// The name of the parameter.
        name: &'static str,
        /// Its value, if it has one.
        value: Option<String>,
    },
    /// The server's answer lacks a parameter by which it would have agreed to what the offer asked for (RFC 7692 §7.1.1.1,
    /// §7.1.2.1).
    MissingParameter(&'static str),
    /// The server's answer limits the client's window, though the offer did not say that the client can do this, (RFC 7692
    /// §7.1.2.2).
    NotOffered(&'static str),
    /// The server's answer names a larger window than the offer (RFC 7692 §7.1.2).
    WindowTooLarge {
        /// The name of the parameter.
        name: &'static str,
        /// What was offered.
        offered: WindowBits,
        /// What was answered.
        answered: WindowBits,
    },
    /// Not a size that a window can have, 8 to 15 bits (RFC 7692 §7.1.2). The caller's doing.
    WindowBits(u8),
    /// Not a level of compression, 1 to 9. RFC 7692 §7.2.1 leaves the compressor free in this. The caller's doing.
    Level(u8),
}

impl Error {
    /// The close code that tells the peer (RFC 6455 §7.4.1).
    #[must_use]
    pub const fn close_code(&self) -> u16 {
        match self {
            Self::Corrupt | Self::Unfinished => 1007,
            Self::TooLarge { .. } => 1009,
            Self::Compressor | Self::WindowBits(_) | Self::Level(_) => 1011,
            _ => 1002,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Corrupt => f.write_str("compressed message is not valid DEFLATE data"),
            Self::Unfinished => f.write_str("compressed message ends inside of a DEFLATE block"),
            Self::TooLarge { limit } => write!(f, "message has more than the {limit} bytes that are allowed"),
            Self::Compressor => f.write_str("compressor failed"),
            Self::OtherExtension(name) => write!(f, "extension {name:?} in the answer; permessage-deflate was offered"),
            Self::UnknownParameter(name) => write!(f, "permessage-deflate has no parameter {name:?}"),
            Self::RepeatedParameter(name) => write!(f, "parameter {name} twice; expected once at most"),
            Self::InvalidValue { name, value: Some(value) } => {
                write!(f, "value {value:?} of parameter {name}; expected {}", expected(name))
            }
            Self::InvalidValue { name, value: None } => {
                write!(f, "parameter {name} without a value; expected {}", expected(name))
            }
            Self::MissingParameter(name) => write!(f, "offered {name}, which the answer does not grant"),
            Self::NotOffered(name) => write!(f, "parameter {name} in the answer, which was not offered"),
            Self::WindowTooLarge { name, offered, answered } => {
                write!(f, "{answered} bits for {name}; at most the {offered} that were offered are allowed")
            }
            Self::WindowBits(bits) => write!(f, "a window of {bits} bits; expected 8 to 15"),
            Self::Level(level) => write!(f, "compression level {level}; expected 1 to 9"),
        }
    }
}

impl core::error::Error for Error {}

fn expected(name: &str) -> &'static str {
    if name.ends_with("_window_bits") { "a number from 8 to 15" } else { "no value" }
}
