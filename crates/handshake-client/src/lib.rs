#![doc = include_str!("../README.md")]

mod answer;
mod basic_auth;
mod build;
mod check;
mod draft;
mod error;
mod handshake;
mod offer;

pub use answer::{Agreed, Answer};
pub use draft::SUPPORTED;
pub use error::Error;
pub use handshake::ClientHandshake;
pub use offer::Offer;
