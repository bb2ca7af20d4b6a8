//! A TCP connection with an inbox: bytes are read while others are written, so that no peer can make us wait for
//! each other.

use core::net::SocketAddr;
use core::time::Duration;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Instant;

/// One connection, and what has arrived on it and was not taken yet.
pub(crate) struct Socket {
    stream: TcpStream,
    inbox: Vec<u8>,
    /// Bytes at the front of `inbox` that were taken.
    taken: usize,
    end: Option<End>,
}

/// How the peer's stream ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// In order.
    Eof,
    /// By a reset, or by another error.
    Reset,
    /// It sent more than we are willing to keep.
    Flood,
}

/// What came of waiting for bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrived {
    Bytes,
    Ended(End),
    /// Nothing, until the deadline.
    Nothing,
}

impl Socket {
    pub(crate) fn connect(address: SocketAddr, timeout: Duration) -> Result<Self, String> {
        let stream = TcpStream::connect_timeout(&address, timeout)
            .map_err(|error| format!("cannot connect to {address}: {error}"))?;
        Self::new(stream)
    }

    pub(crate) fn new(stream: TcpStream) -> Result<Self, String> {
        stream
            .set_nodelay(true)
            .and_then(|()| stream.set_write_timeout(Some(STEP)))
            .map_err(|error| format!("cannot set up the connection: {error}"))?;
        Ok(Self { stream, inbox: Vec::new(), taken: 0, end: None })
    }

    /// What has arrived and was not taken.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.inbox.get(self.taken..).unwrap_or_default()
    }

    /// Takes bytes from the front.
    pub(crate) fn take(&mut self, count: usize) {
        self.taken = (self.taken + count).min(self.inbox.len());
        if self.taken == self.inbox.len() {
            self.inbox.clear();
            self.taken = 0;
        } else if self.taken > CHUNK {
            self.inbox.drain(..self.taken);
            self.taken = 0;
        }
    }

    /// Writes everything. It fails if the peer is gone, or takes nothing for as long as `patience`.
    pub(crate) fn write(&mut self, mut bytes: &[u8], patience: Duration) -> Result<(), String> {
        let mut last = Instant::now();
        while !bytes.is_empty() {
            match self.stream.write(bytes) {
                Ok(0) => return Err("the peer takes no more bytes".to_owned()),
                Ok(count) => {
                    bytes = bytes.get(count..).unwrap_or_default();
                    last = Instant::now();
                }
                Err(error) if is_timeout(error.kind()) => {
                    if last.elapsed() > patience {
                        return Err(format!("the peer took no byte for {} s", patience.as_secs()));
                    }
                    // Perhaps it waits until we read.
                    if self.fill(Instant::now() + Duration::from_millis(1)) == Arrived::Bytes {
                        last = Instant::now();
                    }
                }
                Err(error) => return Err(format!("the peer is gone: {error}")),
            }
        }
        Ok(())
    }

    /// Waits for more bytes.
    pub(crate) fn fill(&mut self, deadline: Instant) -> Arrived {
        if let Some(end) = self.end {
            return Arrived::Ended(end);
        }
        if self.inbox.len() - self.taken > MAX_INBOX {
            return self.ended(End::Flood);
        }
        let left = deadline.saturating_duration_since(Instant::now());
        // Zero would mean forever.
        let left = left.max(Duration::from_micros(100));
        if self.stream.set_read_timeout(Some(left)).is_err() {
            return self.ended(End::Reset);
        }
        let old = self.inbox.len();
        self.inbox.resize(old + CHUNK, 0);
        let result = self.stream.read(self.inbox.get_mut(old..).unwrap_or_default());
        self.inbox.truncate(old + result.as_ref().copied().unwrap_or(0));
        match result {
            Ok(0) => self.ended(End::Eof),
            Ok(_) => Arrived::Bytes,
            Err(error) if is_timeout(error.kind()) => Arrived::Nothing,
            Err(error) if error.kind() == ErrorKind::Interrupted => Arrived::Nothing,
            Err(_) => self.ended(End::Reset),
        }
    }

    /// Ends our stream; the peer's may go on.
    pub(crate) fn finish(&self) {
        // It may be gone already, which is as good.
        let _ = self.stream.shutdown(Shutdown::Write);
    }

    fn ended(&mut self, end: End) -> Arrived {
        self.end = Some(end);
        Arrived::Ended(end)
    }
}

fn is_timeout(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

/// How long one write may block before we look whether there is something to read.
const STEP: Duration = Duration::from_millis(5);
const CHUNK: usize = 1 << 16;
const MAX_INBOX: usize = 80 << 20;
