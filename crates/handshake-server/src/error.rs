//! What can be wrong with an opening handshake, and what the client is told.

use core::fmt;

use hybi_version::Version;

/// What is wrong with an opening handshake, each with the rule that it breaks, or with the way it was to be answered.
///
/// Texts that came from the client stand in it escaped and cut to 64 bytes, so an error can be logged.
/// [`write_response`](Self::write_response) makes the answer that the client is owed.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The head is no HTTP/1.1, or larger than the [limits](crate::HandshakeConfig::limits). `RFC 6455 §4.2.1`.
    Http(hybi_http::Error),
    /// The method of a handshake is GET. `RFC 6455 §4.2.1`.
    Method {
        /// The method of the request.
        got: Box<str>,
    },
    /// A handshake is HTTP/1.1 or later; HTTP/1.0 has no `Upgrade`. `RFC 6455 §4.2.1`.
    HttpVersion,
    /// What is asked for is a path with a query perhaps, or a whole http URL. `RFC 6455 §4.2.1`.
    Target {
        /// The target of the request.
        got: Box<str>,
    },
    /// A header that may be there once is there more often. `RFC 6455 §11.3`, `RFC 9112 §3.2` for `Host`,
    /// `RFC 6454 §7.3` for `Origin`.
    Repeated {
        /// The name of the header.
        name: &'static str,
    },
    /// There is no `Host`. `RFC 6455 §4.2.1`.
    MissingHost,
    /// `Host` is not a host with a port perhaps. `RFC 9112 §3.2`.
    Host {
        /// The value.
        got: Box<str>,
    },
    /// `Upgrade` does not name `websocket`. `RFC 6455 §4.2.1`.
    MissingUpgrade,
    /// A plain HTTP request, where nothing but a WebSocket is to be had. `RFC 9110 §15.5.22`.
    NotWebSocket,
    /// `Connection` does not name `Upgrade`. `RFC 6455 §4.2.1`.
    MissingConnection,
    /// A handshake has no body; the bytes behind its head would be taken for frames. `RFC 9110 §7.8`.
    Body {
        /// What tells of a body: `Content-Length` or `Transfer-Encoding`.
        name: &'static str,
        /// The value of that header.
        got: Box<str>,
    },
    /// There is a key, but no `Sec-WebSocket-Version`. `RFC 6455 §4.2.1`.
    MissingVersion,
    /// `Sec-WebSocket-Version` is not a number that we know. `RFC 6455 §4.2.2`.
    VersionUnknown {
        /// The value.
        got: Box<str>,
    },
    /// The version is not compiled in; its cargo feature is off. `RFC 6455 §4.2.2`.
    VersionDisabled {
        /// The version; [`Version::feature`] is the name of the feature.
        version: Version,
    },
    /// The version is compiled in, but [not allowed](crate::HandshakeConfig::versions). `RFC 6455 §4.2.2`.
    VersionNotAllowed {
        /// The version.
        version: Version,
    },
    /// A key is missing: `Sec-WebSocket-Key` (`RFC 6455 §4.2.1`), or one of `Sec-WebSocket-Key1` and `-Key2`
    /// where the other one is there (`hybi-00 §5.2`).
    MissingKey {
        /// The name of its header.
        name: &'static str,
    },
    /// A key is not 16 bytes in base64 (`RFC 6455 §4.2.1`), or does not have digits and spaces so that the number is a
    /// multiple of the spaces (`hybi-00 §5.2`).
    Key {
        /// The name of its header.
        name: &'static str,
        /// What is wrong with it.
        error: hybi_challenge::Error,
    },
    /// `Sec-WebSocket-Draft` names another draft than 0. `hybi-00 §5.2`.
    Draft {
        /// The value.
        got: Box<str>,
    },
    /// There is no `Origin`, which draft-hixie-75 requires. `hixie-75 §4.1`.
    MissingOrigin,
    /// The origin is not visible ASCII. `RFC 6454 §7.1`.
    Origin {
        /// The value.
        got: Box<str>,
    },
    /// The [policy](crate::HandshakeConfig::origins) does not let pages of this origin in. `RFC 6455 §4.2.2`, `§10.2`.
    OriginNotAllowed {
        /// The origin.
        got: Box<str>,
    },
    /// An offered subprotocol is not a token (`RFC 6455 §4.1`), or the one that is asked for is empty or not ASCII
    /// (`hybi-00 §5.2`).
    Subprotocol {
        /// The element of the list.
        got: Box<str>,
    },
    /// A subprotocol is offered twice. `RFC 6455 §4.1`.
    RepeatedSubprotocol {
        /// The subprotocol.
        got: Box<str>,
    },
    /// `Sec-WebSocket-Extensions` is no list of extensions. `RFC 6455 §9.1`.
    Extensions(hybi_http::Error),
    /// An extended CONNECT asks for another protocol than `websocket`. `RFC 8441 §5`, `RFC 9220 §3`.
    ConnectProtocol {
        /// The value of `:protocol`.
        got: Box<str>,
    },
    /// The scheme of an extended CONNECT is https or http. `RFC 8441 §5`.
    ConnectScheme {
        /// The value of `:scheme`.
        got: Box<str>,
    },
    /// The version needs a connection of its own, and came over a stream of HTTP/2 or HTTP/3. `RFC 8441 §5`.
    ConnectVersion {
        /// The version.
        version: Version,
    },

    /// Our fault: the subprotocol to be answered was not offered. `RFC 6455 §4.2.2`.
    SubprotocolNotOffered {
        /// The subprotocol.
        got: Box<str>,
    },
    /// Our fault: the extension to be answered was not offered. `RFC 6455 §4.2.2`.
    ExtensionNotOffered {
        /// The name of the extension.
        got: Box<str>,
    },
    /// Our fault: the handshake writes this header itself, or an answer with status 101 has none such. `RFC 6455 §4.2.2`,
    /// `RFC 9110 §8.6`.
    ReservedHeader {
        /// The name.
        got: Box<str>,
    },
    /// Our fault: a header or a response that was to be sent can not be. `RFC 9110 §5.5`.
    Answer(hybi_http::Error),
    /// Our fault: there is no request that waits for an answer. `RFC 6455 §4.2.2`.
    NothingToAnswer,
}

