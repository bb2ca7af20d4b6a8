#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

mod accepted;
mod client;
mod config;
mod connect;
mod connected;
mod error;
mod event;
mod extension;
#[cfg(feature = "http")]
mod http_crate;
mod limits;
mod send;
mod server;
mod upgraded;

pub use client::Client;
pub use config::{ClientConfig, ServerConfig};
pub use connect::ClientConnect;
pub use connected::Connected;
pub use error::Error;
pub use event::Event;
pub use limits::Limits;
pub use server::Server;
pub use upgraded::Accepted;

pub use hybi_connection::{
    Close, Connection, Deadlines, Delivery, Due, Kind, Part, Prepared, ReadBuffer, Receiver, SendError, Sender, State,
    Timeouts, Unread, Waiting,
};
pub use hybi_connection::{Config as ConnectionConfig, Error as ConnectionError, Event as ConnectionEvent};
pub use hybi_frame::{CloseCode, CloseReason};
pub use hybi_handshake_client::Offer;
pub use hybi_handshake_server::{Accept, HandshakeConfig, OriginPolicy, SUPPORTED, Upgrade};
pub use hybi_url::Url;
pub use hybi_version::{Role, Version, Versions};

#[cfg(feature = "bytes")]
pub use hybi_connection::bytes;
#[cfg(feature = "deflate")]
pub use hybi_deflate as deflate;
pub use hybi_frame as frame;
pub use hybi_handshake_client as handshake_client;
pub use hybi_handshake_server as handshake_server;
pub use hybi_http as http;

/// The code of the pages, so that it stays true.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../../../docs/from-protocol-websocket.md")]
    mod from_protocol_websocket {}
    #[doc = include_str!("../../../docs/from-tungstenite.md")]
    mod from_tungstenite {}
    #[doc = include_str!("../../../docs/guide.md")]
    mod guide {}
}
