//! Requests that are refused: the error, its status, and that cuts change neither.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_http::{Error, Limits, Request};
use hybi_testkit::same_for_all_cuts;

fn refuse(head: &[u8], status: u16, error: &Error) {
    let (outcome, _) = same_for_all_cuts(head, |pieces| support::read::<Request<'_>>(pieces, Limits::default()));
    assert_eq!(outcome, Err(error.clone()), "{}", head.escape_ascii());
    assert_eq!(Request::parse(head, &Limits::default()), Err(error.clone()), "{}", head.escape_ascii());
    assert_eq!(error.status(), status, "{}", head.escape_ascii());
}

#[test]
fn a_byte_that_begins_no_request_fails_at_once() {
    for got in (0..=u8::MAX).filter(|byte| !byte.is_ascii_alphanumeric() && !b"!#$%&'*+-.^_`|~\r\n".contains(byte)) {
        refuse(&[got], 400, &Error::FirstByte { got });
        refuse(&[b'\r', b'\n', got, b'x'], 400, &Error::FirstByte { got });
    }
    refuse(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, &Error::FirstByte { got: 0x16 });
    refuse(b"\rGET / HTTP/1.1\r\n\r\n", 400, &Error::FirstByte { got: b'\r' });
    refuse(b"\r\r", 400, &Error::FirstByte { got: b'\r' });
}

#[test]
fn a_first_line_that_is_no_request_line_is_400() {
    for line in [
        "GET /",
        "GET",
        "GET / ",
        "GET  / HTTP/1.1",
        "GET /  HTTP/1.1",
        "GET / HTTP/1.1 ",
        "GET / HTTP/1.1 x",
        "GET /a b HTTP/1.1",
        "GET\t/\tHTTP/1.1",
        "G(T / HTTP/1.1",
        "GET HTTP/1.1",
        "GET http://[::1 x]/ HTTP/1.1",
        "-",
    ] {
        let head = format!("{line}\r\nHost: a\r\n\r\n");
        refuse(head.as_bytes(), 400, &Error::RequestLine { got: line.escape_default().to_string().into() });
    }
    for (target, shown) in [("/\x7f", r"/\x7f"), ("/\0", r"/\x00"), ("/é", r"/\xc3\xa9"), ("/\t", r"/\t")] {
        let head = format!("GET {target} HTTP/1.1\r\n\r\n");
        refuse(head.as_bytes(), 400, &Error::RequestLine { got: format!("GET {shown} HTTP/1.1").into() });
    }
    refuse(b"GET /\xff HTTP/1.1\r\n\r\n", 400, &Error::RequestLine { got: r"GET /\xff HTTP/1.1".into() });
}

#[test]
fn a_version_is_505_and_what_is_none_is_400() {
    for version in ["HTTP/2.0", "HTTP/0.9", "HTTP/1.2", "HTTP/9.9", "HTTP/3.0"] {
        let head = format!("GET / {version}\r\nHost: a\r\n\r\n");
        refuse(head.as_bytes(), 505, &Error::VersionUnsupported { got: version.into() });
    }
    refuse(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, &Error::VersionUnsupported { got: "HTTP/2.0".into() });
    for version in ["http/1.1", "HTTP/1", "HTTP/2", "HTTP/1.10", "HTTP1.1", "HTTP/01.1", "HTTP/1.x", "FTP/1.1", "x"] {
        let head = format!("GET / {version}\r\nHost: a\r\n\r\n");
        refuse(head.as_bytes(), 400, &Error::Version { got: version.into() });
    }
}

#[test]
fn a_line_that_is_no_header_is_400() {
    for (line, got) in [
        ("Host", "Host"),
        ("Host a", "Host a"),
        (": a", ""),
        ("Ho st: a", "Ho st"),
        ("Ho\tst: a", r"Ho\tst"),
        ("Hö: a", r"H\xc3\xb6"),
        ("(a): b", "(a)"),
        ("a\0: b", r"a\x00"),
        ("=", "="),
    ] {
        let head = format!("GET / HTTP/1.1\r\n{line}\r\nA: b\r\n\r\n");
        refuse(head.as_bytes(), 400, &Error::HeaderName { got: got.into() });
    }
    for line in ["Host : a", "Host\t: a", "Host \t :a"] {
        let head = format!("GET / HTTP/1.1\r\nA: b\r\n{line}\r\n\r\n");
        refuse(head.as_bytes(), 400, &Error::SpaceBeforeColon { name: "Host".into() });
    }
}

#[test]
fn a_folded_header_is_400() {
    for line in [" b", "\tb", " ", " B: c"] {
        let got: Box<str> = line.escape_default().to_string().into();
        let head = format!("GET / HTTP/1.1\r\nA: a\r\n{line}\r\n\r\n");
        refuse(head.as_bytes(), 400, &Error::FoldedHeader { got: got.clone() });
        let head = format!("GET / HTTP/1.1\r\n{line}\r\nA: a\r\n\r\n");
        refuse(head.as_bytes(), 400, &Error::FoldedHeader { got });
    }
}

#[test]
fn a_control_character_in_a_value_is_400() {
    for got in (0..0x20).chain([0x7f]).filter(|byte| !b"\t\r\n".contains(byte)) {
        for value in [&[got][..], &[b'a', got], &[got, b'a'], b"a, long enough for vectors, and then: \x01"] {
            let head = [b"GET / HTTP/1.1\r\nA: ", value, b"\r\n\r\n"].concat();
            let got = if value.len() > 2 { 1 } else { got };
            refuse(&head, 400, &Error::HeaderValue { name: "A".into(), got });
        }
    }
}

#[test]
fn a_carriage_return_alone_is_400() {
    for (head, got) in [
        (&b"GET / HTTP/1.1\rA: b\r\n\r\n"[..], r"GET / HTTP/1.1\rA: b"),
        (b"GET /\r HTTP/1.1\r\n\r\n", r"GET /\r HTTP/1.1"),
        (b"GET / HTTP/1.1\r\r\n\r\n", r"GET / HTTP/1.1\r"),
        (b"GET / HTTP/1.1\r\nA: b\rB: c\r\n\r\n", r"A: b\rB: c"),
        (b"GET / HTTP/1.1\r\nA: b\r\r\n\r\n", r"A: b\r"),
        (b"GET / HTTP/1.1\r\nA: b\r\n\rB: c\r\n\r\n", r"\rB: c"),
        (b"GET / HTTP/1.1\r\n\r\r\n\r\n", r"\r"),
    ] {
        refuse(head, 400, &Error::BareCarriageReturn { got: got.into() });
    }
}

#[test]
fn the_first_fault_is_the_one_that_is_told() {
    refuse(b"GET / HTTP/2.0\r\n x\r\n: y\r\n\r\n", 505, &Error::VersionUnsupported { got: "HTTP/2.0".into() });
    refuse(b"GET / HTTP/1.1\r\nA: \x01\r\nB : y\r\n\r\n", 400, &Error::HeaderValue { name: "A".into(), got: 1 });
}

#[test]
fn a_reader_that_failed_stays_failed() {
    let mut reader = hybi_http::HeadReader::new(Limits::default());
    let error = Error::FirstByte { got: 0x16 };
    assert_eq!(reader.request(&mut [0x16].as_mut_slice()), Err(error.clone()));
    assert_eq!(reader.request(&mut b"GET / HTTP/1.1\r\n\r\n".to_vec().as_mut_slice()), Err(error));
    assert_eq!(reader.retained_bytes(), 0);
}
