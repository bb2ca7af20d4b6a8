//! Why the console gives up.

use core::fmt;
use std::io;
use std::process::ExitCode;

/// Why the console gives up.
#[derive(Debug)]
pub(crate) enum Error {
    /// The arguments ask for something that can't be done. Nothing was sent.
    Usage(String),
    /// There is no connection to the host and port.
    Connect(String, io::Error),
    /// The connection, standard input or standard output failed.
    Io(&'static str, io::Error),
    /// A line is no UTF-8, so it can't be a text message.
    NotUtf8(u64),
    /// The server broke the protocol.
    Protocol(hybi::Error),
    /// The server said no, with this status. What else it said is on the screen.
    Refused(u16),
    /// The server didn't do in time what it was to do.
    Timeout(&'static str),
    /// The connection was closed before everything that was waited for had come.
    Missing(String),
}

impl Error {
    pub(crate) fn usage(why: impl fmt::Display) -> Self {
        Self::Usage(why.to_string())
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            _ => ExitCode::from(1),
        }
    }
}

impl From<lexopt::Error> for Error {
    fn from(error: lexopt::Error) -> Self {
        Self::usage(error)
    }
}

impl From<hybi::Error> for Error {
    fn from(error: hybi::Error) -> Self {
        Self::Protocol(error)
    }
}

impl From<hybi::SendError> for Error {
    fn from(error: hybi::SendError) -> Self {
        Self::Protocol(error.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(why) => write!(f, "{why}\nTry --help."),
            Self::Connect(address, error) => write!(f, "no connection to {address}: {error}"),
            Self::Io(what, error) => write!(f, "{what}: {error}"),
            Self::NotUtf8(number) => write!(f, "line {number} is not UTF-8; --binary sends any bytes"),
            Self::Protocol(error) => error.fmt(f),
            Self::Refused(status) => write!(f, "the server refused, with status {status}"),
            Self::Timeout(what) => write!(f, "{what} in time"),
            Self::Missing(what) => write!(f, "the connection ended before {what}"),
        }
    }
}
