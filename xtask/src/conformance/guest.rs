//! The client that is judged, for cases that begin with the answer to its request.

use crate::conformance::log::Log;
use crate::conformance::opening::{self, Keys, Opening};
use crate::conformance::pace::Pace;
use crate::conformance::socket::Socket;
use crate::conformance::talk::{Chop, Talk};
use crate::conformance::version::{Side, Version};
use crate::conformance::wire::head::{Head, Lines};

/// A client whose request has been read.
pub(crate) struct Guest {
    pub(crate) socket: Socket,
    pub(crate) head: Head,
    pub(crate) version: Version,
    pub(crate) log: Log,
    pub(crate) pace: Pace,
}

impl Guest {
    /// Shakes hands as it should be.
    pub(crate) fn accept(self, opening: &Opening) -> Result<Talk, String> {
        opening::accept(self.socket, &self.head, self.version, opening, &self.log, self.pace)
    }

    /// The keys of the request; for hybi00 it waits for the 8 bytes behind the head.
    pub(crate) fn keys(&mut self) -> Result<Keys, String> {
        opening::keys_of(&self.head, self.version, &mut self.socket, &self.log, self.pace)
    }

    /// A good answer to the request.
    pub(crate) fn answer(&self, keys: &Keys) -> Lines {
        opening::answer(&self.head, self.version, keys)
    }

    /// Sends bytes.
    pub(crate) fn send(&mut self, what: &str, bytes: &[u8], chop: Chop) {
        self.log.sent(what, bytes);
        let every = match chop {
            Chop::Every(count) => count.max(1),
            Chop::Whole | Chop::Frames => bytes.len().max(1),
        };
        for piece in bytes.chunks(every) {
            if let Err(error) = self.socket.write(piece, self.pace.timeout) {
                self.log.note(format!("could not send everything: {error}"));
                return;
            }
        }
    }

    /// Goes on with frames.
    pub(crate) fn talk(self) -> Talk {
        Talk::new(self.socket, self.log, self.pace, Side::Server, self.version)
    }
}
