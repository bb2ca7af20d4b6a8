//! The opening handshake from the other end: a browser that asks, and a server that answers.

use std::io;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha1::{Digest as _, Sha1};

/// What a browser sends; 486 bytes.
pub const REQUEST: &str = "GET /chat HTTP/1.1\r\n\
Host: server.example.com\r\n\
Connection: Upgrade\r\n\
Pragma: no-cache\r\n\
Cache-Control: no-cache\r\n\
User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n\
Upgrade: websocket\r\n\
Origin: http://server.example.com\r\n\
Sec-WebSocket-Version: 13\r\n\
Accept-Encoding: gzip, deflate, br, zstd\r\n\
Accept-Language: en-US,en;q=0.9,de;q=0.8,fr;q=0.7\r\n\
Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n";

/// What its key asks for (RFC 6455 §1.3).
pub const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/// The URL that clients open.
pub const URL: &str = "ws://server.example.com/chat";

/// The accept value for a key.
#[must_use]
pub fn accept(key: &[u8]) -> String {
    let digest = Sha1::new().chain_update(key).chain_update(b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").finalize();
    BASE64_STANDARD.encode(digest)
}

/// The answer to a client's request.
///
/// # Panics
/// If there is no key in it.
pub fn answer(request: &[u8], output: &mut Vec<u8>) {
    const NAME: &[u8] = b"ec-websocket-key:";
    let at = memchr::memchr_iter(b'S', request)
        .chain(memchr::memchr_iter(b's', request))
        .map(|at| at + 1)
        .find(|&at| request.get(at..at + NAME.len()).is_some_and(|name| name.eq_ignore_ascii_case(NAME)));
    let value = &request[at.expect("a key in the request") + NAME.len()..];
    let key = value[..memchr::memchr(b'\r', value).expect("the end of a line")].trim_ascii();
    output.extend_from_slice(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ",
    );
    output.extend_from_slice(accept(key).as_bytes());
    output.extend_from_slice(b"\r\n\r\n");
}

/// The transport of one handshake.
#[derive(Debug)]
pub struct Line {
    /// What is read next.
    incoming: Vec<u8>,
    at: usize,
    /// What was written.
    outgoing: Vec<u8>,
    answers: bool,
}

impl Line {
    /// Gives a browser's request.
    #[must_use]
    pub fn asking() -> Self {
        Self { incoming: REQUEST.as_bytes().to_vec(), at: 0, outgoing: Vec::with_capacity(SIZE), answers: false }
    }

    /// Answers the request that is written to it.
    #[must_use]
    pub fn answering() -> Self {
        Self { incoming: Vec::with_capacity(SIZE), at: 0, outgoing: Vec::with_capacity(SIZE), answers: true }
    }

    #[inline]
    pub fn next(&mut self, buffer: &mut [u8]) -> usize {
        if self.answers && self.incoming.is_empty() {
            answer(&self.outgoing, &mut self.incoming);
        }
        let count = buffer.len().min(self.incoming.len() - self.at);
        buffer[..count].copy_from_slice(&self.incoming[self.at..self.at + count]);
        self.at += count;
        count
    }

    #[inline]
    pub fn put(&mut self, bytes: &[u8]) {
        self.outgoing.extend_from_slice(bytes);
    }
}

/// An engine takes the transport with it, so what was written can only be looked at here: its end, and in a pass that checks
/// everything, all of it.
impl Drop for Line {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.outgoing.ends_with(b"\r\n\r\n"), "a whole head");
            if !self.answers && crate::pipe::keeps() {
                let accept = memchr::memmem::find(&self.outgoing, ACCEPT.as_bytes());
                assert!(accept.is_some(), "a server answers with the accept value");
            }
        }
    }
}

impl io::Read for Line {
    #[inline]
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(self.next(buffer))
    }
}

impl io::Write for Line {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.put(bytes);
        Ok(bytes.len())
    }

    #[inline]
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const SIZE: usize = 1024;
