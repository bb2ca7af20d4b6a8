//! The two wires, each in its file, behind the features that need it.

#[cfg(not(all(feature = "base", feature = "sentinel")))]
mod absent;
#[cfg(feature = "base")]
mod base;
#[cfg(any(feature = "base", feature = "sentinel"))]
mod length;
#[cfg(feature = "sentinel")]
mod sentinel;

#[cfg(not(feature = "base"))]
use absent as base;
#[cfg(not(feature = "sentinel"))]
use absent as sentinel;

use hybi_version::{Role, Version, Versions, steps};

use crate::{Error, Front, Opcode, Piece, Rest, WholeMessage, mask, proven, validate_utf8};

/// The versions whose frames this build can decode.
pub const SUPPORTED: Versions = {
    let mut supported = Versions::NONE;
    if cfg!(feature = "hixie75") {
        supported = supported.with(Version::Hixie75);
    }
    if cfg!(feature = "hybi00") {
        supported = supported.with(Version::Hybi00);
    }
    if cfg!(feature = "hybi10") {
        supported = supported.with(Version::Hybi10);
    }
    if cfg!(feature = "hybi17") {
        supported = supported.with(Version::Hybi17);
    }
    supported
};

/// Begins a text frame of hybi-00 and hixie-75 (hybi-00 §4.2).
pub const SENTINEL_TEXT: u8 = 0x00;

/// Ends a text frame of hybi-00 and hixie-75. No byte of UTF-8 is like it (hybi-00 §4.2).
pub const SENTINEL_END: u8 = 0xFF;

/// The closing frame of hybi-00 (hybi-00 §4.2); an empty frame without a meaning in hixie-75.
pub const SENTINEL_CLOSE: [u8; 2] = [0xFF, 0x00];

/// The decoder of one of the wires.
#[derive(Clone, Debug)]
pub(crate) enum Wire {
    Base(base::Decoder),
    Sentinel(sentinel::Decoder),
}

impl Wire {
    pub(crate) fn new(version: Version, role: Role) -> Result<Self, Error> {
        if !SUPPORTED.contains(version) {
            return Err(Error::VersionDisabled { version });
        }
        Ok(match version.wire() {
            hybi_version::Wire::Base => Self::Base(base::Decoder::new(version, role)?),
            hybi_version::Wire::Sentinel => Self::Sentinel(sentinel::Decoder::new(version, role)?),
        })
    }

    pub(crate) fn frame_bytes(&mut self, bytes: u64) {
        match self {
            Self::Base(decoder) => decoder.frame_bytes(bytes),
            Self::Sentinel(decoder) => decoder.frame_bytes(bytes),
        }
    }

    pub(crate) fn whole_message_bytes(&mut self, bytes: u64) {
        match self {
            Self::Base(decoder) => decoder.whole_message_bytes(bytes),
            Self::Sentinel(decoder) => decoder.whole_message_bytes(bytes),
        }
    }

    pub(crate) const fn extension_bits(&mut self, bits: u8) {
        match self {
            Self::Base(decoder) => decoder.extension_bits(bits),
            Self::Sentinel(decoder) => decoder.extension_bits(bits),
        }
    }

    #[inline]
    pub(crate) fn decode<'a>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<Piece<'a>>, Error> {
        let Some((opcode, key, payload)) = self.whole_frame(input) else { return self.step(input) };
        if let Some(key) = key {
            mask::apply(key, payload);
        }
        let length = match self {
            Self::Base(_) => Some(payload.len() as u64),
            Self::Sentinel(_) => None,
        };
        Ok(Some(Piece { payload, length, opcode, fin: true, rsv: 0, first: true, last: true }))
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "else the event of a message goes through memory at each layer")]
    pub(crate) fn whole_message<'a>(&self, input: &mut &'a mut [u8]) -> Option<WholeMessage<'a>> {
        let (opcode, key, payload) = self.whole_frame(input)?;
        Some(match opcode {
            Opcode::Text => match key {
                Some(key) => proven::unmask_text(key, payload)
                    .map_or_else(|bytes| WholeMessage::InvalidText(bytes), WholeMessage::Text),
                None => validate_utf8(payload).map_or(WholeMessage::InvalidText(payload), WholeMessage::Text),
            },
            _ => {
                if let Some(key) = key {
                    mask::apply(key, payload);
                }
                WholeMessage::Binary(payload)
            }
        })
    }

    /// The straight way: a message in one frame that is complete in `input`, with its mask still on. It leaves the state as
    /// it is. Whether other input is wrong, or only something else, [`step`](Self::step) finds out.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "else the event of a message goes through memory at each layer")]
    fn whole_frame<'a>(&self, input: &mut &'a mut [u8]) -> Option<(Opcode, Option<mask::Key>, &'a mut [u8])> {
        steps::count(1);
        match self {
            Self::Base(decoder) => decoder.whole_frame(input),
            Self::Sentinel(decoder) => decoder.whole_frame(input),
        }
    }

    /// The same for everything else.
    #[cold]
    fn step<'a>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<Piece<'a>>, Error> {
        steps::count(1);
        match self {
            Self::Base(decoder) => decoder.step(input),
            Self::Sentinel(decoder) => decoder.step(input),
        }
    }

    #[inline]
    pub(crate) fn rest<'a>(&mut self, input: &mut &'a mut [u8]) -> Option<Rest<'a>> {
        match self {
            Self::Base(decoder) => decoder.rest(input),
            Self::Sentinel(decoder) => decoder.rest(input),
        }
    }

    pub(crate) fn front(&self, input: &[u8]) -> Front {
        match self {
            Self::Base(decoder) => decoder.front(input),
            Self::Sentinel(decoder) => decoder.front(input),
        }
    }

    pub(crate) const fn is_between_frames(&self) -> bool {
        match self {
            Self::Base(decoder) => decoder.is_between_frames(),
            Self::Sentinel(decoder) => decoder.is_between_frames(),
        }
    }
}
