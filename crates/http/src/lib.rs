#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

mod connect;
mod cookie;
mod env;
mod error;
mod extension;
mod fault;
mod grammar;
mod head;
mod headers;
#[cfg(feature = "http")]
mod http_crate;
mod limits;
mod list;
mod parse;
mod reader;
mod request;
mod response;
mod run;
mod scan;
mod set_cookie;
mod span;
mod status;
#[doc(hidden)]
pub mod steps;
mod version;
mod write;

pub use connect::ExtendedConnect;
pub use error::Error;
pub use extension::{Extension, Param, extensions};
pub use grammar::is_token;
pub use headers::Headers;
pub use limits::Limits;
pub use list::{quote, tokens, unquote};
pub use reader::HeadReader;
pub use request::Request;
pub use response::Response;
pub use set_cookie::{SameSite, SetCookie};
pub use status::standard_reason;
pub use version::HttpVersion;
pub use write::{write_header, write_request_line, write_status_line};

/// The crate `http`, whose types are converted from and to.
#[cfg(feature = "http")]
pub use ::http as http_types;
