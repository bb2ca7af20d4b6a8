//! The rest of a payload of which the beginning came, straight into a buffer where a message is put together.

use alloc::vec::Vec;

use crate::{Decoder, Error, Rest, TextBuffer, proven};

/// What was collected of a frame's payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Collected {
    /// Whether the payload ends with it.
    pub last: bool,
    /// Whether the frame ends its message.
    pub fin: bool,
}

/// For who collects messages. After a [piece](crate::Piece) of a data frame that was not the last, these take what is there of
/// the rest, and unmask it on the way into the message: one pass, where [`decode`](Self::decode) and a copy are two. `None` as from
/// [`rest`](Self::rest).
impl Decoder {
    /// Takes the rest of a payload as bytes.
    ///
    /// ```
    /// # use hybi_frame::{Decoder, Role, Version};
    /// let mut decoder = Decoder::new(Version::Hybi17, Role::Server)?;
    /// let (mut begin, mut end) = (*b"\x82\x85\x37\xfa\x21\x3d\x7f\x9f", *b"\x4d\x51\x58");
    /// let mut message = Vec::new();
    /// if let Some(piece) = decoder.decode(&mut &mut begin[..])? {
    ///     message.extend_from_slice(piece.payload);
    /// }
    /// let collected = decoder.collect(&mut &mut end[..], &mut message);
    /// assert!(collected.is_some_and(|collected| collected.last && collected.fin));
    /// assert_eq!(message, b"Hello");
    /// # Ok::<(), hybi_frame::Error>(())
    /// ```
    #[inline]
    pub fn collect(&mut self, input: &mut &mut [u8], output: &mut Vec<u8>) -> Option<Collected> {
        let Rest { key, payload, last, fin } = self.rest(input)?;
        match key {
            Some(key) => {
                let _ascii = proven::append_masked::<false>(key, payload, output);
            }
            None => output.extend_from_slice(payload),
        }
        Some(Collected { last, fin })
    }

    /// The same for a text, which is checked as well.
    ///
    /// # Errors
    /// [`Error::InvalidUtf8`], as from [`TextBuffer::push`].
    #[inline]
    pub fn collect_text(&mut self, input: &mut &mut [u8], text: &mut TextBuffer) -> Result<Option<Collected>, Error> {
        let Some(Rest { key, payload, last, fin }) = self.rest(input) else { return Ok(None) };
        match key {
            Some(key) => text.push_masked(key, payload)?,
            None => text.push(payload)?,
        }
        Ok(Some(Collected { last, fin }))
    }
}
