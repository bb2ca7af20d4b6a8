//! What the versions with frame headers, hybi-10 and RFC 6455, have in common: messages, fragments, pings.
#![cfg(all(feature = "hybi10", feature = "hybi17"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod pair;

use hybi_connection::{Config, Delivery, Error, Event, Limits, SendError, State};
use hybi_frame::{CloseCode, Error as FrameError, Opcode};
use hybi_version::{Role, Version};
use pair::{End, frame, server_reads};

#[test]
fn messages_come_out_as_they_went_in_at_both_ends_in_both_versions() {
    let texts = ["", "Hello", "κόσμε", "𝄞 and more", &"x".repeat(125), &"y".repeat(126), &"ü".repeat(40_000)];
    for version in [Version::Hybi10, Version::Hybi17] {
        for role in [Role::Client, Role::Server] {
            let mut sender = End::new(version, role, Config::new());
            let mut receiver = End::new(version, role.peer(), Config::new());
            for text in texts {
                let mut wire = Vec::new();
                sender.connection.send_text(text, &mut wire).unwrap();
                sender.connection.send_binary(text.as_bytes(), &mut wire).unwrap();
                let outcome = receiver.read(&[wire]);
                assert_eq!(outcome.events, [Event::Text(text.into()), Event::Binary(text.as_bytes().into())]);
                assert_eq!((outcome.error, outcome.output), (None, Vec::new()));
            }
        }
    }
}

#[test]
fn what_comes_whole_is_borrowed_and_what_spans_reads_is_owned() {
    use std::borrow::Cow;
    let mut server = End::new(Version::Hybi17, Role::Server, Config::new());
    let mut wire = frame(0x81, b"whole");
    let mut bytes = &mut wire[..];
    let event = server.connection.receive(&mut bytes, &mut Vec::new()).unwrap();
    assert!(matches!(event, Some(Event::Text(Cow::Borrowed("whole")))));
    let mut wire = frame(0x81, b"in two");
    let (mut front, mut back) = wire.split_at_mut(8);
    assert_eq!(server.connection.receive(&mut front, &mut Vec::new()), Ok(None));
    let event = server.connection.receive(&mut back, &mut Vec::new()).unwrap();
    assert!(matches!(event, Some(Event::Text(Cow::Owned(text))) if text == "in two"));
}

#[test]
fn fragments_are_joined_and_control_frames_between_them_come_first() {
    let wire = [
        frame(0x01, "κό".as_bytes()),
        frame(0x89, b"still there?"),
        frame(0x00, b""),
        frame(0x8A, b"yes"),
        // The cut goes through the character.
        frame(0x00, &"σμε".as_bytes()[..3]),
        frame(0x80, &"σμε".as_bytes()[3..]),
        frame(0x02, &[1]),
        frame(0x80, &[2]),
    ]
    .concat();
    let outcome = server_reads(&wire);
    let (ping, pong) = (b"still there?".into(), b"yes".into());
    assert_eq!(
        outcome.events,
        [Event::Ping(ping), Event::Pong(pong), Event::Text("κόσμε".into()), Event::Binary([1, 2][..].into())]
    );
    assert_eq!(outcome.output, b"\x8a\x0cstill there?");
}

#[test]
fn a_client_reads_fragments_of_a_sender_in_parts() {
    let mut server = End::new(Version::Hybi17, Role::Server, Config::new());
    let mut wire = Vec::new();
    server.connection.send_text_part("one ", false, &mut wire).unwrap();
    assert_eq!(
        server.connection.send_text("no", &mut wire),
        Err(SendError::InMessage(hybi_connection::Kind::Text)),
        "a message can't begin in another"
    );
    assert_eq!(
        server.connection.send_binary_part(b"no", true, &mut wire),
        Err(SendError::InMessage(hybi_connection::Kind::Text))
    );
    server.connection.send_ping(b"", &mut wire).unwrap();
    server.connection.send_text_part("", false, &mut wire).unwrap();
    server.connection.send_text_part("two", true, &mut wire).unwrap();
    server.connection.send_text("three", &mut wire).unwrap();
    let outcome = hybi_testkit::same_for_all_cuts(&wire, |reads| {
        End::new(Version::Hybi17, Role::Client, Config::new().random(|bytes| bytes.fill(0))).read(reads)
    });
    assert_eq!(outcome.events, [Event::Ping(b"".into()), Event::Text("one two".into()), Event::Text("three".into())]);
    assert_eq!(outcome.output, b"\x8a\x80\0\0\0\0", "the client's pong is masked");
}

#[test]
fn pings_are_left_to_the_caller_on_request() {
    let mut server = End::new(Version::Hybi17, Role::Server, Config::new().auto_pong(false));
    let outcome = server.read(&[frame(0x89, b"?")]);
    assert_eq!((outcome.events, outcome.output), (vec![Event::Ping(b"?".into())], vec![]));
    server.connection.send_pong(b"!", &mut server.output).unwrap();
    assert_eq!(server.output, b"\x8a\x01!");
    assert_eq!(server.connection.send_ping(&[0; 126], &mut server.output), Err(SendError::ControlTooLong(126)));
}

