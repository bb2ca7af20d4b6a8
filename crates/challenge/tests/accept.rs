//! `Sec-WebSocket-Key` and `Sec-WebSocket-Accept`: the RFC's sample, real peers, and every way in which a key can be wrong.

#![allow(clippy::unwrap_used, reason = "tests")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hybi_challenge::{AcceptValue, Error, Key, random_bytes};
use hybi_testkit::{Side, Transcript, random, rfc6455};
use proptest::prelude::*;
use sha1::{Digest as _, Sha1};

/// The value of a header in a recorded head.
fn header(head: &[u8], name: &str) -> Option<Vec<u8>> {
    let head = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    head.take_while(|line| !line.is_empty()).find_map(|line| {
        let (found, value) = line.split_at_checked(name.len())?;
        found.eq_ignore_ascii_case(name.as_bytes()).then(|| value.strip_prefix(b": ").unwrap().to_vec())
    })
}

#[test]
fn the_sample_of_the_rfc() {
    let key = Key::from_nonce(*rfc6455::NONCE);
    assert_eq!(key.as_str(), rfc6455::KEY);
    assert_eq!(Key::parse(rfc6455::KEY.as_bytes()), Ok(key));
    assert_eq!(key.accept().as_str(), rfc6455::ACCEPT);
    assert!(key.accept().matches(rfc6455::ACCEPT.as_bytes()));
    assert_eq!(format!("{key} {key:?} {}", key.accept()), format!("{0} Key({0:?}) {1}", rfc6455::KEY, rfc6455::ACCEPT));
}

#[test]
fn real_peers() {
    let (mut count, mut short) = (0, Vec::new());
    for transcript in Transcript::of("hybi10").into_iter().chain(Transcript::of("hybi17")) {
        let key = header(&transcript.bytes(Side::Client), "Sec-WebSocket-Key").unwrap();
        let accept = header(&transcript.bytes(Side::Server), "Sec-WebSocket-Accept").unwrap();
        assert!(AcceptValue::of(&key).matches(&accept), "{}", transcript.name());
        match Key::parse(&key) {
            Ok(key) => assert_eq!(key.accept().as_str().as_bytes(), accept, "{}", transcript.name()),
            Err(error) => {
                assert_eq!(error, Error::KeyLength { got: 20 }, "{}", transcript.name());
                short.push(transcript.name());
            }
        }
        count += 1;
    }
    assert_eq!(count, 50);
    // 15 bytes: the version and the time in milliseconds.
    assert_eq!(short, ["hybi10/client-ws-0.4", "hybi10/client-ws-1"]);
}

#[test]
fn an_accept_value_matches_itself_alone() {
    let accept = Key::generate(random::counting).accept();
    let good = accept.as_str().as_bytes();
    assert!(accept.matches(good));
    assert!(!accept.matches(b""));
    assert!(!accept.matches(&good[..27]));
    assert!(!accept.matches(&[good, b"="].concat()));
    assert!(!accept.matches(&good.to_ascii_lowercase()));
    for at in 0..28 {
        let mut wrong = good.to_vec();
        wrong[at] ^= 1;
        assert!(!accept.matches(&wrong), "{at}");
    }
}

#[test]
fn wrong_keys() {
    for got in [0, 1, 16, 22, 23, 25, 28, 1000] {
        assert_eq!(Key::parse(&vec![b'A'; got]), Err(Error::KeyLength { got }));
    }
    let parse = |text: &str| Key::parse(text.as_bytes());
    // 18, 17 and 15 bytes.
    assert_eq!(parse("AAAAAAAAAAAAAAAAAAAAAAAA"), Err(Error::KeyPadding));
    assert_eq!(parse("AAAAAAAAAAAAAAAAAAAAAAA="), Err(Error::KeyPadding));
    assert_eq!(parse("AAAAAAAAAAAAAAAAAAAAA==="), Err(Error::KeyCharacter { at: 21, got: b'=' }));
    assert_eq!(parse("AAAAAAAAAAAAAAAAAAAAAA=A"), Err(Error::KeyPadding));
    // White space, the alphabet for file names, and other bytes.
    assert_eq!(parse(" dGhlIHNhbXBsZSBub25jZQ=="), Err(Error::KeyLength { got: 25 }));
    assert_eq!(parse(" AAAAAAAAAAAAAAAAAAAAA=="), Err(Error::KeyCharacter { at: 0, got: b' ' }));
    assert_eq!(parse("AAAA-AAAAAAAAAAAAAAAAA=="), Err(Error::KeyCharacter { at: 4, got: b'-' }));
    assert_eq!(parse("AAAAAAAAAAAAAAAAAAAA_A=="), Err(Error::KeyCharacter { at: 20, got: b'_' }));
    assert_eq!(parse("AAAAAAAAAAAAAAAAAAAA\u{e9}=="), Err(Error::KeyCharacter { at: 20, got: 0xc3 }));
    // The sample's value with other bits behind the last byte: most decoders would take it for the same.
    for got in b"RSTUVWXYZabcdef" {
        let text = rfc6455::KEY.replace("Q==", &format!("{}==", char::from(*got)));
        assert_eq!(parse(&text), Err(Error::KeyTrailingBits { got: *got }));
    }
}

#[test]
fn random_keys_differ() {
    assert_ne!(Key::generate(random_bytes), Key::generate(random_bytes));
    assert_eq!(Key::generate(random::zeros).as_str(), "AAAAAAAAAAAAAAAAAAAAAA==");
}

#[test]
fn errors_say_what_and_know_the_status() {
    let all = [
        Error::KeyLength { got: 3 },
        Error::KeyCharacter { at: 1, got: b'\n' },
        Error::KeyPadding,
        Error::KeyTrailingBits { got: b'"' },
        Error::NoDigit,
        Error::NoSpace,
        Error::NotAMultiple { number: 7, spaces: 2 },
        Error::TooLarge,
    ];
    for error in all {
        let text = error.to_string();
        assert!(text.starts_with("got ") && text.contains(", expected ") && !text.contains('\n'), "{text}");
        assert_eq!(error.status(), 400);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn keys_of_any_length_are_hashed_as_they_are(key in prop::collection::vec(any::<u8>(), 0..100), usual: [u8; 24]) {
        for key in [&key[..], &usual] {
            let hash = Sha1::new().chain_update(key).chain_update("258EAFA5-E914-47DA-95CA-C5AB0DC85B11").finalize();
            prop_assert_eq!(AcceptValue::of(key).to_string(), STANDARD.encode(hash));
        }
    }

    #[test]
    fn a_key_is_the_base64_of_its_nonce(nonce: [u8; 16]) {
        let key = Key::from_nonce(nonce);
        prop_assert_eq!(key.as_str(), STANDARD.encode(nonce));
        prop_assert_eq!(Key::parse(key.as_str().as_bytes()), Ok(key));
        prop_assert_eq!(Key::generate(|buffer: &mut [u8]| buffer.copy_from_slice(&nonce)), key);
    }

    #[test]
    fn parse_takes_what_a_strict_decoder_takes(value in "[A-Za-z0-9+/]{18,22}[AQgw]?={0,3}|[ -~]{24}|\\PC{0,30}") {
        let decodes = STANDARD.decode(&value).is_ok_and(|bytes| bytes.len() == 16);
        prop_assert_eq!(Key::parse(value.as_bytes()).is_ok(), decodes);
    }
}
