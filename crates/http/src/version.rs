//! HTTP versions that have heads made of text.

use core::fmt;

use crate::Error;
use crate::error::excerpt;

/// The HTTP version that a head names. Others are refused.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HttpVersion {
    /// `HTTP/1.0`, `RFC 1945`.
    Http10,
    /// `HTTP/1.1`, `RFC 9112`.
    Http11,
}

impl HttpVersion {
    /// The version as it stands in a head.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http10 => "HTTP/1.0",
            Self::Http11 => "HTTP/1.1",
        }
    }

    /// Parses the version as it stands in a head. `RFC 9112 §2.3`.
    ///
    /// # Errors
    ///
    /// [`Error::VersionUnsupported`] for another version, [`Error::Version`] for what is none.
    pub(crate) fn parse(text: &[u8]) -> Result<Self, Error> {
        match text {
            b"HTTP/1.0" => Ok(Self::Http10),
            b"HTTP/1.1" => Ok(Self::Http11),
            got @ [b'H', b'T', b'T', b'P', b'/', b'0'..=b'9', b'.', b'0'..=b'9'] => {
                Err(Error::VersionUnsupported { got: excerpt(got) })
            }
            got => Err(Error::Version { got: excerpt(got) }),
        }
    }
}

impl fmt::Display for HttpVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
