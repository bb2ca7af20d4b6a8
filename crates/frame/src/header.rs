//! The frame header of hybi-10 and RFC 6455.

use core::ops::Deref;

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
    pub fn decode(bytes: &[u8]) -> Result<Option<(Self, usize)>, Error> {
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
        let mut header = HeaderBytes { bytes: [0; Self::MAX_SIZE], size: 0 };
        let masked = if self.mask.is_some() { 0x80 } else { 0 };
        header.push([(u8::from(self.fin) << 7) | ((self.rsv & 0b111) << 4) | self.opcode.bits()]);
        match (u8::try_from(self.length), u16::try_from(self.length)) {
            (Ok(length @ ..126), _) => header.push([masked | length]),
            (_, Ok(length)) => {
                header.push([masked | 126]);
                header.push(length.to_be_bytes());
            }
            _ => {
                header.push([masked | 127]);
                header.push(self.length.to_be_bytes());
            }
        }
        if let Some(key) = self.mask {
            header.push(key);
        }
        header
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
    bytes: [u8; Header::MAX_SIZE],
    size: u8,
}

impl HeaderBytes {
    #[inline]
    fn push<const N: usize>(&mut self, part: [u8; N]) {
        let free = self.bytes.get_mut(usize::from(self.size)..).and_then(<[u8]>::first_chunk_mut::<N>);
        if let (Some(free), Ok(size)) = (free, u8::try_from(N)) {
            *free = part;
            self.size += size;
        }
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
