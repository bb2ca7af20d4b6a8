//! The head of a request.

use std::borrow::Cow;

use crate::error::excerpt;
use crate::head::Head;
use crate::parse::RequestIndex;
use crate::scan::Kind;
use crate::span::Span;
use crate::{Error, Headers, HttpVersion, Limits, grammar, head, parse, reader, write};

/// The head of an HTTP/1.1 request: method, target, version, headers.
///
/// It is the text that stands on the wire and an index into it, so a head that was parsed borrows from the bytes that
/// were received, and one that is built is ready to be sent.
///
/// ```
/// use hybi_http::{Limits, Request};
///
/// let bytes = b"GET /chat HTTP/1.1\r\nHost: example.com\r\n\r\nwhat follows";
/// let Some((request, length)) = Request::parse(bytes, &Limits::default())? else { panic!("it is complete") };
/// assert_eq!((request.method(), request.target()), ("GET", "/chat"));
/// assert_eq!(request.headers().get_str("host"), Some("example.com"));
/// assert_eq!(&bytes[length..], b"what follows");
/// # Ok::<(), hybi_http::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Request<'a> {
    method: Span,
    target: Span,
    version: HttpVersion,
    headers: Headers<'a>,
}

impl<'a> Request<'a> {
    /// Parses the head at the front of `bytes`. Gives it with its length, or `None` if it is not complete.
    ///
    /// Empty lines before it are passed over and count as a part of it. Whoever gets the bytes in pieces takes a
    /// [`HeadReader`](crate::HeadReader), which does not begin anew with each of them.
    ///
    /// # Errors
    ///
    /// What is wrong with the head, once it is complete; before that [`Error::FirstByte`] and
    /// [`Error::HeadTooLarge`] only.
    pub fn parse(bytes: &'a [u8], limits: &Limits) -> Result<Option<(Self, usize)>, Error> {
        head::parse(bytes, limits)
    }

    /// Takes a request from `input` if its head is all that there is: the straight way, for who keeps no
    /// [`HeadReader`](crate::HeadReader) as long as none is needed. `None`: nothing is taken, and a reader tells what there is.
    ///
    /// ```
    /// use hybi_http::{Limits, Request};
    ///
    /// let mut bytes = *b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n";
    /// let mut input = &mut bytes[..];
    /// assert!(Request::take_whole(&mut input, &Limits::default()).is_some_and(|request| request.target() == "/"));
    /// assert!(input.is_empty());
    /// ```
    pub fn take_whole(input: &mut &'a mut [u8], limits: &Limits) -> Option<Self> {
        Self::take_whole_and_show(input, limits, |_, _, _| {})
    }

    /// As [`Request::take_whole`], and shows each header as it comes to it: its name, its value, and where that begins in the
    /// [text](Request::as_bytes). So who looks for some of them needs no second way through all. If nothing is taken, what was
    /// shown means nothing.
    ///
    /// ```
    /// use hybi_http::{Limits, Request};
    ///
    /// let mut bytes = *b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n";
    /// let mut host = None;
    /// let request = Request::take_whole_and_show(&mut &mut bytes[..], &Limits::default(), |name, value, at| {
    ///     if name.eq_ignore_ascii_case(b"host") {
    ///         host = Some(at..at + value.len());
    ///     }
    /// });
    /// assert_eq!(request.as_ref().zip(host).map(|(request, host)| &request.as_bytes()[host]), Some(&b"example.com"[..]));
    /// ```
    #[inline]
    pub fn take_whole_and_show(
        input: &mut &'a mut [u8],
        limits: &Limits,
        show: impl FnMut(&[u8], &[u8], usize),
    ) -> Option<Self> {
        let (index, end) = head::if_whole::<Self, _>(input, limits, |text| parse::request(text, limits, show))?;
        Some(Self::from_index(Cow::Borrowed(reader::take(input, end)), index))
    }

