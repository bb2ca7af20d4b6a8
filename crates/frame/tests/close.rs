//! The payload of a close frame: a code and a text (RFC 6455 §5.5.1). Which codes there are is in the files of the versions.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use hybi_frame::{CloseCode, CloseReason, Error};
use hybi_testkit::thinned;
use hybi_version::Version;
use proptest::prelude::*;

/// Those that have close codes.
const VERSIONS: [Version; 2] = [Version::Hybi10, Version::Hybi17];

#[test]
fn nothing_is_no_reason() {
    for version in Version::ALL {
        assert_eq!(CloseReason::decode(b"", version), Ok(None));
    }
}

#[test]
fn half_a_code_is_an_error() {
    for version in Version::ALL {
        for byte in thinned(0..=u8::MAX, 51) {
            assert_eq!(CloseReason::decode(&[byte], version), Err(Error::CloseTooShort));
        }
    }
}

#[test]
fn codes_and_texts_come_back_as_they_went_out() {
    let longest = "x".repeat(CloseReason::MAX_TEXT);
    for version in VERSIONS {
        for code in [CloseCode::NORMAL, CloseCode::GOING_AWAY, CloseCode::new(3000), CloseCode::new(4999)] {
            for text in thinned(["", "bye", "auf Wiederhören", "𝄞", &longest], 2) {
                let reason = CloseReason { code, text };
                let payload = reason.encode();
                assert_eq!(*payload, [&code.get().to_be_bytes(), text.as_bytes()].concat());
                assert_eq!(CloseReason::decode(&payload, version), Ok(Some(reason)));
            }
        }
    }
}

#[test]
fn the_code_is_judged_before_the_text() {
    for version in VERSIONS {
        for code in [0, 999, 1005, 1006, 1015, 2999, 5000, 65535] {
            let payload = [&u16::to_be_bytes(code)[..], b"\xff"].concat();
            let error = Error::InvalidCloseCode(CloseCode::new(code));
            assert_eq!(CloseReason::decode(&payload, version), Err(error));
        }
    }
}

#[test]
fn the_text_is_utf8_and_complete() {
    for version in VERSIONS {
        for text in [&b"\xff"[..], b"caf\xc3", b"\xed\xa0\x80", b"\xc0\x80", b"ok\x80"] {
            let payload = [b"\x03\xe8", text].concat();
            assert_eq!(CloseReason::decode(&payload, version), Err(Error::InvalidUtf8), "{text:x?}");
        }
    }
}

#[test]
fn a_text_that_is_too_long_ends_with_a_character() {
    for (text, left) in [
        ("x".repeat(123), 123),
        ("x".repeat(124), 123),
        ("é".repeat(62), 122),
        ("€".repeat(42), 123),
        (format!("x{}", "€".repeat(42)), 121),
        ("𝄞".repeat(31), 120),
        (format!("xxx{}", "𝄞".repeat(31)), 123),
        ("x".repeat(100_000), 123),
    ] {
        let payload = CloseReason { code: CloseCode::NORMAL, text: &text }.encode();
        let said = CloseReason::decode(&payload, Version::Hybi17).unwrap().unwrap();
        assert_eq!((said.text.len(), text.starts_with(said.text)), (left, true), "{text}");
        assert!(payload.len() <= 125);
    }
}

#[test]
fn what_it_says_can_be_read() {
    let reason = |text| CloseReason { code: CloseCode::GOING_AWAY, text };
    assert_eq!(reason("").to_string(), "1001");
    assert_eq!(reason("see you").to_string(), "1001 see you");
    assert_eq!((u16::from(CloseCode::TOO_BIG), CloseCode::from(1011)), (1009, CloseCode::INTERNAL_ERROR));
    assert!(CloseCode::NORMAL < CloseCode::GOING_AWAY);
}

#[test]
fn every_error_has_a_code_that_may_be_sent() {
    use Error::{CloseTooShort, InvalidUtf8, MaskMissing, MaskUnexpected, SentinelLength, VersionDisabled};
    let too_large = Error::FrameTooLarge { size: 2, limit: 1 };
    for (error, code) in [
        (Error::ReservedBits(4), 1002),
        (Error::ReservedOpcode(3), 1002),
        (MaskMissing, 1002),
        (MaskUnexpected, 1002),
        (Error::LengthNotMinimal(5), 1002),
        (Error::LengthOutOfRange(1 << 63), 1002),
        (Error::ControlTooLong(126), 1002),
        (Error::ControlFragmented(hybi_frame::Opcode::Ping), 1002),
        (Error::ContinuationUnexpected, 1002),
        (Error::ContinuationExpected(hybi_frame::Opcode::Text), 1002),
        (too_large, 1009),
        (InvalidUtf8, 1007),
        (CloseTooShort, 1002),
        (Error::InvalidCloseCode(CloseCode::NO_STATUS), 1002),
        (SentinelLength, 1009),
        (VersionDisabled { version: Version::Hybi00 }, 1011),
    ] {
        assert_eq!(error.close_code().get(), code, "{error}");
        assert!(error.close_code().may_be_sent(Version::Hybi17), "{error}");
        assert!(!error.to_string().is_empty());
    }
    assert_eq!(too_large.to_string(), "frame of 2 bytes; the limit is 1");
    let disabled = VersionDisabled { version: Version::Hybi00 }.to_string();
    assert_eq!(disabled, "draft-ietf-hybi-00 is not compiled in; enable the feature `hybi00`");
}

proptest! {
    #[test]
    #[cfg_attr(miri, ignore = "many cases")]
    fn any_text_is_cut_at_a_character(text in "\\PC{0,80}", code in 1000_u16..=1003) {
        let reason = CloseReason { code: CloseCode::new(code), text: &text };
        let payload = reason.encode();
        let said = CloseReason::decode(&payload, Version::Hybi17).unwrap().unwrap();
        prop_assert_eq!(said.code, reason.code);
        prop_assert!(text.starts_with(said.text));
        // No character more would have fitted.
        let next = text[said.text.len()..].chars().next().map_or(usize::MAX, char::len_utf8);
        prop_assert!(next == usize::MAX || said.text.len() + next > CloseReason::MAX_TEXT);
    }

    #[test]
    #[cfg_attr(miri, ignore = "many cases")]
    fn any_bytes_are_judged_without_a_panic(payload in prop::collection::vec(any::<u8>(), 0..130)) {
        for version in Version::ALL {
            if let Ok(Some(said)) = CloseReason::decode(&payload, version) {
                prop_assert!(said.code.may_be_received(version));
                prop_assert_eq!(said.text.as_bytes(), &payload[2..]);
            }
        }
    }
}
