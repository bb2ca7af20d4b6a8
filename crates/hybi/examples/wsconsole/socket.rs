//! The connection, which never blocks: what can't be written now waits in a backlog.

use core::time::Duration;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, ToSocketAddrs};
use std::time::Instant;

use hybi::Url;
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token, Waker};

/// A TCP connection, and the place where to wait for it.
pub(crate) struct Socket {
    stream: TcpStream,
    poll: Poll,
    events: Events,
    backlog: Vec<u8>,
}

impl Socket {
    /// Connects to one of the host's addresses.
    pub(crate) fn connect(url: &Url) -> io::Result<Self> {
        let stream = connect_to_any(url)?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        let mut stream = TcpStream::from_std(stream);
        let poll = Poll::new()?;
        poll.registry().register(&mut stream, SOCKET, Interest::READABLE | Interest::WRITABLE)?;
        Ok(Self { stream, poll, events: Events::with_capacity(8), backlog: Vec::new() })
    }

    /// What ends a [`wait`](Self::wait) from another thread.
    pub(crate) fn waker(&self) -> io::Result<Waker> {
        Waker::new(self.poll.registry(), WAKER)
    }

    /// Waits until something can be done: until then, reading and writing had nothing to do.
    pub(crate) fn wait(&mut self, until: Option<Instant>) -> io::Result<()> {
        let timeout = until.map(|until| until.saturating_duration_since(Instant::now()));
        match self.poll.poll(&mut self.events, timeout) {
            Err(error) if error.kind() != ErrorKind::Interrupted => Err(error),
            _ => Ok(()),
        }
    }

    /// Reads what is there. `None`: nothing now. Zero bytes: nothing any more.
    pub(crate) fn read(&mut self, input: &mut [u8]) -> io::Result<Option<usize>> {
        retry(|| self.stream.read(input))
    }

    /// Takes all of the output, to write it as soon as possible.
    pub(crate) fn send(&mut self, output: &mut Vec<u8>) {
        self.backlog.append(output);
    }

    /// Writes what can be written now, and tells whether it was anything.
    pub(crate) fn write(&mut self) -> io::Result<bool> {
        if self.backlog.is_empty() {
            return Ok(false);
        }
        let written = retry(|| self.stream.write(&self.backlog))?;
        self.backlog.drain(..written.unwrap_or(0));
        Ok(written.is_some())
    }

    /// The bytes that wait to be written.
    pub(crate) const fn backlog(&self) -> usize {
        self.backlog.len()
    }

    /// Tells the server that nothing more will come.
    pub(crate) fn end(&self) {
        // It may be gone already, which is as good.
        let _ = self.stream.shutdown(Shutdown::Write);
    }
}

fn connect_to_any(url: &Url) -> io::Result<std::net::TcpStream> {
    let mut result = Err(io::Error::new(ErrorKind::NotFound, "the name has no address"));
    for address in url.address().to_socket_addrs()? {
        result = std::net::TcpStream::connect_timeout(&address, CONNECT);
        if result.is_ok() {
            break;
        }
    }
    result
}

/// Does it until it isn't interrupted. `None`: it would block.
fn retry<T>(mut work: impl FnMut() -> io::Result<T>) -> io::Result<Option<T>> {
    loop {
        match work() {
            Ok(done) => return Ok(Some(done)),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

const SOCKET: Token = Token(0);
const WAKER: Token = Token(1);

/// How long one address may take to answer.
const CONNECT: Duration = Duration::from_secs(10);
