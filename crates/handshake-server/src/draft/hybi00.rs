//! `draft-ietf-hybi-thewebsocketprotocol-00`, in substance `draft-hixie-thewebsocketprotocol-76`: the server's side of §5.

use hybi_challenge::{Checksum, key_part};
use hybi_http::Request;
use hybi_version::Version;

use super::{Draft, Proof};
use crate::Error;
use crate::error::excerpt;
use crate::fields::{Field, Fields};

pub(super) static DRAFT: Draft = Draft {
    version: Version::Hybi00,
    // The eight bytes behind the head are no body, but clients called them one so that proxies let them pass.
    content_length: 8,
    check,
    answer: "HTTP/1.1 101 WebSocket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n",
    checksum: Some(|[part1, part2], key3| *Checksum::new(part1, part2, key3).as_bytes()),
};

/// hybi-00 §5.2. The keys are checked before the head of the answer is written: after it no other status can be sent.
fn check(request: &Request<'_>, fields: &Fields) -> Result<Proof, Error> {
    if let Some(draft) = fields.draft.once(request, "Sec-WebSocket-Draft")?.filter(|draft| *draft != b"0") {
        return Err(Error::Draft { got: excerpt(draft) });
    }
    let part1 = part(request, fields.key1, "Sec-WebSocket-Key1")?;
    let part2 = part(request, fields.key2, "Sec-WebSocket-Key2")?;
    Ok(Proof::Parts([part1, part2]))
}

/// The number of a key, divided by its count of spaces. Each space counts, those at the ends too.
fn part(request: &Request<'_>, field: Field, name: &'static str) -> Result<u32, Error> {
    field.once(request, name)?;
    let key = request.headers().get_raw(name).ok_or(Error::MissingKey { name })?;
    key_part(key).map_err(|error| Error::Key { name, error })
}
