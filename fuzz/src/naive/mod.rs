//! The slow twins of the two decoders: all bytes at hand, one rule after the other.

mod base;
mod sentinel;

pub(crate) use base::base;
pub(crate) use sentinel::sentinel;

use hybi::frame::{Error, Opcode};

/// A frame, and where its payload began on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) opcode: Opcode,
    pub(crate) fin: bool,
    pub(crate) rsv: u8,
    pub(crate) payload: Vec<u8>,
}

/// What came of some bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The frames that are complete.
    pub(crate) frames: Vec<Frame>,
    /// Whether the bytes end between two frames, or what is wrong with them.
    pub(crate) end: Result<bool, Error>,
}
