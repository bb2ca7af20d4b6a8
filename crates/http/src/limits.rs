//! What a head may cost.

use crate::span::Span;

/// What a head may cost, so that a peer cannot make it cost more.
///
/// ```
/// use hybi_http::{Error, Limits, Request};
///
/// let limits = Limits::new().head_bytes(64);
/// let long = format!("GET / HTTP/1.1\r\nCookie: {}\r\n\r\n", "x".repeat(64));
/// assert_eq!(Request::parse(long.as_bytes(), &limits), Err(Error::HeadTooLarge { limit: 64 }));
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of a head, from its first line to the empty line that ends it, empty lines before it counted in.
    ///
    /// Default: 16 KiB. Cookies and tokens are what makes a head long; Apache and nginx take 8 KiB a line, Node 16 KiB
    /// a head.
    pub head_bytes: usize,

    /// The most headers of a head.
    ///
    /// Default: 100, as Apache. Browsers send some 15, proxies add 10.
    pub headers: usize,

    /// The most bytes of a request's target.
    ///
    /// Default: 8 KiB. `RFC 9112 §3` asks for 8000 bytes of request line at least.
    pub target_bytes: usize,
}

impl Limits {
    /// The most extensions that one list may name: 32. Those who probe a server's negotiation offer about six.
    pub const EXTENSIONS: usize = 32;

    /// The most parameters of one extension: 16. `permessage-deflate` has four.
    pub const PARAMS: usize = 16;

    /// The defaults.
    #[must_use]
    pub const fn new() -> Self {
        Self { head_bytes: 16 * 1024, headers: 100, target_bytes: 8 * 1024 }
    }

    /// Sets [`Limits::head_bytes`]; at most 4 GiB - 1.
    #[must_use]
    pub const fn head_bytes(mut self, bytes: usize) -> Self {
        self.head_bytes = if bytes < Span::LIMIT { bytes } else { Span::LIMIT };
        self
    }

    /// Sets [`Limits::headers`].
    #[must_use]
    pub const fn headers(mut self, headers: usize) -> Self {
        self.headers = headers;
        self
    }

    /// Sets [`Limits::target_bytes`].
    #[must_use]
    pub const fn target_bytes(mut self, bytes: usize) -> Self {
        self.target_bytes = bytes;
        self
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}
