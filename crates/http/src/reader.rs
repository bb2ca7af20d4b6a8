//! A head from bytes that arrive in pieces.

use std::borrow::Cow;

use crate::head::Head;
use crate::scan::{EndOfHead, Kind};
use crate::{Error, Limits, Request, Response, head, steps};

/// Collects one head from pieces, and leaves the bytes behind it where they are.
///
/// A head that is whole in one piece is borrowed from it. Of one that is not, the pieces are kept until it ends, and it
/// comes out owned. Each byte is looked at once on the way to the end of the head, then the head is parsed once; so any
/// cuts give the same head or the same error.
///
/// ```
/// use hybi_http::{HeadReader, Limits};
///
/// let mut reader = HeadReader::new(Limits::default());
/// let mut first = *b"GET / HTTP/1.1\r\nHost: exam";
/// assert_eq!(reader.request(&mut first.as_mut_slice())?, None);
///
/// let mut second = *b"ple.com\r\n\r\nwhat follows";
/// let mut input = second.as_mut_slice();
/// let Some(request) = reader.request(&mut input)? else { panic!("it is complete") };
/// assert_eq!(request.headers().get_str("Host"), Some("example.com"));
/// assert_eq!(input, b"what follows");
/// # Ok::<(), hybi_http::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct HeadReader {
    limits: Limits,
    search: EndOfHead,
    collected: Vec<u8>,
    failed: Option<Error>,
    /// Whether a head that came whole is to be looked for.
    looks: bool,
}

impl HeadReader {
    /// A reader that has seen nothing.
    #[must_use]
    pub const fn new(limits: Limits) -> Self {
        Self { limits, search: EndOfHead::new(), collected: Vec::new(), failed: None, looks: true }
    }

    /// A reader for a head of which [`Request::take_whole`] said that it isn't there as a whole, or not a good one: it does not
    /// look for that again.
    #[must_use]
    pub const fn for_pieces(limits: Limits) -> Self {
        let mut reader = Self::new(limits);
        reader.looks = false;
        reader
    }

    /// Takes bytes of a request from the front of `input`. Gives the request when its head is complete, and `None` when
    /// all of `input` was taken and more must come. The reader can then read the next head.
    ///
    /// # Errors
    ///
    /// As [`Request::parse`]. A reader that failed gives the same error again.
    pub fn request<'a>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<Request<'a>>, Error> {
        self.head(input)
    }

    /// Takes bytes of a response from the front of `input`, as [`HeadReader::request`] does of a request.
    ///
    /// # Errors
    ///
    /// As [`Response::parse`]. A reader that failed gives the same error again.
    pub fn response<'a>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<Response<'a>>, Error> {
        self.head(input)
    }

    /// How many bytes of memory are held for a head that has begun.
    #[must_use]
    pub const fn retained_bytes(&self) -> usize {
        self.collected.capacity()
    }

    fn head<'a, H: Head<'a>>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<H>, Error> {
        steps::count(1);
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        if self.looks
            && self.search.is_new()
            && let Some((index, end)) = head::whole::<H>(input, &self.limits)
        {
            return Ok(Some(H::from_index(Cow::Borrowed(take(input, end)), index)));
        }
        self.search(H::KIND, input)
            .and_then(|text| text.map(|text| head::complete(text, &self.limits)).transpose())
            .inspect_err(|error| self.fail(error))
    }

    /// Goes on with the search for the end; the text of a head, once it is complete.
    fn search<'a>(&mut self, kind: Kind, input: &mut &'a mut [u8]) -> Result<Option<Cow<'a, [u8]>>, Error> {
        let found = self.search.advance(kind, input, self.limits.head_bytes)?;
        let piece = take(input, found.end.unwrap_or(input.len())).get(found.start..).unwrap_or_default();
        if found.end.is_none() {
            steps::count(piece.len());
            self.collected.extend_from_slice(piece);
            return Ok(None);
        }
        self.search = EndOfHead::new();
        if self.collected.is_empty() {
            return Ok(Some(Cow::Borrowed(piece)));
        }
        let mut text = core::mem::take(&mut self.collected);
        steps::count(piece.len());
        text.extend_from_slice(piece);
        Ok(Some(Cow::Owned(text)))
    }

    /// Keeps the error and lets go of what was collected.
    #[cold]
    fn fail(&mut self, error: &Error) {
        self.collected = Vec::new();
        self.failed = Some(error.clone());
    }
}

/// A reader with the default limits.
impl Default for HeadReader {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

/// Takes bytes from the front of `input`.
pub(crate) fn take<'a>(input: &mut &'a mut [u8], length: usize) -> &'a [u8] {
    let (taken, rest) = core::mem::take(input).split_at_mut_checked(length).unwrap_or_default();
    *input = rest;
    taken
}

#[cfg(test)]
mod tests {
    use super::HeadReader;
    use crate::Limits;

    #[test]
    fn a_head_in_pieces_of_one_byte_is_searched_once() {
        let mut reader = HeadReader::default();
        let head = format!("GET / HTTP/1.1\r\n{}\r\n", "Name: value\r\n".repeat(99));
        for (before, byte) in head.bytes().enumerate() {
            assert_eq!(reader.search.seen(), before);
            let complete = reader.request(&mut [byte].as_mut_slice()).unwrap().is_some();
            assert_eq!(complete, before + 1 == head.len());
        }
        assert_eq!((reader.search.seen(), reader.retained_bytes()), (0, 0), "ready for the next head");
    }

    #[test]
    fn who_does_not_look_finds_the_same() {
        for head in ["GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nwrong\r\n\r\n", "GET / HTTP/1.1\r\n"] {
            let (mut one, mut other) = (head.as_bytes().to_vec(), head.as_bytes().to_vec());
            let looked = HeadReader::default().request(&mut one.as_mut_slice());
            assert_eq!(HeadReader::for_pieces(Limits::default()).request(&mut other.as_mut_slice()), looked);
        }
    }
}
