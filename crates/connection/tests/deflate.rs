//! permessage-deflate on a connection: what the reserved bit means, limits while inflating, errors, any cuts.
#![cfg(all(feature = "deflate", feature = "hybi17"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod pair;

use hybi_connection::{Config, Connection, Delivery, Error, Event, Limits};
use hybi_deflate::{Params, Pool};
use hybi_frame::Error as FrameError;
use hybi_testkit::{same_for_all_cuts, same_for_random_cuts};
use hybi_version::{Role, Version};
use pair::{End, Outcome, frame};

/// What a server and a client with default settings agree on.
fn agreed() -> Params {
    let config = hybi_deflate::Config::new();
    config.accept([&config.offer()]).unwrap().0
}

fn server(config: Config) -> End {
    let connection = Connection::new(Version::Hybi17, Role::Server, config).unwrap();
    End { connection: connection.deflate(&agreed(), &Pool::new(1)), output: Vec::new() }
}

fn reads(config: &Config, bytes: &[u8]) -> Outcome {
    same_for_all_cuts(bytes, |reads| server(config.clone()).read(reads))
}

/// A message as a client sends it, without a mask, so that tests can change it.
fn compressed(message: &[u8]) -> Vec<u8> {
    let mut payload = Vec::new();
    agreed().compressor(&Pool::new(1)).compress(message, true, &mut payload).unwrap();
    payload
}

#[test]
fn the_examples_of_the_rfc() {
    // RFC 7692 §7.2.3.1 to §7.2.3.5: one frame, two fragments, no compression, a final block.
    let hello = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00];
    let fragments = [frame(0x41, &hello[..3]), frame(0x80, &hello[3..])].concat();
    let shared = [frame(0xC1, &hello), frame(0xC1, &[0xF2, 0x00, 0x11, 0x00, 0x00])].concat();
    let stored = frame(0xC1, &[0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00]);
    let last = frame(0xC1, &[0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00]);
    for (wire, count) in [(frame(0xC1, &hello), 1), (fragments, 1), (shared, 2), (stored, 1), (last, 1)] {
        let outcome = reads(&Config::new(), &wire);
        assert_eq!((outcome.events, outcome.error), (vec![Event::Text("Hello".into()); count], None));
    }
}

#[test]
fn the_reserved_bit_stands_on_the_first_frame_of_a_message_alone() {
    let payload = compressed(b"x");
    let cases = [
        frame(0xC9, b""),
        [frame(0x01, b"a"), frame(0xC0, &payload)].concat(),
        [frame(0x41, &payload[..1]), frame(0xC0, &payload[1..])].concat(),
    ];
    for wire in cases {
        assert_eq!(reads(&Config::new(), &wire).error, Some(FrameError::ReservedBits(0b100).into()));
    }
    assert_eq!(reads(&Config::new(), &frame(0xA1, b"")).error, Some(FrameError::ReservedBits(0b010).into()));
    // What comes without the bit is as it is, and control frames may come between.
    let wire =
        [frame(0x81, b"plain"), frame(0x41, &payload[..1]), frame(0x89, b""), frame(0x80, &payload[1..])].concat();
    let events = reads(&Config::new(), &wire).events;
    assert_eq!(events, [Event::Text("plain".into()), Event::Ping(b"".into()), Event::Text("x".into())]);
}

#[test]
fn the_size_that_counts_is_the_one_that_comes_out() {
    let config = Config::new().limits(Limits::new().message_bytes(1000));
    let fits = frame(0xC2, &compressed(&[0; 1000]));
    assert_eq!(reads(&config, &fits).events, [Event::Binary([0; 1000][..].into())]);
    let too_large = Some(Error::MessageTooLarge { size: 1001, limit: 1000 });
    let bomb = compressed(&[0; 1_000_000]);
    assert!(bomb.len() < 1100, "it is small on the wire");
    for delivery in [Delivery::Whole, Delivery::Parts] {
        let config = config.clone().delivery(delivery);
        let (error, output) = same_for_all_cuts(&frame(0xC2, &bomb), |reads| {
            let outcome = server(config.clone()).read(reads);
            (outcome.error, outcome.output)
        });
        assert_eq!((error, &output[2..4]), (too_large, &1009_u16.to_be_bytes()[..]));
        // The same in many small fragments.
        let mut wire = frame(0x42, b"");
        bomb.chunks(3).for_each(|chunk| wire.extend(frame(0x00, chunk)));
        assert_eq!(same_for_random_cuts(&wire, 1, 5, |reads| server(config.clone()).read(reads).error), too_large);
    }
}

#[test]
fn what_was_taken_of_a_bomb_is_bounded_and_given_back() {
    let config = Config::new().limits(Limits::new().message_bytes(100_000));
    let bomb = frame(0xC2, &compressed(&vec![0; 60_000_000]));
    let mut server = server(config);
    let outcome = server.read(&[bomb]);
    assert_eq!(outcome.error, Some(Error::MessageTooLarge { size: 100_001, limit: 100_000 }));
    assert!(server.connection.retained_bytes() < 500_000, "{}", server.connection.retained_bytes());
}

#[test]
fn text_is_checked_after_it_was_decompressed() {
    for delivery in [Delivery::Whole, Delivery::Parts] {
        let config = Config::new().delivery(delivery);
        for text in [&b"a\xff"[..], b"\xe2\x82", b"\xed\xa0\x80", &[b"x".repeat(5000), b"\xc0".to_vec()].concat()] {
            let outcome = same_for_random_cuts(&frame(0xC1, &compressed(text)), 2, 20, |reads| {
                let outcome = server(config.clone()).read(reads);
                (outcome.error, outcome.output)
            });
            assert_eq!(
                (outcome.0, &outcome.1[2..4]),
                (Some(FrameError::InvalidUtf8.into()), &1007_u16.to_be_bytes()[..])
            );
        }
    }
}

#[test]
fn a_corrupt_stream_is_an_error_of_its_own() {
    // A block of the reserved type, and one that refers to what never was.
    for payload in [&[0x07][..], &[0x03, 0x02, 0x00, 0x11, 0xFF, 0xFF], &[0x00, 0x05, 0x00, 0x00, 0x00]] {
        let outcome = reads(&Config::new(), &frame(0xC2, payload));
        assert_eq!(outcome.error, Some(Error::InvalidCompression), "{payload:?}");
        assert_eq!(outcome.output[2..4], 1007_u16.to_be_bytes());
    }
}

#[test]
fn parts_of_a_compressed_message_come_out_decompressed() {
    let text = "κόσμε, ".repeat(2000);
    let mut wire = frame(0x41, b"");
    compressed(text.as_bytes()).chunks(10).for_each(|chunk| wire.extend(frame(0x00, chunk)));
    wire.extend(frame(0x80, b""));
    let said = same_for_random_cuts(&wire, 3, 10, |reads| {
        let outcome = server(Config::new().delivery(Delivery::Parts)).read(reads);
        assert_eq!(outcome.error, None);
        let parts = outcome.events.into_iter().map(|event| match event {
            Event::Part(part) => part.data.into_owned(),
            other => panic!("{other:?}"),
        });
        parts.collect::<Vec<_>>().concat()
    });
    assert_eq!(said, text.as_bytes());
}
