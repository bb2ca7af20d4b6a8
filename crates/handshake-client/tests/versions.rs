//! A version that is not compiled in is an error that names its feature. This test holds for every set of features.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_handshake_client::Error;
use hybi_version::{Version, Versions};
use support::offer;

#[test]
fn each_version_starts_or_names_its_feature() {
    let mut spoken = Versions::NONE;
    for version in Version::ALL {
        match offer("ws://example.com/").version(version).start() {
            Ok(handshake) => {
                assert_eq!(handshake.version(), version);
                assert_eq!(handshake.key3().is_some(), handshake.request().headers().contains("Sec-WebSocket-Key1"));
                spoken = spoken.with(version);
            }
            Err(error) => {
                assert_eq!(error, Error::VersionDisabled { version });
                assert!(error.to_string().contains(&format!("`{}`", version.feature())), "{error}");
            }
        }
    }
    assert_eq!(offer("ws://example.com/").start().is_ok(), spoken.contains(Version::LATEST));
}
