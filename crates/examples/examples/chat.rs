//! A chat room: what one says, all hear. A message is encoded once, and all connections share its bytes.
//!
//! ```text
//! cargo run -p hybi-examples --example chat -- 127.0.0.1:9001
//! ```
//!
//! What a server sends has no mask, so one frame is right for everybody. Two threads for each member: one reads, one writes
//! what is in the member's queue. A member who doesn't read has a full queue soon, and is shown out: the others don't wait.

use std::collections::HashMap;
use std::error::Error;
use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use hybi::frame::{Header, Opcode, encode_frame};
use hybi::{Deadlines, Due, Event, HandshakeConfig, Server, ServerConfig, Timeouts, Version, Versions};

/// Whole frames, as they go out, to one or to many.
type Frames = Arc<[u8]>;

#[derive(Default)]
struct Room {
    /// The queue of each, and the socket to close on those who don't read.
    members: Mutex<HashMap<SocketAddr, (SyncSender<Frames>, TcpStream)>>,
}

impl Room {
    fn members(&self) -> MutexGuard<'_, HashMap<SocketAddr, (SyncSender<Frames>, TcpStream)>> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self, who: SocketAddr, queue: SyncSender<Frames>, socket: TcpStream) {
        self.members().insert(who, (queue, socket));
        self.say(&format!("{who} is here"));
    }

    fn leave(&self, who: SocketAddr) {
        let was_here = self.members().remove(&who).is_some();
        if was_here {
            self.say(&format!("{who} has left"));
        }
    }

    /// Says it to all: encoded once, and shared.
    fn say(&self, text: &str) {
        let mut frame = Vec::new();
        encode_frame(&Header::new(Opcode::Text, text.len() as u64), text.as_bytes(), &mut frame);
        let frame = Frames::from(frame);
        for (queue, socket) in self.members().values() {
            if queue.try_send(Arc::clone(&frame)).is_err() {
                // Its reading thread sees the end, and takes leave for it.
                let _ = socket.shutdown(Shutdown::Both);
            }
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:9001".into());
    let listener = TcpListener::bind(address)?;
    println!("listening on ws://{}/", listener.local_addr()?);
    // One frame for all means one kind of frames.
    let versions = Versions::only(Version::Hybi17);
    let config = ServerConfig::new().handshake(HandshakeConfig::new().versions(versions));
    let room = Arc::new(Room::default());
    loop {
        let (socket, who) = listener.accept()?;
        let (room, server) = (Arc::clone(&room), Server::with(&config));
        thread::spawn(move || {
            if let Err(error) = serve(&socket, who, server, &room) {
                eprintln!("{who}: {error}");
            }
            room.leave(who);
        });
    }
}

fn serve(mut socket: &TcpStream, who: SocketAddr, mut server: Server, room: &Room) -> Result<(), Box<dyn Error>> {
    socket.set_nodelay(true)?;
    socket.set_write_timeout(Some(Duration::from_secs(20)))?;
    let (queue, frames) = mpsc::sync_channel::<Frames>(64);
    let mut out = socket.try_clone()?;
    thread::spawn(move || {
        // Until all who could put something into the queue are gone. Then our side of the connection is closed.
        let _ = frames.iter().try_for_each(|frames| out.write_all(&frames));
        let _ = out.shutdown(Shutdown::Write);
    });
    let (mut deadlines, timeouts) = (Deadlines::new(Instant::now()), Timeouts::new());
    let mut input = vec![0; 16 * 1024];
    loop {
        let wait = deadlines.next(&timeouts).map(|at| at.saturating_duration_since(Instant::now()));
        socket.set_read_timeout(wait.map(|wait| wait.max(Duration::from_millis(1))))?;
        let mut output = Vec::new();
        let mut done = Ok(());
        match socket.read(&mut input) {
            Ok(0) => return Ok(server.receive_eof()?),
            Ok(count) => {
                let mut bytes = &mut input[..count];
                done = loop {
                    match server.receive(&mut bytes, &mut output) {
                        Ok(Some(Event::Request(request))) => server.accept(&request, &mut output)?,
                        Ok(Some(Event::Connected(_))) => {
                            // The answer to the handshake comes first, and then what is said in the room.
                            queue.send(std::mem::take(&mut output).into())?;
                            room.enter(who, queue.clone(), socket.try_clone()?);
                        }
                        Ok(Some(Event::Text(text))) => room.say(&format!("{who}: {text}")),
                        Ok(Some(_)) => {}
                        Ok(None) => break Ok(()),
                        Err(error) => break Err(error),
                    }
                };
                deadlines.received(server.state(), Instant::now());
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                match deadlines.due(&timeouts, Instant::now()) {
                    Some(Due::Ping) => server.send_ping(b"", &mut output)?,
                    Some(due) => return Err(format!("{due:?}").into()),
                    None => {}
                }
            }
            Err(error) => return Err(error.into()),
        }
        let over = done.is_err() || server.is_closed();
        if over {
            room.leave(who); // before the close frame goes out: nothing may follow it
        }
        queue.send(output.into())?;
        if over {
            drop(queue);
            while socket.read(&mut input).is_ok_and(|count| count > 0) {}
            return Ok(done?);
        }
    }
}
