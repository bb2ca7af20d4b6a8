#![doc = include_str!("../README.md")]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

mod builder;
mod check;
mod error;
mod percent;
mod url;

pub use builder::UrlBuilder;
pub use error::Error;
pub use url::Url;
