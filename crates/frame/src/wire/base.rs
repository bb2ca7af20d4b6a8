//! The frames of hybi-10 and RFC 6455: a header that tells the length, then the payload (RFC 6455 §5.2).

use hybi_version::{Role, Version, steps};

use super::length::at_most;
use crate::{Error, Front, Header, Opcode, Piece, Rest, mask};

/// See [`crate::Decoder`].
#[derive(Clone, Debug)]
pub(crate) struct Decoder {
    /// The largest payload that a frame may have.
    limit: u64,
    /// The largest payload of a message that goes the straight way.
    whole_limit: u16,
    state: State,
    /// The bits of a frame's first byte to look at: all but the reserved ones that an extension uses.
    watched: u8,
    /// The mask bit in a frame's second byte, as the peer has to send it.
    mask_bit: u8,
    /// Whether a message has begun whose last frame has not.
    in_message: bool,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// Between two messages.
    Start,
    /// Between two frames of a message.
    Between,
    /// In a header, of which these bytes came.
    Header(Partial),
    /// In the payload of a frame, of which so many bytes have not come. The key is turned to the next one.
    Payload { header: Header, remaining: u64 },
    /// Broken, once and for all.
    Failed(Error),
}

impl Decoder {
    #[expect(clippy::unnecessary_wraps, reason = "its stand-in, where this wire is left out, has only errors")]
    pub(crate) const fn new(_version: Version, role: Role) -> Result<Self, Error> {
        Ok(Self {
            limit: crate::Decoder::DEFAULT_FRAME_LIMIT,
            whole_limit: u16::MAX,
            state: State::Start,
            watched: 0xFF,
            mask_bit: if role.peer().masks() { 0x80 } else { 0 },
            in_message: false,
        })
    }

    pub(crate) fn frame_bytes(&mut self, bytes: u64) {
        self.limit = bytes;
        self.whole_message_bytes(bytes);
    }

    pub(crate) fn whole_message_bytes(&mut self, bytes: u64) {
        self.whole_limit = u16::try_from(bytes.min(self.limit)).unwrap_or(u16::MAX);
    }

    pub(crate) const fn extension_bits(&mut self, bits: u8) {
        self.watched = !((bits & 0b111) << 4);
    }

    pub(crate) const fn is_between_frames(&self) -> bool {
        matches!(self.state, State::Start | State::Between)
    }

