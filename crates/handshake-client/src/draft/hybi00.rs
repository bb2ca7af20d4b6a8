//! `draft-ietf-hybi-thewebsocketprotocol-00`, in substance `draft-hixie-thewebsocketprotocol-76`: the client's side of §4.1.

use hybi_challenge::{Checksum, KeyPair, key_part};
use hybi_http::Request;
use hybi_version::Version;

use super::Draft;
use crate::build::push;
use crate::{Error, Offer};

pub(super) static DRAFT: Draft = Draft {
    version: Version::Hybi00,
    // hybi-00 leaves the order open; this is the one that the old servers expect.
    host_first: false,
    push_keys,
    check: |_, _| Ok(()),
    checksum: Some(checksum),
};

/// Two keys, and the eight bytes that follow the head.
fn push_keys(request: &mut Request<'static>, offer: &Offer) -> Result<Option<[u8; 8]>, Error> {
    let keys = KeyPair::generate(offer.random);
    push(request, "Sec-WebSocket-Key1", keys.key1())?;
    push(request, "Sec-WebSocket-Key2", keys.key2())?;
    if offer.announce_key3 {
        push(request, "Content-Length", "8")?;
    }
    Ok(Some(keys.key3()))
}

/// All sixteen bytes are as the keys that were sent have it.
fn checksum(request: &Request<'_>, key3: [u8; 8], got: [u8; 16]) -> Result<(), Error> {
    let part = |name| request.headers().get_raw(name).and_then(|key| key_part(key).ok()).unwrap_or_default();
    let expected = Checksum::new(part("Sec-WebSocket-Key1"), part("Sec-WebSocket-Key2"), key3);
    if expected.matches(&got) { Ok(()) } else { Err(Error::Checksum { got, expected: *expected.as_bytes() }) }
}
