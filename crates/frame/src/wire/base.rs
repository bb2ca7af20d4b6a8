//! The frames of hybi-10 and RFC 6455: a header that tells the length, then the payload (RFC 6455 §5.2).

use hybi_version::{Role, Version};

use crate::{Error, Header, Opcode, Piece, mask};

/// See [`crate::Decoder`].
#[derive(Clone, Debug)]
pub(crate) struct Decoder {
    /// The largest payload that a frame may have.
    limit: u64,
    /// How much of the current frame's payload has not come yet.
    remaining: u64,
    /// The current frame's header; its key turned to the next payload byte.
    header: Header,
    /// A header that is not complete yet.
    partial: Partial,
    /// The reserved bits that an extension uses.
    allowed: u8,
    /// Whether the peer masks.
    masked: bool,
    /// Whether a message has begun whose last frame has not.
    in_message: bool,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// At the beginning of a frame, or in its header.
    Header,
    /// In the payload.
    Payload,
    /// Broken, once and for all.
    Failed(Error),
}

impl Decoder {
    #[expect(clippy::unnecessary_wraps, reason = "its stand-in, where this wire is left out, has only errors")]
    pub(crate) const fn new(_version: Version, role: Role) -> Result<Self, Error> {
        Ok(Self {
            limit: crate::Decoder::DEFAULT_FRAME_LIMIT,
            remaining: 0,
            header: Header::new(Opcode::Text, 0),
            partial: Partial { bytes: [0; Header::MAX_SIZE], have: 0 },
            allowed: 0,
            masked: role.peer().masks(),
            in_message: false,
            state: State::Header,
        })
    }

    pub(crate) const fn limit_frame(&mut self, bytes: u64) {
        self.limit = bytes;
    }

    pub(crate) const fn allow_reserved(&mut self, bits: u8) {
        self.allowed = bits & 0b111;
    }

    pub(crate) const fn is_between_frames(&self) -> bool {
        self.partial.have == 0 && matches!(self.state, State::Header)
    }

    #[inline]
    pub(crate) fn decode<'a>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<Piece<'a>>, Error> {
        if !self.is_between_frames() {
            return self.go_on(input);
        }
        match Header::decode(input) {
            Ok(Some((header, size))) => {
                if let Some(error) = self.violation(&header) {
                    return self.fail(error);
                }
                let (_, rest) = core::mem::take(input).split_at_mut_checked(size).unwrap_or_default();
                *input = rest;
                self.header = header;
                self.remaining = header.length;
                Ok(Some(self.piece(input, true)))
            }
            Ok(None) => {
                self.partial.fill(input);
                Ok(None)
            }
            Err(error) => self.fail(error),
        }
    }

    /// The same in the middle of a frame.
    #[cold]
    fn go_on<'a>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<Piece<'a>>, Error> {
        match self.state {
            State::Failed(error) => Err(error),
            State::Payload if input.is_empty() => Ok(None),
            State::Payload => Ok(Some(self.piece(input, false))),
            State::Header => {
                self.partial.fill(input);
                match Header::decode(self.partial.filled()) {
                    Ok(Some((header, _))) => {
                        if let Some(error) = self.violation(&header) {
                            return self.fail(error);
                        }
                        self.partial.have = 0;
                        self.header = header;
                        self.remaining = header.length;
                        Ok(Some(self.piece(input, true)))
                    }
                    Ok(None) => Ok(None),
                    Err(error) => self.fail(error),
                }
            }
        }
    }

    /// Takes from `input` what is there of the current frame's payload.
    #[inline]
    fn piece<'a>(&mut self, input: &mut &'a mut [u8], first: bool) -> Piece<'a> {
        let available = usize::try_from(self.remaining).map_or(input.len(), |remaining| remaining.min(input.len()));
        let (payload, rest) = core::mem::take(input).split_at_mut_checked(available).unwrap_or_default();
        *input = rest;
        if let Some(key) = self.header.mask {
            self.header.mask = Some(mask::apply(key, payload));
        }
        self.remaining -= payload.len() as u64;
        let last = self.remaining == 0;
        self.state = if last { State::Header } else { State::Payload };
        Piece {
            payload,
            length: Some(self.header.length),
            opcode: self.header.opcode,
            fin: self.header.fin,
            rsv: self.header.rsv,
            first,
            last,
        }
    }

    /// Checks a header against what may come now, and notes what may come next.
    #[inline]
    fn violation(&mut self, header: &Header) -> Option<Error> {
        if header.rsv & !self.allowed != 0 {
            return Some(Error::ReservedBits(header.rsv));
        }
        if header.mask.is_some() != self.masked {
            return Some(if self.masked { Error::MaskMissing } else { Error::MaskUnexpected });
        }
        if header.length > self.limit {
            return Some(Error::FrameTooLarge { size: header.length, limit: self.limit });
        }
        if header.opcode.is_control() {
            return None;
        }
        match (header.opcode, self.in_message) {
            (Opcode::Continuation, false) => return Some(Error::ContinuationUnexpected),
            (Opcode::Text | Opcode::Binary, true) => return Some(Error::ContinuationExpected(header.opcode)),
            _ => {}
        }
        self.in_message = !header.fin;
        None
    }

    #[cold]
    fn fail<T>(&mut self, error: Error) -> Result<T, Error> {
        self.state = State::Failed(error);
        Err(error)
    }
}

/// Up to fourteen bytes of a header.
#[derive(Clone, Copy, Debug)]
struct Partial {
    bytes: [u8; Header::MAX_SIZE],
    have: u8,
}

impl Partial {
    /// Takes from `input` what the header still lacks, and nothing behind it.
    #[cold]
    fn fill(&mut self, input: &mut &mut [u8]) {
        while usize::from(self.have) < self.needed() {
            let Some((byte, rest)) = core::mem::take(input).split_first_mut() else { return };
            *input = rest;
            if let Some(free) = self.bytes.get_mut(usize::from(self.have)) {
                *free = *byte;
            }
            self.have += 1;
        }
    }

    /// The size of the header, as far as the bytes that are there tell.
    const fn needed(&self) -> usize {
        let second = self.bytes[1];
        if self.have < 2 {
            return 2;
        }
        let length = match second & 0x7F {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        let key = if second & 0x80 == 0 { 0 } else { 4 };
        2 + length + key
    }

    fn filled(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.have)).unwrap_or_default()
    }
}
