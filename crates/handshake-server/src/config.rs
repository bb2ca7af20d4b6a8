//! What a server wants, the same for all its connections.

use hybi_http::Limits;
use hybi_version::Versions;

use crate::{OriginPolicy, draft};

/// What a server wants of its handshakes; one value serves all connections.
///
/// ```
/// use hybi_handshake_server::{OriginPolicy, HandshakeConfig};
///
/// let config = HandshakeConfig::new()
///     .origins(OriginPolicy::List(vec!["https://example.com".into()]))
///     .subprotocols(["chat.v2", "chat.v1"]);
/// println!("spoken: {}", config.spoken());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandshakeConfig {
    pub(crate) versions: Versions,
    pub(crate) origins: OriginPolicy,
    pub(crate) subprotocols: Vec<String>,
    pub(crate) trust_proxy: bool,
    pub(crate) secure: bool,
    pub(crate) limits: Limits,
}

impl HandshakeConfig {
    /// All versions that are compiled in, pages of the same origin, no subprotocol, no proxy, no TLS.
    #[must_use]
    pub fn new() -> Self {
        Self {
            versions: Versions::ALL,
            origins: OriginPolicy::default(),
            subprotocols: Vec::new(),
            trust_proxy: false,
            secure: false,
            limits: Limits::default(),
        }
    }

    /// The versions that may be spoken, among those that are compiled in. Default: all of these.
    ///
    /// Features add up over the whole dependency graph, so what is compiled in may be more than you asked for.
    #[must_use]
    pub const fn versions(mut self, versions: Versions) -> Self {
        self.versions = versions;
        self
    }

    /// Which web pages may connect. Default: those of the same origin.
    #[must_use]
    pub fn origins(mut self, policy: OriginPolicy) -> Self {
        self.origins = policy;
        self
    }

    /// The subprotocols that the server knows, the best first. Of those that a client offers, the best is
    /// [chosen](crate::Upgrade::subprotocol). Default: none.
    #[must_use]
    pub fn subprotocols<S: Into<String>>(mut self, subprotocols: impl IntoIterator<Item = S>) -> Self {
        self.subprotocols = subprotocols.into_iter().map(Into::into).collect();
        self
    }

    /// Whether to believe `X-Forwarded-Proto`. Say so if a proxy of yours stands before the server and sets or removes
    /// that header; anybody else's word is not worth anything. Default: false.
    ///
    /// The two old drafts answer with their own URL, which a client compares: `wss:` if the client came to the proxy with
    /// TLS.
    #[must_use]
    pub const fn trust_proxy(mut self, trust: bool) -> Self {
        self.trust_proxy = trust;
        self
    }

    /// Whether the server itself speaks TLS, so that its URL begins with `wss:`. Default: false.
    #[must_use]
    pub const fn secure(mut self, secure: bool) -> Self {
        self.secure = secure;
        self
    }

    /// What a head may cost.
    #[must_use]
    pub fn limits(mut self, limits: impl Into<Limits>) -> Self {
        self.limits = limits.into();
        self
    }

    /// The versions that are spoken: compiled in and allowed.
    #[must_use]
    pub fn spoken(&self) -> Versions {
        draft::SUPPORTED.intersection(self.versions)
    }
}

impl Default for HandshakeConfig {
    fn default() -> Self {
        Self::new()
    }
}
