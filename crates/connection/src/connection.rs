//! Both halves in one value.

use std::sync::Arc;

use hybi_frame::{CloseReason, Header, Opcode, Unread, encode_frame, mask};
use hybi_version::{Role, Version};

use crate::inbound::Inbound;
use crate::outbound::Outbound;
use crate::{Config, Error, Event, Kind, Prepared, Receiver, SendError, Sender, State};

/// A connection after its handshake: bytes in, events and bytes out.
///
/// All output is appended to a buffer of the caller's, which may serve many connections. What the protocol owes the peer
/// (pongs, the answer to a close, the close that answers a violation) is appended there by [`receive`](Self::receive), so
/// that writing the output after each call is always right, also when it failed.
///
/// ```
/// use hybi_connection::{Config, Connection, Event};
/// use hybi_version::{Role, Version};
///
/// let mut client = Connection::new(Version::Hybi17, Role::Client, Config::new())?;
/// let mut server = Connection::new(Version::Hybi17, Role::Server, Config::new())?;
///
/// let mut wire = Vec::new();
/// client.send_text("Hello", &mut wire)?;
///
/// let mut bytes = &mut wire[..];
/// let mut output = Vec::new();
/// while let Some(event) = server.receive(&mut bytes, &mut output)? {
///     if let Event::Text(text) = event {
///         server.send_text(&text, &mut output)?;
///     }
/// }
/// assert_eq!(output, b"\x81\x05Hello");
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Connection {
    pub(crate) shared: Shared,
    pub(crate) inbound: Inbound,
    pub(crate) outbound: Outbound,
}

/// What both halves know.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    pub(crate) config: Arc<Config>,
    pub(crate) version: Version,
    pub(crate) role: Role,
    pub(crate) state: State,
}

impl Connection {
    /// An open connection, whose handshake is done and agreed on the version.
    ///
    /// # Errors
    /// [`hybi_frame::Error::VersionDisabled`] where the version was left out of the build.
    pub fn new(version: Version, role: Role, config: impl Into<Arc<Config>>) -> Result<Self, Error> {
        let shared = Shared { config: config.into(), version, role, state: State::Open };
        Ok(Self { inbound: Inbound::new(&shared)?, outbound: Outbound::default(), shared })
    }

