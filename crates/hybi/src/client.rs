//! The client's end of a connection, from the first byte to the last.

use std::sync::Arc;

use hybi_connection::{Config, Connection, State, Unread};
use hybi_handshake_client::{Agreed, Answer, ClientHandshake, Offer};
use hybi_http::{Request, Response};
use hybi_url::Url;
use hybi_version::{Role, Version};

use crate::extension::Compression;
use crate::{ClientConfig, Connected, Error, Event};

/// The client's end of one connection: handshake, then messages.
///
/// Open a transport to [`Url::address`], write what [`send_request`](Self::send_request) gives, and then do as with a
/// [`Server`](crate::Server): read, [`receive`](Self::receive) until `None`, write.
///
/// ```
/// use hybi::{Client, Event, Server};
///
/// let mut client = Client::new("ws://example.com/chat")?;
/// let (mut to_server, mut to_client) = (Vec::new(), Vec::new());
/// client.send_request(&mut to_server);
///
/// # let mut server = Server::new();
/// # let mut bytes = &mut to_server[..];
/// # while let Some(event) = server.receive(&mut bytes, &mut to_client)? {
/// #     if let Event::Request(request) = event { server.accept(&request, &mut to_client)?; }
/// # }
/// # let mut to_server = Vec::new();
/// // … the bytes go over the network, and the answer comes back …
/// let mut bytes = &mut to_client[..];
/// while let Some(event) = client.receive(&mut bytes, &mut to_server)? {
///     match event {
///         Event::Connected(_) => client.send_text("Hello", &mut to_server)?,
///         Event::Refused(response) => println!("the server says {}", response.status()),
///         _ => {}
///     }
/// }
/// # assert!(!to_server.is_empty());
/// # Ok::<(), hybi::Error>(())
/// ```
#[derive(Debug)]
pub struct Client {
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Handshake(Box<Handshake>),
    Open(Connection),
    /// The server said no.
    Refused,
    /// The handshake failed with this.
    Over(Box<Error>),
}

/// What is needed until the handshake is done, and freed then.
#[derive(Debug)]
struct Handshake {
    machine: ClientHandshake,
    connection: Arc<Config>,
    compression: Option<Arc<Compression>>,
}

impl Client {
    /// A client for this URL, in the latest version, with the default settings.
    ///
    /// # Errors
    /// [`Error::Url`] if it is none that we can open.
    pub fn new(url: &str) -> Result<Self, Error> {
        Self::with(&Offer::new(Url::parse(url)?), &ClientConfig::new())
    }

    /// A client that offers what `offer` says: version, subprotocols, headers and so on.
    ///
    /// ```
    /// use hybi::{Client, ClientConfig, Offer, Url, Version};
    ///
    /// let offer = Offer::new(Url::parse("ws://localhost:9001/")?)
    ///     .version(Version::Hybi17)
    ///     .subprotocol("chat")
    ///     .header("User-Agent", "hybi");
    /// let client = Client::with(&offer, &ClientConfig::new())?;
    /// # let _ = client;
    /// # Ok::<(), hybi::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::ClientHandshake`] if that can't be offered.
    pub fn with(offer: &Offer, config: &ClientConfig) -> Result<Self, Error> {
        let offer = config.offer(offer);
        let mut machine = offer.start()?;
        if let Some(compression) = &config.compression
            && machine.version().can().extensions
        {
            machine = offer.into_owned().extension(compression.offer()).start()?;
        }
        let compression = config.compression.clone();
        let connection = Arc::clone(&config.connection);
        Ok(Self { stage: Stage::Handshake(Box::new(Handshake { machine, connection, compression })) })
    }

    /// Appends the opening handshake's request to `output`: the first thing that goes to the server.
    pub fn send_request(&self, output: &mut Vec<u8>) {
        if let Stage::Handshake(handshake) = &self.stage {
            handshake.machine.send_request(output);
        }
    }

