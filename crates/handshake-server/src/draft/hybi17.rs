//! RFC 6455, which is `draft-ietf-hybi-thewebsocketprotocol-17`: the server's side of §4.2.

use hybi_version::Version;

use super::{Draft, accept_key};

pub(super) static DRAFT: Draft = Draft {
    version: Version::Hybi17,
    content_length: 0,
    check: |request, fields| accept_key::check(accept_key::key(request, fields)?),
    answer: "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
    checksum: None,
};
