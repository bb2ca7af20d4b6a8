//! Whatever is sent comes out at the other end; whatever comes in, in whatever cuts, gives the same events, and no panic.
#![cfg(feature = "all-versions")]
#![allow(clippy::unwrap_used, reason = "tests")]

mod pair;

use hybi_connection::{Config, Delivery, Event, Limits};
use hybi_testkit::same_for_random_cuts;
use hybi_version::{Role, Version};
use pair::{End, frame};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Action {
    Text(String),
    Binary(Vec<u8>),
    Parts(Vec<String>),
    Ping(Vec<u8>),
}

fn action() -> impl Strategy<Value = Action> {
    let bytes = |most| proptest::collection::vec(any::<u8>(), 0..most);
    prop_oneof![
        ".{0,200}".prop_map(Action::Text),
        bytes(400).prop_map(Action::Binary),
        proptest::collection::vec(".{0,40}", 1..5).prop_map(Action::Parts),
        bytes(126).prop_map(Action::Ping),
    ]
}

/// Frames that are mostly right, and bytes that are mostly wrong.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let one = prop_oneof![
        (any::<u8>(), proptest::collection::vec(any::<u8>(), 0..300)).prop_map(|(first, data)| frame(first, &data)),
        prop_oneof![Just(0x81), Just(0x01), Just(0x00), Just(0x80), Just(0x89)]
            .prop_flat_map(|first| "\\PC{0,80}".prop_map(move |text| frame(first, text.as_bytes()))),
        "\\PC{0,80}".prop_map(|text| [b"\x00", text.as_bytes(), b"\xff"].concat()),
        Just(b"\xff\x00".to_vec()),
        proptest::collection::vec(any::<u8>(), 0..40),
    ];
    proptest::collection::vec(one, 0..8).prop_map(|frames| frames.concat())
}

proptest! {
    #[test]
    fn what_is_sent_comes_out(actions in proptest::collection::vec(action(), 0..8), seed: u64, client: bool) {
        let role = if client { Role::Client } else { Role::Server };
        for version in [Version::Hybi10, Version::Hybi17] {
            let mut sender = End::new(version, role, Config::new());
            let (mut wire, mut expected) = (Vec::new(), Vec::new());
            for action in &actions {
                match action {
                    Action::Text(text) => {
                        sender.connection.send_text(text, &mut wire).unwrap();
                        expected.push(Event::Text(text.into()));
                    }
                    Action::Binary(data) => {
                        sender.connection.send_binary(data, &mut wire).unwrap();
                        expected.push(Event::Binary(data.into()));
                    }
                    Action::Parts(parts) => {
                        for (index, part) in parts.iter().enumerate() {
                            let last = index + 1 == parts.len();
                            sender.connection.send_text_part(part, last, &mut wire).unwrap();
                        }
                        expected.push(Event::Text(parts.concat().into()));
                    }
                    Action::Ping(data) => {
                        sender.connection.send_ping(data, &mut wire).unwrap();
                        expected.push(Event::Ping(data.into()));
                    }
                }
            }
            let outcome = same_for_random_cuts(&wire, seed, 6, |reads| {
                let config = Config::new().random(|bytes| bytes.copy_from_slice(&[1, 2, 3, 4]));
                End::new(version, role.peer(), config).read(reads)
            });
            prop_assert_eq!(&outcome.events, &expected);
            prop_assert_eq!(outcome.error, None);
            let held = same_for_random_cuts(&wire, seed, 6, |reads| {
                let config = Config::new().random(|bytes| bytes.copy_from_slice(&[1, 2, 3, 4]));
                End::new(version, role.peer(), config).read_held(reads)
            });
            prop_assert_eq!(held.events, expected.clone());
        }
    }

    #[test]
    fn cuts_change_nothing_whatever_comes(wire in hostile(), seed: u64, client: bool) {
        let role = if client { Role::Client } else { Role::Server };
        for version in Version::ALL {
            let limits = Limits::new().message_bytes(300).fragments(3);
            let config = Config::new().limits(limits).random(|bytes| bytes.copy_from_slice(&[1, 2, 3, 4]));
            let whole = same_for_random_cuts(&wire, seed, 6, |reads| {
                let mut end = End::new(version, role, config.clone());
                let outcome = end.read(reads);
                (outcome, end.connection.state(), end.connection.receive_eof())
            });
            // In a buffer, nothing is different.
            let held = same_for_random_cuts(&wire, seed, 6, |reads| {
                let mut end = End::new(version, role, config.clone());
                let outcome = end.read_held(reads);
                (outcome, end.connection.state(), end.connection.receive_eof())
            });
            prop_assert_eq!(&held, &whole);
            // In parts, the same is said, in as many pieces as there are reads.
            let parts = same_for_random_cuts(&wire, seed, 6, |reads| {
                let mut end = End::new(version, role, config.clone().delivery(Delivery::Parts));
                let outcome = end.read(reads);
                (joined(outcome.events), outcome.error, outcome.output)
            });
            prop_assert_eq!((parts.1, parts.2), (whole.0.error, whole.0.output));
        }
    }
}

/// Complete messages put together again from their parts.
fn joined(events: Vec<Event<'static>>) -> Vec<Event<'static>> {
    let (mut joined, mut data) = (Vec::new(), Vec::new());
    for event in events {
        let Event::Part(part) = event else {
            joined.push(event);
            continue;
        };
        assert_eq!(part.first, data.is_empty() && part.first);
        data.extend_from_slice(&part.data);
        if part.last {
            joined.push(Event::Binary(core::mem::take(&mut data).into()));
        }
    }
    joined
}