#[test]
fn a_flood_of_pings_is_answered_one_by_one_until_the_output_backs_up() {
    let config = Config::new().limits(Limits::new().output_bytes(100));
    let mut server = End::new(Version::Hybi17, Role::Server, config);
    let pings: Vec<u8> = (0..10_000).flat_map(|number: u32| frame(0x89, number.to_string().as_bytes())).collect();
    let outcome = server.read(&[pings]);
    assert_eq!(outcome.events.len(), 10_000, "the caller sees all of them");
    // The last one is answered in any case, and what was owed is not kept.
    assert!(outcome.output.len() < 120 && outcome.output.ends_with(b"\x8a\x049999"), "{}", outcome.output.len());
    assert_eq!(server.connection.retained_bytes(), 0);
    assert_eq!(server.read(&[frame(0x89, b"on")]).output, b"\x8a\x02on", "and then as before");
    let mut patient = End::new(Version::Hybi17, Role::Server, Config::new());
    let outcome = patient.read(&[frame(0x89, b"").repeat(10_000)]);
    assert_eq!(outcome.output.len(), 20_000, "none is left out where there is room");
}

#[test]
fn violations_end_the_connection_with_the_code_that_names_them() {
    let invalid = FrameError::InvalidUtf8;
    let cases: [(&str, Vec<u8>, Error, u16); 12] = [
        ("reserved bit", frame(0xC1, b""), FrameError::ReservedBits(0b100).into(), 1002),
        ("reserved opcode", frame(0x83, b""), FrameError::ReservedOpcode(3).into(), 1002),
        ("no mask", b"\x81\x01x".into(), FrameError::MaskMissing.into(), 1002),
        ("long ping", frame(0x89, &[0; 126]), FrameError::ControlTooLong(126).into(), 1002),
        ("cut ping", frame(0x09, b""), FrameError::ControlFragmented(Opcode::Ping).into(), 1002),
        ("continuation first", frame(0x80, b"x"), FrameError::ContinuationUnexpected.into(), 1002),
        (
            "text in text",
            [frame(0x01, b"x"), frame(0x81, b"y")].concat(),
            FrameError::ContinuationExpected(Opcode::Text).into(),
            1002,
        ),
        ("bad text", frame(0x81, b"\xff"), invalid.into(), 1007),
        ("cut text", frame(0x81, b"\xe2\x82"), invalid.into(), 1007),
        ("bad text in an unfinished frame", frame(0x81, b"a\xc0bcdef")[..9].into(), invalid.into(), 1007),
        ("half a close code", frame(0x88, b"\x03"), FrameError::CloseTooShort.into(), 1002),
        ("close code 1005", frame(0x88, b"\x03\xed"), FrameError::InvalidCloseCode(CloseCode::NO_STATUS).into(), 1002),
    ];
    for (name, wire, error, code) in cases {
        let outcome = server_reads(&wire);
        assert_eq!(outcome.error, Some(error), "{name}");
        assert_eq!((outcome.output[0], &outcome.output[2..4]), (0x88, &code.to_be_bytes()[..]), "{name}");
        assert_eq!(&outcome.output[4..], error.to_string().as_bytes(), "{name}");
    }
}

#[test]
fn a_failed_connection_stays_failed_and_says_it_once() {
    let mut server = End::new(Version::Hybi17, Role::Server, Config::new());
    let first = server.read(&[frame(0x83, b"")]);
    let again = server.read(&[frame(0x81, b"fine")]);
    assert_eq!((first.error, again.error), (again.error, Some(FrameError::ReservedOpcode(3).into())));
    assert_eq!((again.events, again.output), (vec![], vec![]));
    assert_eq!(server.connection.send_text("x", &mut Vec::new()), Err(SendError::Closed));
    assert_eq!(server.connection.state(), State::Failed);
}

#[test]
fn limits_hold_for_what_is_announced_and_for_what_adds_up() {
    let reads = |config: Config, wire: &[u8]| {
        hybi_testkit::same_for_all_cuts(wire, |reads| {
            End::new(Version::Hybi17, Role::Server, config.clone()).read(reads).error
        })
    };
    let limits = Limits::new();
    let message = Config::new().limits(limits.message_bytes(10));
    assert_eq!(reads(message.clone(), &frame(0x82, &[0; 10])), None);
    let too_large = |size| Some(Error::MessageTooLarge { size, limit: 10 });
    assert_eq!(reads(message.clone(), &frame(0x82, &[0; 11])), too_large(11));
    assert_eq!(reads(message.clone(), &frame(0x82, &[0; 11])[..6]), too_large(11), "before the payload comes");
    assert_eq!(reads(message.clone().delivery(Delivery::Parts), &frame(0x82, &[0; 11])), too_large(11));
    assert_eq!(reads(message, &[frame(0x02, &[0; 6]), frame(0x80, &[0; 6])].concat()), too_large(12));
    let frames = Config::new().limits(limits.frame_bytes(10));
    assert_eq!(reads(frames, &frame(0x82, &[0; 11])), Some(FrameError::FrameTooLarge { size: 11, limit: 10 }.into()));
    let fragments = Config::new().limits(limits.fragments(2));
    let wire = [frame(0x02, b""), frame(0x00, b""), frame(0x80, b"")];
    assert_eq!(reads(fragments.clone(), &wire[..2].concat()), None);
    assert_eq!(reads(fragments, &wire.concat()), Some(Error::TooManyFragments { limit: 2 }));
}
