//! What changes the payload of messages: permessage-deflate, behind its feature.

#[cfg(not(feature = "deflate"))]
mod absent;
#[cfg(feature = "deflate")]
mod deflate;

#[cfg(not(feature = "deflate"))]
use absent as deflate;

pub(crate) use deflate::{Deflate, Inflate};

/// The reserved bit that marks a compressed message, on its first frame (RFC 7692 §6).
pub(crate) const RSV1: u8 = 0b100;
