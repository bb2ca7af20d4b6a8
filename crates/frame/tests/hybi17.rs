//! What is special to RFC 6455 (draft-ietf-hybi-17) on the level of frames: its close codes.

#![cfg(feature = "hybi17")]

use hybi_frame::{CloseCode, CloseReason, Error};
use hybi_testkit::thinned;
use hybi_version::Version;

/// The codes of the RFC and of the registry, those of libraries, and those of applications (RFC 6455 §7.4.2).
fn is_allowed(code: u16) -> bool {
    matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999)
}

#[test]
fn close_codes() {
    for number in thinned(0..=u16::MAX, 997) {
        let code = CloseCode::new(number);
        assert_eq!(code.may_be_received(Version::Hybi17), is_allowed(number), "{number}");
        assert_eq!(code.may_be_sent(Version::Hybi17), is_allowed(number), "{number}");
        let decoded =
            CloseReason::decode(&number.to_be_bytes(), Version::Hybi17).map(|said| said.map(|said| said.code));
        let expected = if is_allowed(number) { Ok(Some(code)) } else { Err(Error::InvalidCloseCode(code)) };
        assert_eq!(decoded, expected);
    }
}

#[test]
fn codes_that_stand_for_what_happened_are_never_sent() {
    for code in [CloseCode::NO_STATUS, CloseCode::ABNORMAL, CloseCode::TLS_FAILURE, CloseCode::new(1004)] {
        assert!(!code.may_be_sent(Version::Hybi17) && !code.may_be_received(Version::Hybi17), "{code}");
    }
}

#[test]
fn every_code_that_answers_an_error_may_be_sent() {
    assert!(CloseCode::PROTOCOL_ERROR.may_be_sent(Version::Hybi17));
    assert!(CloseCode::INVALID_DATA.may_be_sent(Version::Hybi17));
    assert!(CloseCode::new(Version::Hybi17.facts().close_code_too_big).may_be_sent(Version::Hybi17));
    assert_eq!(Version::Hybi17.facts().close_code_too_big, CloseCode::TOO_BIG.get());
}
