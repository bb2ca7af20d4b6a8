//! One connection.

use std::io::{self, Read as _, Write as _};
use std::net::Shutdown;
use std::time::Instant;

use hybi::http::{Request, Response};
use hybi::{CloseCode, CloseReason, Connected, Deadlines, Due, Error, Event, Server, ServerConfig, Timeouts};
use mio::net::TcpStream;

use crate::Buffers;

/// The subprotocol that the page speaks: what the server says by itself begins with `# `, and an echo with `= `.
pub(crate) const PAGE_SUBPROTOCOL: &str = "page.hybi";

const PAGE: &str = include_str!("page.html");

/// How often one peer is read before the others have their turn.
const READS_IN_A_TURN: usize = 16;

pub(crate) struct Peer {
    socket: TcpStream,
    server: Server,
    /// What the socket did not take. Nothing is read until it has, so a peer that doesn't read can't fill our memory.
    unsent: Vec<u8>,
    deadlines: Deadlines,
    /// The peer is our page, and likes to be told things.
    is_page: bool,
    pinged: Option<Instant>,
    /// All is said, and we wait for the peer to close its side.
    lingers: bool,
}

/// What becomes of a peer.
pub(crate) enum Fate {
    Stays,
    /// It stays, and there is more to read.
    HasMore,
    Gone,
}

impl Peer {
    pub(crate) fn new(socket: TcpStream, options: &ServerConfig, now: Instant) -> Self {
        Self {
            socket,
            server: Server::with(options),
            unsent: Vec::new(),
            deadlines: Deadlines::new(now),
            is_page: false,
            pinged: None,
            lingers: false,
        }
    }

    pub(crate) fn socket(&mut self) -> &mut TcpStream {
        &mut self.socket
    }

    pub(crate) fn next_deadline(&self, timeouts: &Timeouts) -> Option<Instant> {
        self.deadlines.next(timeouts)
    }

