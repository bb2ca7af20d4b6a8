//! Agreeing on permessage-deflate, behind its feature.

#[cfg(not(feature = "deflate"))]
mod absent;
#[cfg(feature = "deflate")]
mod deflate;

#[cfg(not(feature = "deflate"))]
use absent as deflate;

pub(crate) use deflate::{Agreed, Compression};
