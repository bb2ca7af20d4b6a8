//! The answer that a violation is owed.

use hybi_http::Response;
use hybi_version::Versions;

use crate::Error;

impl Error {
    /// The head of the answer: the [status](Self::status), `Connection: close` and the length of [`body`](Self::body), with
    /// `Allow` for 405, and with `Upgrade` and `Sec-WebSocket-Version` for 426. `spoken` are the versions to name there, which
    /// [`HandshakeConfig::spoken`](crate::HandshakeConfig::spoken) tells.
    ///
    /// ```
    /// use hybi_handshake_server::Error;
    /// use hybi_version::{Version, Versions};
    ///
    /// let spoken = Versions::only(Version::Hybi17).with(Version::Hybi10);
    /// let response = Error::VersionUnknown { got: "99".into() }.response(spoken);
    /// assert_eq!(response.status(), 426);
    /// assert_eq!(response.headers().get_str("Sec-WebSocket-Version"), Some("13, 8"));
    /// ```
    #[must_use]
    pub fn response(&self, spoken: Versions) -> Response<'static> {
        #[expect(clippy::expect_used, reason = "statuses, names and values are all constants that can be sent")]
        self.try_response(spoken).expect("a response of constants")
    }

    /// The body that goes with [`response`](Self::response): one line of text.
    #[must_use]
    pub fn body(&self) -> String {
        format!("{}\n", self.as_str())
    }

    /// Appends the answer, head and body, to `output`.
    pub fn write_response(&self, spoken: Versions, output: &mut Vec<u8>) {
        self.response(spoken).build(output);
        output.extend_from_slice(self.body().as_bytes());
    }

    /// The head of the answer on a stream of HTTP/2 or HTTP/3. There is no 426, as there is nothing to upgrade
    /// (RFC 9110 §15.5.22 asks for `Upgrade`, and RFC 9113 §8.2.2 forbids it): it is 400, with the numbers of the versions of
    /// `spoken` that an extended CONNECT can bring. [`body`](Self::body) goes with it, and then the stream ends; the connection
    /// goes on.
    ///
    /// ```
    /// use hybi_handshake_server::Error;
    /// use hybi_version::Versions;
    ///
    /// let response = Error::VersionUnknown { got: "99".into() }.connect_response(Versions::ALL);
    /// assert_eq!((response.status(), response.headers().get_str("sec-websocket-version")), (400, Some("13")));
    /// ```
    #[must_use]
    pub fn connect_response(&self, spoken: Versions) -> Response<'static> {
        #[expect(clippy::expect_used, reason = "statuses, names and values are all constants that can be sent")]
        self.try_connect_response(spoken).expect("a response of constants")
    }

    fn try_connect_response(&self, spoken: Versions) -> Result<Response<'static>, hybi_http::Error> {
        let about_version = matches!(self, Self::MissingVersion | Self::ConnectVersion { .. }) || self.status() == 426;
        let mut response = Response::new(if self.status() == 426 { 400 } else { self.status() })?;
        let numbers = numbers(spoken.iter().filter(|version| version.facts().connect_protocol.is_some()).collect());
        if about_version && !numbers.is_empty() {
            response.push_header("sec-websocket-version", &numbers)?;
        }
        if self.status() == 405 {
            response.push_header("allow", "CONNECT")?;
        }
        response.push_header("content-type", "text/plain; charset=utf-8")?;
        response.push_header("content-length", &self.body().len().to_string())?;
        Ok(response)
    }

    fn try_response(&self, spoken: Versions) -> Result<Response<'static>, hybi_http::Error> {
        let status = self.status();
        let mut response = Response::new(status)?;
        let mut connection = "close";
        if status == 405 {
            response.push_header("Allow", "GET")?;
        }
        if status == 426 {
            // RFC 9110 §15.5.22 asks for Upgrade, and §7.8 for its name in Connection.
            response.push_header("Upgrade", "websocket")?;
            connection = "Upgrade, close";
        }
        let numbers = numbers(spoken);
        if !numbers.is_empty() && (status == 426 || *self == Self::MissingVersion) {
            response.push_header("Sec-WebSocket-Version", &numbers)?;
        }
        response.push_header("Connection", connection)?;
        response.push_header("Content-Type", "text/plain; charset=utf-8")?;
        response.push_header("Content-Length", &self.body().len().to_string())?;
        Ok(response)
    }
}

/// The numbers of the versions that have one, the latest first, with commas between. `RFC 6455 §4.4`.
fn numbers(versions: Versions) -> String {
    let numbers = versions.iter().filter_map(|version| version.facts().numbers.first());
    numbers.map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
