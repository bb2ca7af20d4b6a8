//! What is held while something is incomplete, and only then.

use core::mem;
use std::borrow::Cow;

use hybi_frame::{Collected, Decoder, Opcode, TextBuffer, Utf8, text_from_utf8};
use hybi_version::{Wire, steps};

use crate::connection::Shared;
use crate::extension::{Inflate, RSV1};
use crate::inbound::Place;
use crate::{Error, Event, Kind, Limits};

/// What is held between two reads. It lives on the heap, and only as long as there is something to hold, so that an idle
/// connection pays a pointer for it.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    /// The message that has begun.
    pub(crate) message: Option<Message>,
    /// The payload of a control frame that was cut.
    pub(crate) control: Vec<u8>,
    /// The pong that is owed, where the output had no room for it.
    pub(crate) pong: Option<Vec<u8>>,
    /// What went wrong, to say it again.
    pub(crate) failure: Option<Error>,
}

impl Pending {
    pub(crate) const fn is_empty(&self) -> bool {
        self.message.is_none() && self.control.is_empty() && self.pong.is_none() && self.failure.is_none()
    }

    #[expect(clippy::arithmetic_side_effects, reason = "what lies in memory together has a size that fits a usize")]
    pub(crate) fn retained_bytes(&self) -> usize {
        let message = self.message.as_ref().map_or(0, |message| message.body.capacity());
        let pong = self.pong.as_ref().map_or(0, Vec::capacity);
        size_of::<Self>() + message + self.control.capacity() + pong
    }
}

/// A message that has begun.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) kind: Kind,
    /// The payload bytes that were announced so far; on the sentinel wire, those that came.
    pub(crate) size: u64,
    /// The frames that came so far.
    pub(crate) fragments: u32,
    /// Whether the caller has seen a part of it.
    pub(crate) begun: bool,
    compressed: bool,
    /// The bits of an extension of the caller's, which then has to make sense of the message.
    pub(crate) reserved: u8,
    /// Text that is checked as it comes.
    pub(crate) utf8: Utf8,
    pub(crate) body: Body,
}

/// What was collected of a message.
#[derive(Debug)]
pub(crate) enum Body {
    /// Text that is checked as it comes.
    Text(TextBuffer),
    /// Bytes.
    Binary(Vec<u8>),
    /// Text in which invalid bytes are replaced when it is complete (hybi-00 §5.3).
    Lossy(Vec<u8>),
    /// Text that was decompressed, and checked as it came out.
    Unpacked(Vec<u8>),
}

impl Message {
    pub(crate) fn begin(shared: &Shared, place: Place, inflates: bool) -> Self {
        let reserved = if inflates { place.rsv & !RSV1 } else { place.rsv };
        let compressed = place.rsv != 0 && reserved == 0;
        let (kind, body) = match (place.opcode, shared.version.wire()) {
            (Opcode::Text, Wire::Base) if compressed => (Kind::Text, Body::Unpacked(Vec::new())),
            (Opcode::Text, Wire::Base) => (Kind::Text, Body::Text(TextBuffer::new())),
            (Opcode::Text, Wire::Sentinel) => (Kind::Text, Body::Lossy(Vec::new())),
            _ => (Kind::Binary, Body::Binary(Vec::new())),
        };
        Self { kind, size: 0, fragments: 0, begun: false, compressed, reserved, utf8: Utf8::new(), body }
    }

    /// Counts a piece before it is taken, so that the limits hold also for what was only announced.
    pub(crate) fn grow(&mut self, limits: &Limits, place: Place, payload: &[u8]) -> Result<(), Error> {
        if place.first {
            self.fragments = self.fragments.saturating_add(1);
            if self.fragments > limits.fragments {
                return Err(Error::TooManyFragments { limit: limits.fragments });
            }
        }
        if self.compressed {
            // What counts is what comes out.
            return Ok(());
        }
        let (more, known) = match place.length {
            Some(length) => (if place.first { length } else { 0 }, true),
            None => (payload.len() as u64, false),
        };
        self.size = self.size.saturating_add(more);
        if self.size > limits.message_bytes {
            // Where the length isn't announced, how far this read went beyond the limit is chance.
            let size = if known { self.size } else { limits.message_bytes.saturating_add(1) };
            return Err(Error::MessageTooLarge { size, limit: limits.message_bytes });
        }
        Ok(())
    }

