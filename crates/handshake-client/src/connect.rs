//! Extended CONNECT: the client's opening handshake on a stream of HTTP/2 (RFC 8441) or HTTP/3 (RFC 9220).

use hybi_http::{ExtendedConnect, Response};
use hybi_version::Version;

use crate::check::{check_extensions, check_subprotocol};
use crate::{Agreed, Error};

/// The client's side of an opening handshake on a stream of HTTP/2 or HTTP/3. Made by
/// [`Offer::start_connect`](crate::Offer::start_connect).
///
/// The stream itself is the matter of a library for these, and so is to wait for the server's setting that allows the request
/// (`SETTINGS_ENABLE_CONNECT_PROTOCOL`, RFC 8441 §3). There is no key. Frames then go over the stream as they would over TCP,
/// with masks.
///
/// ```
/// # #[cfg(feature = "hybi17")] {
/// use hybi_handshake_client::http::{Limits, Response};
/// use hybi_handshake_client::{Offer, Url};
///
/// let handshake = Offer::new(Url::parse("wss://server.example.com/chat")?).subprotocol("chat").start_connect()?;
/// let fields: Vec<_> = handshake.connect().fields().collect();      // what to send
/// assert_eq!(fields[..2], [(":method", &b"CONNECT"[..]), (":protocol", b"websocket")]);
///
/// let answer = Response::from_fields([(":status", "200"), ("sec-websocket-protocol", "chat")], &Limits::default())?;
/// assert_eq!(handshake.check(&answer)?.subprotocol.as_deref(), Some("chat"));
/// # }
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ConnectHandshake {
    pub(crate) version: Version,
    pub(crate) connect: ExtendedConnect,
}

impl ConnectHandshake {
    /// The version that is offered.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.version
    }

    /// The request, with its list of fields.
    #[must_use]
    pub const fn connect(&self) -> &ExtendedConnect {
        &self.connect
    }

    /// Checks the answer: a status of 2xx, and nothing that was not offered (RFC 8441 §5, RFC 6455 §4.1).
    ///
    /// # Errors
    ///
    /// The rule that the answer breaks; [`Error::ConnectStatus`] for another status: a redirect, a demand for credentials, an
    /// error, 501 from a server that knows no WebSocket (RFC 9220 §3).
    pub fn check(&self, response: &Response<'_>) -> Result<Agreed, Error> {
        let got = response.status();
        if !(200..300).contains(&got) {
            return Err(Error::ConnectStatus { got });
        }
        let (version, request) = (self.version, self.connect.request());
        let extensions = check_extensions(request, response)?;
        let subprotocol = check_subprotocol(request, version.facts(), response)?;
        Ok(Agreed { version, subprotocol, extensions })
    }
}
