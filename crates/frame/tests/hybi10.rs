//! What is special to hybi-10 on the level of frames: its close codes, of which RFC 6455 gave one away and added some.

#![cfg(feature = "hybi10")]

use hybi_frame::{CloseCode, CloseReason, Error};
use hybi_testkit::thinned;
use hybi_version::Version;

/// "Frame too large", which RFC 6455 §7.4.1 reserves.
const FRAME_TOO_LARGE: u16 = 1004;

#[test]
fn close_codes() {
    for number in thinned(0..=u16::MAX, 997) {
        let code = CloseCode::new(number);
        // Peers that speak RFC 6455 as well send its codes here too; we don't.
        let received = matches!(number, 1000..=FRAME_TOO_LARGE | 1007..=1014 | 3000..=4999);
        let sent = matches!(number, 1000..=FRAME_TOO_LARGE | 1007 | 3000..=4999);
        assert_eq!(code.may_be_received(Version::Hybi10), received, "{number}");
        assert_eq!(code.may_be_sent(Version::Hybi10), sent, "{number}");
        let decoded =
            CloseReason::decode(&number.to_be_bytes(), Version::Hybi10).map(|said| said.map(|said| said.code));
        assert_eq!(decoded, if received { Ok(Some(code)) } else { Err(Error::InvalidCloseCode(code)) });
    }
}

#[test]
fn too_large_has_the_code_of_the_day() {
    assert_eq!(Version::Hybi10.facts().close_code_too_big, FRAME_TOO_LARGE);
    assert!(!CloseCode::TOO_BIG.may_be_sent(Version::Hybi10));
    let said = CloseReason::decode(b"\x03\xecmore than 1 MiB", Version::Hybi10);
    assert_eq!(said, Ok(Some(CloseReason { code: CloseCode::new(FRAME_TOO_LARGE), text: "more than 1 MiB" })));
}
