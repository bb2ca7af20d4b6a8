//! The frames of hybi-00 and hixie-75: text between a byte `00` and a byte `FF` (hybi-00 §4.2, §5.3).

use hybi_version::{Role, Version, steps};
use memchr::memchr;

use super::length::at_most;
use crate::{Error, Front, Opcode, Piece, Rest, SENTINEL_CLOSE, SENTINEL_END, SENTINEL_TEXT, mask};

/// See [`crate::Decoder`].
#[derive(Clone, Debug)]
pub(crate) struct Decoder {
    /// The largest payload that a frame may have.
    limit: u64,
    /// The largest payload of a message that goes the straight way.
    whole_limit: u32,
    /// Whether `FF 00` closes; in hixie-75 it is a frame like others.
    closes: bool,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// At the beginning of a frame.
    Type,
    /// In a text frame, of which so many bytes were handed out.
    Text(u64),
    /// In a frame of an unknown type below `80`, which ends as text does and has no meaning; its size so far.
    Discard(u64),
    /// In the length of a frame of a type from `80` on: its value so far, and how many bytes that took.
    Length { kind: u8, value: u64, bytes: u8 },
    /// In the payload of such a frame, which has no meaning either.
    Skip(u64),
    /// Broken, once and for all.
    Failed(Error),
}

/// More bytes than this no length takes: 63 bits, seven in a byte. Longer ones could go on for ever.
const MAX_LENGTH_BYTES: u8 = 9;

impl Decoder {
    #[expect(clippy::unnecessary_wraps, reason = "its stand-in, where this wire is left out, has only errors")]
    pub(crate) fn new(version: Version, _role: Role) -> Result<Self, Error> {
        let closes = version.facts().can.close_handshake;
        let mut decoder = Self { limit: 0, whole_limit: 0, closes, state: State::Type };
        decoder.frame_bytes(crate::Decoder::DEFAULT_FRAME_LIMIT);
        Ok(decoder)
    }

    pub(crate) fn frame_bytes(&mut self, bytes: u64) {
        self.limit = bytes;
        self.whole_message_bytes(bytes);
    }

    pub(crate) fn whole_message_bytes(&mut self, bytes: u64) {
        self.whole_limit = u32::try_from(bytes.min(self.limit)).unwrap_or(u32::MAX);
    }

    /// There are no reserved bits.
    pub(crate) const fn extension_bits(&mut self, _bits: u8) {}

    pub(crate) const fn is_between_frames(&self) -> bool {
        matches!(self.state, State::Type)
    }

