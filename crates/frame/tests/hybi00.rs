//! What is special to hybi-00 on the level of frames: the closing frame `FF 00` (hybi-00 §4.2, §5.3).

#![cfg(feature = "hybi00")]

mod support;

use hybi_frame::{CloseCode, CloseReason, Error, SENTINEL_CLOSE};
use hybi_testkit::{same_for_all_cuts, thinned};
use hybi_version::Version;
use support::{Frame, ROLES, decoder, run, sentinel_close, sentinel_text};

/// The frames of both roles, however the bytes are cut.
fn frames(bytes: &[u8]) -> Vec<Frame> {
    let [client, server] =
        ROLES.map(|role| same_for_all_cuts(bytes, |reads| run(decoder(Version::Hybi00, role), reads)).frames());
    assert_eq!(client, server);
    client
}

#[test]
fn ff_00_closes() {
    assert_eq!(frames(&SENTINEL_CLOSE), [sentinel_close()]);
    assert_eq!(frames(b"\x00bye\xff\xff\x00"), [sentinel_text(b"bye"), sentinel_close()]);
}

#[test]
fn what_comes_behind_the_close_is_for_the_caller_to_drop() {
    let expected = [sentinel_close(), sentinel_text(b"late"), sentinel_close()];
    assert_eq!(frames(b"\xff\x00\x00late\xff\xff\x00"), expected);
}

#[test]
fn the_length_of_nothing_may_have_more_bytes() {
    assert_eq!(frames(b"\xff\x80\x00"), [sentinel_close()]);
    assert_eq!(frames(b"\xff\x80\x80\x80\x80\x80\x80\x80\x80\x00"), [sentinel_close()]);
}

#[test]
fn only_an_empty_ff_frame_closes() {
    assert_eq!(frames(b"\xff\x01\x00"), []);
    assert_eq!(frames(b"\xff\x02\xff\x00"), []);
    for kind in thinned(0x80..=0xFE, 42) {
        assert_eq!(frames(&[kind, 0x00]), [], "{kind:x}");
    }
    // The end of a text is no beginning of a close.
    assert_eq!(frames(b"\x00\xff\x00\xff\x00\xff"), [sentinel_text(b""), sentinel_text(b""), sentinel_text(b"")]);
}

#[test]
fn there_are_no_close_codes() {
    for number in thinned(0..=u16::MAX, 997) {
        let code = CloseCode::new(number);
        assert!(!code.may_be_sent(Version::Hybi00) && !code.may_be_received(Version::Hybi00));
    }
    let error = Error::InvalidCloseCode(CloseCode::NORMAL);
    assert_eq!(CloseReason::decode(&[0x03, 0xE8], Version::Hybi00), Err(error));
    assert_eq!(CloseReason::decode(&[], Version::Hybi00), Ok(None));
}
