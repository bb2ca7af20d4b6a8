//! The server's end of a connection, from the first byte to the last.

use core::mem;
use std::sync::Arc;

use hybi_connection::{Config, Connection, Prepared, State, Unread};
use hybi_handshake_server::{Accept, Received, ServerHandshake, Upgrade};
use hybi_http::Response;
use hybi_version::Version;

use crate::accepted::Accepted;
use crate::extension::Compression;
use crate::{Connected, Error, Event, ServerConfig};

/// The server's end of one connection: handshake, then messages.
///
/// 1. Read from the transport into a buffer of yours.
/// 2. Call [`receive`](Self::receive) until it gives `None`, and act on the events.
/// 3. Write what is in the output, also if `receive` failed: the answer that the peer is owed is in it.
/// 4. If it failed or [`is_closed`](Self::is_closed), close the transport; else go on with 1.
///
/// ```
/// use hybi::{Event, Server};
///
/// let mut input = *b"GET /chat HTTP/1.1\r\nHost: example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
///     Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
/// let (mut server, mut output) = (Server::new(), Vec::new());
/// let mut bytes = &mut input[..];
/// while let Some(event) = server.receive(&mut bytes, &mut output)? {
///     match event {
///         Event::Request(request) => server.accept(&request, &mut output)?,
///         Event::Text(text) => server.send_text(&text, &mut output)?,
///         _ => {}
///     }
/// }
/// assert!(output.starts_with(b"HTTP/1.1 101 "));
/// # Ok::<(), hybi::Error>(())
/// ```
#[derive(Debug)]
pub struct Server {
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Handshake(Handshake),
    Open(Connection),
    /// The handshake was refused, or failed with this.
    Over(Option<Box<Error>>),
}

/// What is needed until the handshake is done, and freed then.
#[derive(Debug)]
struct Handshake {
    machine: ServerHandshake,
    /// For the connection, which takes it.
    connection: Option<Arc<Config>>,
    compression: Option<Arc<Compression>>,
    /// What was agreed on, as soon as the request is accepted.
    accepted: Option<Accepted>,
    /// A plain HTTP request was handed out and not answered yet.
    unanswered: bool,
}

impl Server {
    /// A server with the [default settings](ServerConfig::new).
    #[must_use]
    pub fn new() -> Self {
        Self::with(&ServerConfig::new())
    }

    /// A server with these settings, which many share.
    #[must_use]
    pub fn with(config: &ServerConfig) -> Self {
        Self {
            stage: Stage::Handshake(Handshake {
                machine: ServerHandshake::new(Arc::clone(&config.handshake)),
                connection: Some(Arc::clone(&config.connection)),
                compression: config.compression.clone(),
                accepted: None,
                unanswered: false,
            }),
        }
    }

    /// The answer that accepts a request which someone else received, and the server that comes after it.
    pub(crate) fn answer(
        config: &ServerConfig,
        request: &Upgrade<'_>,
        mut accept: Accept<'_>,
    ) -> Result<(Response<'static>, Connected<'static>, Self), Error> {
        let accepted = Accepted::new(request, &mut accept, config.compression.as_deref());
        let response = request.answer(&accept)?;
        let connected = accepted.connected.clone();
        let machine = ServerHandshake::answered(Arc::clone(&config.handshake), request);
        let connection = Arc::clone(&config.connection);
        let stage = if machine.is_complete() {
            Stage::Open(accepted.open(connection)?.0)
        } else {
            let (connection, accepted) = (Some(connection), Some(accepted));
            Stage::Handshake(Handshake { machine, connection, compression: None, accepted, unanswered: false })
        };
        Ok((response, connected, Self { stage }))
    }

