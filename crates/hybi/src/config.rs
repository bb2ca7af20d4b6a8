//! What all connections of a server, or of a client, share.

use std::sync::Arc;

use hybi_connection::Config;
use hybi_handshake_server::HandshakeConfig;

use crate::extension::Compression;

/// What all connections of a server share. Cheap to clone.
///
/// ```
/// use hybi::{ConnectionConfig, Limits, OriginPolicy, Server, HandshakeConfig, ServerConfig};
///
/// let config = ServerConfig::new()
///     .handshake(HandshakeConfig::new().origins(OriginPolicy::SameOrigin).subprotocols(["chat"]))
///     .connection(ConnectionConfig::new().limits(Limits::new().message_bytes(1 << 20)));
/// let server = Server::with(&config);                       // one for each connection
/// # let _ = server;
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ServerConfig {
    pub(crate) handshake: Arc<HandshakeConfig>,
    pub(crate) connection: Arc<Config>,
    pub(crate) compression: Option<Compression>,
}

impl ServerConfig {
    /// The defaults: every version that is compiled in, pages of the same origin, safe limits, no compression.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets what is wanted of handshakes.
    pub fn handshake(mut self, config: impl Into<Arc<HandshakeConfig>>) -> Self {
        self.handshake = config.into();
        self
    }

    /// Sets how connections behave after it.
    pub fn connection(mut self, config: impl Into<Arc<Config>>) -> Self {
        self.connection = config.into();
        self
    }
}

/// What all connections of a client share. Cheap to clone.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ClientConfig {
    pub(crate) connection: Arc<Config>,
    pub(crate) compression: Option<Compression>,
}

impl ClientConfig {
    /// The defaults: safe limits, no compression.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how connections behave after the handshake.
    pub fn connection(mut self, config: impl Into<Arc<Config>>) -> Self {
        self.connection = config.into();
        self
    }
}