    /// The straight way: a message in one frame that is complete in `input`, and with which all is well. It leaves the
    /// state and the mask as they are. Whether other input is wrong, or only something else, [`step`](Self::step) finds out.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "else the event of a message goes through memory at each layer")]
    #[expect(clippy::arithmetic_side_effects, reason = "a size of 2 or 4, 4 of a key, and a length of 16 bits")]
    pub(crate) fn whole_frame<'a>(
        &self,
        input: &mut &'a mut [u8],
    ) -> Option<(Opcode, Option<mask::Key>, &'a mut [u8])> {
        let State::Start = self.state else { return None };
        let (&[first, second], rest) = input.split_first_chunk()?;
        // With FIN, and without a reserved bit.
        let opcode = match first {
            0x81 => Opcode::Text,
            0x82 => Opcode::Binary,
            _ => return None,
        };
        // A wrong mask bit makes this larger than any length in short form.
        let (size, length) = match second ^ self.mask_bit {
            short @ ..126 => (2, u16::from(short)),
            126 => match u16::from_be_bytes(*rest.first_chunk()?) {
                ..126 => return None,
                length => (4, length),
            },
            _ => return None,
        };
        if length > self.whole_limit {
            return None;
        }
        let length = usize::from(length);
        if self.mask_bit == 0 {
            let frame = input.split_off_mut(..size + length)?;
            return Some((opcode, None, frame.get_mut(size..)?));
        }
        let frame = input.split_off_mut(..size + 4 + length)?;
        let (head, payload) = frame.split_at_mut_checked(size + 4)?;
        Some((opcode, head.last_chunk().copied(), payload))
    }

    /// The same for everything else: headers and payloads that are cut, fragments, control frames, and what is wrong.
    pub(crate) fn step<'a>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<Piece<'a>>, Error> {
        let decoded = match &mut self.state {
            State::Failed(error) => return Err(*error),
            State::Payload { .. } if input.is_empty() => return Ok(None),
            &mut State::Payload { header, remaining } => return Ok(Some(self.piece(header, remaining, false, input))),
            State::Header(partial) => {
                partial.fill(input);
                Header::decode(partial.filled())
            }
            State::Start | State::Between => self.begin(input),
        };
        let error = match decoded {
            Ok(None) => return Ok(None),
            Ok(Some((header, _))) => match self.violation(&header) {
                None => return Ok(Some(self.piece(header, header.length, true, input))),
                Some(error) => error,
            },
            Err(error) => error,
        };
        self.state = State::Failed(error);
        Err(error)
    }

    /// Takes a header from `input`, or its beginning.
    fn begin(&mut self, input: &mut &mut [u8]) -> Result<Option<(Header, usize)>, Error> {
        let decoded = Header::decode(input)?;
        if let Some((_, size)) = decoded {
            let _header = input.split_off_mut(..size);
        } else if !input.is_empty() {
            let mut partial = Partial { bytes: [0; Header::MAX_SIZE], have: 0 };
            partial.fill(input);
            self.state = State::Header(partial);
        }
        Ok(decoded)
    }

    /// What stands at the front of the input, if it is a message in one frame or the beginning of one.
    pub(crate) fn front(&self, input: &[u8]) -> Front {
        match (self.state, input) {
            (State::Start, [0x81 | 0x82]) => Front::Cut,
            (State::Start, [0x81 | 0x82, second, ..]) if second & 0x80 == self.mask_bit => {
                match Header::decode(input) {
                    Ok(None) => Front::Cut,
                    Ok(Some((header, size))) if header.length <= self.limit => Front::Message { header, size },
                    _ => Front::Other,
                }
            }
            _ => Front::Other,
        }
    }

    /// What is there of the payload of a data frame whose beginning came.
    #[inline]
    pub(crate) fn rest<'a>(&mut self, input: &mut &'a mut [u8]) -> Option<Rest<'a>> {
        match self.state {
            State::Payload { header, remaining } if !header.opcode.is_control() && !input.is_empty() => {
                Some(self.take(header, remaining, input))
            }
            _ => None,
        }
    }

    /// A piece of a payload of which so many bytes have not come.
    fn piece<'a>(&mut self, header: Header, remaining: u64, first: bool, input: &mut &'a mut [u8]) -> Piece<'a> {
        let Rest { payload, key, last, fin } = self.take(header, remaining, input);
        if let Some(key) = key {
            mask::apply(key, payload);
        }
        let Header { length, opcode, rsv, .. } = header;
        Piece { payload, length: Some(length), opcode, fin, rsv, first, last }
    }

    /// Takes from `input` what is there of a payload of which so many bytes have not come.
    #[inline]
    fn take<'a>(&mut self, mut header: Header, remaining: u64, input: &mut &'a mut [u8]) -> Rest<'a> {
        let available = at_most(remaining, input.len());
        let payload = input.split_off_mut(..available).unwrap_or_default();
        let key = header.mask;
        header.mask = key.map(|key| mask::turned(key, payload.len()));
        let remaining = remaining.saturating_sub(payload.len() as u64);
        let last = remaining == 0;
        self.state = match (last, self.in_message) {
            (false, _) => State::Payload { header, remaining },
            (true, true) => State::Between,
            (true, false) => State::Start,
        };
        Rest { payload, key, last, fin: header.fin }
    }

    /// Checks a header against what may come now, and notes what may come next.
    fn violation(&mut self, header: &Header) -> Option<Error> {
        if (header.rsv << 4) & self.watched != 0 {
            return Some(Error::ReservedBits(header.rsv));
        }
        match (header.mask, self.mask_bit) {
            (None, 0) | (Some(_), 1..) => {}
            (None, 1..) => return Some(Error::MaskMissing),
            (Some(_), 0) => return Some(Error::MaskUnexpected),
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
}

/// Up to fourteen bytes of a header.
#[derive(Clone, Copy, Debug)]
struct Partial {
    bytes: [u8; Header::MAX_SIZE],
    have: u8,
}

impl Partial {
    /// Takes from `input` what the header still lacks, and nothing behind it.
    fn fill(&mut self, input: &mut &mut [u8]) {
        while usize::from(self.have) < self.needed() {
            steps::count(1);
            let Some(byte) = input.split_off_first_mut() else { return };
            if let Some(free) = self.bytes.get_mut(usize::from(self.have)) {
                *free = *byte;
            }
            self.have = self.have.saturating_add(1);
        }
    }

    /// The size of the header, as far as the bytes that are there tell.
    const fn needed(&self) -> usize {
        let second = self.bytes[1];
        if self.have < 2 {
            return 2;
        }
        let size = match second & 0x7F {
            126 => 4_usize,
            127 => 10,
            _ => 2,
        };
        let key = if second & 0x80 == 0 { 0 } else { 4 };
        size.saturating_add(key)
    }

    fn filled(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.have)).unwrap_or_default()
    }
}
