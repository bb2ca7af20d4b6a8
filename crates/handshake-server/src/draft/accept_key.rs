//! The key and the value that answers it, which the versions with a number share.

use hybi_challenge::{AcceptValue, Key};
use hybi_http::Request;

use super::Parts;
use crate::Error;
use crate::fields::Fields;

/// The value of the one key (RFC 6455 §4.2.1).
pub(super) fn key<'r>(fields: &Fields<'r>) -> Result<&'r [u8], Error> {
    match fields.key.once(NAME)? {
        Some(key) => Ok(key),
        None => Err(Error::MissingKey { name: NAME }),
    }
}

/// Checks that a key is 16 bytes in base64 (RFC 6455 §4.2.1).
pub(super) fn check(key: &[u8]) -> Result<Parts, Error> {
    match Key::parse(key) {
        Ok(_) => Ok(None),
        Err(error) => Err(Error::Key { name: NAME, error }),
    }
}

/// The value of `Sec-WebSocket-Accept` (RFC 6455 §4.2.2).
pub(super) fn accept(request: &Request<'_>) -> [u8; 28] {
    *AcceptValue::of(request.headers().get(NAME).unwrap_or_default()).as_bytes()
}

const NAME: &str = "Sec-WebSocket-Key";
