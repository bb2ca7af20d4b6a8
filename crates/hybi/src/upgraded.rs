//! Servers inside of an HTTP library, which receives the request and sends the answer.

use hybi_handshake_server::{Accept, Error as HandshakeError, Upgrade};
use hybi_http::{ExtendedConnect, Request, Response};

use crate::{Connected, Error, Server, ServerConfig};

/// A handshake that was accepted where an HTTP library receives requests and sends answers. Made by
/// [`ServerConfig::accept`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Accepted {
    /// The head of the answer, to be sent by the library. Then the connection is upgraded.
    pub response: Response<'static>,
    /// What the handshake agreed on.
    pub connected: Connected<'static>,
    /// The server for the upgraded connection: the handshake is done, and messages can be sent.
    ///
    /// In draft-ietf-hybi-00 it begins with the eight bytes behind the head of the request, which are the first of the upgraded
    /// connection: it answers them, and then gives [`Event::Connected`](crate::Event::Connected).
    pub server: Server,
}

/// Inside of an HTTP library: check, accept, hand over.
impl ServerConfig {
    /// Checks a request whose head someone else received.
    ///
    /// ```
    /// use hybi::http::{Limits, Request};
    /// use hybi::{Accept, ServerConfig};
    ///
    /// let head = b"GET /chat HTTP/1.1\r\nHost: example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    ///     Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    /// let Some((request, _)) = Request::parse(head, &Limits::default())? else { panic!("it is complete") };
    ///
    /// let config = ServerConfig::new();
    /// match config.check(request) {
    ///     Ok(upgrade) => {
    ///         let mut accepted = config.accept(&upgrade, Accept::new())?;
    ///         assert_eq!(accepted.response.status(), 101);
    ///         let mut output = Vec::new();                       // of the upgraded connection
    ///         accepted.server.send_text("Hello", &mut output)?;
    ///         assert_eq!(output, b"\x81\x05Hello");
    ///     }
    ///     Err(error) => println!("{error}; to answer: {:?}", config.refusal(&error)),
    /// }
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The rule that the request breaks. [`refusal`](Self::refusal) is what to answer.
    pub fn check<'a>(&self, request: Request<'a>) -> Result<Upgrade<'a>, HandshakeError> {
        Upgrade::check(request, &self.handshake)
    }

    /// Checks an extended CONNECT: the handshake on a stream of HTTP/2 (RFC 8441) or HTTP/3 (RFC 9220). What follows it on the
    /// stream are the same frames as over TCP, those of the client masked.
    ///
    /// # Errors
    /// The rule that the request breaks. [`connect_refusal`](Self::connect_refusal) is what to answer.
    pub fn check_connect(&self, connect: ExtendedConnect) -> Result<Upgrade<'static>, HandshakeError> {
        Upgrade::check_connect(connect, &self.handshake)
    }

    /// Accepts a request that was checked, in the way that `accept` says, and with permessage-deflate where both ends want it.
    ///
    /// # Errors
    /// [`Error::ServerHandshake`] if the answer names what was not offered.
    pub fn accept(&self, upgrade: &Upgrade<'_>, accept: Accept<'_>) -> Result<Accepted, Error> {
        let (response, connected, server) = Server::answer(self, upgrade, accept)?;
        Ok(Accepted { response, connected, server })
    }

    /// The head of the answer to a request that breaks a rule; [`body`](HandshakeError::body) goes with it.
    #[must_use]
    pub fn refusal(&self, error: &HandshakeError) -> Response<'static> {
        error.response(self.handshake.spoken())
    }

    /// The same for an extended CONNECT.
    #[must_use]
    pub fn connect_refusal(&self, error: &HandshakeError) -> Response<'static> {
        error.connect_response(self.handshake.spoken())
    }
}
