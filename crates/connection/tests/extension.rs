//! An extension that the caller writes itself, by way of the reserved bits.
#![cfg(feature = "hybi17")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod pair;

use hybi_connection::{Config, Event, Kind};
use hybi_frame::{Error as FrameError, Header, encode_frame};
use hybi_version::{Role, Version};
use pair::{End, frame};

/// Marks its messages by RSV2, and turns their bytes around.
const MIRROR: u8 = 0b010;

#[test]
fn a_message_with_the_callers_bit_goes_out_and_comes_in_as_the_extension_wants_it() {
    let config = Config::new().extension_bits(MIRROR);
    let mut client = End::new(Version::Hybi17, Role::Client, config.clone());
    let mut mirrored = "κόσμε".as_bytes().to_vec();
    mirrored.reverse();
    let header = client.connection.send_header(Kind::Text, mirrored.len() as u64, true).unwrap();
    let mut wire = Vec::new();
    encode_frame(&Header { rsv: MIRROR, ..header }, &mirrored, &mut wire);
    client.connection.send_text("plain", &mut wire).unwrap();

    let outcome = hybi_testkit::same_for_all_cuts(&wire, |reads| {
        let outcome = End::new(Version::Hybi17, Role::Server, config.clone()).read(reads);
        let (mut mirrored, mut rest) = (Vec::new(), Vec::new());
        for event in outcome.events {
            match event {
                Event::Part(part) => {
                    assert_eq!((part.rsv, part.kind), (MIRROR, Kind::Text));
                    mirrored.extend_from_slice(&part.data);
                }
                other => rest.push(other),
            }
        }
        (mirrored, rest, outcome.error)
    });
    assert_eq!(outcome, (mirrored, vec![Event::Text("plain".into())], None));
}

#[test]
fn other_bits_and_other_frames_are_as_strict_as_before() {
    let read = |wire: &[u8]| {
        let config = Config::new().extension_bits(MIRROR);
        End::new(Version::Hybi17, Role::Server, config).read(&[wire.to_vec()]).error
    };
    assert_eq!(read(&frame(0xC1, b"")), Some(FrameError::ReservedBits(0b100).into()));
    assert_eq!(read(&frame(0xA9, b"")), Some(FrameError::ReservedBits(MIRROR).into()), "control frames have none");
    assert_eq!(read(&[frame(0x21, b"a"), frame(0xA0, b"b")].concat()), Some(FrameError::ReservedBits(MIRROR).into()));
    assert_eq!(read(&[frame(0x21, b"\xff"), frame(0x80, b"b")].concat()), None, "not ours to check");
}
