//! The loop: a socket, a client that needs none, a screen, and the lines of a person.

use std::io::{self, IsTerminal};
use std::time::Instant;

use hybi::{Client, Close, CloseCode, CloseReason, Deadlines, Due, Event, State, Timeouts, Url, Waiting};

use crate::error::Error;
use crate::lines::{Lines, Next};
use crate::options::Options;
use crate::refusal::Refusal;
use crate::screen::Screen;
use crate::socket::Socket;
use crate::wire::Wire;

/// One connection, from its handshake to its end.
pub(crate) struct Console<'a> {
    options: &'a Options,
    client: Client,
    socket: Socket,
    lines: Lines,
    screen: Screen,
    wire: Option<Wire>,
    output: Vec<u8>,
    /// A person types the lines.
    interactive: bool,
    timeouts: Timeouts,
    deadlines: Deadlines,
    progress: Progress,
    refusal: Option<Refusal>,
    failure: Option<Error>,
}

/// What has happened so far.
#[derive(Debug, Default)]
struct Progress {
    sent: u64,
    received: u64,
    /// When a ping was sent that has no answer yet.
    pinged: Option<Instant>,
    /// The bytes of answers, such as pongs, that may not be written yet.
    owed: usize,
    /// There will be no more lines.
    lines_ended: bool,
    /// It was us who closed first.
    we_closed: bool,
    /// There will be no more bytes.
    over: bool,
}

impl<'a> Console<'a> {
    /// Connects, and asks for what the client is to ask for.
    pub(crate) fn connect(options: &'a Options, url: &Url, client: Client) -> Result<Self, Error> {
        let socket = Socket::connect(url).map_err(|error| Error::Connect(url.host_header().to_owned(), error))?;
        let lines = Lines::new(socket.waker().map_err(|error| Error::Io("poll", error))?);
        let mut console = Self {
            options,
            client,
            socket,
            lines,
            screen: Screen::new(),
            wire: options.hex.then(|| Wire::new(options.version)),
            output: Vec::new(),
            interactive: io::stdin().is_terminal(),
            timeouts: timeouts(options),
            deadlines: Deadlines::new(Instant::now()),
            progress: Progress::default(),
            refusal: None,
            failure: None,
        };
        console.client.send_request(&mut console.output);
        Ok(console)
    }

    /// Does what can be done, and waits when nothing can, until all is said and done.
    pub(crate) fn run(mut self) -> Result<(), Error> {
        let mut input = vec![0; INPUT];
        while !self.is_over() {
            let busy = self.write()? | self.read(&mut input)? | self.send_line()?;
            self.close_when_done()?;
            self.keep_time()?;
            if !busy && self.output.is_empty() {
                self.socket.wait(self.deadlines.next(&self.timeouts)).map_err(|error| Error::Io("poll", error))?;
            }
        }
        self.verdict()
    }

    /// Hands the output to the socket, and tells whether bytes went out.
    fn write(&mut self) -> Result<bool, Error> {
        if let Some(wire) = &mut self.wire {
            eprint!("{}", wire.sent(&self.output));
        }
        self.socket.send(&mut self.output);
        match self.socket.write() {
            Ok(busy) => {
                self.all_written();
                Ok(busy)
            }
            // The server may have said why before it went: reading tells.
            Err(_) => Ok(false),
        }
    }

    /// After the last byte of a closed connection nothing is left but to wait for the server: it ends the transport after a
    /// closing handshake, and we do without one (RFC 6455 §7.1.1).
    fn all_written(&mut self) {
        if self.socket.backlog() > 0 {
            return;
        }
        self.progress.owed = 0;
        let agreed = self.client.state() == Some(State::Closed) && self.options.version.can().close_handshake;
        if self.client.is_closed() && !agreed && self.refusal.is_none() {
            self.socket.end();
        }
    }

    /// Lets the client receive what has come, and tells whether anything has.
    ///
    /// This does not wait until our lines are written: a server that sends them back may wait for us to read first.
    fn read(&mut self, input: &mut [u8]) -> Result<bool, Error> {
        if self.progress.owed > BACKLOG {
            return Ok(false);
        }
        match self.socket.read(input) {
            Ok(None) => return Ok(false),
            Ok(Some(0)) => self.end()?,
            Ok(Some(size)) => self.receive(input.get_mut(..size).unwrap_or_default())?,
            Err(_) if self.client.is_closed() => self.progress.over = true,
            Err(error) => return Err(Error::Io("connection", error)),
        }
        Ok(true)
    }

    fn receive(&mut self, mut bytes: &mut [u8]) -> Result<(), Error> {
        if let Some(wire) = &mut self.wire {
            eprint!("{}", wire.received(bytes));
        }
        loop {
            match self.client.receive(&mut bytes, &mut self.output) {
                Ok(None) => break,
                Ok(Some(event)) => self.react(event)?,
                // What the server is owed for it is in the output, so the loop goes on until it is written. In a handshake
                // that is nothing.
                Err(error) => {
                    self.fail(error.into());
                    self.progress.over = self.client.version().is_none();
                    break;
                }
            }
        }
        self.progress.owed += self.output.len();
        self.deadlines.received(self.client.state(), Instant::now());
        self.screen.flush().map_err(stdout)
    }

    fn react(&mut self, event: Event<'_>) -> Result<(), Error> {
        match event {
            Event::Connected(connected) => {
                self.screen.connected(&connected);
                return self.ping();
            }
            Event::Text(text) => {
                self.progress.received += 1;
                self.screen.text(&text).map_err(stdout)?;
            }
            Event::Binary(data) => {
                self.progress.received += 1;
                self.screen.binary(&data).map_err(stdout)?;
            }
            Event::Pong(payload) => self.pong(&payload),
            Event::Close(close) => self.closed(close.as_ref())?,
            Event::Refused(response) => self.refusal = Some(Refusal::new(*response)),
            Event::Body(bytes) => {
                if let Some(refusal) = &mut self.refusal {
                    refusal.receive(bytes);
                }
            }
            // A ping is answered already. A server's events don't come, and parts were not asked for.
            _ => {}
        }
        Ok(())
    }

