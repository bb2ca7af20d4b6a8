//! Extended CONNECT: the opening handshake on a stream of HTTP/2 (RFC 8441) or HTTP/3 (RFC 9220).

use hybi_http::ExtendedConnect;

use crate::draft::{self, Proof};
use crate::error::excerpt;
use crate::fields::Fields;
use crate::upgrade::{Findings, came_with_tls, check_body, check_origin};
use crate::{Error, HandshakeConfig, Upgrade, authority, extensions, subprotocols};

impl Upgrade<'static> {
    /// Checks an extended CONNECT, with which a connection begins on a stream of HTTP/2 (RFC 8441 §5) or HTTP/3 (RFC 9220 §3).
    /// The stream itself, and the setting that allows the request, are the matter of a library for these.
    ///
    /// All that a handshake over HTTP/1.1 negotiates is negotiated in the same way: subprotocols, extensions, the origin,
    /// the version, which is 13. There is no key and no proof; `:protocol` does their work, and keys that are there all the
    /// same are not looked at. [`answer`](Self::answer) gives the 200 that accepts it. Then frames go over the stream as
    /// they would over TCP, those of the client masked. The [`request`](Self::request) is told as HTTP/1.1 would say it: the
    /// method CONNECT, the path as the target, the authority as `host`.
    ///
    /// ```
    /// # #[cfg(feature = "hybi17")] {
    /// use hybi_handshake_server::http::{ExtendedConnect, Limits};
    /// use hybi_handshake_server::{Accept, HandshakeConfig, Upgrade};
    ///
    /// let fields = [
    ///     (":method", "CONNECT"), (":protocol", "websocket"), (":scheme", "https"), (":path", "/chat"),
    ///     (":authority", "server.example.com"), ("sec-websocket-version", "13"), ("sec-websocket-protocol", "v2, v1"),
    /// ];
    /// let connect = ExtendedConnect::from_fields(fields, &Limits::default())?;
    /// let upgrade = Upgrade::check_connect(connect, &HandshakeConfig::new().subprotocols(["v1"]))?;
    /// let answer = upgrade.answer(&Accept::new())?;
    /// assert_eq!((answer.status(), answer.headers().len()), (200, 1));
    /// assert_eq!(answer.headers().get_str("sec-websocket-protocol"), Some("v1"));
    /// # }
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first rule that the request breaks; [`Error::connect_response`] is what to answer.
    pub fn check_connect(connect: ExtendedConnect, config: &HandshakeConfig) -> Result<Self, Error> {
        let findings = examine(&connect, config)?;
        Ok(Self { request: connect.into_request(), findings })
    }
}

/// The rules of `RFC 8441 §5` come first, then those that hold over HTTP/1.1 as well.
fn examine(connect: &ExtendedConnect, config: &HandshakeConfig) -> Result<Findings, Error> {
    let request = connect.request();
    let fields = Fields::of(request);
    let protocol = connect.protocol();
    if !SPOKEN.eq_ignore_ascii_case(protocol) {
        return Err(Error::ConnectProtocol { got: excerpt(protocol.as_bytes()) });
    }
    let scheme = connect.scheme();
    if !["https", "http"].iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
        return Err(Error::ConnectScheme { got: excerpt(scheme.as_bytes()) });
    }
    let version = draft::detect_numbered(request, &fields)?;
    let facts = version.facts();
    if facts.connect_protocol.is_none() {
        return Err(Error::ConnectVersion { version });
    }
    let Some(draft) = draft::find(version) else { return Err(Error::VersionDisabled { version }) };
    if !config.versions.contains(version) {
        return Err(Error::VersionNotAllowed { version });
    }
    let (host, path) = (connect.authority(), connect.path());
    if !path.starts_with('/') || path.contains('#') {
        return Err(Error::Target { got: excerpt(path.as_bytes()) });
    }
    if !authority::is_authority(host.as_bytes()) {
        return Err(Error::Host { got: excerpt(host.as_bytes()) });
    }
    check_body(request, &fields, draft)?;
    let origin = check_origin(request, fields.origin_of(facts), facts)?;
    let subprotocol = subprotocols::check(fields.protocol_of(facts), request, facts, &config.subprotocols)?;
    extensions::check(fields.extensions, request)?;
    let tls = config.secure || scheme.eq_ignore_ascii_case("https");
    let secure = tls || (config.trust_proxy && came_with_tls(request, fields.forwarded_proto));
    match origin {
        Some(origin) if !config.origins.allows_bytes(origin, host.as_bytes(), secure) => {
            Err(Error::OriginNotAllowed { got: excerpt(origin) })
        }
        _ => Ok(Findings { version, proof: Proof::None, secure, connect: true, subprotocol }),
    }
}

/// The token in `:protocol`, the same as in `Upgrade`. `RFC 8441 §5`.
const SPOKEN: &str = "websocket";
