//! What errors say, and the status of each.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use hybi_http::{Error, Limits, Request};

fn all() -> Vec<(Error, u16, &'static str)> {
    let got = || "x y".into();
    let name = || "Host".into();
    vec![
        (Error::FirstByte { got: 0x16 }, 400, "byte 0x16 cannot begin an HTTP head"),
        (Error::HeadTooLarge { limit: 16384 }, 431, "the head goes on behind its limit of 16384 bytes"),
        (Error::TooManyHeaders { limit: 100 }, 431, "there are more headers than the limit of 100"),
        (Error::TargetTooLong { got: 9, limit: 8 }, 414, "the target is 9 bytes long, its limit is 8 bytes"),
        (Error::RequestLine { got: got() }, 400, "expected a method, a target and a version, got \"x y\""),
        (Error::StatusLine { got: got() }, 400, "expected a version, a status and a reason, got \"x y\""),
        (Error::Version { got: got() }, 400, "expected HTTP/1.1, got \"x y\""),
        (Error::VersionUnsupported { got: "HTTP/2.0".into() }, 505, "expected HTTP/1.0 or HTTP/1.1, got HTTP/2.0"),
        (Error::HeaderName { got: got() }, 400, "expected a header name and a colon, got \"x y\""),
        (Error::SpaceBeforeColon { name: name() }, 400, "there is a space between header Host and its colon"),
        (Error::FoldedHeader { got: got() }, 400, "expected a header, got a line that begins with a space: \"x y\""),
        (Error::HeaderValue { name: name(), got: 0 }, 400, "the value of header Host has byte 0x00 in it"),
        (Error::BareCarriageReturn { got: got() }, 400, "there is a carriage return without a line feed in \"x y\""),
        (Error::Method { got: got() }, 400, "expected a method, which is a token, got \"x y\""),
        (Error::Target { got: got() }, 400, "expected a target, which is visible ASCII, got \"x y\""),
        (Error::Status { got: 42 }, 400, "expected a status of 100 to 599, got 42"),
        (Error::Reason { got: got() }, 400, "expected a reason, which is ASCII text, got \"x y\""),
        (Error::RepeatedHeader { name: name() }, 400, "header Host is there more than once"),
        (Error::ContentLength { got: got() }, 400, "expected one number as Content-Length, got \"x y\""),
        (Error::Token { got: got() }, 400, "expected a token, got \"x y\""),
        (Error::QuotedString { got: got() }, 400, "expected a quoted string, got \"x y\""),
        (Error::Extension { got: got() }, 400, "expected an extension with its parameters, got \"x y\""),
        (Error::TooManyExtensions { limit: 32 }, 400, "there are more extensions than the limit of 32"),
        (Error::TooManyParams { limit: 16 }, 400, "an extension has more parameters than the limit of 16"),
        (Error::Cookie { got: got() }, 400, "expected the name or the value of a cookie, got \"x y\""),
        (Error::CookieAttribute { got: got() }, 400, "expected an attribute of a cookie, got \"x y\""),
        (Error::MissingVariable { name: "REQUEST_METHOD" }, 400, "variable REQUEST_METHOD is missing"),
        (Error::ConnectMethod { got: got() }, 400, "expected the method CONNECT, got \"x y\""),
        (Error::MissingPseudoHeader { name: ":path" }, 400, "pseudo-header :path is missing"),
        (Error::PseudoHeader { got: ":a".into() }, 400, "pseudo-header :a is unknown, there twice, or behind a header"),
        (Error::HeaderNameCase { name: name() }, 400, "header Host is not in lower case"),
        (Error::ConnectionHeader { name: name() }, 400, "header Host is not allowed in HTTP/2 and HTTP/3"),
        (Error::HostDiffers { got: got() }, 400, "expected the host that :authority names, got \"x y\""),
    ]
}

#[test]
fn each_error_says_what_was_got_and_has_its_status() {
    for (error, status, text) in all() {
        assert_eq!(error.to_string(), text);
        assert_eq!(error.status(), status, "{text}");
        let boxed: Box<dyn core::error::Error + Send + Sync> = Box::new(error.clone());
        assert_eq!(boxed.to_string(), text);
    }
}

#[test]
fn what_a_peer_sent_is_escaped_and_cut_short() {
    let head = ["GET ", &"\u{1b}[31m".repeat(1000), " HTTP/1.1\r\n\r\n"].concat();
    let error = Request::parse(head.as_bytes(), &Limits::default()).unwrap_err();
    let text = error.to_string();
    assert!(text.is_ascii() && !text.contains('\u{1b}'));
    assert!(text.len() < 8 * Error::EXCERPT, "{text}");
}
