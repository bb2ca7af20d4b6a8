#![doc = include_str!("../README.md")]

mod builder;
mod check;
mod error;
mod percent;
mod url;

pub use builder::UrlBuilder;
pub use error::Error;
pub use url::Url;
