//! From and to the types of the crate `http`, for clients whose requests an HTTP library sends.

use hybi_http::http_types;
use hybi_http::{Error as HttpError, Response};

use crate::{Agreed, ClientHandshake, ConnectHandshake, Error};

impl ClientHandshake {
    /// The request for an HTTP library to send over HTTP/1.1. Headers can be added to it; the answer is checked against the key
    /// that the handshake keeps.
    ///
    /// Its target is a path, and `Host` is among the headers: what hyper's connections take. For a client that opens
    /// connections by itself, put the whole URL there: `*request.uri_mut() = "http://example.com/chat".parse()?`.
    ///
    /// ```
    /// # #[cfg(feature = "hybi17")] {
    /// use hybi_handshake_client::{Offer, Url};
    ///
    /// let handshake = Offer::new(Url::parse("ws://example.com/chat")?).start()?;
    /// let mut request = handshake.http_request()?;
    /// request.headers_mut().insert("x-request-id", "7".parse()?);
    /// assert_eq!(request.headers()["host"], "example.com");
    /// assert!(request.headers().contains_key("sec-websocket-key"));
    /// # }
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::BytesBehindHead`] in draft-ietf-hybi-00; [`Error::Request`] for a URL that is longer than the type allows.
    pub fn http_request(&self) -> Result<http_types::Request<()>, Error> {
        if self.key3().is_some() {
            return Err(Error::BytesBehindHead { version: self.version() });
        }
        self.request().try_into().map_err(Error::Request)
    }

    /// Checks an answer that an HTTP library received: an `http::Response<T>` of any body, or its `Parts`, by reference. Frames
    /// follow on the upgraded stream.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check): [`Error::Status`] for another status than 101.
    pub fn check_http<R>(&self, response: R) -> Result<Agreed, Error>
    where
        Response<'static>: TryFrom<R, Error = HttpError>,
    {
        self.check(&Response::try_from(response).map_err(Error::Http)?)
    }
}

impl ConnectHandshake {
    /// The request for an HTTP library to send over HTTP/2. `:protocol` is to be added to it as that library has it:
    /// `request.extensions_mut().insert(h2::ext::Protocol::from_static("websocket"))`.
    ///
    /// # Errors
    ///
    /// [`Error::Request`] for a URL that is longer than the type allows.
    pub fn http_request(&self) -> Result<http_types::Request<()>, Error> {
        self.connect().try_into().map_err(Error::Request)
    }

    /// Checks an answer that an HTTP library received: an `http::Response<T>` of any body, or its `Parts`, by reference.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub fn check_http<R>(&self, response: R) -> Result<Agreed, Error>
    where
        Response<'static>: TryFrom<R, Error = HttpError>,
    {
        self.check(&Response::try_from(response).map_err(Error::Http)?)
    }
}
