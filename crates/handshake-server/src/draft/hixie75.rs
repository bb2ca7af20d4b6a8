//! `draft-hixie-thewebsocketprotocol-75`: the server's side of §4. There is no key, so nothing is proven.

use hybi_version::Version;

use super::{Draft, Proof};
use crate::Error;

pub(super) static DRAFT: Draft = Draft {
    version: Version::Hixie75,
    content_length: 0,
    check: |_, fields| if fields.origin.is_there() { Ok(Proof::None) } else { Err(Error::MissingOrigin) },
    answer: "HTTP/1.1 101 Web Socket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n",
    checksum: None,
};
