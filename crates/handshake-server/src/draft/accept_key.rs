//! The key and the value that answers it, which the versions with a number share.

use hybi_challenge::{AcceptValue, Key};

use super::Proof;
use crate::Error;
use crate::fields::Fields;

/// The value of the one key (RFC 6455 §4.2.1).
pub(super) fn key<'r>(fields: &Fields<'r>) -> Result<&'r [u8], Error> {
    match fields.key.once(NAME)? {
        Some(key) => Ok(key),
        None => Err(Error::MissingKey { name: NAME }),
    }
}

/// Checks that a key is 16 bytes in base64 (RFC 6455 §4.2.1), and answers it.
pub(super) fn check(key: &[u8]) -> Result<Proof, Error> {
    Key::parse(key).map_err(|error| Error::Key { name: NAME, error })?;
    Ok(answer(key))
}

/// The value of `Sec-WebSocket-Accept` for a key (RFC 6455 §4.2.2).
pub(super) fn answer(key: &[u8]) -> Proof {
    Proof { accept: Some(*AcceptValue::of(key).as_bytes()), parts: None }
}

const NAME: &str = "Sec-WebSocket-Key";
