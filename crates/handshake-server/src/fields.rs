//! One walk over the headers that finds all that a handshake asks for.

use hybi_http::Request;
use hybi_version::Facts;

use crate::Error;

/// The headers that a handshake has to do with. Names are compared here, once each, and then no more.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fields<'r> {
    pub(crate) host: Field<'r>,
    pub(crate) origin: Field<'r>,
    pub(crate) sec_origin: Field<'r>,
    pub(crate) version: Field<'r>,
    pub(crate) draft: Field<'r>,
    pub(crate) key: Field<'r>,
    pub(crate) key1: Field<'r>,
    pub(crate) key2: Field<'r>,
    pub(crate) protocol: Field<'r>,
    pub(crate) old_protocol: Field<'r>,
    pub(crate) extensions: Field<'r>,
    pub(crate) content_length: Field<'r>,
    pub(crate) transfer_encoding: Field<'r>,
    pub(crate) forwarded_proto: Field<'r>,
    /// `Upgrade` has the token `websocket`.
    pub(crate) websocket: bool,
    /// `Connection` has the token `Upgrade`.
    pub(crate) upgrade: bool,
}

impl<'r> Fields<'r> {
    /// Finds them, for fields that were none. They are filled where they lie, as they are many.
    pub(crate) fn fill(&mut self, request: &'r Request<'_>) {
        for (name, value) in request.headers().iter_bytes() {
            self.note(name, value);
        }
    }

    /// The header in which a version names the origin.
    pub(crate) fn origin_of(&self, facts: &Facts) -> Field<'r> {
        if facts.origin_request == "Origin" { self.origin } else { self.sec_origin }
    }

    /// The header in which a version names subprotocols.
    pub(crate) fn protocol_of(&self, facts: &Facts) -> Field<'r> {
        if facts.protocol_header == "WebSocket-Protocol" { self.old_protocol } else { self.protocol }
    }

    fn note(&mut self, name: &[u8], value: &'r [u8]) {
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
        field.repeated = field.first.is_some();
        field.first = field.first.or(Some(value));
    }
}

/// The value of a header, if it is there, and whether it is there again.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Field<'r> {
    /// The value of the first of this name.
    pub(crate) first: Option<&'r [u8]>,
    /// Whether there are others of this name.
    pub(crate) repeated: bool,
}

impl<'r> Field<'r> {
    pub(crate) const fn is_there(self) -> bool {
        self.first.is_some()
    }

    /// The value of a header that may be there once at most.
    pub(crate) const fn once(self, name: &'static str) -> Result<Option<&'r [u8]>, Error> {
        if self.repeated { Err(Error::Repeated { name }) } else { Ok(self.first) }
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
fn has_token<const N: usize>(list: &[u8], token: &[u8; N]) -> bool {
    is(list, token) || list.split(|byte| *byte == b',').any(|item| item.trim_ascii().eq_ignore_ascii_case(token))
}
