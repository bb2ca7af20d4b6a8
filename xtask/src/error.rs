//! How a task fails.

use core::fmt;

/// What a task gives back. A plain text becomes an error with `.into()`.
pub(crate) type Result<T = ()> = core::result::Result<T, Box<dyn core::error::Error>>;

/// A task was called in a way that it does not know: the exit status is 2, not 1.
#[derive(Debug)]
pub(crate) struct Usage(pub(crate) String);

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for Usage {}

impl From<lexopt::Error> for Usage {
    fn from(error: lexopt::Error) -> Self {
        Self(error.to_string())
    }
}
