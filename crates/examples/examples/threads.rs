//! Blocking sockets, and two threads for each connection: one receives, one sends, with no lock between them.
//!
//! ```text
//! cargo run -p hybi-examples --example threads -- 127.0.0.1:9001
//! ```
//!
//! The writing thread alone owns the sending half and the way out. Whoever has something to say puts it into its queue: here
//! the reading thread does, but a hundred others could.

use std::error::Error;
use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use hybi::{Connection, ConnectionEvent, Deadlines, Due, Event, Sender, Server, State, Timeouts};

/// What the writing thread is asked to do.
enum Say {
    Text(String),
    Binary(Vec<u8>),
    Ping,
    /// Whole frames from the receiving half: pongs, and the answer to a close.
    Frames(Vec<u8>),
}

fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:9001".into());
    let listener = TcpListener::bind(address)?;
    println!("listening on ws://{}/", listener.local_addr()?);
    loop {
        let (socket, peer) = listener.accept()?;
        thread::spawn(move || {
            if let Err(error) = serve(&socket) {
                eprintln!("{peer}: {error}");
            }
            // Also wakes the writing thread, if it waits for a peer that takes nothing.
            let _ = socket.shutdown(Shutdown::Both);
        });
    }
}

fn serve(socket: &TcpStream) -> Result<(), Box<dyn Error>> {
    socket.set_nodelay(true)?;
    socket.set_write_timeout(Some(Duration::from_secs(20)))?;
    let mut input = vec![0; 64 * 1024];
    let mut line = Line { socket, deadlines: Deadlines::new(Instant::now()), timeouts: Timeouts::new() };
    let Some((connection, mut rest)) = shake_hands(&mut line, &mut input)? else { return Ok(()) };

    // From here on the two directions have nothing in common but the queue. It is short: while the peer doesn't read, the
    // queue is full, and so we don't read either.
    let (mut receiver, sender) = connection.split();
    let (queue, said) = mpsc::sync_channel(16);
    let out = socket.try_clone()?;
    let writer = thread::spawn(move || write(&out, sender, said));

    loop {
        let mut replies = Vec::new();
        let received = loop {
            match receiver.receive(&mut rest, &mut replies) {
                Ok(Some(ConnectionEvent::Text(text))) => queue.send(Say::Text(text.into_owned()))?,
                Ok(Some(ConnectionEvent::Binary(data))) => queue.send(Say::Binary(data.into_owned()))?,
                Ok(Some(_)) => {}
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        if !replies.is_empty() {
            queue.send(Say::Frames(replies))?;
        }
        line.deadlines.received(Some(receiver.state()), Instant::now());
        if received.is_err() || receiver.state() == State::Closed {
            // The writer says what is left and ends; then the peer can read to the end.
            drop(queue);
            let _ = writer.join();
            socket.shutdown(Shutdown::Write)?;
            while line.read(&mut input, || {})? > 0 {}
            return Ok(received?);
        }
        let count = line.read(&mut input, || drop(queue.try_send(Say::Ping)))?;
        if count == 0 {
            return Ok(receiver.receive_eof()?);
        }
        rest = &mut input[..count];
    }
}

/// A connection, and the bytes that came behind its handshake.
type Begun<'a> = (Connection, &'a mut [u8]);

/// The handshake: still one thread.
fn shake_hands<'a>(line: &mut Line<'_>, input: &'a mut [u8]) -> Result<Option<Begun<'a>>, Box<dyn Error>> {
    let (mut server, mut output) = (Server::new(), Vec::new());
    loop {
        let count = line.read(input, || {})?;
        let mut bytes = &mut input[..count];
        let received = loop {
            match server.receive(&mut bytes, &mut output) {
                Ok(Some(Event::Request(request))) => server.accept(&request, &mut output)?,
                Ok(Some(Event::Connected(_))) | Ok(None) => break Ok(bytes.len()),
                Ok(Some(_)) => {}
                Err(error) => break Err(error),
            }
        };
        line.socket.write_all(&output)?;
        output.clear();
        let left = received?;
        server = match server.into_connection() {
            Ok(connection) => return Ok(Some((connection, &mut input[count - left..count]))),
            Err(server) => server,
        };
        if count == 0 || server.is_closed() {
            return Ok(None);
        }
    }
}

fn write(mut socket: &TcpStream, mut sender: Sender, said: mpsc::Receiver<Say>) -> io::Result<()> {
    let mut output = Vec::new();
    for say in said {
        // A message that comes after the close is not sent any more; that is no error of the connection.
        let _ = match say {
            Say::Text(text) => sender.send_text(&text, &mut output),
            Say::Binary(data) => sender.send_binary(&data, &mut output),
            Say::Ping => sender.send_ping(b"", &mut output),
            Say::Frames(frames) => {
                output.extend(frames);
                Ok(())
            }
        };
        socket.write_all(&output)?;
        output.clear();
    }
    Ok(())
}

/// What is read, and how long that may take.
struct Line<'a> {
    socket: &'a TcpStream,
    deadlines: Deadlines,
    timeouts: Timeouts,
}

impl Line<'_> {
    /// Reads, and pings a peer that is silent; an error if it has been silent for too long.
    fn read(&mut self, input: &mut [u8], mut ping: impl FnMut()) -> io::Result<usize> {
        loop {
            match self.deadlines.due(&self.timeouts, Instant::now()) {
                Some(Due::Ping) => ping(),
                Some(due) => return Err(io::Error::new(io::ErrorKind::TimedOut, format!("{due:?}"))),
                None => {}
            }
            let wait = self.deadlines.next(&self.timeouts).map(|at| at.saturating_duration_since(Instant::now()));
            self.socket.set_read_timeout(wait.map(|wait| wait.max(Duration::from_millis(1))))?;
            match self.socket.read(input) {
                Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {}
                read => return read,
            }
        }
    }
}
