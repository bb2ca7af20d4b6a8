//! An echo server: many connections on one thread, with one input and one output buffer for all of them.
//!
//! ```text
//! cargo run --release --example echo_server --all-features -- --listen 127.0.0.1:9001
//! ```
//!
//! Text comes back as text and binary as binary, in every version that is compiled in. Open the same address in a browser for
//! a page that connects. Ctrl-C says goodbye to everybody and stops.

mod compression;
mod options;
mod peer;
mod timers;

use core::time::Duration;
use std::collections::HashMap;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use hybi::{HandshakeConfig, Limits, OriginPolicy, ServerConfig};
use mio::net::TcpListener;
use mio::{Events, Interest, Poll, Token, Waker};

use options::Options;
use peer::{Fate, Peer};
use timers::Timers;

const LISTENER: Token = Token(0);
const CTRL_C: Token = Token(1);

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("echo_server: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn core::error::Error>> {
    let options = Options::from_args()?;
    let mut house = House::open(&options)?;
    let address = house.listener.local_addr()?;
    writeln!(io::stdout(), "listening on ws://{address}/")?;
    io::stdout().flush()?;
    house.serve()?;
    Ok(())
}

/// The server, and all who are connected.
struct House {
    poll: Poll,
    listener: TcpListener,
    peers: HashMap<Token, Peer>,
    next_token: usize,
    timers: Timers,
    /// Peers that have more to say than was read in one turn.
    unfinished: Vec<Token>,
    options: ServerConfig,
    timeouts: hybi::Timeouts,
    buffers: Buffers,
    /// Ctrl-C was pressed.
    closing: bool,
}

/// What all connections share, and none owns while it is idle.
struct Buffers {
    input: Box<[u8]>,
    output: Vec<u8>,
}

impl House {
    fn open(options: &Options) -> io::Result<Self> {
        let poll = Poll::new()?;
        let mut listener = TcpListener::bind(options.listen)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", options.listen)))?;
        poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
        let waker = Arc::new(Waker::new(poll.registry(), CTRL_C)?);
        ctrlc::set_handler(move || drop(waker.wake())).map_err(io::Error::other)?;
        let handshake = HandshakeConfig::new()
            // It is for tests, and gives nobody anything to steal: any page may connect.
            .origins(OriginPolicy::Any)
            .subprotocols([peer::PAGE_SUBPROTOCOL, "echo"]);
        let limits = Limits::new().message_bytes(options.message_bytes);
        let server = compression::offer(ServerConfig::new().handshake(handshake).limits(limits), options);
        Ok(Self {
            poll,
            listener,
            peers: HashMap::new(),
            next_token: 2,
            timers: Timers::default(),
            unfinished: Vec::new(),
            options: server,
            timeouts: options.timeouts,
            buffers: Buffers { input: vec![0; 64 * 1024].into(), output: Vec::new() },
            closing: false,
        })
    }

    /// Serves until Ctrl-C, and then until all have gone.
    fn serve(&mut self) -> io::Result<()> {
        let mut events = Events::with_capacity(1024);
        while !(self.closing && self.peers.is_empty()) {
            let wait = if self.unfinished.is_empty() { self.timers.wait(Instant::now()) } else { Some(Duration::ZERO) };
            match self.poll.poll(&mut events, wait) {
                Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
                _ => {}
            }
            for token in core::mem::take(&mut self.unfinished) {
                self.wake(token);
            }
            for event in &events {
                match event.token() {
                    LISTENER => self.welcome()?,
                    CTRL_C => self.close_all(),
                    token => self.wake(token),
                }
            }
            while let Some(token) = self.timers.due(Instant::now()) {
                self.ring(token);
            }
        }
        Ok(())
    }

    fn welcome(&mut self) -> io::Result<()> {
        loop {
            let mut socket = match self.listener.accept() {
                Ok((socket, _)) => socket,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                // The one who knocked is gone already, or there are too many: the others matter more.
                Err(_) => return Ok(()),
            };
            if self.closing {
                continue;
            }
            let token = Token(self.next_token);
            self.next_token += 1;
            // An echo waits for nothing, so neither should its packets.
            let _ = socket.set_nodelay(true);
            self.poll.registry().register(&mut socket, token, Interest::READABLE | Interest::WRITABLE)?;
            let peer = Peer::new(socket, &self.options, Instant::now());
            self.peers.insert(token, peer);
            self.look_after(token);
        }
    }

    /// The socket of a peer is ready for something.
    fn wake(&mut self, token: Token) {
        let Some(peer) = self.peers.get_mut(&token) else { return };
        match peer.ready(&mut self.buffers, Instant::now()) {
            Ok(Fate::Stays) => self.look_after(token),
            Ok(Fate::HasMore) => {
                self.unfinished.push(token);
                self.look_after(token);
            }
            Ok(Fate::Gone) | Err(_) => self.forget(token),
        }
    }

    /// A deadline has come.
    fn ring(&mut self, token: Token) {
        let Some(peer) = self.peers.get_mut(&token) else { return };
        match peer.deadline(&self.timeouts, &mut self.buffers, Instant::now()) {
            Ok(Fate::Gone) | Err(_) => self.forget(token),
            Ok(_) => self.look_after(token),
        }
    }

    fn close_all(&mut self) {
        self.closing = true;
        for token in self.peers.keys().copied().collect::<Vec<_>>() {
            let Some(peer) = self.peers.get_mut(&token) else { continue };
            match peer.go_away(&mut self.buffers, Instant::now()) {
                Ok(Fate::Gone) | Err(_) => self.forget(token),
                Ok(_) => self.look_after(token),
            }
        }
    }

    fn look_after(&mut self, token: Token) {
        if let Some(deadline) = self.peers.get(&token).and_then(|peer| peer.next_deadline(&self.timeouts)) {
            self.timers.set(token, deadline);
        }
    }

    fn forget(&mut self, token: Token) {
        self.timers.clear(token);
        if let Some(mut peer) = self.peers.remove(&token) {
            let _ = self.poll.registry().deregister(peer.socket());
        }
    }
}
