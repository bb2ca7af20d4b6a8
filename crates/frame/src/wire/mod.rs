//! The two wires, each in its file, behind the features that need it.

#[cfg(not(all(feature = "base", feature = "sentinel")))]
mod absent;
#[cfg(feature = "base")]
mod base;
#[cfg(feature = "sentinel")]
mod sentinel;

#[cfg(not(feature = "base"))]
use absent as base;
#[cfg(not(feature = "sentinel"))]
use absent as sentinel;

use hybi_version::{Role, Version, Versions};

use crate::{Error, Opcode, Piece};

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
        let Some((opcode, payload)) = self.whole_message(input) else { return self.step(input) };
        let length = match self {
            Self::Base(_) => Some(payload.len() as u64),
            Self::Sentinel(_) => None,
        };
        Ok(Some(Piece { payload, length, opcode, fin: true, rsv: 0, first: true, last: true }))
    }

    /// The straight way: a message in one frame that is complete in `input`, and with which all is well. It leaves the
    /// state as it is. Whether other input is wrong, or only something else, [`step`](Self::step) finds out.
    #[inline]
    pub(crate) fn whole_message<'a>(&self, input: &mut &'a mut [u8]) -> Option<(Opcode, &'a mut [u8])> {
        match self {
            Self::Base(decoder) => decoder.whole_message(input),
            Self::Sentinel(decoder) => decoder.whole_message(input),
        }
    }

    /// The same for everything else.
    #[cold]
    fn step<'a>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<Piece<'a>>, Error> {
        match self {
            Self::Base(decoder) => decoder.step(input),
            Self::Sentinel(decoder) => decoder.step(input),
        }
    }

    pub(crate) const fn is_between_frames(&self) -> bool {
        match self {
            Self::Base(decoder) => decoder.is_between_frames(),
            Self::Sentinel(decoder) => decoder.is_between_frames(),
        }
    }
}
