//! What requests and responses have in common: the way from bytes to a head.

use std::borrow::Cow;

use crate::fault::fault;
use crate::scan::{EndOfHead, Kind};
use crate::{Error, Limits};

/// A request or a response: a text and an index into it.
pub(crate) trait Head<'a>: Sized {
    /// Which of them it is.
    const KIND: Kind;

    /// What is known of a text.
    type Index;

    /// Indexes the head at the front of `text` and tells its length, or nothing if it is not a good one.
    fn index(text: &[u8], limits: &Limits) -> Option<(Self::Index, usize)>;

    /// Puts a text and its index together.
    fn from_index(text: Cow<'a, [u8]>, index: Self::Index) -> Self;
}

/// Parses the head at the front of `bytes`, and tells where it ends.
pub(crate) fn parse<'a, H: Head<'a>>(bytes: &'a [u8], limits: &Limits) -> Result<Option<(H, usize)>, Error> {
    if let Some((index, end)) = whole::<H>(bytes, limits) {
        let text = bytes.get(..end).unwrap_or_default();
        return Ok(Some((H::from_index(Cow::Borrowed(text), index), end)));
    }
    let found = EndOfHead::new().advance(H::KIND, bytes, limits.head_bytes)?;
    let Some(end) = found.end else { return Ok(None) };
    let text = bytes.get(found.start..end).unwrap_or_default();
    Ok(Some((complete(Cow::Borrowed(text), limits)?, end)))
}

/// The common case: the bytes end as a head ends. So one ends in them, and the parser finds where, without a search.
///
/// Nothing comes out where that is not so, and where the head is not a good one.
pub(crate) fn whole<'a, H: Head<'a>>(bytes: &[u8], limits: &Limits) -> Option<(H::Index, usize)> {
    if_whole::<H, _>(bytes, limits, |text| H::index(text, limits))
}

/// The same by a parser of the caller's.
#[inline]
pub(crate) fn if_whole<'a, H: Head<'a>, T>(
    bytes: &[u8],
    limits: &Limits,
    parse: impl FnOnce(&[u8]) -> Option<T>,
) -> Option<T> {
    let ends = bytes.ends_with(b"\r\n\r\n") && bytes.len() <= limits.head_bytes;
    if ends && H::KIND.begins_with(*bytes.first()?) { parse(bytes) } else { None }
}

/// Parses a text that is a complete head, of which the end was found.
pub(crate) fn complete<'a, H: Head<'a>>(text: Cow<'a, [u8]>, limits: &Limits) -> Result<H, Error> {
    match H::index(&text, limits) {
        Some((index, _)) => Ok(H::from_index(text, index)),
        None => Err(fault(H::KIND, &text, limits)),
    }
}
