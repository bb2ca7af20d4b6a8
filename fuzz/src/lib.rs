#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod challenge;
mod client;
mod compression;
mod connection;
mod cookies;
mod deflate;
mod end;
mod extension_list;
mod frame_base;
mod frame_round_trip;
mod frame_sentinel;
mod handshake_build;
mod headers;
mod http_build;
mod http_request;
mod http_response;
mod input;
mod naive;
pub mod seeds;
mod server;
mod talk;
mod targets;
mod tungstenite;
mod url;
mod utf8;

pub use challenge::check_challenge;
pub use client::check_client;
pub use connection::check_connection;
pub use cookies::check_cookies;
pub use deflate::{check_deflate_decompress, check_deflate_negotiate, check_deflate_round_trip};
pub use extension_list::check_extension_list;
pub use frame_base::check_frame_base;
pub use frame_round_trip::check_frame_round_trip;
pub use frame_sentinel::check_frame_sentinel;
pub use handshake_build::check_handshake_build;
pub use http_build::check_http_build;
pub use http_request::check_http_request;
pub use http_response::check_http_response;
pub use server::check_server;
pub use talk::check_talk;
pub use targets::{TARGETS, Target};
pub use tungstenite::check_tungstenite;
pub use url::check_url;
pub use utf8::check_utf8;
