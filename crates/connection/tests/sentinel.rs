//! hybi-00 and hixie-75: text between a zero byte and `FF`, and little else.
#![cfg(all(feature = "hixie75", feature = "hybi00"))]
#![allow(clippy::unwrap_used, reason = "tests")]

mod pair;

use std::borrow::Cow;

use hybi_connection::{Config, Delivery, Error, Event, Kind, Limits, SendError, State};
use hybi_frame::{CloseCode, CloseReason, Error as FrameError};
use hybi_version::{Role, Version};
use pair::{End, Outcome};

const BOTH: [Version; 2] = [Version::Hixie75, Version::Hybi00];

fn reads(version: Version, bytes: &[u8]) -> Outcome {
    hybi_testkit::same_for_all_cuts(bytes, |reads| End::new(version, Role::Server, Config::new()).read(reads))
}

#[test]
fn text_goes_both_ways_without_a_mask() {
    for version in BOTH {
        let mut client = End::new(version, Role::Client, Config::new());
        let mut wire = Vec::new();
        client.connection.send_text("Hello", &mut wire).unwrap();
        client.connection.send_text("", &mut wire).unwrap();
        assert_eq!(wire, b"\x00Hello\xff\x00\xff");
        assert_eq!(reads(version, &wire).events, [Event::Text("Hello".into()), Event::Text("".into())]);
    }
}

#[test]
fn valid_text_is_borrowed_and_invalid_bytes_are_replaced() {
    for version in BOTH {
        let mut server = End::new(version, Role::Server, Config::new());
        let mut wire = *b"\x00fine\xff";
        let mut bytes = &mut wire[..];
        let event = server.connection.receive(&mut bytes, &mut Vec::new()).unwrap();
        assert!(matches!(event, Some(Event::Text(Cow::Borrowed("fine")))));
        assert_eq!(reads(version, b"\x00a\xc3b\xe2\x82\xff").events, [Event::Text("a\u{fffd}b\u{fffd}".into())]);
    }
}

#[test]
fn frames_without_a_meaning_are_passed_over() {
    for version in BOTH {
        let wire = b"\x00a\xff\x01noise\xff\x80\x03\x00\xff\x00\x7f\xff\xf0\x80\x80\x01x\x00b\xff";
        assert_eq!(reads(version, wire).events, [Event::Text("a".into()), Event::Text("b".into())]);
    }
}

#[test]
fn ff_00_closes_hybi00_and_means_nothing_in_hixie75() {
    let wire = b"\xff\x00\x00late\xff";
    let outcome = reads(Version::Hybi00, wire);
    assert_eq!((outcome.events, outcome.output), (vec![Event::Close(None)], b"\xff\x00".to_vec()));
    let outcome = reads(Version::Hixie75, wire);
    assert_eq!((outcome.events, outcome.output), (vec![Event::Text("late".into())], vec![]));
}

#[test]
fn hybi00_closes_by_a_handshake_and_hixie75_by_the_end_of_the_transport() {
    let mut server = End::new(Version::Hybi00, Role::Server, Config::new());
    server.connection.send_close(None, &mut server.output).unwrap();
    assert_eq!((&server.output[..], server.connection.state()), (&b"\xff\x00"[..], State::Closing));
    let outcome = server.read(&[b"\x00last\xff\xff\x00".to_vec()]);
    assert_eq!(outcome.events, [Event::Text("last".into()), Event::Close(None)]);
    assert_eq!((&outcome.output[..], server.connection.state()), (&b"\xff\x00"[..], State::Closed), "ours, once");
    assert_eq!(server.connection.receive_eof(), Ok(()));

    let mut server = End::new(Version::Hixie75, Role::Server, Config::new());
    assert_eq!(server.connection.receive_eof(), Ok(()));
    assert_eq!(server.connection.send_text("x", &mut server.output), Err(SendError::Closed));
    let mut server = End::new(Version::Hixie75, Role::Server, Config::new());
    server.connection.send_close(None, &mut server.output).unwrap();
    assert_eq!((&server.output[..], server.connection.state()), (&b""[..], State::Closed));
    let mut server = End::new(Version::Hixie75, Role::Server, Config::new());
    server.read(&[b"\x00unfinished".to_vec()]);
    assert_eq!(server.connection.receive_eof(), Err(Error::UnexpectedEof));
    let mut server = End::new(Version::Hybi00, Role::Server, Config::new());
    assert_eq!(server.connection.receive_eof(), Err(Error::UnexpectedEof));
}

#[test]
fn what_a_version_lacks_is_an_error_that_names_it() {
    for version in BOTH {
        let mut end = End::new(version, Role::Client, Config::new());
        let out = &mut Vec::new();
        let lacks = |what| Err(SendError::Unsupported { what, version });
        assert_eq!(end.connection.send_binary(b"", out), lacks("binary messages"));
        assert_eq!(end.connection.send_text_part("", true, out), lacks("messages in parts"));
        assert_eq!(end.connection.send_header(Kind::Text, 0, true).map(drop), lacks("messages in parts"));
        assert_eq!(end.connection.send_ping(b"", out), lacks("ping and pong"));
        let reason = CloseReason { code: CloseCode::NORMAL, text: "" };
        assert_eq!(end.connection.send_close(Some(reason), out), lacks("close codes"));
        assert_eq!((&out[..], end.connection.state()), (&b""[..], State::Open));
        assert!(lacks("x").unwrap_err().to_string().contains(version.name()));
        assert!(!version.can().binary && !version.can().fragments && !version.can().ping && !version.can().close_codes);
    }
}

#[test]
fn limits_hold_however_it_is_cut() {
    let limits = Limits::new();
    let run = |config: Config, wire: &[u8]| {
        hybi_testkit::same_for_all_cuts(wire, |reads| {
            let outcome = End::new(Version::Hybi00, Role::Server, config.clone()).read(reads);
            (outcome.error, outcome.output)
        })
    };
    let close = b"\xff\x00".to_vec();
    let config = Config::new().limits(limits.message_bytes(4));
    assert_eq!(run(config.clone(), b"\x001234\xff").0, None);
    assert_eq!(run(config, b"\x0012345\xff"), (Some(Error::MessageTooLarge { size: 5, limit: 4 }), close.clone()));
    let config = Config::new().limits(limits.frame_bytes(4));
    let too_large = |size| (Some(FrameError::FrameTooLarge { size, limit: 4 }.into()), close.clone());
    assert_eq!(run(config.clone(), b"\x0112345\xff"), too_large(5), "also where it means nothing");
    assert_eq!(run(config, b"\x80\x0512345"), too_large(5));
    let error = Some(FrameError::SentinelLength.into());
    assert_eq!(run(Config::new(), b"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80"), (error, close));
}

#[test]
fn parts_are_handed_out_as_they_come() {
    let mut server = End::new(Version::Hybi00, Role::Server, Config::new().delivery(Delivery::Parts));
    let outcome = server.read(&[b"\x00ab".to_vec(), b"cd".to_vec(), b"\xff\x00\xff".to_vec()]);
    let parts: Vec<_> = outcome
        .events
        .iter()
        .map(|event| match event {
            Event::Part(part) => (&*part.data, part.first, part.last),
            _ => (&b"?"[..], false, false),
        })
        .collect();
    let expected: [(&[u8], _, _); 4] =
        [(b"ab", true, false), (b"cd", false, false), (b"", false, true), (b"", true, true)];
    assert_eq!(parts, expected);
}
