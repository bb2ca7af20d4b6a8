#![doc = include_str!("../README.md")]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

mod compressor;
mod config;
mod decompressor;
mod error;
mod history;
mod negotiate;
mod params;
mod pool;
mod range;

pub use compressor::Compressor;
pub use config::Config;
pub use decompressor::Decompressor;
pub use error::Error;
pub use params::Params;
pub use pool::Pool;
pub use range::{Level, WindowBits};

pub use hybi_http as http;
