//! What all connections of a server, or of a client, share.

use std::sync::Arc;

use hybi_connection::Config;
use hybi_handshake_server::ServerConfig;

use crate::extension::Compression;

/// What all connections of a server share. Cheap to clone.
///
/// ```
/// use hybi::{Config, Limits, OriginPolicy, Server, ServerConfig, ServerOptions};
///
/// let options = ServerOptions::new()
///     .handshake(ServerConfig::new().origins(OriginPolicy::SameOrigin).subprotocols(["chat"]))
///     .connection(Config::new().limits(Limits::new().message_bytes(1 << 20)));
/// let server = Server::with(&options);                       // one for each connection
/// # let _ = server;
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ServerOptions {
    pub(crate) handshake: Arc<ServerConfig>,
    pub(crate) connection: Arc<Config>,
    pub(crate) compression: Option<Compression>,
}

impl ServerOptions {
    /// The defaults: every version that is compiled in, pages of the same origin, safe limits, no compression.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets what is wanted of handshakes.
    pub fn handshake(mut self, config: impl Into<Arc<ServerConfig>>) -> Self {
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
pub struct ClientOptions {
    pub(crate) connection: Arc<Config>,
    pub(crate) compression: Option<Compression>,
}

impl ClientOptions {
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
