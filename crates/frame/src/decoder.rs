//! Bytes in, pieces of frames out.

use hybi_version::{Role, Version};

use crate::{Error, Header, Opcode, mask, wire::Wire};

/// Takes the frames of a peer apart, in place, as the bytes come.
///
/// It holds nothing but a header that is not complete yet: a payload is handed out where it lies, unmasked, in as many
/// pieces as the reads cut it into. What belongs to a message is for the caller to put together, or not, as in a proxy that
/// passes the pieces on.
///
/// ```
/// use hybi_frame::{Decoder, Opcode};
/// use hybi_version::{Role, Version};
///
/// let mut decoder = Decoder::new(Version::Hybi17, Role::Server)?;
/// let mut input = *b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58";   // the masked "Hello" of RFC 6455 §5.7
/// let mut bytes = &mut input[..];
/// while let Some(piece) = decoder.decode(&mut bytes)? {
///     assert_eq!((piece.opcode, &*piece.payload), (Opcode::Text, &b"Hello"[..]));
///     assert!(piece.first && piece.last);
/// }
/// assert!(bytes.is_empty());
/// # Ok::<(), hybi_frame::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Decoder {
    wire: Wire,
}

/// A piece of a frame's payload, or all of it.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Piece<'a> {
    /// The payload bytes, unmasked, where they came in.
    pub payload: &'a mut [u8],
    /// The length of the whole frame's payload. `None` on the sentinel wire, where it shows only at the end.
    pub length: Option<u64>,
    /// What the frame is for. Of hybi-00 and hixie-75 come `Text` and `Close`.
    pub opcode: Opcode,
    /// Whether the frame ends its message.
    pub fin: bool,
    /// The reserved bits; not zero only if [allowed](Decoder::extension_bits).
    pub rsv: u8,
    /// Whether the payload begins with this piece.
    pub first: bool,
    /// Whether the payload ends with this piece.
    pub last: bool,
}

/// More of a payload, or all that was missing.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rest<'a> {
    /// The payload bytes as they came.
    pub payload: &'a mut [u8],
    /// The key that they are masked with, turned to the first of them.
    pub key: Option<mask::Key>,
    /// Whether the payload ends with them.
    pub last: bool,
    /// Whether the frame ends its message.
    pub fin: bool,
}

/// A message that was there as a whole.
#[derive(Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there are text and binary messages, and text may be wrong")]
pub enum WholeMessage<'a> {
    /// A text message, which is UTF-8.
    Text(&'a str),
    /// A text message that is not UTF-8: an error (RFC 6455 §8.1), but in the two old versions, where the invalid bytes are to be
    /// replaced (hybi-00 §5.3).
    InvalidText(&'a [u8]),
    /// A binary message.
    Binary(&'a mut [u8]),
}

/// What stands at the front of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a message, or a part of one, or something else")]
pub enum Front {
    /// A message in one frame with which all is well, or the beginning of one.
    Message {
        /// Its header, which is complete. The key is for the first byte of the payload.
        header: Header,
        /// How many bytes the header has; the payload is behind them.
        size: usize,
    },
    /// The beginning of the header of a message.
    Cut,
    /// Something else, or nothing.
    Other,
}

impl<'a> WholeMessage<'a> {
    /// The payload, as it is after unmasking.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::InvalidText(bytes) => bytes,
            Self::Binary(bytes) => bytes,
        }
    }
}

impl Piece<'_> {
    /// Whether this is a whole message: one frame, complete, and not a part of a fragmented message.
    #[inline]
    #[must_use]
    pub const fn is_whole_message(&self) -> bool {
        self.first && self.last && self.fin && !matches!(self.opcode, Opcode::Continuation)
    }
}

impl Decoder {
    /// The default of [`frame_bytes`](Self::frame_bytes): 16 MiB.
    pub const DEFAULT_FRAME_LIMIT: u64 = 16 << 20;

    /// A decoder for what the peer sends to us, who are `role`: a server decodes masked frames, a client unmasked ones.
    ///
    /// # Errors
    /// [`Error::VersionDisabled`] where the version was left out of the build.
    pub fn new(version: Version, role: Role) -> Result<Self, Error> {
        Wire::new(version, role).map(|wire| Self { wire })
    }

    /// Sets the largest payload that a frame may have, in bytes. A larger one is an error as soon as its length is known.
    #[must_use]
    pub fn frame_bytes(mut self, bytes: u64) -> Self {
        self.wire.frame_bytes(bytes);
        self
    }

