//! RFC 6455, which is `draft-ietf-hybi-thewebsocketprotocol-17`: the client's side of §4.1.

use hybi_version::Version;

use super::{Draft, accept_key};

pub(super) static DRAFT: Draft = Draft {
    version: Version::Hybi17,
    host_first: true,
    push_keys: accept_key::push_keys,
    check: accept_key::check,
    checksum: None,
};
