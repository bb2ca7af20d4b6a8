//! The head of a response.

use std::borrow::Cow;

use crate::head::Head;
use crate::parse::ResponseIndex;
use crate::request::BUILD_CAPACITY;
use crate::scan::Kind;
use crate::span::Span;
use crate::{Error, Headers, HttpVersion, Limits, SetCookie, head, parse, standard_reason, write};

/// The head of an HTTP/1.1 response: version, status, reason, headers.
///
/// ```
/// use hybi_http::Response;
///
/// let mut response = Response::new(426)?;
/// response.push_header("Sec-WebSocket-Version", "13, 8")?;
/// let mut output = Vec::new();
/// response.build(&mut output);
/// assert_eq!(output, b"HTTP/1.1 426 Upgrade Required\r\nSec-WebSocket-Version: 13, 8\r\n\r\n");
/// # Ok::<(), hybi_http::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Response<'a> {
    pub(crate) version: HttpVersion,
    status: u16,
    reason: Span,
    headers: Headers<'a>,
}

impl<'a> Response<'a> {
    /// Parses the head at the front of `bytes`. Gives it with its length, or `None` if it is not complete.
    ///
    /// # Errors
    ///
    /// As [`Request::parse`](crate::Request::parse). Nothing may stand before a response, empty lines neither.
    pub fn parse(bytes: &'a [u8], limits: &Limits) -> Result<Option<(Self, usize)>, Error> {
        head::parse(bytes, limits)
    }

    /// A response to be sent, HTTP/1.1, with the [standard reason](standard_reason) of its status, without headers.
    ///
    /// # Errors
    ///
    /// [`Error::Status`] if there can be no such status.
    pub fn new(status: u16) -> Result<Response<'static>, Error> {
        Response::with_reason(status, standard_reason(status))
    }

    /// A response to be sent with a reason of one's own.
    ///
    /// # Errors
    ///
    /// [`Error::Status`] and [`Error::Reason`] if they cannot stand in a response.
    pub fn with_reason(status: u16, reason: &str) -> Result<Response<'static>, Error> {
        let mut text = Vec::with_capacity(BUILD_CAPACITY);
        write::write_status_line(&mut text, status, reason)?;
        let end = text.len().saturating_sub(2);
        let reason = if reason.is_empty() { Span::default() } else { Span::new(end.saturating_sub(reason.len()), end) };
        text.extend_from_slice(b"\r\n");
        let headers = Headers::built(text);
        Ok(Response { version: HttpVersion::Http11, status, reason, headers })
    }

    /// Appends a header that was received by someone else.
    pub(crate) fn push_received(&mut self, name: &[u8], value: &[u8]) -> Result<(), Error> {
        self.headers.push_received(name, value)
    }

    /// The status, such as 101. In a response that was parsed it is what stands there: 0 to 999.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// The reason, such as `Switching Protocols`. Empty if there is none, or one that is not ASCII.
    #[must_use]
    pub fn reason(&self) -> &str {
        self.headers.str(self.reason)
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
    /// As [`Response::push_header`].
    pub fn set_header(&mut self, name: &str, value: &str) -> Result<(), Error> {
        self.headers.set(name, value)
    }

    /// Takes out all headers of this name. Tells whether there was one.
    pub fn remove_header(&mut self, name: &str) -> bool {
        self.headers.remove(name)
    }

    /// Appends a cookie, as a `Set-Cookie` header of its own: joined in one header they could not be told apart.
    /// `RFC 6265 §3`.
    ///
    /// # Errors
    ///
    /// [`Error::Cookie`] and [`Error::CookieAttribute`] for what cannot be sent.
    pub fn push_cookie(&mut self, cookie: &SetCookie<'_>) -> Result<(), Error> {
        self.headers.push("Set-Cookie", &cookie.header_value()?)
    }

    /// The cookies that the response sets, one of each `Set-Cookie` header.
    pub fn set_cookies(&self) -> impl Iterator<Item = Result<SetCookie<'_>, Error>> {
        self.headers.get_all("Set-Cookie").map(SetCookie::parse)
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

    /// The same response with a text of its own.
    #[must_use]
    pub fn into_owned(self) -> Response<'static> {
        let Self { version, status, reason, headers } = self;
        Response { version, status, reason, headers: headers.into_owned() }
    }
}

impl<'a> Head<'a> for Response<'a> {
    const KIND: Kind = Kind::Response;
    type Index = ResponseIndex;

    fn index(text: &[u8], limits: &Limits) -> Option<(ResponseIndex, usize)> {
        parse::response(text, limits)
    }

    fn from_index(text: Cow<'a, [u8]>, index: ResponseIndex) -> Self {
        let ResponseIndex { version, status, reason, fields } = index;
        Self { version, status, reason, headers: Headers::new(text, fields) }
    }
}

impl core::fmt::Debug for Response<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("reason", &self.reason())
            .field("version", &self.version)
            .field("headers", &self.headers)
            .finish()
    }
}
