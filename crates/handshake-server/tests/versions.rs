//! Versions that are not compiled in, that the application does not allow, and that nobody knows. These tests hold for
//! every set of features.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_handshake_server::{Error, HandshakeConfig, OriginPolicy};
use hybi_version::{Version, Versions};
use support::{request, seen, serve_whole};

/// A good request of a version.
fn good(version: Version) -> String {
    let common = ["GET / HTTP/1.1", "Upgrade: WebSocket", "Connection: Upgrade", "Host: a", "Origin: http://a"];
    let number = version.facts().numbers.first().map(|number| format!("Sec-WebSocket-Version: {number}"));
    let keys = ["Sec-WebSocket-Key1: 3e6b263  4 17 80", "Sec-WebSocket-Key2: 17  9 G`ZD9   2 2b 7X 3 /r90"];
    match (&number, version) {
        (Some(number), _) => {
            request(&[&common[..], &["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", number.as_str()]].concat())
        }
        (None, Version::Hybi00) => request(&[&common[..], &keys].concat()) + "WjN}|M(6",
        (None, _) => request(&common),
    }
}

fn any() -> HandshakeConfig {
    HandshakeConfig::new().origins(OriginPolicy::Any)
}

#[test]
fn what_is_compiled_in_is_spoken_and_the_rest_names_its_feature() {
    let spoken = any().spoken();
    for version in Version::ALL {
        let outcome = serve_whole(any(), good(version));
        if spoken.contains(version) {
            assert_eq!(outcome.result.unwrap().unwrap().version, version);
            assert!(outcome.complete && outcome.output.starts_with("HTTP/1.1 101 "));
        } else {
            let error = outcome.result.unwrap_err();
            assert_eq!(error, Error::VersionDisabled { version });
            assert_eq!(error.status(), 426);
            assert!(error.to_string().contains(&format!("`{}`", version.feature())), "{error}");
        }
    }
}

#[test]
fn names_that_are_much_alike_are_others() {
    // As long as the known ones, with two bits changed that would make up for each other.
    let alike = |name: &str| {
        let (front, last) = name.split_at(name.len() - 2);
        front.chars().chain(last.bytes().map(|byte| char::from(byte ^ 1))).collect::<String>()
    };
    assert_eq!(alike("Host"), "Horu");
    for version in any().spoken() {
        let known = seen(any(), good(version));
        let (head, rest) = good(version).split_once("\r\n\r\n").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        for name in [
            "Host",
            "Origin",
            "Content-Length",
            "Sec-WebSocket-Key",
            "X-Forwarded-Proto",
            "Transfer-Encoding",
            "Sec-WebSocket-Key1",
            "Sec-WebSocket-Key2",
            "WebSocket-Protocol",
            "Sec-WebSocket-Draft",
            "Sec-WebSocket-Origin",
            "Sec-WebSocket-Version",
            "Sec-WebSocket-Protocol",
            "Sec-WebSocket-Extensions",
        ] {
            let config = any().trust_proxy(true);
            // Values that the real name would take, take otherwise, or refuse.
            for value in ["https", "a;", "\u{e9}"] {
                let other = format!("{}: {value}", alike(name));
                assert_eq!(seen(config.clone(), format!("{head}\r\n{other}\r\n\r\n{rest}")), known, "{other}");
            }
        }
        for name in ["Upgrade", "Connection"] {
            let changed = good(version).replacen(&format!("{name}: "), &format!("{}: ", alike(name)), 1);
            assert!(!matches!(serve_whole(any(), changed).result, Ok(Some(_))), "{name}");
        }
    }
}

#[test]
fn what_is_not_allowed_is_answered_in_the_same_way() {
    for version in any().spoken() {
        let config = any().versions(Versions::ALL.without(version));
        assert_eq!(config.spoken(), any().spoken().without(version));
        let error = serve_whole(config, good(version)).result.unwrap_err();
        assert_eq!(error, Error::VersionNotAllowed { version });
        assert_eq!(error.status(), 426);
        assert_eq!(seen(any().versions(Versions::only(version)), good(version)).version, version);
    }
}

#[test]
fn the_answer_lists_the_numbers_that_are_spoken() {
    let listed = |spoken| {
        let response = Error::VersionUnknown { got: "99".into() }.response(spoken);
        assert_eq!(response.status(), 426);
        assert_eq!(response.headers().get_str("Upgrade"), Some("websocket"));
        assert!(response.headers().contains_token("Connection", "upgrade"));
        assert!(response.headers().contains_token("Connection", "close"));
        response.headers().get_str("Sec-WebSocket-Version").map(str::to_owned)
    };
    assert_eq!(listed(Versions::ALL).as_deref(), Some("13, 8"));
    assert_eq!(listed(Versions::only(Version::Hybi10)).as_deref(), Some("8"));
    assert_eq!(listed(Versions::only(Version::Hybi00).with(Version::Hixie75)), None);
    assert_eq!(listed(Versions::NONE), None);
}

#[test]
fn a_server_that_speaks_nothing_still_answers_http() {
    let outcome = serve_whole(any().versions(Versions::NONE), request(&["GET /health HTTP/1.1", "Host: a"]));
    assert_eq!(outcome.result, Ok(None));
}
