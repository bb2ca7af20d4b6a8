//! The key and the value that answers it, which the versions with a number share.

use hybi_challenge::{AcceptValue, Key};
use hybi_http::Request;

use super::Proof;
use crate::Error;
use crate::fields::Fields;

/// The value of the one key (RFC 6455 §4.2.1).
pub(super) fn key<'r>(request: &'r Request<'_>, fields: &Fields) -> Result<&'r [u8], Error> {
    match fields.key.once(request, NAME)? {
        Some(key) => Ok(key),
        None => Err(Error::MissingKey { name: NAME }),
    }
}

/// Checks that a key is 16 bytes in base64 (RFC 6455 §4.2.1).
pub(super) fn check(key: &[u8]) -> Result<Proof, Error> {
    match Key::parse(key) {
        Ok(_) => Ok(answer(key)),
        Err(error) => Err(Error::Key { name: NAME, error }),
    }
}

/// What answers the text of a key (RFC 6455 §4.2.2).
pub(super) fn answer(key: &[u8]) -> Proof {
    Proof::Accept(*AcceptValue::of(key).as_bytes())
}

const NAME: &str = "Sec-WebSocket-Key";
