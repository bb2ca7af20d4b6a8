//! The proof of hybi-00: sixteen bytes from two keys and eight bytes.

use core::num::NonZeroU64;

use md5::{Digest as _, Md5};

use crate::{Error, constant_time_eq};

/// The sixteen bytes behind the head of a server's answer: the MD5 of both keys' parts and of the eight bytes behind the head
/// of the request (hybi-00 §5.2).
///
/// ```
/// use hybi_challenge::{Checksum, key_part};
///
/// let part1 = key_part(b"4 @1  46546xW%0l 1 5")?;
/// let part2 = key_part(b"12998 5 Y3 1  .P00")?;
/// // Both keys are good, so a server may send its head before it has seen the eight bytes.
/// let checksum = Checksum::new(part1, part2, *b"^n:ds[4U");
/// assert_eq!(checksum.as_bytes(), b"8jKS'y:G*Co,Wxa-");
/// # Ok::<(), hybi_challenge::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Checksum([u8; 16]);

impl Checksum {
    /// The proof for the [parts](key_part) of `Sec-WebSocket-Key1` and `Sec-WebSocket-Key2` and the eight bytes.
    #[must_use]
    pub fn new(part1: u32, part2: u32, key3: [u8; 8]) -> Self {
        let challenge =
            Md5::new().chain_update(part1.to_be_bytes()).chain_update(part2.to_be_bytes()).chain_update(key3);
        Self(challenge.finalize().into())
    }

    /// The sixteen bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Whether these are the sixteen bytes. The time does not tell how many of them were right.
    #[must_use]
    pub fn matches(&self, bytes: &[u8]) -> bool {
        constant_time_eq(&self.0, bytes)
    }
}

impl AsRef<[u8]> for Checksum {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Checksum> for [u8; 16] {
    fn from(checksum: Checksum) -> Self {
        checksum.0
    }
}

/// The part that a key stands for: the number that its digits make, divided by its count of spaces (hybi-00 §5.2). All other
/// bytes are passed over. The value must come as it was sent, with every space inside it.
///
/// # Errors
///
/// If the key has no digit or no space, if the number is no multiple of the count of spaces, or if the part takes more than
/// 32 bits. For each there is a variant of [`Error`].
pub fn key_part(key: &[u8]) -> Result<u32, Error> {
    let (mut number, mut has_digit, mut spaces) = (Some(0_u64), false, 0_u64);
    for byte in key {
        match byte {
            b'0'..=b'9' => {
                has_digit = true;
                // The low four bits of a digit are its number.
                number = number.and_then(|number| number.checked_mul(10)?.checked_add(u64::from(byte & 0x0F)));
            }
            b' ' => spaces = spaces.saturating_add(1),
            _ => {}
        }
    }
    if !has_digit {
        return Err(Error::NoDigit);
    }
    let spaces = NonZeroU64::new(spaces).ok_or(Error::NoSpace)?;
    let number = number.ok_or(Error::TooLarge)?;
    if number % spaces != 0 {
        return Err(Error::NotAMultiple { number, spaces: spaces.get() });
    }
    u32::try_from(number / spaces).map_err(|_| Error::TooLarge)
}
