//! mio, as small as it gets: one thread, readiness, non-blocking sockets.
//!
//! ```text
//! cargo run -p hybi-examples --example mio -- 127.0.0.1:9001
//! ```
//!
//! The example `echo_server` of `hybi` is the same grown up: with fair turns, a queue of timers, and a goodbye.

use std::collections::HashMap;
use std::error::Error;
use std::io::{self, Read as _, Write as _};
use std::net::Shutdown;
use std::time::Instant;

use hybi::{Deadlines, Due, Event, Server, Timeouts};
use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};

struct Peer {
    socket: TcpStream,
    server: Server,
    deadlines: Deadlines,
    /// What the socket didn't take. Until it has, we read nothing from this peer.
    unsent: Vec<u8>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:9001".into());
    let mut listener = TcpListener::bind(address.parse()?)?;
    println!("listening on ws://{}/", listener.local_addr()?);
    let (mut poll, mut events, timeouts) = (Poll::new()?, Events::with_capacity(1024), Timeouts::new());
    poll.registry().register(&mut listener, Token(0), Interest::READABLE)?;
    let (mut peers, mut last) = (HashMap::<Token, Peer>::new(), 0);
    // One buffer for all connections: between two reads nothing is in it.
    let mut input = vec![0; 64 * 1024];
    loop {
        // The next deadline of all. Thousands of peers deserve a queue instead.
        let deadline = peers.values().filter_map(|peer| peer.deadlines.next(&timeouts)).min();
        let wait = deadline.map(|at| at.saturating_duration_since(Instant::now()));
        match poll.poll(&mut events, wait) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error.into()),
            _ => {}
        }
        for event in &events {
            if event.token() == Token(0) {
                while let Ok((mut socket, _)) = listener.accept() {
                    last += 1;
                    poll.registry().register(&mut socket, Token(last), Interest::READABLE | Interest::WRITABLE)?;
                    let deadlines = Deadlines::new(Instant::now());
                    let peer = Peer { socket, server: Server::new(), deadlines, unsent: Vec::new() };
                    peers.insert(Token(last), peer);
                }
            } else if let Some(peer) = peers.get_mut(&event.token())
                && let Err(error) = peer.ready(&mut input)
            {
                // Its socket is closed with it, and that also ends its registration.
                peers.remove(&event.token());
                if error.kind() != io::ErrorKind::UnexpectedEof {
                    eprintln!("{error}");
                }
            }
        }
        peers.retain(|_, peer| peer.in_time(&timeouts).is_ok());
    }
}

impl Peer {
    /// The socket can be read or written. mio tells it once, so all is done that can be done.
    fn ready(&mut self, input: &mut [u8]) -> io::Result<()> {
        while self.write()? {
            match self.socket.read(input) {
                Ok(0) => {
                    self.server.receive_eof().map_err(io::Error::other)?;
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                Ok(_) if self.server.is_closed() => {} // it didn't hear us yet
                Ok(count) => {
                    if let Err(error) = react(&mut self.server, &mut input[..count], &mut self.unsent) {
                        eprintln!("{error}");
                    }
                    self.deadlines.received(self.server.state(), Instant::now());
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Whether all is written.
    fn write(&mut self) -> io::Result<bool> {
        while !self.unsent.is_empty() {
            match self.socket.write(&self.unsent) {
                Ok(count) => drop(self.unsent.drain(..count)),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(false),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.unsent = Vec::new(); // an idle connection holds no memory
        if self.server.is_closed() {
            // Our side alone: the peer is to read to the end, and the next read shows when it has closed its own.
            let _ = self.socket.shutdown(Shutdown::Write);
        }
        Ok(true)
    }

    fn in_time(&mut self, timeouts: &Timeouts) -> io::Result<()> {
        match self.deadlines.due(timeouts, Instant::now()) {
            Some(Due::Ping) => {
                let _ = self.server.send_ping(b"", &mut self.unsent); // the old versions have none
                self.write().map(drop)
            }
            Some(due) => Err(io::Error::new(io::ErrorKind::TimedOut, format!("{due:?}"))),
            None => Ok(()),
        }
    }
}

/// All that one read brings.
fn react(server: &mut Server, mut bytes: &mut [u8], output: &mut Vec<u8>) -> Result<(), hybi::Error> {
    while let Some(event) = server.receive(&mut bytes, output)? {
        match event {
            Event::Request(request) => server.accept(&request, output)?,
            Event::Text(text) => server.send_text(&text, output)?,
            Event::Binary(data) => server.send_binary(&data, output)?,
            _ => {} // pings and closes are answered already
        }
    }
    Ok(())
}
