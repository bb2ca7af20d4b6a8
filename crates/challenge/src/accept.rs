//! The value of `Sec-WebSocket-Accept`.

use core::{array, fmt};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::block_api::compress;
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
        match key.try_into() {
            Ok(key) => Self::of_hash(&hash_of_usual(key)),
            Err(_) => Self::of_hash(&Sha1::new().chain_update(key).chain_update(GUID).finalize().into()),
        }
    }

    fn of_hash(hash: &[u8; 20]) -> Self {
        let mut value = Self([0; 28]);
        // The lengths fit, so this cannot fail.
        let _written = STANDARD.encode_slice(hash, &mut value.0);
        value
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

/// The SHA-1 of a key as long as all are but some old ones, and of the fixed text. The two blocks that SHA-1 makes of them have
/// the key alone in which they differ, so nothing is collected in a buffer first.
fn hash_of_usual(key: &[u8; 24]) -> [u8; 20] {
    let mut blocks = BLOCKS;
    // They are loaded sixteen bytes at a time. A load waits long for two stores, so each sixteen bytes are stored at once.
    if let ([first, second, ..], _) = blocks[0].as_chunks_mut()
        && let ([start], end) = key.as_chunks::<16>()
    {
        *first = *start;
        *second = array::from_fn(|at| end.get(at).or_else(|| second.get(at)).copied().unwrap_or_default());
    }
    let mut state = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0];
    compress(&mut state, &blocks);
    let mut hash = [0; 20];
    for (bytes, word) in hash.as_chunks_mut().0.iter_mut().zip(state) {
        *bytes = word.to_be_bytes();
    }
    hash
}

/// 24 bytes of a key, the fixed text, a bit that ends them, and how many bits they are: 480 (FIPS 180-4 §5.1.1).
const BLOCKS: [[u8; 64]; 2] = {
    let mut blocks = [[0; 64]; 2];
    if let Some((text, [end, ..])) = blocks[0].split_at_mut(24).1.split_at_mut_checked(GUID.len()) {
        text.copy_from_slice(GUID);
        *end = 0x80;
    }
    if let Some(length) = blocks[1].last_chunk_mut() {
        *length = 480_u16.to_be_bytes();
    }
    blocks
};

/// What makes the answer one that only a WebSocket server gives (RFC 6455 §1.3).
const GUID: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
