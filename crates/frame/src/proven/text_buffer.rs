//! A text that is collected from pieces is looked at once: as each piece comes, and not again at its end.

#![expect(unsafe_code, reason = "a string is made of bytes that were checked piece by piece")]

use alloc::string::String;
use alloc::vec::Vec;

use hybi_version::steps;

use super::append_masked;
use crate::mask::Key;
use crate::utf8::text_and_cut;
use crate::{Error, validate_utf8};

/// Collects a text from pieces that are cut anywhere, and checks them as they come (RFC 6455 §8.1).
///
/// A byte that can't be part of any UTF-8 text is found in the piece that brings it. Use [`Utf8`](crate::Utf8) to check without
/// collecting.
///
/// ```
/// use hybi_frame::TextBuffer;
///
/// let mut text = TextBuffer::new();
/// text.push(b"caf\xc3")?;
/// text.push(b"\xa9!")?;
/// assert_eq!(text.finish()?, "café!");
/// # Ok::<(), hybi_frame::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct TextBuffer {
    /// All that came.
    bytes: Vec<u8>,
    /// So many bytes from the front are UTF-8; those behind them are the beginning of a character, at most three.
    checked: usize,
}

impl TextBuffer {
    /// Without a byte, and without memory.
    #[must_use]
    pub const fn new() -> Self {
        Self { bytes: Vec::new(), checked: 0 }
    }

    /// Makes room for so many more bytes, and no more than that.
    pub fn reserve_exact(&mut self, bytes: usize) {
        self.bytes.reserve_exact(bytes);
    }

    /// How many bytes came.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether none came.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// For how many bytes there is memory.
    #[must_use]
    pub const fn capacity(&self) -> usize {
        self.bytes.capacity()
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// [`Error::InvalidUtf8`]; the text can't be mended after that.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), Error> {
        steps::count(piece.len());
        self.bytes.extend_from_slice(piece);
        self.check()
    }

    /// Takes the next piece, and unmasks it on the way.
    pub(crate) fn push_masked(&mut self, key: Key, piece: &[u8]) -> Result<(), Error> {
        let whole = self.checked == self.bytes.len();
        if append_masked::<true>(key, piece, &mut self.bytes) && whole {
            self.checked = self.bytes.len();
            return Ok(());
        }
        self.check()
    }

    /// The text.
    ///
    /// # Errors
    /// [`Error::InvalidUtf8`] if it ends inside of a character.
    pub fn finish(self) -> Result<String, Error> {
        if self.checked != self.bytes.len() {
            return Err(Error::InvalidUtf8);
        }
        // SAFETY: the first `checked` bytes are UTF-8, and these are all. Only two places move `checked`: `push_masked` over
        // bytes that `append_masked` found to be ASCII, behind others that are UTF-8 as a whole; and `check` over those that
        // `text_and_cut` gave as a `str`. What is UTF-8 stays so where UTF-8 is put behind it (RFC 3629 §3). Nothing changes a
        // byte that is there. The tests in `text_buffer.rs` compare with the standard library, for all short texts in all cuts.
        Ok(unsafe { String::from_utf8_unchecked(self.bytes) })
    }

    /// Checks what is new, from the beginning of the character that was cut.
    fn check(&mut self) -> Result<(), Error> {
        let new = self.bytes.get(self.checked..).unwrap_or_default();
        let (text, _) = text_and_cut(new)?;
        self.checked = self.checked.saturating_add(text.len());
        Ok(())
    }
}

/// The text that the bytes are, or else the bytes: as [`String::from_utf8`], with the check of this crate.
///
/// # Errors
/// The bytes, if they are not UTF-8.
pub fn text_from_utf8(bytes: Vec<u8>) -> Result<String, Vec<u8>> {
    if validate_utf8(&bytes).is_none() {
        return Err(bytes);
    }
    // SAFETY: `validate_utf8` said that all of the bytes are UTF-8.
    Ok(unsafe { String::from_utf8_unchecked(bytes) })
}
