//! One error over all the layers.

use core::fmt;

/// What went wrong. What the peer is owed for it is in the output already.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The URL is none of ours (RFC 6455 §3).
    Url(hybi_url::Error),
    /// At the server: the opening handshake breaks a rule, or could not be answered as asked (RFC 6455 §4.2).
    ServerHandshake(hybi_handshake_server::Error),
    /// At the client: the server's answer breaks a rule, or what was to be offered can't be (RFC 6455 §4.1).
    ClientHandshake(hybi_handshake_client::Error),
    /// At the client: the server agreed to an extension in a way that it can't be used (RFC 6455 §9.1, RFC 7692 §7.1).
    Extension(Box<str>),
    /// The peer broke the protocol after the handshake (RFC 6455 §7.1.7).
    Connection(hybi_connection::Error),
    /// The transport ended within the handshake (RFC 6455 §4).
    UnexpectedEof,
    /// The caller can't send that now (RFC 6455 §5, §7).
    Send(hybi_connection::SendError),
}

impl From<hybi_url::Error> for Error {
    fn from(error: hybi_url::Error) -> Self {
        Self::Url(error)
    }
}

impl From<hybi_handshake_server::Error> for Error {
    fn from(error: hybi_handshake_server::Error) -> Self {
        Self::ServerHandshake(error)
    }
}

impl From<hybi_handshake_client::Error> for Error {
    fn from(error: hybi_handshake_client::Error) -> Self {
        Self::ClientHandshake(error)
    }
}

impl From<hybi_connection::Error> for Error {
    fn from(error: hybi_connection::Error) -> Self {
        Self::Connection(error)
    }
}

impl From<hybi_connection::SendError> for Error {
    fn from(error: hybi_connection::SendError) -> Self {
        Self::Send(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(error) => error.fmt(f),
            Self::ServerHandshake(error) => error.fmt(f),
            Self::ClientHandshake(error) => error.fmt(f),
            Self::Connection(error) => error.fmt(f),
            Self::Send(error) => error.fmt(f),
            Self::Extension(what) => write!(f, "the server's answer about an extension can't be used: {what}"),
            Self::UnexpectedEof => f.write_str("the transport ended within the handshake"),
        }
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Url(error) => Some(error),
            Self::ServerHandshake(error) => Some(error),
            Self::ClientHandshake(error) => Some(error),
            Self::Connection(error) => Some(error),
            Self::Send(error) => Some(error),
            Self::Extension(_) | Self::UnexpectedEof => None,
        }
    }
}
