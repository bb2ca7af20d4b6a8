//! One walk over the headers that finds all that a handshake asks for.

use hybi_http::Request;
use hybi_version::Facts;

use crate::Error;

/// The headers that a handshake has to do with. Names are compared here, once each, and then no more.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fields {
    pub(crate) host: Field,
    pub(crate) origin: Field,
    pub(crate) sec_origin: Field,
    pub(crate) version: Field,
    pub(crate) draft: Field,
    pub(crate) key: Field,
    pub(crate) key1: Field,
    pub(crate) key2: Field,
    pub(crate) protocol: Field,
    pub(crate) old_protocol: Field,
    pub(crate) extensions: Field,
    pub(crate) content_length: Field,
    pub(crate) transfer_encoding: Field,
    pub(crate) forwarded_proto: Field,
    /// `Upgrade` has the token `websocket`.
    pub(crate) websocket: bool,
    /// `Connection` has the token `Upgrade`.
    pub(crate) upgrade: bool,
}

impl Fields {
    /// Those of a request.
    pub(crate) fn of(request: &Request<'_>) -> Self {
        let mut fields = Self::default();
        request.headers().show(|name, value, at| fields.note(name, value, at));
        fields
    }

    /// The header in which a version names the origin.
    pub(crate) fn origin_of(&self, facts: &Facts) -> Field {
        if facts.origin_request == "Origin" { self.origin } else { self.sec_origin }
    }

    /// The header in which a version names subprotocols.
    pub(crate) fn protocol_of(&self, facts: &Facts) -> Field {
        if facts.protocol_header == "WebSocket-Protocol" { self.old_protocol } else { self.protocol }
    }

    /// Takes note of a header whose value begins there in the text of the request.
    #[inline(never)]
    pub(crate) fn note(&mut self, name: &[u8], value: &[u8], at: usize) {
        let field = match name.len() {
            4 if is(name, b"host") => &mut self.host,
            6 if is(name, b"origin") => &mut self.origin,
            7 if is(name, b"upgrade") => return self.websocket |= has_token(value, b"websocket"),
            10 if is(name, b"connection") => return self.upgrade |= has_token(value, b"upgrade"),
            14 if is(name, b"content-length") => &mut self.content_length,
            17 if is(name, b"sec-websocket-key") => &mut self.key,
            17 if is(name, b"x-forwarded-proto") => &mut self.forwarded_proto,
            17 if is(name, b"transfer-encoding") => &mut self.transfer_encoding,
            18 if is(name, b"sec-websocket-key1") => &mut self.key1,
            18 if is(name, b"sec-websocket-key2") => &mut self.key2,
            18 if is(name, b"websocket-protocol") => &mut self.old_protocol,
            19 if is(name, b"sec-websocket-draft") => &mut self.draft,
            20 if is(name, b"sec-websocket-origin") => &mut self.sec_origin,
            21 if is(name, b"sec-websocket-version") => &mut self.version,
            22 if is(name, b"sec-websocket-protocol") => &mut self.protocol,
            24 if is(name, b"sec-websocket-extensions") => &mut self.extensions,
            _ => return,
        };
        field.note(value, at);
    }
}

/// Where the value of a header is, if it is there, and whether it is there again.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Field {
    /// Where the value of the first of this name begins in the text of the request.
    at: u32,
    length: u32,
    times: Times,
}

/// How often a header is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Times {
    #[default]
    Never,
    Once,
    More,
}

impl Field {
    pub(crate) const fn is_there(self) -> bool {
        !matches!(self.times, Times::Never)
    }

    /// Whether there are others of this name.
    pub(crate) const fn is_repeated(self) -> bool {
        matches!(self.times, Times::More)
    }

    /// The value of the first of this name, in the request in which it is.
    #[inline]
    pub(crate) fn first<'r>(self, request: &'r Request<'_>) -> Option<&'r [u8]> {
        let (at, length) = (usize::try_from(self.at).ok()?, usize::try_from(self.length).ok()?);
        if self.is_there() { request.as_bytes().get(at..)?.get(..length) } else { None }
    }

    /// The value of a header that may be there once at most.
    #[inline]
    pub(crate) fn once<'r>(self, request: &'r Request<'_>, name: &'static str) -> Result<Option<&'r [u8]>, Error> {
        if self.is_repeated() { Err(Error::Repeated { name }) } else { Ok(self.first(request)) }
    }

    #[inline]
    fn note(&mut self, value: &[u8], at: usize) {
        *self = match (self.times, u32::try_from(at), u32::try_from(value.len())) {
            (Times::Never, Ok(at), Ok(length)) => Self { at, length, times: Times::Once },
            _ => Self { times: Times::More, ..*self },
        };
    }
}

/// Whether a header name, which consists of token characters, is the known one, given in lower case. Among token characters
/// the bit of the case tells letters apart only, and all bytes are compared at once. Where the known text consists of letters,
/// the other may be any bytes.
fn is<const N: usize>(name: &[u8], known: &[u8; N]) -> bool {
    let Ok(name) = <&[u8; N]>::try_from(name) else { return false };
    name.iter().zip(known).fold(0, |differs, (name, known)| differs | ((name | 0x20) ^ known)) == 0
}

/// Whether a comma list has the token, which consists of letters, in any case. The value is mostly nothing else.
#[inline]
fn has_token<const N: usize>(list: &[u8], token: &[u8; N]) -> bool {
    is(list, token) || has_element(list, token)
}

/// The same for a list of several. It is not inlined, so that the registers which it needs are saved only here.
#[cold]
#[inline(never)]
fn has_element(list: &[u8], token: &[u8]) -> bool {
    list.split(|byte| *byte == b',').any(|item| item.trim_ascii().eq_ignore_ascii_case(token))
}