impl Error {
    /// The status that answers it: 400, 403, 405, 426, 431, 501, 505, or what [`hybi_http::Error::status`] says; 500 for what
    /// is our fault.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Http(error) => error.status(),
            Self::Method { .. } => 405,
            Self::HttpVersion => 505,
            Self::OriginNotAllowed { .. } => 403,
            Self::ConnectProtocol { .. } => 501,
            Self::NotWebSocket
            | Self::VersionUnknown { .. }
            | Self::VersionDisabled { .. }
            | Self::VersionNotAllowed { .. } => 426,
            Self::SubprotocolNotOffered { .. }
            | Self::ExtensionNotOffered { .. }
            | Self::ReservedHeader { .. }
            | Self::Answer(_)
            | Self::NothingToAnswer => 500,
            _ => 400,
        }
    }

    /// What is wrong, without anything that came from the client. It is the body of the
    /// [answer](Self::write_response).
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Http(_) => "the request head is not HTTP/1.1 as it should be",
            Self::Method { .. } => "the method of a WebSocket handshake is GET",
            Self::HttpVersion => "a WebSocket handshake is HTTP/1.1, not HTTP/1.0",
            Self::Target { .. } => "expected a path or an http URL as the target",
            Self::Repeated { .. } => "a header is there twice that may be there once",
            Self::MissingHost => "there is no Host header",
            Self::Host { .. } => "the Host header is not a host",
            Self::MissingUpgrade => "the Upgrade header does not name websocket",
            Self::NotWebSocket => "a WebSocket handshake is expected here",
            Self::MissingConnection => "the Connection header does not name Upgrade",
            Self::Body { .. } => "a WebSocket handshake has no body",
            Self::MissingVersion => "there is no Sec-WebSocket-Version header",
            Self::VersionUnknown { .. } => "Sec-WebSocket-Version is not a version that we know",
            Self::VersionDisabled { .. } | Self::VersionNotAllowed { .. } => {
                "this version of the WebSocket protocol is not spoken here"
            }
            Self::MissingKey { .. } => "a key of the handshake is missing",
            Self::Key { .. } => "a key of the handshake is not as it should be",
            Self::Draft { .. } => "Sec-WebSocket-Draft is not 0",
            Self::MissingOrigin => "there is no Origin header",
            Self::Origin { .. } => "the origin is not visible ASCII",
            Self::OriginNotAllowed { .. } => "pages of this origin may not connect",
            Self::Subprotocol { .. } => "a subprotocol that is offered is no token",
            Self::RepeatedSubprotocol { .. } => "a subprotocol is offered twice",
            Self::Extensions(_) => "Sec-WebSocket-Extensions is no list of extensions",
            Self::ConnectProtocol { .. } => "the protocol of an extended CONNECT is websocket",
            Self::ConnectScheme { .. } => "the scheme of an extended CONNECT is https or http",
            Self::ConnectVersion { .. } => {
                "this version of the WebSocket protocol is not spoken over HTTP/2 and HTTP/3"
            }
            Self::SubprotocolNotOffered { .. } => "the subprotocol of the answer was not offered",
            Self::ExtensionNotOffered { .. } => "an extension of the answer was not offered",
            Self::ReservedHeader { .. } => "the handshake does not leave this header to the caller",
            Self::Answer(_) => "the answer can not be sent",
            Self::NothingToAnswer => "there is no request that waits for an answer",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())?;
        match self {
            Self::Http(error) | Self::Extensions(error) | Self::Answer(error) => write!(f, ": {error}"),
            Self::Method { got }
            | Self::Target { got }
            | Self::Host { got }
            | Self::VersionUnknown { got }
            | Self::Draft { got }
            | Self::Origin { got }
            | Self::OriginNotAllowed { got }
            | Self::Subprotocol { got }
            | Self::RepeatedSubprotocol { got }
            | Self::ConnectProtocol { got }
            | Self::ConnectScheme { got }
            | Self::SubprotocolNotOffered { got }
            | Self::ExtensionNotOffered { got }
            | Self::ReservedHeader { got } => write!(f, ", got {got:?}"),
            Self::Repeated { name } | Self::MissingKey { name } => write!(f, ": {name}"),
            Self::Body { name, got } => write!(f, ", got {name}: {got}"),
            Self::Key { name, error } => write!(f, ": {name}: {error}"),
            Self::VersionDisabled { version } => write!(f, ": {version}; enable the feature `{}`", version.feature()),
            Self::ConnectVersion { version } => write!(f, ": {version}"),
            Self::VersionNotAllowed { version } => write!(f, ": {version}; the configuration does not allow it"),
            _ => Ok(()),
        }
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Http(error) | Self::Extensions(error) | Self::Answer(error) => Some(error),
            Self::Key { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// The start of a text, with all that is not visible ASCII escaped.
#[cold]
pub(crate) fn excerpt(text: &[u8]) -> Box<str> {
    text.get(..EXCERPT).unwrap_or(text).escape_ascii().to_string().into_boxed_str()
}

/// How much of a client's text an error keeps, in bytes of that text.
const EXCERPT: usize = hybi_http::Error::EXCERPT;
