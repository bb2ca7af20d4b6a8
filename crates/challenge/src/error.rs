//! Why a key of a peer is refused.

use core::fmt;

/// Why a key of a peer is refused. All variants are there, whatever features are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// 16 bytes are 24 characters in base64 (RFC 6455 §4.2.1).
    KeyLength {
        /// How many bytes were found.
        got: usize,
    },
    /// A character is not one of base64 (RFC 4648 §4).
    KeyCharacter {
        /// Its index.
        at: usize,
        /// The byte there.
        got: u8,
    },
    /// The key does not end with `==`, so it does not decode to 16 bytes (RFC 6455 §4.2.1).
    KeyPadding,
    /// The bits behind the sixteenth byte are not zero, so that two keys would have the same value (RFC 4648 §3.5).
    KeyTrailingBits {
        /// The character that holds those bits.
        got: u8,
    },
    /// The digits of a key are its number (hybi-00 §5.2), and this one has none.
    NoDigit,
    /// A key has at least one space; to lack it is a symptom of a cross-protocol attack (hybi-00 §5.2).
    NoSpace,
    /// The number of a key is a multiple of its count of spaces (hybi-00 §5.2).
    NotAMultiple {
        /// The number that the digits make.
        number: u64,
        /// How many spaces the key has.
        spaces: u64,
    },
    /// The number of a key, divided by its count of spaces, goes into the challenge as 32 bits (hybi-00 §5.2).
    TooLarge,
}

impl Error {
    /// The HTTP status that a server answers with: 400, as for any handshake that breaks the rules (RFC 6455 §4.2.1).
    #[must_use]
    pub const fn status(&self) -> u16 {
        400
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyLength { got } => write!(f, "got a key of {got} bytes, expected 24 (16 bytes in base64)"),
            Self::KeyCharacter { at, got } => {
                write!(f, "got the byte \"{}\" at index {at} of the key, expected base64", got.escape_ascii())
            }
            Self::KeyPadding => f.write_str("got a key without == at its end, expected 16 bytes in base64"),
            Self::KeyTrailingBits { got } => {
                let got = got.escape_ascii();
                write!(f, "got \"{got}\" as the last character of the key before ==, expected one of A, Q, g and w")
            }
            Self::NoDigit => f.write_str("got a key without a digit, expected at least one"),
            Self::NoSpace => f.write_str("got a key without a space, expected at least one"),
            Self::NotAMultiple { number, spaces } => {
                write!(f, "got a key with the number {number}, expected a multiple of {spaces}, its count of spaces")
            }
            Self::TooLarge => f.write_str("got a key with a larger number, expected at most 4294967295 for each space"),
        }
    }
}

impl core::error::Error for Error {}
