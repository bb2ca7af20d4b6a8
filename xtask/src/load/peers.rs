//! Clients, good ones and others, written out by hand.

use core::fmt;
use core::net::SocketAddr;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Instant;

use crate::Result;

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

/// A connection after its handshake.
pub(crate) struct Connection {
    socket: TcpStream,
    count: u8,
}

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> Result<Self> {
        let mut socket = TcpStream::connect(address)?;
        socket.set_nodelay(true)?;
        socket.set_read_timeout(Some(Duration::from_secs(20)))?;
        socket.write_all(REQUEST)?;
        let (mut head, mut byte) = (Vec::new(), [0]);
        while !head.ends_with(b"\r\n\r\n") {
            socket.read_exact(&mut byte)?;
            head.extend(byte);
        }
        if !head.starts_with(b"HTTP/1.1 101 ") {
            return Err(format!("refused: {}", String::from_utf8_lossy(&head)).into());
        }
        Ok(Self { socket, count: 0 })
    }

    /// A message there and back.
    pub(crate) fn echo(&mut self) -> Result {
        self.send()?;
        self.check()
    }

    /// Sends a text of 100 letters; which one, goes round.
    fn send(&mut self) -> Result {
        self.count = (self.count + 1) % 26;
        let mut frame = vec![0x81, 0x80 | 100, 1, 2, 3, 4];
        frame.extend([1, 2, 3, 4].map(|key| (b'a' + self.count) ^ key).repeat(25));
        Ok(self.socket.write_all(&frame)?)
    }

    /// The echo must come, byte for byte; pings of the server may come before.
    fn check(&mut self) -> Result {
        loop {
            let mut head = [0; 2];
            self.socket.read_exact(&mut head)?;
            let mut payload = vec![0; usize::from(head[1])];
            self.socket.read_exact(&mut payload)?;
            match head {
                [0x89, _] => {}
                [0x81, 100] if payload.iter().all(|byte| *byte == b'a' + self.count) => return Ok(()),
                _ => return Err(format!("not the echo: {head:?} {payload:?}").into()),
            }
        }
    }
}

/// Opens that many connections and has them ask in turn until the end. Gives the number of echoes.
pub(crate) fn keep_busy(address: SocketAddr, count: usize, end: Instant) -> Result<u64> {
    let mut connections = (0..count).map(|_| Connection::open(address)).collect::<Result<Vec<_>>>()?;
    let mut echoes = 0;
    while Instant::now() < end {
        connections.iter_mut().try_for_each(Connection::send)?;
        connections.iter_mut().try_for_each(Connection::check)?;
        echoes += connections.len() as u64;
    }
    Ok(echoes)
}

/// How a peer behaves that means no good.
#[derive(Clone, Copy)]
pub(crate) enum Rude {
    NeverReads,
    ByteASecond,
    Drops,
}

impl Rude {
    /// Goes on until it is stopped, and tells what came of it.
    pub(crate) fn start(self, address: SocketAddr, stop: Arc<AtomicBool>) -> JoinHandle<String> {
        thread::spawn(move || {
            let outcome = match self {
                Self::NeverReads => never_read(address, &stop),
                Self::ByteASecond => byte_a_second(address, &stop),
                Self::Drops => drop_often(address, &stop),
            };
            outcome.unwrap_or_else(|error| error.to_string())
        })
    }
}

impl fmt::Display for Rude {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NeverReads => "one that never reads",
            Self::ByteASecond => "one that sends a byte a second",
            Self::Drops => "one that connects and drops",
        })
    }
}

/// Sends messages of 60 000 bytes as long as they are taken.
fn never_read(address: SocketAddr, stop: &AtomicBool) -> Result<String> {
    let mut connection = Connection::open(address)?;
    connection.socket.set_write_timeout(Some(Duration::from_millis(500)))?;
    let mut frame = vec![0x82, 0x80 | 126, 0xEA, 0x60, 0, 0, 0, 0];
    frame.resize(frame.len() + 60_000, 7);
    let mut sent = 0;
    while !stop.load(Ordering::Relaxed) {
        match connection.socket.write_all(&frame) {
            Ok(()) => sent += frame.len(),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => break,
            Err(error) => return Ok(format!("ended after {sent} bytes: {error}")),
        }
    }
    while !stop.load(Ordering::Relaxed) {
        thread::sleep(Duration::from_millis(100));
    }
    Ok(format!("{sent} bytes were taken, then no more"))
}

/// Sends its handshake byte by byte, until it is shown the door.
fn byte_a_second(address: SocketAddr, stop: &AtomicBool) -> Result<String> {
    let (mut socket, begin) = (TcpStream::connect(address)?, Instant::now());
    socket.set_read_timeout(Some(Duration::from_secs(1)))?;
    for byte in REQUEST {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        if socket.write_all(&[*byte]).is_err() {
            return Ok(format!("cut off after {} s", begin.elapsed().as_secs()));
        }
        match socket.read(&mut [0; 64]) {
            Ok(0) => return Ok(format!("cut off after {} s", begin.elapsed().as_secs())),
            Ok(_) => return Ok("answered".to_owned()),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => return Ok(format!("cut off after {} s", begin.elapsed().as_secs())),
        }
    }
    Ok(format!("still there after {} s", begin.elapsed().as_secs()))
}

/// Connects, begins a handshake every other time, and drops it.
fn drop_often(address: SocketAddr, stop: &AtomicBool) -> Result<String> {
    let mut count = 0;
    while !stop.load(Ordering::Relaxed) {
        let mut socket = TcpStream::connect(address)?;
        if count % 2 == 1 {
            socket.write_all(REQUEST.get(..count % REQUEST.len()).unwrap_or_default())?;
        }
        count += 1;
        thread::sleep(Duration::from_millis(2));
    }
    Ok(format!("{count} times"))
}
