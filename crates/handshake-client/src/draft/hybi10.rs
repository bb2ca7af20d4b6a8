//! `draft-ietf-hybi-thewebsocketprotocol-10`, number 8: the client's side of §5.1.

use hybi_version::Version;

use super::{Draft, accept_key};

pub(super) static DRAFT: Draft = Draft {
    version: Version::Hybi10,
    host_first: true,
    push_keys: accept_key::push_keys,
    check: accept_key::check,
    checksum: None,
};