    /// A request to be sent, HTTP/1.1, without headers.
    ///
    /// # Errors
    ///
    /// [`Error::Method`] and [`Error::Target`] if they cannot stand in a request.
    pub fn new(method: &str, target: &str) -> Result<Request<'static>, Error> {
        Request::with_version(method, target, HttpVersion::Http11)
    }

    /// A request of the version named.
    pub(crate) fn with_version(method: &str, target: &str, version: HttpVersion) -> Result<Request<'static>, Error> {
        let mut text = Vec::with_capacity(BUILD_CAPACITY);
        write::request_line(&mut text, method, target, version)?;
        text.extend_from_slice(b"\r\n");
        if text.len() > Span::LIMIT {
            return Err(Error::Target { got: excerpt(target.as_bytes()) });
        }
        let target_start = method.len().saturating_add(1);
        Ok(Request {
            method: Span::new(0, method.len()),
            target: Span::new(target_start, target_start.saturating_add(target.len())),
            version,
            headers: Headers::built(text),
        })
    }

    /// The method, such as `GET`.
    #[must_use]
    pub fn method(&self) -> &str {
        self.headers.str(self.method)
    }

    /// The target: in most requests the path and the query.
    #[must_use]
    pub fn target(&self) -> &str {
        self.headers.str(self.target)
    }

    /// As [`Request::target`], for who has no use for a `str`. It is faster.
    #[must_use]
    pub fn target_bytes(&self) -> &[u8] {
        self.target.get(self.headers.text())
    }

    /// The HTTP version.
    #[must_use]
    pub const fn http_version(&self) -> HttpVersion {
        self.version
    }

    /// How many bytes it holds on the heap; a text that it borrows is none of them.
    #[must_use]
    pub const fn retained_bytes(&self) -> usize {
        self.headers.retained_bytes()
    }

    /// The headers.
    #[must_use]
    pub const fn headers(&self) -> &Headers<'a> {
        &self.headers
    }

    /// Appends a header. Spaces and tabs at the ends of the value are dropped.
    ///
    /// # Errors
    ///
    /// [`Error::HeaderName`] and [`Error::HeaderValue`] for what cannot be sent; then nothing has changed.
    pub fn push_header(&mut self, name: &str, value: &str) -> Result<(), Error> {
        self.headers.push(name, value)
    }

    /// Puts one header in the place of all of this name.
    ///
    /// # Errors
    ///
    /// As [`Request::push_header`].
    pub fn set_header(&mut self, name: &str, value: &str) -> Result<(), Error> {
        self.headers.set(name, value)
    }

    /// Takes out all headers of this name. Tells whether there was one.
    pub fn remove_header(&mut self, name: &str) -> bool {
        self.headers.remove(name)
    }

    /// Appends a header that was received by someone else.
    pub(crate) fn push_received(&mut self, name: &[u8], value: &[u8]) -> Result<(), Error> {
        self.headers.push_received(name, value)
    }

    /// The head as it stands on the wire, with the empty line that ends it.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.headers.text()
    }

    /// Appends the head, with the empty line that ends it, to `output`.
    pub fn build(&self, output: &mut Vec<u8>) {
        output.extend_from_slice(self.as_bytes());
    }

    /// The same request with a text of its own.
    #[must_use]
    pub fn into_owned(self) -> Request<'static> {
        let Self { method, target, version, headers } = self;
        Request { method, target, version, headers: headers.into_owned() }
    }
}

impl<'a> Head<'a> for Request<'a> {
    const KIND: Kind = Kind::Request;
    type Index = RequestIndex;

    fn index(text: &[u8], limits: &Limits) -> Option<(RequestIndex, usize)> {
        parse::request(text, limits, |_, _, _| {})
    }

    fn from_index(text: Cow<'a, [u8]>, index: RequestIndex) -> Self {
        let RequestIndex { method, target, version, fields } = index;
        Self { method, target, version, headers: Headers::new(text, fields) }
    }
}

impl core::fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method())
            .field("target", &self.target())
            .field("version", &self.version)
            .field("headers", &self.headers)
            .finish()
    }
}

/// Checks a method that is to be sent.
pub(crate) fn checked_method(method: &str) -> Result<&str, Error> {
    if grammar::is_token(method.as_bytes()) {
        Ok(method)
    } else {
        Err(Error::Method { got: excerpt(method.as_bytes()) })
    }
}

/// Checks a target that is to be sent.
pub(crate) fn checked_target(target: &str) -> Result<&str, Error> {
    if grammar::is_target(target.as_bytes()) {
        Ok(target)
    } else {
        Err(Error::Target { got: excerpt(target.as_bytes()) })
    }
}

/// Room for a common request, so that its headers are appended without moving it.
pub(crate) const BUILD_CAPACITY: usize = 512;
