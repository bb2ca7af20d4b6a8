//! The value of `Sec-WebSocket-Accept`.

use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest as _, Sha1};

use crate::constant_time_eq;

/// The value of `Sec-WebSocket-Accept`: the SHA-1 of the key and a fixed text, in base64, which is 28 characters
/// (RFC 6455 §4.2.2). Usually made by [`Key::accept`](crate::Key::accept).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AcceptValue([u8; 28]);

impl AcceptValue {
    /// The answer to any text of a key, also to one that [`Key::parse`](crate::Key::parse) refuses: what is hashed is the text
    /// as it was sent, not what it decodes to.
    ///
    /// Some clients of version 8 need this: the package `ws` up to 1.x made its key from the version number and
    /// the time, which are 16 bytes in version 13, but 15 in version 8.
    ///
    /// ```
    /// use hybi_challenge::{AcceptValue, Error, Key};
    ///
    /// let sent = b"OC0xNzk1NDg2NTc5MTgz"; // 8-1795486579183
    /// assert_eq!(Key::parse(sent), Err(Error::KeyLength { got: 20 }));
    /// assert_eq!(AcceptValue::of(sent).as_str(), "+eIbvTImac3Bret3PepqkxbLRJY=");
    /// ```
    #[must_use]
    pub fn of(key: &[u8]) -> Self {
        let hash = Sha1::new().chain_update(key).chain_update(GUID).finalize();
        let mut text = [0; 28];
        // The lengths fit, so this cannot fail.
        let _written = STANDARD.encode_slice(hash, &mut text);
        Self(text)
    }

    /// The text as it stands in the header.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The same as bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 28] {
        &self.0
    }

    /// Whether a header value, without white space around it, is this one. Upper and lower case differ (RFC 6455 §4.1). The
    /// time does not tell how much of it was right.
    #[must_use]
    pub fn matches(&self, value: &[u8]) -> bool {
        constant_time_eq(&self.0, value)
    }
}

impl AsRef<str> for AcceptValue {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for AcceptValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for AcceptValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AcceptValue").field(&self.as_str()).finish()
    }
}

/// What makes the answer one that only a WebSocket server gives (RFC 6455 §1.3).
const GUID: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