    /// Takes the next event from the front of `input`. `None`: all of it is taken, and more bytes are needed.
    ///
    /// Replies that are owed to the peer are appended to `output`. Call it until it returns `None`.
    ///
    /// # Errors
    /// What the peer did wrong. The close frame that says so is in `output`; write it, and close the transport. Every later
    /// call returns the same error.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "else the event of a message goes through memory at each layer")]
    pub fn receive<'a>(&mut self, input: &mut &'a mut [u8], output: &mut Vec<u8>) -> Result<Option<Event<'a>>, Error> {
        self.receive_as(input, output)
    }

    /// As [`receive`](Self::receive), for a caller with events and errors of its own: a message that came whole becomes one of
    /// them without being an [`Event`] in between.
    ///
    /// # Errors
    /// As there.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "else the event of a message goes through memory at each layer")]
    pub fn receive_as<'a, T: From<Event<'a>>, E: From<Error>>(
        &mut self,
        input: &mut &'a mut [u8],
        output: &mut Vec<u8>,
    ) -> Result<Option<T>, E> {
        self.inbound.receive(&mut self.shared, input, output)
    }

    /// As [`receive`](Self::receive), from a [`ReadBuffer`](crate::ReadBuffer), in which a message that is cut by reads waits until
    /// it is whole: so it is neither copied nor allocated, however it came. `None`: read more into the buffer.
    ///
    /// Use the same buffer for this connection until it is [empty](crate::ReadBuffer::is_empty), and after an error
    /// [clear](crate::ReadBuffer::clear) it for the next. Fragmented and compressed messages are put together as always.
    ///
    /// ```
    /// use hybi_connection::{Config, Connection, Event, ReadBuffer};
    /// use hybi_version::{Role, Version};
    ///
    /// let mut server = Connection::new(Version::Hybi17, Role::Server, Config::new())?;
    /// let (mut buffer, mut output) = (ReadBuffer::new(), Vec::new());
    /// for read in [&b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f"[..], b"\x4d\x51\x58"] {
    ///     buffer.space()[..read.len()].copy_from_slice(read);
    ///     let mut unread = buffer.filled(read.len());
    ///     while let Some(event) = server.receive_from(&mut unread, &mut output)? {
    ///         if let Event::Text(text) = event {
    ///             server.send_text(&text, &mut output)?;
    ///         }
    ///     }
    /// }
    /// assert_eq!(output, b"\x81\x05Hello");
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
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
        self.receive_from_as(unread, output)
    }

    /// As [`receive_from`](Self::receive_from) and [`receive_as`](Self::receive_as).
    ///
    /// # Errors
    /// As there.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "else the event of a message goes through memory at each layer")]
    pub fn receive_from_as<'a, T: From<Event<'a>>, E: From<Error>>(
        &mut self,
        unread: &mut Unread<'a>,
        output: &mut Vec<u8>,
    ) -> Result<Option<T>, E> {
        self.inbound.receive_from(&mut self.shared, unread, output)
    }

    /// Tells that the transport has ended.
    ///
    /// # Errors
    /// [`Error::UnexpectedEof`] if the connection was not closed before, so that something may be missing (RFC 6455
    /// §7.1.5). The end of the transport is how hixie-75 closes, so there it is none, unless it is inside of a frame.
    pub fn receive_eof(&mut self) -> Result<(), Error> {
        self.inbound.receive_eof(&mut self.shared)
    }

    /// Appends a text message in one frame.
    ///
    /// # Errors
    /// [`SendError::Closed`], [`SendError::InMessage`].
    #[inline]
    pub fn send_text(&mut self, text: &str, output: &mut Vec<u8>) -> Result<(), SendError> {
        self.outbound.send_text(&self.shared, text, output)
    }

    /// Appends a binary message in one frame.
    ///
    /// # Errors
    /// [`SendError::Closed`], [`SendError::InMessage`], [`SendError::Unsupported`] in the versions that have only text.
    #[inline]
    pub fn send_binary(&mut self, data: &[u8], output: &mut Vec<u8>) -> Result<(), SendError> {
        self.outbound.send_binary(&self.shared, data, output)
    }

    /// Appends a part of a text message: the first, if none was begun. The message ends with the `last` one.
    ///
    /// # Errors
    /// As [`send_binary`](Self::send_binary).
    pub fn send_text_part(&mut self, text: &str, last: bool, output: &mut Vec<u8>) -> Result<(), SendError> {
        self.outbound.send_part(&self.shared, Kind::Text, text.as_bytes(), last, output)
    }

    /// Appends a part of a binary message: the first, if none was begun. The message ends with the `last` one.
    ///
    /// # Errors
    /// As [`send_binary`](Self::send_binary).
    pub fn send_binary_part(&mut self, data: &[u8], last: bool, output: &mut Vec<u8>) -> Result<(), SendError> {
        self.outbound.send_part(&self.shared, Kind::Binary, data, last, output)
    }

    /// The header of a message, or of a part of one, for a caller who writes the payload by itself and without a copy.
    ///
    /// Exactly `length` bytes of payload must follow it. A client masks them with the header's key, by
    /// [`hybi_frame::mask::apply`].
    ///
    /// ```
    /// use hybi_connection::{Config, Connection, Kind};
    /// use hybi_version::{Role, Version};
    ///
    /// let mut server = Connection::new(Version::Hybi17, Role::Server, Config::new())?;
    /// let file = vec![7; 100_000];
    /// let header = server.send_header(Kind::Binary, file.len() as u64, true)?.encode();
    /// let vectored = [&*header, &file];                      // what to give to `write_vectored`
    /// # assert_eq!(vectored[0], [0x82, 127, 0, 0, 0, 0, 0, 1, 0x86, 0xA0]);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`send_binary`](Self::send_binary).
    pub fn send_header(&mut self, kind: Kind, length: u64, last: bool) -> Result<Header, SendError> {
        self.outbound.part_header(&self.shared, kind, length, last)
    }

    /// Notes that a message goes out which was encoded once for many connections, and gives its bytes, in the version that is
    /// spoken here. They are to be written as they are, behind what is in this connection's output already. See [`Prepared`].
    ///
    /// # Errors
    /// As [`send_binary`](Self::send_binary) for its kind: one that is closing, or within a message in parts, takes none.
    /// [`SendError::PreparedByClient`] at a client.
    pub fn send_prepared<'p, B: AsRef<[u8]> + From<Vec<u8>>>(
        &mut self,
        message: &'p Prepared<B>,
    ) -> Result<&'p B, SendError> {
        self.outbound.send_prepared(&self.shared, message)
    }

    /// Appends a ping, with at most 125 bytes that the pong will repeat.
    ///
    /// # Errors
    /// [`SendError::Closed`], [`SendError::ControlTooLong`], [`SendError::Unsupported`] in the versions that have none.
    pub fn send_ping(&mut self, payload: &[u8], output: &mut Vec<u8>) -> Result<(), SendError> {
        self.outbound.send_control(&self.shared, Opcode::Ping, payload, output)
    }

    /// Appends a pong: the answer to a ping, where [that is left to the caller](Config::auto_pong), or a sign of life.
    ///
    /// # Errors
    /// As [`send_ping`](Self::send_ping).
    pub fn send_pong(&mut self, payload: &[u8], output: &mut Vec<u8>) -> Result<(), SendError> {
        self.outbound.send_control(&self.shared, Opcode::Pong, payload, output)
    }

    /// Closes: appends a close frame, if the version has one. Nothing can be sent after it; what still comes is received
    /// until the peer's close frame.
    ///
    /// `None` says no reason, which all versions can. A text that is too long for the frame is cut.
    ///
    /// # Errors
    /// [`SendError::Closed`], [`SendError::InvalidCloseCode`], [`SendError::Unsupported`] for a reason in a version that has
    /// no close codes.
    pub fn send_close(&mut self, reason: Option<CloseReason<'_>>, output: &mut Vec<u8>) -> Result<(), SendError> {
        self.outbound.send_close(&mut self.shared, reason, output)
    }

    /// Where the connection is in its life.
    #[must_use]
    pub const fn state(&self) -> State {
        self.shared.state
    }

    /// Whether both ends have closed, or the connection failed: the transport can be closed as soon as the output is written.
    #[must_use]
    pub const fn is_closed(&self) -> bool {
        !self.shared.state.may_receive()
    }

    /// The version that is spoken.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.shared.version
    }

    /// Which end of the connection this is.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.shared.role
    }

    /// Sets whether messages that begin from now on are compressed, where compression was agreed on. It is on at first.
    ///
    /// Switch it off for what is compressed already, and for secrets beside text that an attacker can choose (RFC 7692 §8).
    pub fn compress(&mut self, on: bool) {
        self.outbound.compress(on);
    }

    /// The bytes that are held on the heap for this connection: without compression, none unless a message or a control frame
    /// is incomplete.
    #[must_use]
    pub fn retained_bytes(&self) -> usize {
        self.inbound.retained_bytes().saturating_add(self.outbound.retained_bytes())
    }

    /// The two halves, for a receiving and a sending task.
    #[must_use]
    pub fn split(self) -> (Receiver, Sender) {
        Receiver::pair(self.shared, self.inbound, self.outbound)
    }
}