    /// The socket can be read or written.
    pub(crate) fn ready(&mut self, buffers: &mut Buffers, now: Instant) -> io::Result<Fate> {
        for _ in 0..READS_IN_A_TURN {
            if !self.flush()? {
                return Ok(Fate::Stays);
            }
            let count = match self.socket.read(&mut buffers.input) {
                Ok(0) => return Ok(self.ended()),
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(Fate::Stays),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if self.lingers {
                continue;
            }
            let input = buffers.input.get_mut(..count).unwrap_or_default();
            let received = self.receive(input, &mut buffers.output, now);
            if let Err(error) = &received {
                eprintln!("{error}");
            }
            self.deadlines.received(self.server.state(), now);
            self.send(&mut buffers.output)?;
        }
        Ok(Fate::HasMore)
    }

    /// A deadline may have come.
    pub(crate) fn deadline(&mut self, timeouts: &Timeouts, buffers: &mut Buffers, now: Instant) -> io::Result<Fate> {
        match self.deadlines.due(timeouts, now) {
            Some(Due::Ping) => self.ping(&mut buffers.output, now),
            Some(_) => return Ok(Fate::Gone),
            None => {}
        }
        self.send(&mut buffers.output)?;
        Ok(Fate::Stays)
    }

    /// We stop.
    pub(crate) fn go_away(&mut self, buffers: &mut Buffers, now: Instant) -> io::Result<Fate> {
        let goodbye = CloseReason { code: CloseCode::GOING_AWAY, text: "the server stops" };
        if !self.close(goodbye, &mut buffers.output) {
            return Ok(Fate::Gone);
        }
        self.deadlines.closing(now);
        self.send(&mut buffers.output)?;
        Ok(Fate::Stays)
    }

    /// All events of one read.
    fn receive(&mut self, mut bytes: &mut [u8], output: &mut Vec<u8>, now: Instant) -> Result<(), Error> {
        while let Some(event) = self.server.receive(&mut bytes, output)? {
            match event {
                Event::Request(request) => self.server.accept(&request, output)?,
                Event::Http(request) => answer(&mut self.server, &request, output)?,
                Event::Connected(connected) => self.connected(&connected, output)?,
                Event::Text(text) if self.is_page => self.talk(&text, output, now)?,
                // After a close of ours there is nothing to echo to.
                Event::Text(text) if self.may_send() => self.server.send_text(&text, output)?,
                Event::Binary(data) if self.may_send() => self.server.send_binary(&data, output)?,
                Event::Pong(_) => self.ponged(output, now),
                _ => {}
            }
        }
        Ok(())
    }

    fn may_send(&self) -> bool {
        self.server.state().is_some_and(hybi::State::may_send)
    }

    fn connected(&mut self, connected: &Connected<'_>, output: &mut Vec<u8>) -> Result<(), Error> {
        self.is_page = connected.subprotocol() == Some(PAGE_SUBPROTOCOL);
        if self.is_page {
            let extensions: Vec<_> = connected.extensions().iter().map(ToString::to_string).collect();
            let extensions = if extensions.is_empty() { "none".to_owned() } else { extensions.join(", ") };
            let version = connected.version();
            self.server.send_text(&format!("# version {version}"), output)?;
            self.server.send_text(&format!("# extensions {extensions}"), output)?;
        }
        Ok(())
    }

    /// What the page says: a text to echo, `/ping`, or `/close CODE REASON`.
    fn talk(&mut self, text: &str, output: &mut Vec<u8>, now: Instant) -> Result<(), Error> {
        if !self.may_send() {
            return Ok(());
        }
        if text == "/ping" {
            self.ping(output, now);
            return Ok(());
        }
        if let Some((code, reason)) =
            text.strip_prefix("/close ").map(|rest| rest.split_once(' ').unwrap_or((rest, "")))
            && let Ok(code) = code.parse::<u16>()
            && CloseCode::new(code).may_be_sent(self.server.version().unwrap_or_default())
        {
            self.close(CloseReason { code: CloseCode::new(code), text: reason }, output);
            return Ok(());
        }
        Ok(self.server.send_text(&format!("= {text}"), output)?)
    }

    /// Asks whether the peer is there, where its version can be asked.
    fn ping(&mut self, output: &mut Vec<u8>, now: Instant) {
        if self.server.send_ping(b"there?", output).is_ok() {
            self.pinged = Some(now);
            self.note("ping", output);
        }
    }

    fn ponged(&mut self, output: &mut Vec<u8>, now: Instant) {
        if let Some(pinged) = self.pinged.take() {
            self.note(&format!("pong after {:.2} ms", (now - pinged).as_secs_f64() * 1e3), output);
        }
    }

    /// Tells the page something.
    fn note(&mut self, text: &str, output: &mut Vec<u8>) {
        if self.is_page && self.may_send() {
            // It may send, and a text can be sent in every version.
            let _ = self.server.send_text(&format!("# {text}"), output);
        }
    }

    /// Closes, with a reason where the version has reasons. False: there is no WebSocket yet, and nothing to say.
    fn close(&mut self, reason: CloseReason<'_>, output: &mut Vec<u8>) -> bool {
        let has_codes = self.server.version().is_some_and(|version| version.can().close_codes);
        self.server.send_close(has_codes.then_some(reason), output).is_ok() || self.server.is_closed()
    }

    /// Sends the output, as far as the socket takes it, and keeps the rest for later.
    fn send(&mut self, output: &mut Vec<u8>) -> io::Result<()> {
        if self.unsent.is_empty() {
            let written = write_some(&mut self.socket, output)?;
            self.unsent.extend_from_slice(output.get(written..).unwrap_or_default());
            output.clear();
        } else {
            self.unsent.append(output);
        }
        self.flush().map(drop)
    }

    /// Writes what is unsent. True: nothing is left, and the peer may be read again.
    fn flush(&mut self) -> io::Result<bool> {
        let written = write_some(&mut self.socket, &self.unsent)?;
        self.unsent.drain(..written);
        if self.unsent.is_empty() {
            // A peer that took a large message doesn't keep its buffer.
            self.unsent = Vec::new();
        }
        if self.unsent.is_empty() && self.server.is_closed() && !self.lingers {
            // Closing both directions at once could take the last bytes back from the peer.
            self.lingers = true;
            let _ = self.socket.shutdown(Shutdown::Write);
        }
        Ok(self.unsent.is_empty())
    }

    /// The peer has closed its side.
    fn ended(&mut self) -> Fate {
        if let Err(error) = self.server.receive_eof() {
            eprintln!("{error}");
        }
        Fate::Gone
    }
}

/// A plain HTTP request: the page, or nothing.
fn answer(server: &mut Server, request: &Request<'_>, output: &mut Vec<u8>) -> Result<(), Error> {
    let refused = |error| Error::ServerHandshake(hybi::handshake_server::Error::Answer(error));
    if request.method() == "GET" && request.target() == "/" {
        let mut page = Response::new(200).map_err(refused)?;
        page.push_header("Content-Type", "text/html; charset=utf-8").map_err(refused)?;
        page.push_header("Cache-Control", "no-cache").map_err(refused)?;
        return server.respond(&page, PAGE.as_bytes(), output);
    }
    let missing = Response::new(404).map_err(refused)?;
    server.respond(&missing, b"There is a page at / and a WebSocket everywhere.\n", output)
}

/// Writes as much as the socket takes.
fn write_some(socket: &mut TcpStream, bytes: &[u8]) -> io::Result<usize> {
    let mut written = 0;
    while let Some(rest @ [_, ..]) = bytes.get(written..) {
        match socket.write(rest) {
            Ok(count) => written += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
            Err(error) => return Err(error),
        }
    }
    Ok(written)
}