    /// The straight way: a text that is complete in `input`. It leaves the state as it is.
    #[inline]
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "the byte of the type and the one found lie in the input with the text"
    )]
    pub(crate) fn whole_frame<'a>(
        &self,
        input: &mut &'a mut [u8],
    ) -> Option<(Opcode, Option<mask::Key>, &'a mut [u8])> {
        let State::Type = self.state else { return None };
        let (&SENTINEL_TEXT, rest) = input.split_first()? else { return None };
        let length = search(rest)?;
        if length as u64 > u64::from(self.whole_limit) {
            return None;
        }
        let payload = input.split_off_mut(..length + 2)?.get_mut(1..=length)?;
        Some((Opcode::Text, None, payload))
    }

    /// The same for everything else: texts that are cut, what is not text, and what is wrong.
    pub(crate) fn step<'a>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<Piece<'a>>, Error> {
        loop {
            match self.state {
                State::Failed(error) => return Err(error),
                _ if input.is_empty() => return Ok(None),
                State::Text(size) => return self.text(size, false, input).map(Some),
                State::Type => match take_byte(input) {
                    SENTINEL_TEXT => return self.text(0, true, input).map(Some),
                    kind @ 0x80.. => self.state = State::Length { kind, value: 0, bytes: 0 },
                    _ => self.state = State::Discard(0),
                },
                _ => {
                    if let Some(close) = self.meaningless(input)? {
                        return Ok(Some(close));
                    }
                }
            }
        }
    }

    /// Nothing: a payload without a length is looked through for its end, and has no mask to be taken off on the way.
    #[expect(clippy::unused_self, reason = "as the other wire")]
    pub(crate) const fn rest<'a>(&mut self, _input: &mut &'a mut [u8]) -> Option<Rest<'a>> {
        None
    }

    /// Nothing that could wait: where a text ends, no header tells.
    #[expect(clippy::unused_self, reason = "as the other wire")]
    pub(crate) const fn front(&self, _input: &[u8]) -> Front {
        Front::Other
    }

    /// What is there of a text, of which so many bytes were handed out.
    fn text<'a>(&mut self, size: u64, first: bool, input: &mut &'a mut [u8]) -> Result<Piece<'a>, Error> {
        let (payload, last) = take_up_to_end(input);
        let size = self.grown(size, payload)?;
        self.state = if last { State::Type } else { State::Text(size) };
        Ok(piece(Opcode::Text, payload, first, last))
    }

    /// Passes over frames that have no meaning, of which there is one that has: the closing frame.
    fn meaningless<'a>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<Piece<'a>>, Error> {
        self.state = match self.state {
            State::Discard(size) => {
                let (payload, last) = take_up_to_end(input);
                let size = self.grown(size, payload)?;
                if last { State::Type } else { State::Discard(size) }
            }
            State::Length { kind, value, bytes } => {
                let byte = take_byte(input);
                let value = (value << 7) | u64::from(byte & 0x7F);
                if byte & 0x80 != 0 {
                    let bytes = bytes.saturating_add(1);
                    if bytes == MAX_LENGTH_BYTES {
                        return self.fail(Error::SentinelLength);
                    }
                    State::Length { kind, value, bytes }
                } else if value > self.limit {
                    return self.fail(Error::FrameTooLarge { size: value, limit: self.limit });
                } else if self.closes && kind == SENTINEL_CLOSE[0] && value == 0 {
                    self.state = State::Type;
                    return Ok(Some(piece(Opcode::Close, &mut [], true, true)));
                } else if value == 0 {
                    State::Type
                } else {
                    State::Skip(value)
                }
            }
            State::Skip(remaining) => {
                let count = at_most(remaining, input.len());
                match remaining.saturating_sub(take(input, count).len() as u64) {
                    0 => State::Type,
                    remaining => State::Skip(remaining),
                }
            }
            State::Type | State::Text(_) | State::Failed(_) => self.state,
        };
        Ok(None)
    }

    /// The size of a frame that had `size` bytes, with these.
    fn grown(&mut self, size: u64, payload: &[u8]) -> Result<u64, Error> {
        let size = size.saturating_add(payload.len() as u64);
        // The error doesn't say how far beyond the limit this read went, for that is chance.
        if size > self.limit {
            self.fail(Error::FrameTooLarge { size: self.limit.saturating_add(1), limit: self.limit })
        } else {
            Ok(size)
        }
    }

    #[cold]
    fn fail<T>(&mut self, error: Error) -> Result<T, Error> {
        self.state = State::Failed(error);
        Err(error)
    }
}

/// Every frame of these versions is a message, so it is final.
const fn piece(opcode: Opcode, payload: &mut [u8], first: bool, last: bool) -> Piece<'_> {
    Piece { payload, length: None, opcode, fin: true, rsv: 0, first, last }
}

/// What lies before the end of the frame, or all there is; and whether the end is there.
fn take_up_to_end<'a>(input: &mut &'a mut [u8]) -> (&'a mut [u8], bool) {
    match search(input) {
        Some(end) => {
            let payload = take(input, end);
            take(input, 1);
            (payload, true)
        }
        None => (core::mem::take(input), false),
    }
}

/// Where the end of a frame is, if it is there.
fn search(bytes: &[u8]) -> Option<usize> {
    let end = memchr(SENTINEL_END, bytes);
    steps::count(end.unwrap_or(bytes.len()));
    end
}

fn take<'a>(input: &mut &'a mut [u8], count: usize) -> &'a mut [u8] {
    input.split_off_mut(..count).unwrap_or_default()
}

/// The next byte; the caller knows that there is one.
fn take_byte(input: &mut &mut [u8]) -> u8 {
    input.split_off_first_mut().copied().unwrap_or_default()
}
