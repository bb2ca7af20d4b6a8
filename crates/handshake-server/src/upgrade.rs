//! An opening handshake that was checked.

use core::ops::Deref;

use hybi_http::{Extension, HttpVersion, Request};
use hybi_version::{Facts, Version};

use crate::draft::{self, Draft, Proof};
use crate::error::excerpt;
use crate::fields::{Field, Fields};
use crate::printable::is_printable;
use crate::{Error, HandshakeConfig, authority, extensions, subprotocols};

/// An opening handshake that keeps all the rules and waits for the application's answer.
///
/// It borrows the input, if its head was whole there, and nothing else. It derefs to its [`Request`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upgrade<'a> {
    pub(crate) request: Request<'a>,
    pub(crate) findings: Findings,
}

/// What a check found out, beside that all is well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Findings {
    pub(crate) version: Version,
    /// What the answer proves with.
    pub(crate) proof: Proof,
    pub(crate) secure: bool,
    /// Whether it came as an extended CONNECT.
    pub(crate) connect: bool,
    /// Which of the offered subprotocols the server likes best.
    pub(crate) subprotocol: Option<u32>,
}

impl<'a> Upgrade<'a> {
    /// Checks a request whose head someone else parsed, a web framework for example.
    ///
    /// For draft-ietf-hybi-00 the eight bytes behind the head are still to be read; see
    /// [`answer_key3`](Self::answer_key3).
    ///
    /// # Errors
    ///
    /// The first rule that the request breaks. [`Error::MissingUpgrade`] if it asks for no WebSocket.
    pub fn check(request: Request<'a>, config: &HandshakeConfig) -> Result<Self, Error> {
        let Some(findings) = examine(&request, &Fields::of(&request), config)? else {
            return Err(Error::MissingUpgrade);
        };
        Ok(Self { request, findings })
    }

    /// The version of the protocol that the client speaks.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.findings.version
    }

    /// The request, with all its headers.
    #[must_use]
    pub const fn request(&self) -> &Request<'a> {
        &self.request
    }

    /// What is asked for: the path, and the query behind a `?` if there is one (RFC 6455 §3).
    #[must_use]
    pub fn resource_name(&self) -> &str {
        let target = authority::split_target(self.request.target_bytes());
        target.map_or("/", |(_, resource_name)| ascii(resource_name))
    }

    /// Host, and port unless it is the default one, under which the client knows the server.
    #[must_use]
    pub fn host(&self) -> &str {
        let named = authority::split_target(self.request.target_bytes()).and_then(|(authority, _)| authority);
        named.map(ascii).or_else(|| self.request.headers().get_str("Host")).unwrap_or_default()
    }

    /// The origin of the web page that connects, or `None` if no browser does.
    #[must_use]
    pub fn origin(&self) -> Option<&str> {
        self.request.headers().get_str(self.facts().origin_request)
    }

    /// Whether the client came with TLS: to us, as the configuration says, or to a proxy that is trusted and says so.
    #[must_use]
    pub const fn is_secure(&self) -> bool {
        self.findings.secure
    }

    /// The URL of the client, as far as the request tells it.
    #[must_use]
    pub fn location(&self) -> String {
        let (scheme, port) = if self.is_secure() { ("wss", authority::HTTPS) } else { ("ws", authority::HTTP) };
        let host = authority::without_port(self.host().as_bytes(), port);
        format!("{scheme}://{}{}", ascii(host), self.resource_name())
    }

    /// Whether it came as an extended CONNECT, over HTTP/2 or HTTP/3 (RFC 8441, RFC 9220). Frames are the same there.
    #[must_use]
    pub const fn is_connect(&self) -> bool {
        self.findings.connect
    }

    /// The subprotocols that the client offers, in its order of preference.
    pub fn subprotocols(&self) -> impl Iterator<Item = &str> + Clone {
        subprotocols::offered(&self.request, self.facts())
    }

    /// The best of the offered subprotocols, in the [order of the server](crate::HandshakeConfig::subprotocols). It is what
    /// [`Accept`](crate::Accept) answers unless told otherwise.
    #[must_use]
    pub fn subprotocol(&self) -> Option<&str> {
        let place = usize::try_from(self.findings.subprotocol?).ok()?;
        self.subprotocols().nth(place)
    }

    /// The extensions that the client offers, in its order of preference. They were checked to be well-formed.
    pub fn extensions(&self) -> impl Iterator<Item = Extension<'_>> {
        let name = self.version().can().extensions.then_some("Sec-WebSocket-Extensions");
        name.into_iter().flat_map(|name| self.request.headers().extensions(name)).filter_map(Result::ok)
    }

    /// What answers the eight bytes behind the head in draft-ietf-hybi-00; `None` in the other versions, which have no
    /// such bytes. [`ServerHandshake`](crate::ServerHandshake) does this by itself.
    #[must_use]
    pub fn answer_key3(&self, key3: [u8; 8]) -> Option<[u8; 16]> {
        checksum(self.version(), self.parts()?, key3)
    }

    /// The request alone.
    #[must_use]
    pub fn into_request(self) -> Request<'a> {
        self.request
    }

    /// The same handshake with a text of its own, which borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Upgrade<'static> {
        Upgrade { request: self.request.into_owned(), findings: self.findings }
    }

    pub(crate) const fn facts(&self) -> &'static Facts {
        self.findings.version.facts()
    }

    /// The parts of the two keys of draft-ietf-hybi-00.
    pub(crate) const fn parts(&self) -> Option<[u32; 2]> {
        match self.findings.proof {
            Proof::Parts(parts) => Some(parts),
            Proof::Accept(_) | Proof::None => None,
        }
    }
}

