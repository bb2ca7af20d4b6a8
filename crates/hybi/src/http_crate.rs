//! From and to the types of the crate `http`, for programs inside of an HTTP library.

use hybi_handshake_client::Error as ClientError;
use hybi_handshake_server::{Error as ServerError, Upgrade};
use hybi_http::http_types::{Request, Response, Version};
use hybi_http::{Error as HttpError, Request as Head, Response as ResponseHead};

use crate::{Accepted, Client, ClientConnect, Connected, Error, ServerConfig};

impl ServerConfig {
    /// Checks a request that an HTTP library received over HTTP/1.1: an `http::Request<T>` of any body, or its `Parts`, by
    /// reference. One that came over HTTP/2 or HTTP/3 is taken by
    /// [`ExtendedConnect::from_http`](hybi_http::ExtendedConnect::from_http) and [`check_connect`](Self::check_connect).
    ///
    /// ```
    /// use hybi::{Accept, ServerConfig};
    ///
    /// let request = http::Request::get("/chat")
    ///     .header("host", "example.com")
    ///     .header("upgrade", "websocket")
    ///     .header("connection", "upgrade")
    ///     .header("sec-websocket-version", "13")
    ///     .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
    ///     .body("of any type")?;
    ///
    /// let config = ServerConfig::new();
    /// let response = match config.check_http(&request) {
    ///     Ok(upgrade) => {
    ///         let accepted = config.accept(&upgrade, Accept::new().header("X-Session", "7"))?;
    ///         let response = accepted.http_response()?.map(|()| String::new());
    ///         // Here goes a task that waits for the library's upgraded connection and runs `accepted.server` on it.
    ///         response
    ///     }
    ///     Err(error) => config.http_refusal(&error, request.version()),
    /// };
    /// assert_eq!(response.status(), 101);
    /// assert_eq!(response.headers()["sec-websocket-accept"], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The rule that the request breaks. [`http_refusal`](Self::http_refusal) is what to answer.
    pub fn check_http<R>(&self, request: R) -> Result<Upgrade<'static>, ServerError>
    where
        Head<'static>: TryFrom<R, Error = HttpError>,
    {
        Upgrade::check_http(request, &self.handshake)
    }

    /// The answer to a request that breaks a rule, with its body, in the version of HTTP of the request.
    #[must_use]
    pub fn http_refusal(&self, error: &ServerError, version: Version) -> Response<String> {
        error.http_response(version, self.handshake.spoken())
    }
}

impl Accepted {
    /// The [answer](Self::response) for an HTTP library to send.
    ///
    /// # Errors
    /// [`Error::ServerHandshake`] if it has more headers than the type can hold.
    pub fn http_response(&self) -> Result<Response<()>, Error> {
        let response = Response::try_from(&self.response);
        response.map_err(|error| ServerError::Answer(error).into())
    }
}

impl Client {
    /// The request for an HTTP library to send over HTTP/1.1. Headers can be added to it; the key that the answer is checked
    /// against is kept here.
    ///
    /// ```
    /// use hybi::Client;
    ///
    /// let mut client = Client::new("ws://example.com/chat")?;
    /// let mut request = client.http_request()?;
    /// request.headers_mut().insert("x-request-id", "7".parse()?);
    /// assert!(request.headers().contains_key("sec-websocket-key"));
    /// // … the library sends it, and gives the answer …
    /// # let config = hybi::ServerConfig::new();
    /// # let response = config.accept(&config.check_http(&request)?, hybi::Accept::new())?.http_response()?;
    /// let connected = client.receive_http_response(&response)?;
    /// let mut output = Vec::new();                           // of the upgraded connection
    /// client.send_text("Hello", &mut output)?;
    /// # let _ = connected;
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::ClientHandshake`] in draft-ietf-hybi-00, whose request goes on behind its head, and when the handshake is over.
    pub fn http_request(&self) -> Result<Request<()>, Error> {
        match self.handshake() {
            Some(handshake) => Ok(handshake.http_request()?),
            None => Err(ClientError::Answered.into()),
        }
    }

    /// As [`receive_response`](Self::receive_response), for an `http::Response<T>` of any body, or its `Parts`, by reference.
    ///
    /// # Errors
    /// As there.
    pub fn receive_http_response<R>(&mut self, response: R) -> Result<Connected<'static>, Error>
    where
        ResponseHead<'static>: TryFrom<R, Error = HttpError>,
    {
        self.receive_response(&ResponseHead::try_from(response).map_err(ClientError::Http)?)
    }
}

impl ClientConnect {
    /// The request for an HTTP library to send over HTTP/2. `:protocol` is to be added to it as that library has it:
    /// `request.extensions_mut().insert(h2::ext::Protocol::from_static("websocket"))`.
    ///
    /// # Errors
    /// [`Error::ClientHandshake`] for a URL that is longer than the type allows.
    pub fn http_request(&self) -> Result<Request<()>, Error> {
        Ok(self.handshake.http_request()?)
    }

    /// As [`check`](Self::check), for an `http::Response<T>` of any body, or its `Parts`, by reference.
    ///
    /// # Errors
    /// As there.
    pub fn check_http<R>(self, response: R) -> Result<(Connected<'static>, Client), Error>
    where
        ResponseHead<'static>: TryFrom<R, Error = HttpError>,
    {
        self.check(&ResponseHead::try_from(response).map_err(ClientError::Http)?)
    }
}
