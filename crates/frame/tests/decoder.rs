//! Which decoders a build has, and how little they hold.

use hybi_frame::{Decoder, Error, SUPPORTED};
use hybi_version::{Role, Version};

#[test]
fn versions_that_were_left_out_say_so() {
    for version in Version::ALL {
        for role in [Role::Client, Role::Server] {
            let error = Decoder::new(version, role).err();
            let expected = if SUPPORTED.contains(version) { None } else { Some(Error::VersionDisabled { version }) };
            assert_eq!(error, expected);
        }
    }
}

#[test]
fn what_this_build_was_asked_for_is_there() {
    let asked_for = [
        (Version::Hixie75, cfg!(feature = "hixie75")),
        (Version::Hybi00, cfg!(feature = "hybi00")),
        (Version::Hybi10, cfg!(feature = "hybi10")),
        (Version::Hybi17, cfg!(feature = "hybi17")),
    ];
    for (version, on) in asked_for {
        assert_eq!(SUPPORTED.contains(version), on, "{version}");
    }
}

#[test]
fn a_decoder_is_small() {
    // There is one for each connection, also while that is idle.
    assert!(size_of::<Decoder>() <= 48, "{} bytes", size_of::<Decoder>());
}
