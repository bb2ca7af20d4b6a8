//! The payload of a close frame.

use core::fmt;
use core::ops::Deref;

use hybi_version::Version;

use crate::{CloseCode, Error, validate_utf8};

/// What a close frame says: a code, and a text for people who read logs (RFC 6455 §5.5.1).
///
/// ```
/// use hybi_frame::{CloseCode, CloseReason};
/// use hybi_version::Version;
///
/// let said = CloseReason::decode(b"\x03\xe8bye", Version::Hybi17)?.expect("a frame with a code");
/// assert_eq!((said.code, said.text), (CloseCode::NORMAL, "bye"));
/// # Ok::<(), hybi_frame::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_structs,
    reason = "the payload of a close frame has these two parts and no room for another"
)]
pub struct CloseReason<'a> {
    /// Why.
    pub code: CloseCode,
    /// The same in words, or nothing. At most [`MAX_TEXT`](Self::MAX_TEXT) bytes fit a frame.
    pub text: &'a str,
}

impl<'a> CloseReason<'a> {
    /// The most bytes of text that fit into a close frame.
    pub const MAX_TEXT: usize = 123;

    /// Reads the payload of a close frame; `None` if it is empty.
    ///
    /// # Errors
    /// [`Error::CloseTooShort`], [`Error::InvalidCloseCode`], [`Error::InvalidUtf8`].
    pub fn decode(payload: &'a [u8], version: Version) -> Result<Option<Self>, Error> {
        let Some((code, text)) = payload.split_first_chunk::<2>() else {
            return if payload.is_empty() { Ok(None) } else { Err(Error::CloseTooShort) };
        };
        let code = CloseCode::new(u16::from_be_bytes(*code));
        if !code.may_be_received(version) {
            return Err(Error::InvalidCloseCode(code));
        }
        let text = validate_utf8(text).ok_or(Error::InvalidUtf8)?;
        Ok(Some(Self { code, text }))
    }

    /// The payload of a close frame that says this. A text that is too long is cut at the end of a character.
    #[must_use]
    pub fn encode(&self) -> ClosePayload {
        let mut payload = ClosePayload { bytes: [0; 125], size: 0 };
        let text = self.text.get(..self.text.floor_char_boundary(Self::MAX_TEXT)).unwrap_or_default();
        let said = self.code.get().to_be_bytes().into_iter().chain(text.bytes());
        for (to, from) in payload.bytes.iter_mut().zip(said) {
            *to = from;
            payload.size = payload.size.saturating_add(1);
        }
        payload
    }
}

impl fmt::Display for CloseReason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.text.is_empty() { self.code.fmt(f) } else { write!(f, "{} {}", self.code, self.text) }
    }
}

/// An encoded close reason: 2 to 125 bytes. Read it as the slice that it dereferences to.
#[derive(Clone, Copy, Debug)]
pub struct ClosePayload {
    bytes: [u8; 125],
    size: u8,
}

impl Deref for ClosePayload {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.size)).unwrap_or_default()
    }
}