    fn ping(&mut self) -> Result<(), Error> {
        if self.options.ping {
            self.client.send_ping(PING, &mut self.output)?;
            self.progress.pinged = Some(Instant::now());
        }
        Ok(())
    }

    fn pong(&mut self, payload: &[u8]) {
        if let Some(pinged) = self.progress.pinged.take_if(|_| payload == PING) {
            eprintln!("pong after {:.1?}", pinged.elapsed());
        }
    }

    fn closed(&mut self, close: Option<&Close<'_>>) -> Result<(), Error> {
        // Where both closed at the same time, the server's own reason is the one to tell.
        let ours = self.progress.we_closed && close.is_none_or(|close| close.code == CloseCode::NORMAL);
        let by = if ours { "" } else { " by the server" };
        self.screen.closed(by, close).map_err(stdout)
    }

    /// The server has ended the transport.
    fn end(&mut self) -> Result<(), Error> {
        self.progress.over = true;
        let was_open = !self.client.is_closed();
        match self.client.receive_eof() {
            // In draft-hixie-75 that is how to close.
            Ok(()) if was_open => self.closed(None)?,
            Ok(()) => {}
            Err(error) => self.fail(error.into()),
        }
        Ok(())
    }

    /// Sends the next line, if there is one, and tells whether there was.
    fn send_line(&mut self) -> Result<bool, Error> {
        if self.progress.lines_ended || self.client.state() != Some(State::Open) || self.socket.backlog() > BACKLOG {
            return Ok(false);
        }
        match self.lines.next() {
            Ok(Next::Line(line)) => self.send(&line)?,
            Ok(Next::End) => self.progress.lines_ended = true,
            Ok(Next::Later) => return Ok(false),
            Err(error) => self.fail(Error::Io("standard input", error)),
        }
        Ok(true)
    }

    fn send(&mut self, line: &[u8]) -> Result<(), Error> {
        if self.options.binary {
            self.client.send_binary(line, &mut self.output)?;
        } else if let Ok(text) = str::from_utf8(line) {
            self.client.send_text(text, &mut self.output)?;
        } else {
            self.fail(Error::NotUtf8(self.progress.sent + 1));
            return Ok(());
        }
        self.progress.sent += 1;
        Ok(())
    }

    /// Closes when there is nothing more to say and to wait for.
    fn close_when_done(&mut self) -> Result<(), Error> {
        let done = self.progress.lines_ended && self.missing().is_none() || self.failure.is_some();
        if !done || self.client.state() != Some(State::Open) {
            return Ok(());
        }
        let reason = CloseReason { code: CloseCode::NORMAL, text: "" };
        let reason = self.options.version.can().close_codes.then_some(reason);
        self.client.send_close(reason, &mut self.output)?;
        self.progress.we_closed = true;
        self.deadlines.closing(Instant::now());
        Ok(())
    }

    fn keep_time(&mut self) -> Result<(), Error> {
        match self.deadlines.due(&self.timeouts, Instant::now()) {
            Some(Due::Ping) => self.client.send_ping(b"", &mut self.output)?,
            Some(Due::Expired(waiting)) => {
                self.progress.over = true;
                match waiting {
                    Waiting::Handshake => self.fail(Error::Timeout("the server did not answer the handshake")),
                    Waiting::Close if self.client.is_closed() => {}
                    Waiting::Close => self.fail(Error::Timeout("the server did not answer the close")),
                    _ => self.fail(Error::Timeout("the server did not answer a ping")),
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Remembers the first thing that went wrong.
    fn fail(&mut self, error: Error) {
        self.failure.get_or_insert(error);
    }

    fn is_over(&self) -> bool {
        self.progress.over || self.refusal.as_ref().is_some_and(Refusal::is_complete)
    }

    /// How it went.
    fn verdict(mut self) -> Result<(), Error> {
        self.screen.flush().map_err(stdout)?;
        if let Some(refusal) = &self.refusal {
            self.screen.refused(refusal);
            return Err(Error::Refused(refusal.status()));
        }
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        match self.missing() {
            Some(missing) => Err(Error::Missing(missing)),
            None if matches!(self.lines.next(), Ok(Next::Line(_))) => Err(Error::Missing("all lines were sent".into())),
            None => Ok(()),
        }
    }

    /// What is waited for.
    fn missing(&self) -> Option<String> {
        let Progress { sent, received, pinged, .. } = self.progress;
        let unasked = if self.interactive { 0 } else { sent };
        let expected = self.options.expect.unwrap_or(unasked);
        if received < expected {
            Some(format!("{expected} messages came; there were {received}"))
        } else {
            pinged.map(|_| "the ping was answered".to_owned())
        }
    }
}

/// The defaults, without the pings to a silent server where the version has none.
fn timeouts(options: &Options) -> Timeouts {
    let defaults = Timeouts::new();
    if options.version.can().ping { defaults } else { defaults.ping(None) }
}

fn stdout(error: io::Error) -> Error {
    Error::Io("standard output", error)
}

/// What a ping carries, so that its pong is known.
const PING: &[u8] = b"wsconsole";

/// The bytes of one read.
const INPUT: usize = 64 * 1024;

/// If more bytes than this wait to be written, no line is read; if more than this are owed, nothing is.
const BACKLOG: usize = 1024 * 1024;
