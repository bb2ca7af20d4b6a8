//! The bytes on the wire, taken apart for people who learn or debug the protocol.
//!
//! It reads more leniently than the library, since what is wrong is what one wants to see.

mod base;
mod row;
mod sentinel;

use hybi::Version;

use self::base::Base;
use self::row::Rows;
use self::sentinel::Sentinel;

/// Both directions of a connection.
pub(crate) struct Wire {
    sent: Direction,
    received: Direction,
}

/// One direction: what it is at, and the bytes that are not enough yet for what comes next.
struct Direction {
    mark: char,
    version: Version,
    stage: Stage,
    pending: Vec<u8>,
}

/// What comes next.
enum Stage {
    /// The head of a request or an answer.
    Head,
    /// Bytes behind the head that prove something: of draft-ietf-hybi-00 alone.
    Proof { size: usize, name: &'static str },
    /// Frames as RFC 6455 has them.
    Base(Base),
    /// Frames as the two old drafts have them.
    Sentinel(Sentinel),
    /// The body of a refusal.
    Body,
}

impl Wire {
    pub(crate) const fn new(version: Version) -> Self {
        Self { sent: Direction::new('>', version), received: Direction::new('<', version) }
    }

    /// The rows for bytes that go to the server.
    pub(crate) fn sent(&mut self, bytes: &[u8]) -> String {
        self.sent.show(bytes)
    }

    /// The rows for bytes that came from the server.
    pub(crate) fn received(&mut self, bytes: &[u8]) -> String {
        self.received.show(bytes)
    }
}

impl Direction {
    const fn new(mark: char, version: Version) -> Self {
        Self { mark, version, stage: Stage::Head, pending: Vec::new() }
    }

    fn show(&mut self, bytes: &[u8]) -> String {
        let mut rows = Rows::new(self.mark);
        let mut pending = core::mem::take(&mut self.pending);
        pending.extend_from_slice(bytes);
        let mut rest = &pending[..];
        while let Some(size) = self.show_next(rest, &mut rows).filter(|_| !rest.is_empty()) {
            rest = rest.get(size..).unwrap_or_default();
        }
        self.pending = rest.to_vec();
        rows.into_string()
    }

    /// Shows what is complete at the front of `bytes`, and tells its size. `None`: more bytes are needed.
    fn show_next(&mut self, bytes: &[u8], rows: &mut Rows) -> Option<usize> {
        match &mut self.stage {
            Stage::Head => {
                let size = bytes.windows(4).position(|end| end == b"\r\n\r\n")? + 4;
                let head = bytes.get(..size)?;
                rows.head(head);
                self.stage = self.after_head(head);
                Some(size)
            }
            Stage::Proof { size, name } => {
                let proof = bytes.get(..*size)?;
                rows.gap();
                rows.bytes(proof, name);
                self.stage = self.frames();
                Some(proof.len())
            }
            Stage::Base(base) => base.show_next(bytes, rows),
            Stage::Sentinel(sentinel) => sentinel.show_next(bytes, rows),
            Stage::Body => {
                rows.gap();
                rows.characters(bytes);
                Some(bytes.len())
            }
        }
    }

    fn after_head(&self, head: &[u8]) -> Stage {
        let status = head.strip_prefix(b"HTTP/1.1 ").and_then(|rest| rest.first_chunk());
        match status {
            Some([b'1', b'0', b'1']) if self.version == Version::Hybi00 => {
                Stage::Proof { size: 16, name: "the answer to the two keys and key3 (MD5)" }
            }
            None if self.version == Version::Hybi00 => Stage::Proof { size: 8, name: "key3" },
            None | Some([b'1', b'0', b'1']) => self.frames(),
            Some([b'1', ..]) => Stage::Head,
            Some(_) => Stage::Body,
        }
    }

    const fn frames(&self) -> Stage {
        if self.version.can().fragments { Stage::Base(Base::new()) } else { Stage::Sentinel(Sentinel::new()) }
    }
}
