//! `draft-ietf-hybi-thewebsocketprotocol-10`, numbers 8 and 7: the server's side of §5.2.

use hybi_http::Request;
use hybi_version::Version;

use super::{Draft, Proof, accept_key};
use crate::Error;
use crate::fields::Fields;

pub(super) static DRAFT: Draft = Draft {
    version: Version::Hybi10,
    content_length: 0,
    check,
    answer: "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
    checksum: None,
};

/// hybi-10 §5.2.1 asks for a key of 16 bytes, as RFC 6455 does. The package `ws` for Node.js up to 1.x made its keys from the
/// number of the version and the time in milliseconds, which are 15 bytes in this version: a client that was widely used. The
/// key keeps nothing safe but the client from an answer to something else, so we take that one too.
fn check(request: &Request<'_>, fields: &Fields) -> Result<Proof, Error> {
    let key = accept_key::key(request, fields)?;
    if is_15_bytes(key) { Ok(accept_key::answer(key)) } else { accept_key::check(key) }
}

/// Whether the text is 15 bytes in base64, which need no padding.
fn is_15_bytes(key: &[u8]) -> bool {
    key.len() == 20 && key.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}
