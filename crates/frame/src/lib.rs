#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod ascii;
mod close;
mod close_reason;
#[cfg(feature = "alloc")]
mod collect;
mod decoder;
#[cfg(feature = "alloc")]
mod encoder;
mod error;
mod header;
pub mod mask;
mod opcode;
mod proven;
mod utf8;
mod wire;

pub use close::CloseCode;
pub use close_reason::{ClosePayload, CloseReason};
#[cfg(feature = "alloc")]
pub use collect::Collected;
pub use decoder::{Decoder, Front, Piece, Rest, WholeMessage};
#[cfg(feature = "alloc")]
pub use encoder::{encode_frame, encode_masked, encode_sentinel_text};
pub use error::Error;
pub use header::{Header, HeaderBytes};
pub use opcode::Opcode;
#[cfg(feature = "alloc")]
pub use proven::{Hold, ReadBuffer, TextBuffer, Unread, text_from_utf8};
pub use utf8::{Checked, Utf8, validate_utf8};
pub use wire::{SENTINEL_CLOSE, SENTINEL_END, SENTINEL_TEXT, SUPPORTED};

pub use hybi_version::{Role, Version, Versions};
