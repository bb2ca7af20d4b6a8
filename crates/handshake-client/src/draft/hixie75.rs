//! `draft-hixie-thewebsocketprotocol-75`: the client's side of §4.1. There is no key, so nothing is proven.

use hybi_version::Version;

use super::Draft;

pub(super) static DRAFT: Draft = Draft {
    version: Version::Hixie75,
    // The order is part of the draft, and strict servers insist on it.
    host_first: false,
    push_keys: |_, _| Ok(None),
    check: |_, _| Ok(()),
    checksum: None,
};
