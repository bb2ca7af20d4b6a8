//! Responses that are parsed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_http::{Error, HttpVersion, Limits, Response};
use hybi_testkit::same_for_all_cuts;

fn parse(bytes: &[u8]) -> Result<Option<(Response<'_>, usize)>, Error> {
    Response::parse(bytes, &Limits::default())
}

#[test]
fn a_response_is_parsed_the_same_for_all_cuts() {
    let bytes =
        b"HTTP/1.1 101 Web Socket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n\r\n\x81\x02hi";
    let (response, rest) = same_for_all_cuts(bytes, |pieces| support::read::<Response<'_>>(pieces, Limits::default()));
    let response = response.unwrap().expect("it is complete");
    assert_eq!((response.status(), response.reason()), (101, "Web Socket Protocol Handshake"));
    assert_eq!(response.http_version(), HttpVersion::Http11);
    assert_eq!(response.headers().get_str("UPGRADE"), Some("WebSocket"));
    assert_eq!(rest, b"\x81\x02hi");
    assert_eq!(parse(bytes), Ok(Some((response, bytes.len() - 4))));
}

#[test]
fn the_reason_may_be_missing() {
    for (head, reason) in [
        (&b"HTTP/1.1 200\r\n\r\n"[..], ""),
        (b"HTTP/1.1 200 \r\n\r\n", ""),
        (b"HTTP/1.1 200\n\n", ""),
        (b"HTTP/1.1 200 OK\n\n", "OK"),
        (b"HTTP/1.1 200 a  b\r\n\r\n", "a  b"),
        (b"HTTP/1.1 200 J\xfcrgen\r\n\r\n", ""),
    ] {
        let (response, length) = parse(head).unwrap().unwrap();
        assert_eq!((response.status(), response.reason(), length), (200, reason, head.len()));
    }
}

#[test]
fn any_status_of_three_digits_is_given() {
    for (head, status) in [(&b"HTTP/1.0 503 Busy\r\n\r\n"[..], 503), (b"HTTP/1.1 999 x\r\n\r\n", 999)] {
        assert_eq!(parse(head).unwrap().unwrap().0.status(), status);
    }
    assert_eq!(parse(b"HTTP/1.0 503 Busy\r\n\r\n").unwrap().unwrap().0.http_version(), HttpVersion::Http10);
}

#[test]
fn nothing_may_stand_before_a_response() {
    for got in [b'\r', b'\n', b' ', 0x15, b'I', 0x81] {
        assert_eq!(parse(&[got]), Err(Error::FirstByte { got }));
    }
}

#[test]
fn what_is_wrong_with_a_response_is_said() {
    let line = |got: &str| Error::StatusLine { got: got.into() };
    for (head, error) in [
        (&b"HTTP/1.1 20 OK\r\n\r\n"[..], line("HTTP/1.1 20 OK")),
        (b"HTTP/1.1 2000 OK\r\n\r\n", line("HTTP/1.1 2000 OK")),
        (b"HTTP/1.1  200 OK\r\n\r\n", line("HTTP/1.1  200 OK")),
        (b"HTTP/1.1 2x0 OK\r\n\r\n", line("HTTP/1.1 2x0 OK")),
        (b"HTTP/1.1 200 O\0K\r\n\r\n", line(r"HTTP/1.1 200 O\x00K")),
        (b"HTTP/1.1\r\n\r\n", line("HTTP/1.1")),
        (b"HTTP/1.1 200 O\rK\r\n\r\n", Error::BareCarriageReturn { got: r"HTTP/1.1 200 O\rK".into() }),
        (b"HTTP/2.0 200 OK\r\n\r\n", Error::VersionUnsupported { got: "HTTP/2.0".into() }),
        (b"HTTP/11 200 OK\r\n\r\n", Error::Version { got: "HTTP/11".into() }),
        (b"Http/1.1 200 OK\r\n\r\n", Error::Version { got: "Http/1.1".into() }),
        (b"HELLO\r\n\r\n", Error::Version { got: "HELLO".into() }),
        (b"HTTP/1.1 200 OK\r\nA : b\r\n\r\n", Error::SpaceBeforeColon { name: "A".into() }),
        (b"HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", Error::FoldedHeader { got: " c".into() }),
    ] {
        let (outcome, _) = same_for_all_cuts(head, |pieces| support::read::<Response<'_>>(pieces, Limits::default()));
        assert_eq!(outcome, Err(error.clone()), "{}", head.escape_ascii());
        assert_eq!(parse(head), Err(error));
    }
}
