//! What is not a URL of ours, and what the error says.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use hybi_url::{Error, Url};

fn refused(text: &str) -> Error {
    Url::parse(text).expect_err(text)
}

#[test]
fn schemes() {
    for text in
        ["", "example.com", "//example.com/", "/chat", ":", "://h", "1.2.3.4:80", "[::1]:80", "w s://h", "wß://h"]
    {
        assert_eq!(refused(text), Error::MissingScheme, "{text}");
    }
    for (text, scheme) in
        [("localhost:9001/", "localhost"), ("ftp://h/", "ftp"), ("wsss://h", "wsss"), ("ws+tls://h", "ws+tls")]
    {
        assert_eq!(refused(text), Error::Scheme { got: scheme.into() }, "{text}");
    }
    assert_eq!(refused("http://h/"), Error::HttpScheme { secure: false });
    assert_eq!(refused("HTTPS://h/#f"), Error::HttpScheme { secure: true });
}

#[test]
fn hosts() {
    for text in ["ws:h", "ws:/h", "ws:", "wss:h:80/"] {
        assert_eq!(refused(text), Error::MissingSlashes, "{text}");
    }
    for text in
        ["ws://", "ws:///", "ws:///h", "ws:////h/", "ws://?a", "ws://:80/", "ws://u@", "ws://u:p@/", "ws://u@:80"]
    {
        assert_eq!(refused(text), Error::MissingHost, "{text}");
    }
    for (text, got) in [
        ("ws://a b/", "a b"),
        ("ws://u:p@a<b/", "a<b"),
        ("ws://[::1/", "[::1"),
        ("ws://[::g]:80/", "[::g]:80"),
        ("ws://[fe80::1%25eth0]/", "[fe80::1%25eth0]"),
        ("ws://1.2.3.256/", "1.2.3.256"),
        ("ws://a%2Fb/", "a%2Fb"),
        ("ws://xn--a/", "xn--a"),
        ("ws://%FF/", "%FF"),
    ] {
        assert_eq!(refused(text), Error::Host { got: got.into() }, "{text}");
    }
}

#[test]
fn ports() {
    for (text, got) in
        [("ws://h:65536/", "65536"), ("ws://u:p@h:x", "x"), ("ws://[::1]:-1?a:b", "-1"), ("ws://h:8 0/", "8 0")]
    {
        assert_eq!(refused(text), Error::Port { got: got.into() }, "{text}");
    }
    assert_eq!(Url::parse("ws://h:65535/").unwrap().port(), 65535);
    assert_eq!(Url::parse("ws://h:/").unwrap().port(), 80);
}

#[test]
fn fragments() {
    for text in ["ws://h/#", "ws://h/#a", "ws://h#a", "ws://h/?a#b", "ws://#", "ws:#"] {
        assert_eq!(refused(text), Error::Fragment, "{text}");
    }
}

#[test]
fn what_the_url_standard_would_repair() {
    for (text, got) in [
        (" ws://h/", ' '),
        ("ws://h/ ", ' '),
        ("\nws://h/", '\n'),
        ("ws://h/\r\n", '\n'),
        ("ws://h/a\tb", '\t'),
        ("ws://h/a\r\nX: y", '\r'),
        ("w\ns://h/", '\n'),
        ("ws://ex\tample.com/", '\t'),
        ("\0ws://h/", '\0'),
        ("ws://h/\u{1f}", '\u{1f}'),
    ] {
        assert_eq!(refused(text), Error::Whitespace { got }, "{text:?}");
    }
    for text in ["ws:\\\\h\\", "ws://h\\a", "ws://h\\@evil/", "ws://u\\:p@h/", "ws://h/a\\b", "ws:/\\h"] {
        assert_eq!(refused(text), Error::Backslash, "{text}");
    }
}

#[test]
fn user_info_that_is_not_utf8() {
    assert_eq!(refused("ws://%FF@h/"), Error::Userinfo);
    assert_eq!(refused("ws://u:%C3@h/"), Error::Userinfo);
}

#[test]
fn messages_say_what_was_got_and_what_was_expected() {
    let got = "x\"\n".to_owned();
    let all = [
        Error::MissingScheme,
        Error::Scheme { got: got.clone() },
        Error::HttpScheme { secure: false },
        Error::HttpScheme { secure: true },
        Error::MissingSlashes,
        Error::MissingHost,
        Error::Host { got: got.clone() },
        Error::Port { got: got.clone() },
        Error::Userinfo,
        Error::ResourceName { got },
        Error::Fragment,
        Error::Whitespace { got: '\n' },
        Error::Backslash,
        Error::TooLong,
    ];
    for error in all {
        let text = error.to_string();
        assert!(text.starts_with("got ") && text.contains(", expected ") && !text.contains('\n'), "{text}");
    }
    assert_eq!(refused("http://h/").to_string(), "got an http: URL, expected ws:");
    let message = "got the scheme \"localhost\", expected a URL that begins with ws:// or wss://";
    assert_eq!(refused("localhost:9001").to_string(), message);
}
