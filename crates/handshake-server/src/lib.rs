#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

mod accept;
mod authority;
mod config;
mod connect;
mod draft;
mod error;
mod extensions;
mod fields;
mod handshake;
#[cfg(feature = "http")]
mod http_crate;
mod policy;
mod printable;
mod refusal;
mod subprotocols;
mod upgrade;

pub use accept::Accept;
pub use config::HandshakeConfig;
pub use draft::{SUPPORTED, detect};
pub use error::Error;
pub use handshake::{Received, ServerHandshake};
pub use policy::OriginPolicy;
pub use upgrade::Upgrade;

pub use hybi_challenge as challenge;
pub use hybi_http as http;
pub use hybi_version::{Version, Versions};
