//! Clients whose connection is a stream of HTTP/2 or HTTP/3.

use hybi_handshake_client::{ConnectHandshake, Offer};
use hybi_http::{ExtendedConnect, Response};

use crate::{Client, ClientConfig, Connected, Error};

/// The opening handshake of a client on a stream of HTTP/2 (RFC 8441) or HTTP/3 (RFC 9220), which a library for these opens.
///
/// Send [`request`](Self::request) on a new stream, give the answer to [`check`](Self::check), and go on with the [`Client`]
/// that comes out of it: the data of the stream are the same frames as over TCP, with masks.
///
/// ```
/// use hybi::http::{Limits, Response};
/// use hybi::{ClientConnect, ClientConfig, Offer, Url};
///
/// let offer = Offer::new(Url::parse("wss://server.example.com/chat")?);
/// let connect = ClientConnect::new(&offer, &ClientConfig::new())?;
/// for (name, value) in connect.request().fields() { /* what to send */ }
///
/// let answer = Response::from_fields([(":status", "200")], &Limits::default())?;
/// let (_connected, mut client) = connect.check(&answer)?;
/// let mut output = Vec::new();                               // data of the stream
/// client.send_text("Hello", &mut output)?;
/// # assert_eq!(output.len(), 2 + 4 + 5);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct ClientConnect {
    pub(crate) handshake: ConnectHandshake,
    config: ClientConfig,
}

impl ClientConnect {
    /// A handshake that offers what `offer` says.
    ///
    /// # Errors
    /// [`Error::ClientHandshake`] if that can't be offered, or not over HTTP/2.
    pub fn new(offer: &Offer, config: &ClientConfig) -> Result<Self, Error> {
        let handshake = match &config.compression {
            Some(compression) => offer.clone().extension(compression.offer()).start_connect(),
            None => offer.start_connect(),
        }?;
        Ok(Self { handshake, config: config.clone() })
    }

    /// The request.
    #[must_use]
    pub const fn request(&self) -> &ExtendedConnect {
        self.handshake.connect()
    }

    /// Checks the answer, and gives the client for what follows.
    ///
    /// # Errors
    /// [`Error::ClientHandshake`] for the rule that the answer breaks, and for another status than 2xx; [`Error::Extension`].
    pub fn check(self, response: &Response<'_>) -> Result<(Connected<'static>, Client), Error> {
        let agreed = self.handshake.check(response)?;
        Client::after(agreed, response, &self.config)
    }
}
