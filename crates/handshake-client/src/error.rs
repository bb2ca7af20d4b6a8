//! What can be wrong with an answer, or with what is asked for.

use core::fmt;

use hybi_version::Version;

/// What is wrong with an answer, each with the rule that it breaks; or with an [`Offer`](crate::Offer).
///
/// Texts stand in it escaped and cut to 64 bytes, so an error can be logged.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The answer is no HTTP/1.1, or larger than the [limits](crate::Offer::limits). `RFC 6455 §4.1`.
    Http(hybi_http::Error),
    /// There are more answers before the answer than the limit. `RFC 9110 §15.2`.
    TooManyInterim {
        /// The limit.
        limit: u8,
    },
    /// The status of an answer that accepts is 101. `RFC 6455 §4.1`.
    Status {
        /// The status.
        got: u16,
    },
    /// An answer with status 101 is HTTP/1.1 or later. `RFC 9110 §15.2`.
    HttpVersion,
    /// A header that may be there once is there more often. `RFC 6455 §11.3`, `hybi-00 §4.1`.
    Repeated {
        /// The name of the header.
        name: &'static str,
    },
    /// There is no `Upgrade`. `RFC 6455 §4.1`.
    MissingUpgrade,
    /// `Upgrade` is not `websocket`. `RFC 6455 §4.1`.
    Upgrade {
        /// The value.
        got: Box<str>,
    },
    /// `Connection` does not name `Upgrade`. `RFC 6455 §4.1`.
    MissingConnection,
    /// There is no `Sec-WebSocket-Accept`. `RFC 6455 §4.1`.
    MissingAccept,
    /// `Sec-WebSocket-Accept` does not answer the key that was sent. `RFC 6455 §4.1`.
    Accept {
        /// The value.
        got: Box<str>,
        /// What the key is answered with.
        expected: Box<str>,
    },
    /// The bytes behind the head do not answer the keys that were sent. `hybi-00 §4.1`.
    Checksum {
        /// The bytes.
        got: [u8; 16],
        /// What the keys are answered with.
        expected: [u8; 16],
    },
    /// The answer does not repeat the origin. `hybi-00 §4.1`.
    MissingOrigin,
    /// The answer is for another origin. `hybi-00 §4.1`.
    Origin {
        /// The origin of the answer.
        got: Box<str>,
        /// The origin that was sent.
        expected: Box<str>,
    },
    /// The answer does not repeat the URL. `hybi-00 §4.1`.
    MissingLocation,
    /// The answer is for another URL. `hybi-00 §4.1`.
    Location {
        /// The URL of the answer.
        got: Box<str>,
        /// The URL that was dialled.
        expected: Box<str>,
    },
    /// The answer does not repeat the subprotocol that was asked for. `hybi-00 §4.1`.
    MissingSubprotocol,
    /// The answer has a subprotocol that was not offered. `RFC 6455 §4.1`.
    SubprotocolNotOffered {
        /// The subprotocol.
        got: Box<str>,
    },
    /// `Sec-WebSocket-Extensions` is no list of extensions. `RFC 6455 §9.1`.
    Extensions(hybi_http::Error),
    /// The answer has an extension that was not offered. `RFC 6455 §4.1`.
    ExtensionNotOffered {
        /// The name of the extension.
        got: Box<str>,
    },

    /// The status of an answer that accepts an extended CONNECT is 2xx. `RFC 8441 §5`.
    ConnectStatus {
        /// The status.
        got: u16,
    },

    /// Our fault: the version needs a connection of its own, and can't begin on a stream of HTTP/2 or HTTP/3. `RFC 8441 §5`.
    ConnectVersion {
        /// The version.
        version: Version,
    },
    /// Our fault: eight bytes follow the head of this version's request, which an HTTP library has no way to send.
    /// `hybi-00 §4.1`.
    BytesBehindHead {
        /// The version.
        version: Version,
    },
    /// Our fault: an answer is given to a handshake that has had its answer. `RFC 6455 §4.1`.
    Answered,
    /// Our fault: the version is not compiled in; its cargo feature is off. `RFC 6455 §4.1`.
    VersionDisabled {
        /// The version; [`Version::feature`] is the name of the feature.
        version: Version,
    },
    /// Our fault: a header that was to be sent can not be. `RFC 9110 §5.5`.
    Request(hybi_http::Error),
    /// Our fault: the handshake writes this header itself, or it would announce a body. `RFC 6455 §4.1`.
    ReservedHeader {
        /// The name.
        got: Box<str>,
    },
    /// Our fault: a subprotocol is not a token. `RFC 6455 §4.1`.
    Subprotocol {
        /// The subprotocol.
        got: Box<str>,
    },
    /// Our fault: a subprotocol is offered twice. `RFC 6455 §4.1`.
    RepeatedSubprotocol {
        /// The subprotocol.
        got: Box<str>,
    },
    /// Our fault: the version can offer one subprotocol alone. `hybi-00 §4.1`.
    ManySubprotocols {
        /// The version.
        version: Version,
    },
    /// Our fault: the version has no extensions. `hybi-00 §1.2`.
    NoExtensions {
        /// The version.
        version: Version,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http(error) => write!(f, "the answer is not HTTP/1.1 as it should be: {error}"),
            Self::TooManyInterim { limit } => write!(f, "more than {limit} answers came before the answer"),
            Self::Status { got } => write!(f, "expected status 101, got {got}"),
            Self::HttpVersion => f.write_str("expected HTTP/1.1, got HTTP/1.0"),
            Self::Repeated { name } => write!(f, "expected header {name} once, got it more than once"),
            Self::MissingUpgrade => f.write_str("expected the header Upgrade: websocket, got none"),
            Self::Upgrade { got } => write!(f, "expected the header Upgrade: websocket, got {got:?}"),
            Self::MissingConnection => f.write_str("expected a header Connection that names Upgrade, got none"),
            Self::MissingAccept => f.write_str("expected the header Sec-WebSocket-Accept, got none"),
            Self::Accept { got, expected } => write!(f, "expected Sec-WebSocket-Accept: {expected}, got {got:?}"),
            Self::Checksum { got, expected } => write!(
                f,
                "expected the bytes {:032x} behind the head, got {:032x}",
                u128::from_be_bytes(*expected),
                u128::from_be_bytes(*got)
            ),
            Self::MissingOrigin => f.write_str("expected the origin to be repeated, got none"),
            Self::Origin { got, expected } => write!(f, "expected the origin {expected:?} to be repeated, got {got:?}"),
            Self::MissingLocation => f.write_str("expected the URL to be repeated, got none"),
            Self::Location { got, expected } => write!(f, "expected the URL {expected:?} to be repeated, got {got:?}"),
            Self::MissingSubprotocol => f.write_str("expected the subprotocol that was asked for, got none"),
            Self::SubprotocolNotOffered { got } => write!(f, "expected a subprotocol that was offered, got {got:?}"),
            Self::Extensions(error) => write!(f, "expected a list of extensions: {error}"),
            Self::ExtensionNotOffered { got } => write!(f, "expected an extension that was offered, got {got:?}"),
            Self::ConnectStatus { got } => write!(f, "expected a status of 200 to 299, got {got}"),
            Self::ConnectVersion { version } => {
                write!(f, "{version} can't begin on a stream of HTTP/2 or HTTP/3, only the latest version can")
            }
            Self::Answered => f.write_str("the handshake has had its answer"),
            Self::BytesBehindHead { version } => {
                write!(f, "a request of {version} goes on behind its head, so that an HTTP library can't send it")
            }
            Self::VersionDisabled { version } => {
                write!(f, "{version} is not compiled in; enable the feature `{}`", version.feature())
            }
            Self::Request(error) => write!(f, "the request can not be sent: {error}"),
            Self::ReservedHeader { got } => {
                write!(f, "expected a header that the handshake leaves to you, got {got:?}")
            }
            Self::Subprotocol { got } => write!(f, "expected a subprotocol, which is a token, got {got:?}"),
            Self::RepeatedSubprotocol { got } => write!(f, "expected each subprotocol once, got {got:?} again"),
            Self::ManySubprotocols { version } => {
                write!(f, "expected one subprotocol, got more: {version} has no list")
            }
            Self::NoExtensions { version } => write!(f, "expected no extension, got one: {version} has none"),
        }
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Http(error) | Self::Request(error) | Self::Extensions(error) => Some(error),
            _ => None,
        }
    }
}

/// The start of a text, with all that is not visible ASCII escaped.
#[cold]
pub(crate) fn excerpt(text: &[u8]) -> Box<str> {
    text.get(..EXCERPT).unwrap_or(text).escape_ascii().to_string().into_boxed_str()
}

/// How much of a text an error keeps, in bytes of that text.
const EXCERPT: usize = hybi_http::Error::EXCERPT;