    /// Sets the largest payload that [`whole_message`](Self::whole_message) takes, in bytes; what is larger is left to
    /// [`decode`](Self::decode). At first it is the limit of frames.
    #[must_use]
    pub fn whole_message_bytes(mut self, bytes: u64) -> Self {
        self.wire.whole_message_bytes(bytes);
        self
    }

    /// Sets which of the reserved bits an extension uses: RSV1 is `0b100`, RSV2 `0b010`, RSV3 `0b001`. The others remain
    /// an error. Without effect on the sentinel wire, which has none.
    #[must_use]
    pub const fn extension_bits(mut self, bits: u8) -> Self {
        self.wire.extension_bits(bits);
        self
    }

    /// Takes the next piece from the front of `input`. `None`: all of it is taken, and more bytes are needed.
    ///
    /// A frame that is whole in `input` is one piece. A frame of which only the header is there gives an empty first piece,
    /// so that the caller knows of it.
    ///
    /// # Errors
    /// What the peer did wrong; the same again at every later call.
    #[inline]
    pub fn decode<'a>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<Piece<'a>>, Error> {
        self.wire.decode(input)
    }

    /// Takes a message from the front of `input` if it is there as a whole, in one frame and with nothing special about it: the
    /// straight way for those who want whole messages. Text is checked, in one pass with the unmasking. `None`: nothing is taken,
    /// and [`decode`](Self::decode) tells what there is.
    ///
    /// ```
    /// # use hybi_frame::{Decoder, WholeMessage};
    /// # use hybi_version::{Role, Version};
    /// let mut decoder = Decoder::new(Version::Hybi17, Role::Client)?;
    /// let mut input = *b"\x81\x02hi\x81\x05par";
    /// let mut bytes = &mut input[..];
    /// assert_eq!(decoder.whole_message(&mut bytes), Some(WholeMessage::Text("hi")));
    /// assert_eq!(decoder.whole_message(&mut bytes), None);
    /// assert!(decoder.decode(&mut bytes)?.is_some_and(|piece| !piece.last));
    /// # Ok::<(), hybi_frame::Error>(())
    /// ```
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "else the event of a message goes through memory at each layer")]
    pub fn whole_message<'a>(&self, input: &mut &'a mut [u8]) -> Option<WholeMessage<'a>> {
        self.wire.whole_message(input)
    }

    /// Takes what is there of a payload of which [`decode`](Self::decode) gave the beginning, with its mask still on: for those
    /// who unmask on the way to another place. `None`: nothing is taken, and [`decode`](Self::decode) tells what there is. So
    /// it is at the end of the input, between frames, within a control frame, and on the sentinel wire always.
    ///
    /// ```
    /// # use hybi_frame::{Decoder, Role, Version};
    /// let mut decoder = Decoder::new(Version::Hybi17, Role::Server)?;
    /// let (mut begin, mut end) = (*b"\x82\x85\x37\xfa\x21\x3d\x7f\x9f", *b"\x4d\x51\x58");
    /// assert!(decoder.decode(&mut &mut begin[..])?.is_some_and(|piece| *piece.payload == *b"He"));
    /// let rest = decoder.rest(&mut &mut end[..]).expect("there is more of it");
    /// assert_eq!(rest.key, Some([0x21, 0x3d, 0x37, 0xfa]));
    /// assert_eq!((&*rest.payload, rest.last, rest.fin), (&b"\x4d\x51\x58"[..], true, true));
    /// # Ok::<(), hybi_frame::Error>(())
    /// ```
    #[inline]
    pub fn rest<'a>(&mut self, input: &mut &'a mut [u8]) -> Option<Rest<'a>> {
        self.wire.rest(input)
    }

    /// Tells what stands at the front of the input, and takes nothing: for who lets a message wait there until it is whole, with
    /// the mask on or off. On the sentinel wire always [`Front::Other`].
    ///
    /// ```
    /// # use hybi_frame::{Decoder, Front, Header, Opcode, Role, Version};
    /// let decoder = Decoder::new(Version::Hybi17, Role::Client)?;
    /// let header = Header::new(Opcode::Text, 5);
    /// assert_eq!(decoder.front(b"\x81"), Front::Cut);
    /// assert_eq!(decoder.front(b"\x81\x05Hel"), Front::Message { header, size: 2 });
    /// assert_eq!(decoder.front(b"\x89\x00"), Front::Other);
    /// # Ok::<(), hybi_frame::Error>(())
    /// ```
    #[must_use]
    pub fn front(&self, input: &[u8]) -> Front {
        self.wire.front(input)
    }

    /// Whether what came so far ends between two frames, so that nothing is lost if the transport ends here.
    #[must_use]
    pub const fn is_between_frames(&self) -> bool {
        self.wire.is_between_frames()
    }
}