    /// The head of the opening handshake's request, for who sends it in another way than as bytes; `None` when the handshake
    /// is over.
    #[must_use]
    pub const fn request(&self) -> Option<&Request<'static>> {
        match self.handshake() {
            Some(handshake) => Some(handshake.request()),
            None => None,
        }
    }

    /// The handshake, as long as it lasts.
    pub(crate) const fn handshake(&self) -> Option<&ClientHandshake> {
        match &self.stage {
            Stage::Handshake(handshake) => Some(&handshake.machine),
            _ => None,
        }
    }

    /// Takes the head of an answer that an HTTP library received, in place of its bytes. From then on messages can be sent,
    /// and [`receive`](Self::receive) takes frames.
    ///
    /// # Errors
    /// [`Error::ClientHandshake`] for the rule that the answer breaks, an answer with another status than 101 among them; and in
    /// draft-ietf-hybi-00, where the answer goes on behind its head. Every later call returns the same error.
    pub fn receive_response(&mut self, response: &Response<'_>) -> Result<Connected<'static>, Error> {
        let received = match &self.stage {
            Stage::Handshake(handshake) => handshake.receive_response(response),
            Stage::Over(error) => return Err(Error::clone(error)),
            _ => return Err(hybi_handshake_client::Error::Answered.into()),
        };
        match received {
            Ok((connection, connected)) => {
                self.stage = Stage::Open(connection);
                Ok(connected)
            }
            Err(error) => Err(self.fail(error)),
        }
    }

    /// A client whose handshake is done.
    pub(crate) fn after(
        agreed: Agreed,
        response: &Response<'_>,
        config: &ClientConfig,
    ) -> Result<(Connected<'static>, Self), Error> {
        let response = response.clone().into_owned();
        let (connection, connected) = open(agreed, response, &config.connection, config.compression.as_deref())?;
        Ok((connected, Self { stage: Stage::Open(connection) }))
    }

    /// Takes the next event from the front of `input`. `None`: more bytes are needed.
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
        self.receive_handshake(input)
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
        self.receive_handshake(unread.bytes())
    }

    /// Tells that the transport has ended.
    ///
    /// # Errors
    /// [`Error::UnexpectedEof`] within the handshake, [`Error::Connection`] if the connection was not closed before.
    pub fn receive_eof(&mut self) -> Result<(), Error> {
        match &mut self.stage {
            Stage::Open(connection) => Ok(connection.receive_eof()?),
            Stage::Refused => Ok(()),
            Stage::Over(error) => Err(Error::clone(error)),
            Stage::Handshake(_) => Err(self.fail(Error::UnexpectedEof)),
        }
    }

    /// The connection's state; `None` while the handshake lasts.
    #[must_use]
    pub const fn state(&self) -> Option<State> {
        match &self.stage {
            Stage::Handshake(_) => None,
            Stage::Open(connection) => Some(connection.state()),
            Stage::Refused => Some(State::Closed),
            Stage::Over(_) => Some(State::Failed),
        }
    }

    crate::send::methods!();

    /// The bytes that are held on the heap for this connection: those of the handshake as long as it lasts, then those of
    /// [`Connection::retained_bytes`]. What many share and the text of an error are not counted.
    #[must_use]
    pub fn retained_bytes(&self) -> usize {
        match &self.stage {
            Stage::Handshake(handshake) => size_of::<Handshake>().saturating_add(handshake.machine.retained_bytes()),
            Stage::Open(connection) => connection.retained_bytes(),
            Stage::Refused => 0,
            Stage::Over(_) => size_of::<Error>(),
        }
    }

    #[cold]
    fn receive_handshake<'a>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<Event<'a>>, Error> {
        let handshake = match &mut self.stage {
            Stage::Handshake(handshake) => handshake,
            Stage::Over(error) => return Err(Error::clone(error)),
            Stage::Open(_) | Stage::Refused if input.is_empty() => return Ok(None),
            Stage::Open(_) | Stage::Refused => return Ok(Some(Event::Body(&*core::mem::take(input)))),
        };
        match handshake.receive(input) {
            Ok(None) => Ok(None),
            Ok(Some(Step::Refused(response))) => {
                self.stage = Stage::Refused;
                Ok(Some(Event::Refused(Box::new(response))))
            }
            Ok(Some(Step::Open(connection, connected))) => {
                self.stage = Stage::Open(connection);
                Ok(Some(Event::Connected(connected)))
            }
            Err(error) => Err(self.fail(error)),
        }
    }

    fn fail(&mut self, error: Error) -> Error {
        self.stage = Stage::Over(Box::new(error.clone()));
        error
    }
}

/// How a handshake ends.
enum Step<'a> {
    Refused(Response<'a>),
    Open(Connection, Connected<'a>),
}

impl Handshake {
    fn receive<'a>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<Step<'a>>, Error> {
        let (agreed, response) = match self.machine.receive(input)? {
            None => return Ok(None),
            Some(Answer::Refused(response)) => return Ok(Some(Step::Refused(response))),
            Some(Answer::Accepted { agreed, response }) => (agreed, response),
        };
        let (connection, connected) = open(agreed, response, &self.connection, self.compression.as_deref())?;
        Ok(Some(Step::Open(connection, connected)))
    }

    fn receive_response(&self, response: &Response<'_>) -> Result<(Connection, Connected<'static>), Error> {
        if self.machine.key3().is_some() {
            let version = self.machine.version();
            return Err(hybi_handshake_client::Error::BytesBehindHead { version }.into());
        }
        let agreed = self.machine.check(response)?;
        open(agreed, response.clone().into_owned(), &self.connection, self.compression.as_deref())
    }
}

/// The connection that both ends agreed on.
fn open<'a>(
    agreed: Agreed,
    response: Response<'a>,
    config: &Arc<Config>,
    compression: Option<&Compression>,
) -> Result<(Connection, Connected<'a>), Error> {
    let connection = Connection::new(agreed.version, Role::Client, Arc::clone(config))?;
    let compression = compression.map(|ours| ours.check(&agreed.extensions)).transpose()?.flatten();
    let connection = match compression {
        Some(compression) => compression.apply(connection),
        None => connection,
    };
    let connected = Connected::new(agreed.version, agreed.subprotocol, agreed.extensions, Some(response));
    Ok((connection, connected))
}
