//! What all connections of a server, or of a client, share.

use std::borrow::Cow;
use std::sync::Arc;

use hybi_connection::Config;
use hybi_handshake_client::Offer;
use hybi_handshake_server::HandshakeConfig;

use crate::Limits;
use crate::extension::Compression;

/// What all connections of a server share. Cheap to clone.
///
/// ```
/// use hybi::{Limits, OriginPolicy, Server, HandshakeConfig, ServerConfig};
///
/// let config = ServerConfig::new()
///     .handshake(HandshakeConfig::new().origins(OriginPolicy::SameOrigin).subprotocols(["chat"]))
///     .limits(Limits::new().message_bytes(1 << 20));
/// let server = Server::with(&config);                       // one for each connection
/// # let _ = server;
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ServerConfig {
    pub(crate) handshake: Arc<HandshakeConfig>,
    pub(crate) connection: Arc<Config>,
    pub(crate) compression: Option<Arc<Compression>>,
    limits: Option<Limits>,
}

impl ServerConfig {
    /// The defaults: every version that is compiled in, pages of the same origin, safe limits, no compression.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets what is wanted of handshakes.
    pub fn handshake(mut self, config: impl Into<Arc<HandshakeConfig>>) -> Self {
        self.handshake = config.into();
        self.limited()
    }

    /// Sets how connections behave after it.
    pub fn connection(mut self, config: impl Into<Arc<Config>>) -> Self {
        self.connection = config.into();
        self.limited()
    }

    /// Sets what is taken from a peer at most, in place of the limits of the two configurations.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self.limited()
    }

    fn limited(mut self) -> Self {
        if let Some(limits) = self.limits {
            self.handshake = Arc::new(Arc::unwrap_or_clone(self.handshake).limits(limits));
            limit(&mut self.connection, limits);
        }
        self
    }
}

/// What all connections of a client share. Cheap to clone.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ClientConfig {
    pub(crate) connection: Arc<Config>,
    pub(crate) compression: Option<Arc<Compression>>,
    limits: Option<Limits>,
}

impl ClientConfig {
    /// The defaults: safe limits, no compression.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how connections behave after the handshake.
    pub fn connection(mut self, config: impl Into<Arc<Config>>) -> Self {
        self.connection = config.into();
        self.limited()
    }

    /// Sets what is taken from a peer at most, in place of the limits of the offer and of the configuration.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self.limited()
    }

    /// The offer, with the limits that are set here.
    pub(crate) fn offer<'a>(&self, offer: &'a Offer) -> Cow<'a, Offer> {
        match self.limits {
            Some(limits) => Cow::Owned(offer.clone().limits(limits)),
            None => Cow::Borrowed(offer),
        }
    }

    fn limited(mut self) -> Self {
        if let Some(limits) = self.limits {
            limit(&mut self.connection, limits);
        }
        self
    }
}

fn limit(config: &mut Arc<Config>, limits: Limits) {
    Arc::make_mut(config).limits = limits.into();
}
