//! Text that is known to be ASCII is UTF-8 without another look at it.
//!
//! Most text is ASCII, and most of it is short. The check of the standard library takes some 80 instructions for 16 bytes,
//! as many as all the rest of a message; this one takes ten, and none where it is done while unmasking.

#![expect(unsafe_code, reason = "there is no other way from bytes to text that doesn't look at them again")]

use crate::mask;

/// The bytes as text, if all of them are ASCII.
#[inline]
pub(crate) fn ascii(bytes: &[u8]) -> Option<&str> {
    if !bytes.is_ascii() {
        return None;
    }
    // SAFETY: `is_ascii` found every byte below 0x80, and such bytes are UTF-8, each a character (RFC 3629 §3).
    Some(unsafe { str::from_utf8_unchecked(bytes) })
}

/// Unmasks the bytes, and gives them as text if all of them are ASCII then; else as they are.
#[inline]
pub(crate) fn unmask_ascii(key: mask::Key, bytes: &mut [u8]) -> Result<&str, &mut [u8]> {
    if !mask::apply_and_look(key, bytes) {
        return Err(bytes);
    }
    // SAFETY: `apply_and_look` found every byte below 0x80 after it had unmasked it, and such bytes are UTF-8, each a
    // character (RFC 3629 §3). The test `what_is_said_to_be_ascii_is` holds it to that for every length and place.
    Ok(unsafe { str::from_utf8_unchecked(bytes) })
}
