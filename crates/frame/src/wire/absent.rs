//! Stands in for a wire that this build leaves out: a decoder that can't exist.

use hybi_version::{Role, Version};

use crate::{Error, Front, Opcode, Piece, Rest, mask};

#[derive(Clone, Debug)]
pub(crate) enum Decoder {}

impl Decoder {
    pub(crate) const fn new(version: Version, _role: Role) -> Result<Self, Error> {
        Err(Error::VersionDisabled { version })
    }

    pub(crate) const fn frame_bytes(&mut self, _bytes: u64) {
        match *self {}
    }

    pub(crate) const fn whole_message_bytes(&mut self, _bytes: u64) {
        match *self {}
    }

    pub(crate) const fn extension_bits(&mut self, _bits: u8) {
        match *self {}
    }

    pub(crate) const fn whole_frame<'a>(
        &self,
        _input: &mut &'a mut [u8],
    ) -> Option<(Opcode, Option<mask::Key>, &'a mut [u8])> {
        match *self {}
    }

    pub(crate) const fn step<'a>(&mut self, _input: &mut &'a mut [u8]) -> Result<Option<Piece<'a>>, Error> {
        match *self {}
    }

    pub(crate) const fn rest<'a>(&mut self, _input: &mut &'a mut [u8]) -> Option<Rest<'a>> {
        match *self {}
    }

    pub(crate) const fn front(&self, _input: &[u8]) -> Front {
        match *self {}
    }

    pub(crate) const fn is_between_frames(&self) -> bool {
        match *self {}
    }
}