    /// Takes the next event from the front of `input`. `None`: more bytes are needed, or the caller is to answer a request
    /// first.
    ///
    /// What the protocol owes the peer is appended to `output`.
    ///
    /// # Errors
    /// What the peer did wrong. The answer that it is owed is in `output`; write it, and close the transport. Every later call
    /// returns the same error.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "else the event of a message goes through memory at each layer")]
    pub fn receive<'a>(&mut self, input: &mut &'a mut [u8], output: &mut Vec<u8>) -> Result<Option<Event<'a>>, Error> {
        if let Stage::Open(connection) = &mut self.stage {
            return connection.receive_as(input, output);
        }
        self.receive_handshake(input, output)
    }

    /// As [`receive`](Self::receive), from a [`ReadBuffer`](crate::ReadBuffer), in which a message that is cut by reads waits until
    /// it is whole: so it is neither copied nor allocated, however it came. See [`Connection::receive_from`].
    ///
    /// # Errors
    /// As [`receive`](Self::receive).
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "else the event of a message goes through memory at each layer")]
    pub fn receive_from<'a>(
        &mut self,
        unread: &mut Unread<'a>,
        output: &mut Vec<u8>,
    ) -> Result<Option<Event<'a>>, Error> {
        if let Stage::Open(connection) = &mut self.stage {
            return connection.receive_from_as(unread, output);
        }
        self.receive_handshake(unread.bytes(), output)
    }

    /// Accepts the request, with the subprotocol that the configuration chooses.
    ///
    /// # Errors
    /// [`Error::ServerHandshake`] if there is no request to answer.
    pub fn accept(&mut self, request: &Upgrade<'_>, output: &mut Vec<u8>) -> Result<(), Error> {
        self.accept_with(request, Accept::new(), output)
    }

    /// Accepts the request in the way that `accept` says: subprotocol, headers, extensions of the caller's.
    ///
    /// # Errors
    /// [`Error::ServerHandshake`] if there is no request to answer, or if the answer names what was not offered.
    pub fn accept_with(
        &mut self,
        request: &Upgrade<'_>,
        mut accept: Accept<'_>,
        output: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let Stage::Handshake(handshake) = &mut self.stage else {
            return Err(hybi_handshake_server::Error::NothingToAnswer.into());
        };
        handshake.accept(request, &mut accept, output)
    }

    /// Answers a request in another way than by accepting it: refuses a handshake, or serves a page. The connection is to be
    /// closed after it, which the response says.
    ///
    /// ```
    /// # use hybi::{Event, Server};
    /// use hybi::http::Response;
    ///
    /// # let mut input = *b"GET /health HTTP/1.1\r\nHost: example.com\r\n\r\n";
    /// # let (mut server, mut output, mut bytes) = (Server::new(), Vec::new(), &mut input[..]);
    /// if let Some(Event::Http(request)) = server.receive(&mut bytes, &mut output)? {
    ///     let status = if request.target() == "/health" { 200 } else { 404 };
    ///     server.respond(&Response::new(status).expect("a known status"), b"", &mut output)?;
    /// }
    /// assert!(output.starts_with(b"HTTP/1.1 200 OK\r\n"));
    /// # Ok::<(), hybi::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::ServerHandshake`] if there is no request to answer, or the response is none of a final answer.
    pub fn respond(&mut self, response: &Response<'_>, body: &[u8], output: &mut Vec<u8>) -> Result<(), Error> {
        let Stage::Handshake(handshake) = &mut self.stage else {
            return Err(hybi_handshake_server::Error::NothingToAnswer.into());
        };
        handshake.machine.refuse(response, body, output)?;
        self.stage = Stage::Over(None);
        Ok(())
    }

    /// Tells that the transport has ended.
    ///
    /// # Errors
    /// [`Error::UnexpectedEof`] within a handshake that had begun, [`Error::Connection`] if the connection was not closed
    /// before.
    pub fn receive_eof(&mut self) -> Result<(), Error> {
        match &mut self.stage {
            Stage::Open(connection) => Ok(connection.receive_eof()?),
            Stage::Over(None) => Ok(()),
            Stage::Over(Some(error)) => Err(Error::clone(error)),
            Stage::Handshake(handshake) => {
                let begun = handshake.accepted.is_some() || handshake.machine.has_begun();
                let error = begun.then_some(Error::UnexpectedEof);
                self.stage = Stage::Over(error.clone().map(Box::new));
                error.map_or(Ok(()), Err)
            }
        }
    }

    /// Notes that a message goes out which was encoded once for many connections, and gives its bytes: see [`Prepared`]. They
    /// are to be written as they are, behind what is in this connection's output already.
    ///
    /// # Errors
    /// As [`send_binary`](Self::send_binary) for its kind.
    pub fn send_prepared<'p, B: AsRef<[u8]> + From<Vec<u8>>>(
        &mut self,
        message: &'p Prepared<B>,
    ) -> Result<&'p B, crate::SendError> {
        self.open()?.send_prepared(message)
    }

    crate::send::methods!();

    /// The connection's state; `None` while the handshake lasts.
    #[must_use]
    pub const fn state(&self) -> Option<State> {
        match &self.stage {
            Stage::Handshake(_) => None,
            Stage::Open(connection) => Some(connection.state()),
            Stage::Over(None) => Some(State::Closed),
            Stage::Over(Some(_)) => Some(State::Failed),
        }
    }

    /// The bytes that are held on the heap for this connection: those of the handshake as long as it lasts, then those of
    /// [`Connection::retained_bytes`]. What many share and the text of an error are not counted.
    #[must_use]
    pub fn retained_bytes(&self) -> usize {
        match &self.stage {
            Stage::Handshake(handshake) => handshake.retained_bytes(),
            Stage::Open(connection) => connection.retained_bytes(),
            Stage::Over(error) => error.as_ref().map_or(0, |_| size_of::<Error>()),
        }
    }

    #[cold]
    fn receive_handshake<'a>(
        &mut self,
        input: &mut &'a mut [u8],
        output: &mut Vec<u8>,
    ) -> Result<Option<Event<'a>>, Error> {
        let handshake = match &mut self.stage {
            Stage::Handshake(handshake) => handshake,
            Stage::Over(Some(error)) => return Err(Error::clone(error)),
            _ => {
                *input = &mut [];
                return Ok(None);
            }
        };
        if mem::take(&mut handshake.unanswered) {
            return Err(self.refuse(hybi_handshake_server::Error::NotWebSocket, output));
        }
        if handshake.accepted.is_some() && handshake.machine.receive_key3(input, output) {
            return self.begin();
        }
        match handshake.machine.receive(input) {
            Ok(None) => Ok(None),
            Ok(Some(Received::Upgrade(upgrade))) => Ok(Some(Event::Request(Box::new(upgrade)))),
            Ok(Some(Received::Http(request))) => {
                handshake.unanswered = true;
                Ok(Some(Event::Http(Box::new(request))))
            }
            Err(error) => Err(self.refuse(error, output)),
        }
    }

    /// The handshake is done.
    fn begin<'a>(&mut self) -> Result<Option<Event<'a>>, Error> {
        let Stage::Handshake(Handshake { connection, accepted, .. }) = &mut self.stage else { return Ok(None) };
        let (Some(connection), Some(accepted)) = (connection.take(), accepted.take()) else { return Ok(None) };
        let (connection, connected) = accepted.open(connection).map_err(|error| self.fail(error))?;
        self.stage = Stage::Open(connection);
        Ok(Some(Event::Connected(connected)))
    }

    /// The request breaks a rule, which is answered.
    #[cold]
    fn refuse(&mut self, error: hybi_handshake_server::Error, output: &mut Vec<u8>) -> Error {
        if let Stage::Handshake(handshake) = &self.stage {
            error.write_response(handshake.machine.config().spoken(), output);
        }
        self.fail(error.into())
    }

    #[cold]
    fn fail(&mut self, error: Error) -> Error {
        self.stage = Stage::Over(Some(Box::new(error.clone())));
        error
    }
}

impl Handshake {
    fn retained_bytes(&self) -> usize {
        let accepted = self.accepted.as_ref().map_or(0, Accepted::retained_bytes);
        self.machine.retained_bytes().saturating_add(accepted)
    }

    fn accept(&mut self, request: &Upgrade<'_>, accept: &mut Accept<'_>, output: &mut Vec<u8>) -> Result<(), Error> {
        let accepted = Accepted::new(request, accept, self.compression.as_deref());
        self.machine.accept(request, accept, output)?;
        self.accepted = Some(accepted);
        Ok(())
    }
}

impl Default for Server {
    fn default() -> Self {
        Self::new()
    }
}
