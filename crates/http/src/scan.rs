//! The search for the end of a head, byte by byte if need be, and no byte twice.

use memchr::memchr;

use crate::grammar::is_token_byte;
use crate::{Error, steps};

/// What a head is the head of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Request,
    Response,
}

/// Looks for the empty line that ends a head, in pieces that come one after the other.
///
/// The strategy: line feeds are searched, and what follows one decides. The state between two bytes is what is known
/// of the line that has begun, so that the search goes on where it stopped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EndOfHead {
    state: State,
    /// Bytes looked at so far, each once.
    seen: usize,
}

/// The part of a piece that belongs to the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Where the head begins in this piece, behind empty lines.
    pub(crate) start: usize,
    /// Where the head ends, if it ends in this piece.
    pub(crate) end: Option<usize>,
}

/// What stands before the next byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing, or empty lines only.
    Start,
    /// The carriage return of an empty line before the head.
    StartCarriageReturn,
    /// A part of a line.
    Line,
    /// A line's end.
    LineEnd,
    /// A line's end and a carriage return.
    LineEndCarriageReturn,
}

impl Kind {
    /// Whether a head of this kind can begin with the byte.
    pub(crate) fn begins_with(self, byte: u8) -> bool {
        match self {
            Self::Request => is_token_byte(byte),
            Self::Response => byte == b'H',
        }
    }
}

impl EndOfHead {
    /// A search that has seen nothing.
    pub(crate) const fn new() -> Self {
        Self { state: State::Start, seen: 0 }
    }

    /// Whether it has seen nothing.
    pub(crate) const fn is_new(&self) -> bool {
        self.seen == 0
    }

    /// Goes on with the next piece. A head is at most `limit` bytes long, empty lines before it included.
    pub(crate) fn advance(&mut self, kind: Kind, piece: &[u8], limit: usize) -> Result<Found, Error> {
        let before = self.seen;
        let window = piece.get(..limit.saturating_sub(before)).unwrap_or(piece);
        let start = self.skip_empty_lines(kind, window)?;
        let end = self.find(window.get(start..).unwrap_or_default());
        if end.is_none() && window.len() < piece.len() {
            return Err(Error::HeadTooLarge { limit });
        }
        Ok(Found { start, end: end.map(|end| start.saturating_add(end)) })
    }

    /// How many bytes were looked at.
    #[cfg(test)]
    pub(crate) const fn seen(&self) -> usize {
        self.seen
    }

    /// Passes over empty lines before a request, and looks at the first byte of the head. `RFC 9112 §2.2` asks servers
    /// to ignore them; nothing may stand before a response.
    fn skip_empty_lines(&mut self, kind: Kind, window: &[u8]) -> Result<usize, Error> {
        let mut skipped = 0_usize;
        for &byte in window {
            self.state = match (self.state, byte) {
                (State::Start, b'\r') if kind == Kind::Request => State::StartCarriageReturn,
                (State::Start | State::StartCarriageReturn, b'\n') if kind == Kind::Request => State::Start,
                (State::Start, got) => {
                    if !kind.begins_with(got) {
                        return Err(Error::FirstByte { got });
                    }
                    State::Line
                }
                (State::StartCarriageReturn, _) => return Err(Error::FirstByte { got: b'\r' }),
                (State::Line | State::LineEnd | State::LineEndCarriageReturn, _) => break,
            };
            if self.state == State::Line {
                break;
            }
            skipped = skipped.saturating_add(1);
        }
        self.note(skipped);
        Ok(skipped)
    }

    /// The offset behind the empty line that ends the head.
    fn find(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut rest = bytes;
        let mut found = false;
        while !found && !rest.is_empty() {
            (self.state, rest) = match (self.state, rest) {
                (State::LineEnd, [b'\r', more @ ..]) => (State::LineEndCarriageReturn, more),
                (State::LineEnd | State::LineEndCarriageReturn, [b'\n', more @ ..]) => {
                    found = true;
                    (State::Start, more)
                }
                _ => match memchr(b'\n', rest).and_then(|line_feed| rest.get(line_feed.wrapping_add(1)..)) {
                    Some(more) => (State::LineEnd, more),
                    None => (State::Line, [].as_slice()),
                },
            };
        }
        let looked_at = bytes.len().wrapping_sub(rest.len());
        self.note(looked_at);
        found.then_some(looked_at)
    }

    /// So many more bytes were looked at.
    fn note(&mut self, bytes: usize) {
        steps::count(bytes);
        self.seen = self.seen.saturating_add(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::{EndOfHead, Kind};

    /// A head of 16 KiB in pieces of `piece` bytes: how many bytes were looked at, and how long it is.
    fn work(piece: usize) -> (usize, usize) {
        let mut head = b"\r\n\nGET / HTTP/1.1\r\n".to_vec();
        while head.len() < 16 * 1024 - 200 {
            head.extend_from_slice(b"A: \r\r\nName: value\n");
        }
        head.resize(16 * 1024 - 4, b'x');
        head.extend_from_slice(b"\r\n\r\n");
        let mut search = EndOfHead::new();
        let mut end = None;
        for piece in head.chunks(piece) {
            assert_eq!(end, None, "the end is in the last piece");
            end = search.advance(Kind::Request, piece, 16 * 1024).unwrap().end;
        }
        assert!(end.is_some());
        (search.seen(), head.len())
    }

    #[test]
    fn each_byte_is_looked_at_once() {
        for piece in [1, 2, 3, 7, 1460, 16 * 1024] {
            let (seen, length) = work(piece);
            assert_eq!(seen, length, "in pieces of {piece}");
        }
    }

    #[test]
    fn the_end_is_the_first_empty_line() {
        for (head, end) in [
            (&b"G\r\n\r\nX"[..], Some(5)),
            (b"G\n\nX", Some(3)),
            (b"G\n\r\nX", Some(4)),
            (b"G\r\n\nX", Some(4)),
            (b"\r\n\nG\r\n\r\n\r\n", Some(8)),
            (b"G\r\n\r\r\n", None),
            (b"G\r\n\rA\n\r", None),
            (b"\r\n\r\n", None),
        ] {
            let found = EndOfHead::new().advance(Kind::Request, head, 100).unwrap();
            assert_eq!(found.end, end, "{}", head.escape_ascii());
        }
    }
}