impl Shared {
    /// A header for what we send: with a mask if we are the client.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "else a header is taken apart and put together at each layer")]
    pub(crate) fn header(&self, opcode: Opcode, length: u64) -> Header {
        let header = Header::new(opcode, length);
        if self.role.masks() { header.masked(self.key()) } else { header }
    }

    /// A new key.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as what it is a part of")]
    fn key(&self) -> mask::Key {
        let mut key = mask::Key::default();
        (self.config.random)(&mut key);
        key
    }

    /// Appends a whole frame.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "all of sending that is no call is to be a part of the caller")]
    pub(crate) fn encode(&self, opcode: Opcode, payload: &[u8], output: &mut Vec<u8>) {
        if self.role.masks() {
            self.encode_masked(opcode, payload, output);
        } else {
            encode_plain(opcode, payload, output);
        }
    }

    #[inline(never)]
    fn encode_masked(&self, opcode: Opcode, payload: &[u8], output: &mut Vec<u8>) {
        encode_frame(&Header::new(opcode, payload.len() as u64).masked(self.key()), payload, output);
    }
}

/// The same at a server, which has less to do, and needs fewer registers for it.
#[inline(never)]
fn encode_plain(opcode: Opcode, payload: &[u8], output: &mut Vec<u8>) {
    encode_frame(&Header::new(opcode, payload.len() as u64), payload, output);
}
