//! The closing handshake: who says what, in which order, and what may follow (RFC 6455 §5.5.1, §7).
#![cfg(all(feature = "hybi10", feature = "hybi17"))]
#![allow(clippy::unwrap_used, reason = "tests")]

mod pair;

use hybi_connection::{Config, Error, Event, SendError, State};
use hybi_frame::{CloseCode, CloseReason};
use hybi_version::{Role, Version};
use pair::{End, frame, server_reads};

const BYE: Option<CloseReason<'_>> = Some(CloseReason { code: CloseCode::NORMAL, text: "bye" });

#[test]
fn a_close_is_answered_with_its_code_and_ends_it_all() {
    let wire = [frame(0x88, b"\x03\xe9leaving"), frame(0x81, b"too late")].concat();
    let outcome = server_reads(&wire);
    let said = match &outcome.events[..] {
        [Event::Close(Some(close))] => close.to_string(),
        other => format!("{other:?}"),
    };
    assert_eq!((said.as_str(), outcome.error), ("1001 leaving", None));
    assert_eq!(outcome.output, b"\x88\x02\x03\xe9");
}

#[test]
fn a_close_without_a_reason_is_answered_without_one() {
    let outcome = server_reads(&frame(0x88, b""));
    assert_eq!((outcome.events, outcome.output), (vec![Event::Close(None)], b"\x88\x00".to_vec()));
}

#[test]
fn ours_first_then_theirs() {
    let mut client = End::new(Version::Hybi17, Role::Client, Config::new());
    let mut server = End::new(Version::Hybi17, Role::Server, Config::new());
    let mut wire = Vec::new();
    client.connection.send_close(BYE, &mut wire).unwrap();
    assert_eq!(client.connection.state(), State::Closing);
    assert_eq!(client.connection.send_text("more", &mut wire), Err(SendError::Closed));
    assert_eq!(client.connection.send_close(None, &mut wire), Err(SendError::Closed));

    // What the server said before it knew still arrives.
    let mut answer = Vec::new();
    server.connection.send_text("last words", &mut answer).unwrap();
    answer.extend(server.read(&[wire]).output);
    assert!(server.connection.is_closed());

    let outcome = client.read(&[answer]);
    assert_eq!(outcome.events.len(), 2);
    assert_eq!(outcome.events[0], Event::Text("last words".into()));
    assert!(matches!(&outcome.events[1], Event::Close(Some(close)) if close.code == CloseCode::NORMAL));
    assert_eq!((outcome.output, client.connection.state()), (vec![], State::Closed));
    assert_eq!(client.connection.receive_eof(), Ok(()));
}

#[test]
fn both_at_once() {
    let mut ends = [Role::Client, Role::Server].map(|role| End::new(Version::Hybi17, role, Config::new()));
    let wires = ends.each_mut().map(|end| {
        let mut wire = Vec::new();
        end.connection.send_close(BYE, &mut wire).unwrap();
        wire
    });
    let [from_client, from_server] = wires;
    for (end, wire) in ends.iter_mut().zip([from_server, from_client]) {
        let outcome = end.read(&[wire]);
        assert_eq!((outcome.events.len(), outcome.output, outcome.error), (1, vec![], None));
        assert_eq!(end.connection.state(), State::Closed);
    }
}

#[test]
fn a_ping_is_answered_until_the_peer_has_closed() {
    let mut server = End::new(Version::Hybi17, Role::Server, Config::new());
    server.connection.send_close(BYE, &mut Vec::new()).unwrap();
    assert_eq!(server.read(&[frame(0x89, b"")]).output, b"\x8a\x00");
    assert_eq!(server.read(&[frame(0x88, b""), frame(0x89, b"")]).output, b"");
}

#[test]
fn the_transport_ends_too_early() {
    let mut server = End::new(Version::Hybi17, Role::Server, Config::new());
    assert_eq!(server.connection.receive_eof(), Err(Error::UnexpectedEof));
    assert_eq!(server.connection.receive_eof(), Err(Error::UnexpectedEof));
    assert_eq!(Error::UnexpectedEof.close_code(), CloseCode::ABNORMAL);
    assert_eq!(server.read(&[frame(0x81, b"x")]).error, Some(Error::UnexpectedEof));
}

#[test]
fn codes_that_must_not_be_sent_are_refused_by_version() {
    let close = |version, code| {
        let mut end = End::new(version, Role::Server, Config::new());
        end.connection.send_close(Some(CloseReason { code: CloseCode::new(code), text: "" }), &mut Vec::new())
    };
    for code in [0, 999, 1005, 1006, 1015, 1016, 2999, 5000] {
        for version in [Version::Hybi10, Version::Hybi17] {
            let code = CloseCode::new(code);
            assert_eq!(close(version, code.get()), Err(SendError::InvalidCloseCode { code, version }));
        }
    }
    assert!(close(Version::Hybi17, 1004).is_err() && close(Version::Hybi10, 1004).is_ok());
    assert!(close(Version::Hybi17, 1009).is_ok() && close(Version::Hybi10, 1009).is_err());
}

#[test]
fn hybi10_tells_what_is_too_large_by_its_own_code() {
    let config = Config::new().limits(hybi_connection::Limits::new().message_bytes(3));
    for (version, code) in [(Version::Hybi10, 1004_u16), (Version::Hybi17, 1009)] {
        let outcome = End::new(version, Role::Server, config.clone()).read(&[frame(0x82, b"1234")]);
        assert_eq!(outcome.output[2..4], code.to_be_bytes());
    }
}

#[test]
fn a_long_reason_is_cut_at_a_character() {
    let mut server = End::new(Version::Hybi17, Role::Server, Config::new());
    let text = "ä".repeat(100);
    let reason = CloseReason { code: CloseCode::NORMAL, text: &text };
    server.connection.send_close(Some(reason), &mut server.output).unwrap();
    assert_eq!(server.output.len(), 2 + 2 + 122);
}
