//! From and to the types of the crate `http`, for servers that an HTTP library upgrades.

use hybi_http::http_types::{self, Version};
use hybi_http::{Request, Response};
use hybi_version::Versions;

use crate::{Accept, Error, HandshakeConfig, Upgrade};

impl Upgrade<'static> {
    /// Checks a request that an HTTP library received over HTTP/1.1: an `http::Request<T>` of any body, or its `Parts`, by
    /// reference. For a request of HTTP/2 or HTTP/3, see
    /// [`ExtendedConnect::from_http`](hybi_http::ExtendedConnect::from_http) and [`check_connect`](Self::check_connect).
    ///
    /// For draft-ietf-hybi-00 the first eight bytes of the upgraded stream belong to the handshake; see
    /// [`answer_key3`](Self::answer_key3) and [`ServerHandshake::answered`](crate::ServerHandshake::answered). An HTTP library
    /// that was told of them by `Content-Length: 8` takes them for a body; hand them over from there.
    ///
    /// ```
    /// # #[cfg(feature = "hybi17")] {
    /// use hybi_handshake_server::{Accept, HandshakeConfig, Upgrade};
    ///
    /// let request = http::Request::get("/chat")
    ///     .header("host", "example.com")
    ///     .header("upgrade", "websocket")
    ///     .header("connection", "upgrade")
    ///     .header("sec-websocket-version", "13")
    ///     .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
    ///     .body("of any type")?;
    /// let config = HandshakeConfig::new();
    /// match Upgrade::check_http(&request, &config) {
    ///     Ok(upgrade) => {
    ///         let response = upgrade.http_answer(&Accept::new())?;
    ///         assert_eq!(response.status(), 101);
    ///         assert_eq!(response.headers()["sec-websocket-accept"], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    ///     }
    ///     Err(error) => drop(error.http_response(request.version(), config.spoken())),
    /// }
    /// # }
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check); [`Error::Http`] for what can't be a head of HTTP/1.1.
    pub fn check_http<R>(request: R, config: &HandshakeConfig) -> Result<Self, Error>
    where
        Request<'static>: TryFrom<R, Error = hybi_http::Error>,
    {
        Self::check(Request::try_from(request).map_err(Error::Http)?, config)
    }
}

impl Upgrade<'_> {
    /// The head of the answer, as [`answer`](Self::answer) gives it, for an HTTP library to send: 101, or 200 for an extended
    /// CONNECT.
    ///
    /// # Errors
    ///
    /// As [`write_answer`](Self::write_answer).
    pub fn http_answer(&self, accept: &Accept<'_>) -> Result<http_types::Response<()>, Error> {
        let answer = self.answer(accept)?;
        (&answer).try_into().map_err(Error::Answer)
    }
}

impl Error {
    /// The answer, with its body, for an HTTP library to send, in the version of HTTP of the request:
    /// [`response`](Self::response) for HTTP/1, and for HTTP/2 and HTTP/3 [`connect_response`](Self::connect_response).
    #[must_use]
    pub fn http_response(&self, version: Version, spoken: Versions) -> http_types::Response<String> {
        let response = if version > Version::HTTP_11 { self.connect_response(spoken) } else { self.response(spoken) };
        convert(&response).map(|()| self.body())
    }
}

fn convert(response: &Response<'_>) -> http_types::Response<()> {
    #[expect(clippy::expect_used, reason = "statuses, names and values are all constants that can be sent")]
    response.try_into().expect("a response of constants")
}
