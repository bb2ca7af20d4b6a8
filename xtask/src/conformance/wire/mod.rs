//! A writer and a reader of the wire that share nothing with the library under test: they can write every
//! mistake that the cases need, and read every mistake that a peer may make.

pub(crate) mod base;
pub(crate) mod close;
pub(crate) mod deflate;
pub(crate) mod digest;
pub(crate) mod head;
mod inflate;
pub(crate) mod sentinel;