    /// Takes a piece of the payload.
    pub(crate) fn collect(
        &mut self,
        piece: &[u8],
        last: bool,
        limits: &Limits,
        inflate: Option<&mut Inflate>,
    ) -> Result<(), Error> {
        match &mut self.body {
            Body::Text(text) => {
                text.reserve_exact(room(text.len(), text.capacity(), piece.len(), self.size));
                text.push(piece)?;
            }
            Body::Binary(bytes) | Body::Lossy(bytes) | Body::Unpacked(bytes) => match inflate {
                Some(inflate) if self.compressed => {
                    let before = bytes.len();
                    let unpacked = inflate.inflate(piece, last, limits.message_bytes, bytes);
                    let new = bytes.get(before..).unwrap_or_default();
                    // A text that comes out at once is checked when it is finished.
                    if self.kind == Kind::Text && !(last && before == 0 && unpacked.is_ok()) {
                        self.utf8.check(new)?;
                    }
                    unpacked?;
                }
                _ => {
                    bytes.reserve_exact(room(bytes.len(), bytes.capacity(), piece.len(), self.size));
                    steps::count(piece.len());
                    bytes.extend_from_slice(piece);
                }
            },
        }
        Ok(())
    }

    /// Takes what came of the rest of a frame, straight from the decoder. `None`: there is none, or it is not to be had so.
    pub(crate) fn collect_rest(
        &mut self,
        decoder: &mut Decoder,
        input: &mut &mut [u8],
    ) -> Result<Option<Collected>, hybi_frame::Error> {
        if self.compressed || self.reserved != 0 {
            return Ok(None);
        }
        match &mut self.body {
            Body::Text(text) => {
                text.reserve_exact(room(text.len(), text.capacity(), input.len(), self.size));
                decoder.collect_text(input, text)
            }
            Body::Binary(bytes) => {
                bytes.reserve_exact(room(bytes.len(), bytes.capacity(), input.len(), self.size));
                Ok(decoder.collect(input, bytes))
            }
            Body::Lossy(_) | Body::Unpacked(_) => Ok(None),
        }
    }

    /// Checks a piece that is not collected, and gives what is in it.
    pub(crate) fn pass_on<'a>(
        &mut self,
        piece: &'a [u8],
        last: bool,
        limits: &Limits,
        inflate: Option<&mut Inflate>,
    ) -> Result<Cow<'a, [u8]>, Error> {
        let (data, unpacked) = match inflate {
            Some(inflate) if self.compressed => {
                let mut data = Vec::new();
                let unpacked = inflate.inflate(piece, last, limits.message_bytes, &mut data);
                (Cow::Owned(data), unpacked)
            }
            _ => (Cow::Borrowed(piece), Ok(())),
        };
        if self.reserved == 0 && matches!(self.body, Body::Text(_) | Body::Unpacked(_)) {
            self.utf8.check(&data)?;
            if last && unpacked.is_ok() {
                self.utf8.finish()?;
            }
        }
        unpacked.map(|()| data)
    }

    /// The message, which is complete.
    pub(crate) fn finish(self) -> Result<Event<'static>, Error> {
        self.utf8.finish()?;
        Ok(match self.body {
            Body::Text(text) => Event::Text(Cow::Owned(text.finish()?)),
            Body::Binary(bytes) => Event::Binary(Cow::Owned(bytes)),
            Body::Lossy(bytes) => Event::Text(Cow::Owned(replace_invalid(bytes))),
            Body::Unpacked(bytes) => {
                Event::Text(Cow::Owned(text_from_utf8(bytes).map_err(|_| hybi_frame::Error::InvalidUtf8)?))
            }
        })
    }
}

impl Body {
    fn capacity(&self) -> usize {
        match self {
            Self::Text(text) => text.capacity(),
            Self::Binary(bytes) | Self::Lossy(bytes) | Self::Unpacked(bytes) => bytes.capacity(),
        }
    }
}

/// How much room to make for at most `more` bytes, beside what is there already. Where they fit into what was announced it is
/// made for all of that, as long as this is no more than [`SMALL`] or twice what has come; and, so that the work stays linear,
/// for twice what was there if more is needed.
fn room(length: usize, capacity: usize, more: usize, announced: u64) -> usize {
    let announced = usize::try_from(announced).unwrap_or(usize::MAX);
    let needed = length.saturating_add(more).min(announced);
    if needed <= capacity {
        return 0;
    }
    let wanted = needed.saturating_mul(2).max(SMALL).min(announced).max(length.saturating_mul(2)).max(needed);
    wanted.saturating_sub(length)
}

/// For so many bytes there is room at once, if they are announced.
const SMALL: usize = 4096;

/// The text, without a copy where it is valid.
fn replace_invalid(bytes: Vec<u8>) -> String {
    steps::count(bytes.len());
    text_from_utf8(bytes).unwrap_or_else(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Takes out the pending things if nothing is left in them.
pub(crate) fn tidy(pending: &mut Option<Box<Pending>>) {
    if pending.as_ref().is_some_and(|pending| pending.is_empty()) {
        drop(mem::take(pending));
    }
}
