//! The server that is judged, for cases that begin with the first byte of a request.

use crate::conformance::log::Log;
use crate::conformance::opening::{self, Keys, Opening, Target};
use crate::conformance::pace::Pace;
use crate::conformance::random::Random;
use crate::conformance::socket::{Arrived, End, Socket};
use crate::conformance::talk::{Chop, Talk, after};
use crate::conformance::version::Version;
use crate::conformance::wire::head::{Head, Lines};

/// The server under test.
pub(crate) struct Host {
    pub(crate) target: Target,
    pub(crate) log: Log,
    pub(crate) pace: Pace,
    /// Where the random numbers of the case come from.
    pub(crate) seed: String,
}

/// What a server did with a request.
pub(crate) struct Reply {
    pub(crate) head: Option<Head>,
    /// How the connection ended, if it did before the head was complete.
    pub(crate) end: Option<End>,
    pub(crate) socket: Socket,
}

impl Host {
    /// Keys for a request.
    pub(crate) fn keys(&self) -> Keys {
        Keys::new(&mut Random::new(&self.seed))
    }

    /// A good request with these keys.
    pub(crate) fn request(&self, version: Version, keys: &Keys) -> Lines {
        opening::request(&self.target, version, keys)
    }

    pub(crate) fn connect(&self) -> Result<Socket, String> {
        Socket::connect(self.target.address, self.pace.timeout)
    }

    /// Shakes hands as it should be.
    pub(crate) fn open(&self, version: Version, opening: &Opening) -> Result<Talk, String> {
        opening::connect(&self.target, version, opening, &self.log, self.pace, &self.seed)
    }

    /// Sends bytes on a new connection and waits for the head of an answer.
    pub(crate) fn exchange(&self, bytes: &[u8], chop: Chop) -> Result<Reply, String> {
        let mut socket = self.connect()?;
        self.log.sent("request", bytes);
        let every = match chop {
            Chop::Every(count) => count.max(1),
            Chop::Whole | Chop::Frames => bytes.len().max(1),
        };
        for piece in bytes.chunks(every) {
            if let Err(error) = socket.write(piece, self.pace.timeout) {
                self.log.note(format!("could not send everything: {error}"));
                break;
            }
        }
        Ok(self.reply(socket))
    }

    /// Waits for the head of an answer.
    pub(crate) fn reply(&self, mut socket: Socket) -> Reply {
        let deadline = after(self.pace.timeout);
        loop {
            if let Some((head, size)) = Head::read(socket.bytes()) {
                self.log.received("head", socket.bytes().get(..size).unwrap_or_default());
                socket.take(size);
                return Reply { head: Some(head), end: None, socket };
            }
            match socket.fill(deadline) {
                Arrived::Bytes => {}
                Arrived::Nothing if std::time::Instant::now() < deadline => {}
                Arrived::Nothing => {
                    self.log.note("no answer in time");
                    return Reply { head: None, end: None, socket };
                }
                Arrived::Ended(end) => {
                    if !socket.bytes().is_empty() {
                        self.log.received("bytes", socket.bytes());
                    }
                    self.log.note("the server ended the connection");
                    return Reply { head: None, end: Some(end), socket };
                }
            }
        }
    }

    /// Whether the server still serves: it shakes hands and answers a message.
    pub(crate) fn is_alive(&self, version: Version) -> Result<(), String> {
        let mut talk = self.open(version, &Opening::default())?;
        let hello = crate::conformance::event::Event::text("still there?");
        if version.has_base_frames() {
            talk.send(&[crate::conformance::wire::base::Frame::text("still there?")], Chop::Whole);
        } else {
            let frame = crate::conformance::wire::sentinel::text(b"still there?");
            talk.send_bytes("text", &frame, Chop::Whole);
        }
        talk.read_until(after(self.pace.timeout), |talk| talk.is_over() || !talk.events.is_empty());
        let answered = talk.events.first() == Some(&hello);
        talk.close(1000);
        talk.read_until(after(self.pace.grace), Talk::is_over);
        if answered { Ok(()) } else { Err("it does not answer a message".to_owned()) }
    }
}
