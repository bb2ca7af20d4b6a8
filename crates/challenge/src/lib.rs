#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

#[cfg(feature = "accept")]
mod accept;
#[cfg(feature = "key-pair")]
mod checksum;
mod constant_time;
mod error;
#[cfg(feature = "accept")]
mod key;
#[cfg(feature = "key-pair")]
mod key_pair;
mod random;

#[cfg(feature = "accept")]
pub use accept::AcceptValue;
#[cfg(feature = "key-pair")]
pub use checksum::{Checksum, key_part};
pub use constant_time::constant_time_eq;
pub use error::Error;
#[cfg(feature = "accept")]
pub use key::Key;
#[cfg(feature = "key-pair")]
pub use key_pair::KeyPair;
pub use random::random_bytes;
