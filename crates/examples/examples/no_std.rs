//! Frames without an allocator, as on a microcontroller: decoded in place, a piece at a time, and answered from an array.
//!
//! ```text
//! cargo run -p hybi-examples --example no_std -- 127.0.0.1:9001
//! ```
//!
//! It receives what may be much larger than its memory, and answers each message with its length and a checksum. `std` is
//! there for the sockets in `main` alone; the rest takes `hybi-frame`, and of `core` what is needed. For a program that has no
//! `std` at all, and is built so by the tests, see `crates/frame/tests/no_std`.
#![no_std]

extern crate std;

use core::error::Error;
use core::fmt::{self, Write as _};

use hybi::frame::{CloseReason, Decoder, Header, Opcode, Utf8};
use hybi::{Role, Version};

/// All the memory of a connection: less than two hundred bytes.
struct Meter {
    decoder: Decoder,
    utf8: Utf8,
    /// Of the message that is coming: whether it is text, how long it is so far, and the sum of its bytes.
    text: bool,
    length: u64,
    sum: u32,
    /// The payload of the control frame that is coming.
    control: Text<125>,
}

impl Meter {
    fn new() -> Result<Self, hybi::frame::Error> {
        let decoder = Decoder::new(Version::Hybi17, Role::Server)?;
        Ok(Self { decoder, utf8: Utf8::new(), text: false, length: 0, sum: 0, control: Text::new() })
    }

    /// All that one read brings. `send` takes frames. False: the connection is closed.
    fn receive(
        &mut self,
        mut bytes: &mut [u8],
        send: &mut impl FnMut(Opcode, &[u8]),
    ) -> Result<bool, hybi::frame::Error> {
        while let Some(piece) = self.decoder.decode(&mut bytes)? {
            if piece.opcode.is_control() {
                self.control.push(piece.payload);
                if piece.last {
                    match piece.opcode {
                        Opcode::Ping => send(Opcode::Pong, self.control.as_bytes()),
                        Opcode::Close => {
                            CloseReason::decode(self.control.as_bytes(), Version::Hybi17)?;
                            send(Opcode::Close, self.control.as_bytes());
                            return Ok(false);
                        }
                        _ => {}
                    }
                    self.control = Text::new();
                }
                continue;
            }
            if piece.first && piece.opcode != Opcode::Continuation {
                (self.text, self.length, self.sum) = (piece.opcode == Opcode::Text, 0, 0);
            }
            if self.text {
                self.utf8.check(piece.payload)?;
            }
            self.length += piece.payload.len() as u64;
            self.sum = piece.payload.iter().fold(self.sum, |sum, byte| sum.rotate_left(1) ^ u32::from(*byte));
            if piece.last && piece.fin {
                if self.text {
                    self.utf8.finish()?;
                }
                let mut answer = Text::<40>::new();
                let _ = write!(answer, "{} bytes, {:08x}", self.length, self.sum);
                send(Opcode::Text, answer.as_bytes());
            }
        }
        Ok(true)
    }
}

/// Up to `N` bytes, in place; what is more is dropped.
struct Text<const N: usize> {
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> Text<N> {
    const fn new() -> Self {
        Self { bytes: [0; N], length: 0 }
    }

    fn push(&mut self, bytes: &[u8]) {
        let free = self.bytes[self.length..].iter_mut();
        self.length += free.zip(bytes).map(|(to, from)| *to = *from).count();
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

impl<const N: usize> fmt::Write for Text<N> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text.as_bytes());
        Ok(())
    }
}

/// The board's part: something that receives and sends bytes. Here, a socket after a handshake, one at a time.
fn main() -> Result<(), std::boxed::Box<dyn Error>> {
    use std::io::{Read as _, Write as _};

    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:9001".into());
    let listener = std::net::TcpListener::bind(address)?;
    std::println!("listening on ws://{}/", listener.local_addr()?);
    let mut input = [0; 512];
    for socket in listener.incoming() {
        let (mut socket, mut server, mut output) = (socket?, hybi::Server::new(), std::vec::Vec::new());
        socket.set_read_timeout(hybi::Timeouts::new().ping)?;
        let (mut meter, mut open) = (Meter::new()?, true);
        while open && let Ok(count @ 1..) = socket.read(&mut input) {
            let mut bytes = &mut input[..count];
            // The handshake is of the layer above, which has an allocator; what is left of the read are frames.
            while server.state().is_none() {
                match server.receive(&mut bytes, &mut output) {
                    Ok(Some(hybi::Event::Request(request))) => server.accept(&request, &mut output)?,
                    Ok(Some(_)) => {}
                    Ok(None) | Err(_) => break,
                }
            }
            let _ = socket.write_all(&output);
            output.clear();
            if server.state() != Some(hybi::State::Open) {
                open = server.state().is_none();
                continue;
            }
            let mut send = |opcode, payload: &[u8]| {
                let _ = socket.write_all(&Header::new(opcode, payload.len() as u64).encode());
                let _ = socket.write_all(payload);
            };
            open = meter.receive(bytes, &mut send).unwrap_or_else(|error| {
                let code = error.close_code();
                send(Opcode::Close, &CloseReason { code, text: "" }.encode());
                false
            });
        }
    }
    Ok(())
}