impl<'a> Deref for Upgrade<'a> {
    type Target = Request<'a>;

    fn deref(&self) -> &Request<'a> {
        &self.request
    }
}

/// A text that was checked to be ASCII.
fn ascii(text: &[u8]) -> &str {
    core::str::from_utf8(text).unwrap_or_default()
}

/// What answers the parts of two keys and the eight bytes behind the head.
pub(crate) fn checksum(version: Version, parts: [u32; 2], key3: [u8; 8]) -> Option<[u8; 16]> {
    Some((draft::find(version)?.checksum?)(parts, key3))
}

/// Checks all that a server must check, or finds that there is no handshake. The rules that hold for each version come
/// first, then those of the version, then the wishes of the application.
#[inline]
pub(crate) fn examine(
    request: &Request<'_>,
    fields: &Fields,
    config: &HandshakeConfig,
) -> Result<Option<Findings>, Error> {
    let Some(version) = draft::detect_fields(request, fields)? else { return Ok(None) };
    let facts = version.facts();
    check_request_line(request)?;
    let Some(draft) = draft::find(version) else { return Err(Error::VersionDisabled { version }) };
    if !config.versions.contains(version) {
        return Err(Error::VersionNotAllowed { version });
    }
    let host = check_host(request, fields)?;
    if !fields.websocket {
        return Err(Error::MissingUpgrade);
    }
    if !fields.upgrade {
        return Err(Error::MissingConnection);
    }
    check_body(request, fields, draft)?;
    let origin = check_origin(request, fields.origin_of(facts), facts)?;
    let subprotocol = subprotocols::check(fields.protocol_of(facts), request, facts, &config.subprotocols)?;
    if facts.can.extensions {
        extensions::check(fields.extensions, request)?;
    }
    let proof = (draft.check)(request, fields)?;
    let secure = config.secure || (config.trust_proxy && came_with_tls(request, fields.forwarded_proto));
    match origin {
        Some(origin) if !config.origins.allows_bytes(origin, host, secure) => {
            Err(Error::OriginNotAllowed { got: excerpt(origin) })
        }
        _ => Ok(Some(Findings { version, proof, secure, connect: false, subprotocol })),
    }
}

/// `RFC 6455 §4.2.1`, item 1.
fn check_request_line(request: &Request<'_>) -> Result<(), Error> {
    if !request.as_bytes().starts_with(b"GET ") {
        return Err(Error::Method { got: excerpt(request.method().as_bytes()) });
    }
    if request.http_version() < HttpVersion::Http11 {
        return Err(Error::HttpVersion);
    }
    Ok(())
}

/// `RFC 6455 §4.2.1`, items 1 and 2. The authority of an absolute URL goes before that of the header, which is required
/// all the same (RFC 9112 §3.2).
fn check_host<'r>(request: &'r Request<'_>, fields: &Fields) -> Result<&'r [u8], Error> {
    let target = request.target_bytes();
    let (authority, _) = authority::split_target(target).ok_or_else(|| Error::Target { got: excerpt(target) })?;
    let Some(host) = fields.host.once(request, "Host")? else { return Err(Error::MissingHost) };
    if !authority::is_authority(host) {
        return Err(Error::Host { got: excerpt(host) });
    }
    Ok(authority.unwrap_or(host))
}

/// `RFC 9110 §7.8`: what follows the request is of the new protocol, and nothing stands between.
pub(crate) fn check_body(request: &Request<'_>, fields: &Fields, draft: &Draft) -> Result<(), Error> {
    if let Some(value) = fields.transfer_encoding.first(request) {
        return Err(Error::Body { name: "Transfer-Encoding", got: excerpt(value) });
    }
    let name = "Content-Length";
    let Some(value) = fields.content_length.once(request, name)? else { return Ok(()) };
    let length = core::str::from_utf8(value).ok().and_then(|text| text.parse::<u64>().ok());
    if length.is_some_and(|length| length == 0 || length == draft.content_length) {
        return Ok(());
    }
    Err(Error::Body { name, got: excerpt(value) })
}

#[inline]
pub(crate) fn check_origin<'r>(
    request: &'r Request<'_>,
    field: Field,
    facts: &Facts,
) -> Result<Option<&'r [u8]>, Error> {
    let Some(value) = field.once(request, facts.origin_request)? else { return Ok(None) };
    if is_printable(value) { Ok(Some(value)) } else { Err(Error::Origin { got: excerpt(value) }) }
}

/// Whether the first proxy that a client came to took TLS from it. Further proxies append to the list.
pub(crate) fn came_with_tls(request: &Request<'_>, forwarded_proto: Field) -> bool {
    let first = forwarded_proto.first(request).and_then(|value| value.split(|byte| *byte == b',').next());
    first.is_some_and(|proto| {
        [b"https".as_slice(), b"wss"].iter().any(|tls| proto.trim_ascii().eq_ignore_ascii_case(tls))
    })
}
