#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

mod answer;
mod basic_auth;
mod build;
mod check;
mod connect;
mod draft;
mod error;
mod handshake;
#[cfg(feature = "http")]
mod http_crate;
mod offer;

pub use answer::{Agreed, Answer};
pub use connect::ConnectHandshake;
pub use draft::SUPPORTED;
pub use error::Error;
pub use handshake::ClientHandshake;
pub use offer::Offer;

pub use hybi_http as http;
pub use hybi_url as url;
pub use hybi_url::Url;
pub use hybi_version::{Version, Versions};
