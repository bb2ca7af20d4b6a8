//! What is special to hixie-75 on the level of frames: it has no closing frame.

#![cfg(feature = "hixie75")]

mod support;

use hybi_frame::{CloseCode, CloseReason, Error, Opcode};
use hybi_testkit::{same_for_all_cuts, thinned};
use hybi_version::Version;
use support::{ROLES, decoder, run, sentinel_text};

#[test]
fn what_closes_in_the_next_version_is_an_empty_frame_here() {
    for role in ROLES {
        for close in [&b"\xff\x00"[..], b"\xff\x80\x00", b"\xff\x00\xff\x00"] {
            let bytes = [b"\x00a\xff", close, b"\x00b\xff"].concat();
            let outcome = same_for_all_cuts(&bytes, |reads| run(decoder(Version::Hixie75, role), reads));
            assert_eq!(outcome.frames(), [sentinel_text(b"a"), sentinel_text(b"b")]);
        }
    }
}

#[test]
fn nothing_but_text_comes_out() {
    for kind in thinned(0..=u8::MAX, 85) {
        for role in ROLES {
            let bytes = [&[kind][..], b"\x00\xff\x00a\xff"].concat();
            let outcome = same_for_all_cuts(&bytes, |reads| run(decoder(Version::Hixie75, role), reads));
            assert!(outcome.frames.iter().all(|frame| frame.opcode == Opcode::Text));
        }
    }
}

#[test]
fn there_are_no_close_codes() {
    for number in thinned(0..=u16::MAX, 997) {
        let code = CloseCode::new(number);
        assert!(!code.may_be_sent(Version::Hixie75) && !code.may_be_received(Version::Hixie75));
    }
    let error = Error::InvalidCloseCode(CloseCode::NORMAL);
    assert_eq!(CloseReason::decode(&[0x03, 0xE8], Version::Hixie75), Err(error));
    assert_eq!(CloseReason::decode(&[], Version::Hixie75), Ok(None));
}
