#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

#[cfg(feature = "bytes")]
mod bytes_crate;
mod closing;
mod config;
mod connection;
mod deadlines;
mod error;
mod event;
mod extension;
mod halves;
mod inbound;
mod limits;
mod outbound;
mod pending;
mod prepared;
mod random;
mod state;

pub use config::{Config, Delivery};
pub use connection::Connection;
pub use deadlines::{Deadlines, Due, Timeouts, Waiting};
pub use error::{Error, SendError};
pub use event::{Close, Event, Kind, Part};
pub use halves::{Receiver, Sender};
pub use limits::Limits;
pub use prepared::Prepared;
pub use state::State;

#[cfg(feature = "bytes")]
pub use ::bytes;
#[cfg(feature = "deflate")]
pub use hybi_deflate as deflate;
pub use hybi_frame as frame;
pub use hybi_frame::{CloseCode, CloseReason, ReadBuffer, SUPPORTED, Unread};
pub use hybi_version::{Role, Version, Versions};
