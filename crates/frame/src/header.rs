//! The frame header of hybi-10 and RFC 6455.

use core::ops::Deref;

use hybi_version::steps;

use crate::{Error, Opcode, mask};

/// A frame header (RFC 6455 §5.2).
///
/// ```
/// use hybi_frame::{Header, Opcode};
///
/// let header = Header::new(Opcode::Binary, 256);
/// assert_eq!(*header.encode(), [0x82, 126, 1, 0]);
/// assert_eq!(Header::decode(&header.encode())?, Some((header, 4)));
/// # Ok::<(), hybi_frame::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a frame header has these parts, and is made by hand in proxies")]
pub struct Header {
    /// How many bytes follow.
    pub length: u64,
    /// The key with which the payload is masked.
    pub mask: Option<mask::Key>,
    /// What the frame is for.
    pub opcode: Opcode,
    /// Whether this frame ends its message.
    pub fin: bool,
    /// The three reserved bits, which belong to extensions: RSV1 is `0b100`, RSV2 `0b010`, RSV3 `0b001`.
    pub rsv: u8,
}

impl Header {
    /// The most bytes that a header takes.
    pub const MAX_SIZE: usize = 14;

    /// The most payload bytes of a control frame (RFC 6455 §5.5).
    pub const MAX_CONTROL: u64 = 125;

    /// A whole message in one frame: FIN set, no reserved bits, no mask.
    #[must_use]
    pub const fn new(opcode: Opcode, length: u64) -> Self {
        Self { length, mask: None, opcode, fin: true, rsv: 0 }
    }

    /// This header, with a masking key.
    #[must_use]
    pub const fn masked(self, key: mask::Key) -> Self {
        Self { mask: Some(key), ..self }
    }

    /// Reads a header from the front of `bytes`; with it comes its own size. `None`: more bytes are needed.
    ///
    /// Checked is what the header says of itself: a known opcode, the shortest form of the length, and the size and FIN bit
    /// of control frames. Who must mask, what may follow what, and the use of reserved bits are the
    /// [`Decoder`](crate::Decoder)'s matter.
    ///
    /// # Errors
    /// [`Error::ReservedOpcode`], [`Error::ControlFragmented`], [`Error::ControlTooLong`], [`Error::LengthNotMinimal`],
    /// [`Error::LengthOutOfRange`].
    #[inline]
    #[expect(clippy::arithmetic_side_effects, reason = "the rest is a part of the bytes, and so not longer")]
    pub fn decode(bytes: &[u8]) -> Result<Option<(Self, usize)>, Error> {
        steps::count(1);
        let Some((&[first, second], rest)) = bytes.split_first_chunk() else { return Ok(None) };
        let Some(opcode) = Opcode::from_bits(first & 0x0F) else { return Err(Error::ReservedOpcode(first & 0x0F)) };
        let fin = first & 0x80 != 0;
        let short = second & 0x7F;
        if opcode.is_control() && !fin {
            return Err(Error::ControlFragmented(opcode));
        }
        let (length, rest) = match short {
            126 => match rest.split_first_chunk() {
                Some((length, rest)) => (u64::from(u16::from_be_bytes(*length)), rest),
                None => return Ok(None),
            },
            127 => match rest.split_first_chunk() {
                Some((length, rest)) => (u64::from_be_bytes(*length), rest),
                None => return Ok(None),
            },
            _ => (u64::from(short), rest),
        };
        if short >= 126 {
            check_long(opcode, short, length)?;
        }
        let (mask, rest) = if second & 0x80 == 0 {
            (None, rest)
        } else {
            let Some((key, rest)) = rest.split_first_chunk() else { return Ok(None) };
            (Some(*key), rest)
        };
        let header = Self { length, mask, opcode, fin, rsv: (first >> 4) & 0b111 };
        Ok(Some((header, bytes.len() - rest.len())))
    }

    /// The bytes of this header, for a caller who writes the payload by itself, without copying it.
    #[inline]
    #[must_use]
    pub fn encode(&self) -> HeaderBytes {
        HeaderBytes::new(self.first_byte(), self.length, self.mask)
    }

    /// The byte that says what the frame is.
    #[inline]
    pub(crate) const fn first_byte(&self) -> u8 {
        ((self.fin as u8) << 7) | ((self.rsv & 0b111) << 4) | self.opcode.bits()
    }
}

/// What a length in 2 or 8 bytes has to fulfil.
#[cold]
const fn check_long(opcode: Opcode, short: u8, length: u64) -> Result<(), Error> {
    let minimum = if short == 126 { 126 } else { 0x1_0000 };
    if length >> 63 != 0 {
        Err(Error::LengthOutOfRange(length))
    } else if length < minimum {
        Err(Error::LengthNotMinimal(length))
    } else if opcode.is_control() {
        Err(Error::ControlTooLong(length))
    } else {
        Ok(())
    }
}

/// An encoded header: two to fourteen bytes. Read it as the slice that it dereferences to.
#[derive(Clone, Copy, Debug)]
pub struct HeaderBytes {
    /// The bytes, and zeros behind them.
    pub(crate) bytes: [u8; Self::ROOM],
    pub(crate) size: u8,
}

impl HeaderBytes {
    /// What any header fits into, with some bytes to spare.
    pub(crate) const ROOM: usize = 16;

    /// From the byte that says what the frame is, and the rest of a header.
    #[inline]
    #[expect(clippy::arithmetic_side_effects, reason = "at most 10 bytes, and 4 of a key")]
    pub(crate) fn new(first: u8, length: u64, mask: Option<mask::Key>) -> Self {
        let (bit, key_size) = if mask.is_some() { (0x80, 4) } else { (0, 0) };
        let key = u128::from(u32::from_le_bytes(mask.unwrap_or_default()));
        let begin = |second: u8| u128::from(u16::from_le_bytes([first, second]));
        // A number, the first byte lowest: a processor puts it together and writes it faster than byte after byte.
        let (bits, size) = match (u8::try_from(length), u16::try_from(length)) {
            (Ok(length @ ..126), _) => (begin(bit | length) | (key << 16), 2),
            (_, Ok(length)) => (begin(bit | 126) | (u128::from(length.swap_bytes()) << 16) | (key << 32), 4),
            _ => (begin(bit | 127) | (u128::from(length.swap_bytes()) << 16) | (key << 80), 10),
        };
        Self { bytes: bits.to_le_bytes(), size: size + key_size }
    }
}

impl Deref for HeaderBytes {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.size)).unwrap_or_default()
    }
}

impl AsRef<[u8]> for HeaderBytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}
