//! The value of `Sec-WebSocket-Key`.

use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::{AcceptValue, Error};

/// The value of `Sec-WebSocket-Key`: a nonce of 16 bytes in base64, which is 24 characters (RFC 6455 §4.1).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key([u8; LENGTH]);

impl Key {
    /// A new key. The function fills a slice with random bytes: [`random_bytes`](crate::random_bytes), if there is no reason
    /// for another.
    #[must_use]
    pub fn generate(mut fill: impl FnMut(&mut [u8])) -> Self {
        let mut nonce = [0; 16];
        fill(&mut nonce);
        Self::from_nonce(nonce)
    }

    /// The key of a nonce.
    #[must_use]
    pub fn from_nonce(nonce: [u8; 16]) -> Self {
        let mut text = [0; LENGTH];
        // The lengths fit, so this cannot fail.
        let _written = STANDARD.encode_slice(nonce, &mut text);
        Self(text)
    }

    /// Checks that a header value is the base64 form of 16 bytes, the only one that there is: without white space around it,
    /// with its padding, and with zeros for the bits that mean nothing.
    ///
    /// # Errors
    ///
    /// One of the variants of [`Error`] that begin with `Key`.
    pub fn parse(value: &[u8]) -> Result<Self, Error> {
        let key: [u8; LENGTH] = value.try_into().map_err(|_| Error::KeyLength { got: value.len() })?;
        let [digits @ .., pad1, pad2] = key;
        if [pad1, pad2] != *b"==" {
            return Err(Error::KeyPadding);
        }
        // Twice sixteen bytes, some of them twice, and without an exit in the middle: so it is done for all of them at once.
        if !(digits.first_chunk().is_some_and(are_base64) && digits.last_chunk().is_some_and(are_base64)) {
            return Err(first_wrong(&digits));
        }
        let [.., last] = digits;
        // 22 characters are 132 bits, 4 more than 16 bytes have: these four characters end with four zero bits.
        if !matches!(last, b'A' | b'Q' | b'g' | b'w') {
            return Err(Error::KeyTrailingBits { got: last });
        }
        Ok(Self(key))
    }

    /// The text as it stands in the header.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// What a server answers to this key.
    #[must_use]
    pub fn accept(&self) -> AcceptValue {
        AcceptValue::of(&self.0)
    }
}

impl AsRef<str> for Key {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Key").field(&self.as_str()).finish()
    }
}

fn are_base64(bytes: &[u8; 16]) -> bool {
    bytes.iter().fold(true, |good, byte| good & is_base64(*byte))
}

const fn is_base64(byte: u8) -> bool {
    let is_letter = (byte | 0x20).wrapping_sub(b'a') <= b'z' - b'a';
    // From the slash to the nine there is nothing else.
    is_letter | (byte.wrapping_sub(b'/') <= b'9' - b'/') | (byte == b'+')
}

#[cold]
fn first_wrong(digits: &[u8]) -> Error {
    let wrong = digits.iter().position(|byte| !is_base64(*byte)).unwrap_or(0);
    Error::KeyCharacter { at: wrong, got: digits.get(wrong).copied().unwrap_or(0) }
}

const LENGTH: usize = 24;
