//! Messages that had better be sent as they are, and contexts that are dropped.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_deflate::{Compressor, Config, Level, Pool, WindowBits};
use hybi_testkit::Random;
use support::{agree, compress, decompress, direction, json};

#[test]
fn the_threshold() {
    for (threshold, length, wanted) in
        [(0, 0, false), (0, 1, true), (64, 63, false), (64, 64, true), (64, 65, true), (usize::MAX, 1 << 20, false)]
    {
        let compressor = Compressor::new(WindowBits::MAX, true, Level::DEFAULT, threshold, &Pool::new(1));
        assert_eq!(compressor.wants(length), wanted, "{threshold} {length}");
    }
    let (client, _) = agree(&Config::new().threshold(10), &Config::new());
    let mut compressor = client.compressor(&Pool::new(1));
    let mut payload = Vec::new();
    assert!(!compressor.try_compress(b"aaaaaaaaa", &mut payload).unwrap());
    assert!(payload.is_empty());
    assert!(compressor.try_compress(b"aaaaaaaaaa", &mut payload).unwrap());
    assert!(payload.len() < 10);
}

/// What did not become smaller leaves no trace in the output, nor in the context.
#[test]
fn messages_that_do_not_become_smaller() {
    for capacity in [0, 1, 2] {
        for context_takeover in [true, false] {
            let pool = Pool::new(capacity);
            let mut compressor = Compressor::new(WindowBits::MAX, context_takeover, Level::DEFAULT, 0, &pool);
            let (_, mut decompressor) = direction(WindowBits::MAX, context_takeover);
            let text = json(1, 800);
            let mut random = Random::new(1);
            for round in 0..4 {
                let mut payload = Vec::from(*b"before");
                assert!(!compressor.try_compress(&random.bytes(500), &mut payload).unwrap());
                assert!(!compressor.try_compress(b"x", &mut payload).unwrap());
                assert_eq!(payload, b"before");

                assert!(compressor.try_compress(&text, &mut payload).unwrap());
                assert_eq!(decompress(&mut decompressor, &payload[6..]).unwrap(), text);
                assert_eq!(payload.len() < 30, context_takeover && round > 0, "{} in round {round}", payload.len());
            }
        }
    }
}

#[test]
fn the_last_part_of_a_message_is_always_compressed() {
    let (mut compressor, mut decompressor) = direction(WindowBits::MAX, true);
    let mut payload = Vec::new();
    compressor.compress(b"a", false, &mut payload).unwrap();
    assert!(compressor.try_compress(b"", &mut payload).unwrap());
    assert_eq!(decompress(&mut decompressor, &payload).unwrap(), b"a");
}

/// One payload for many connections: each compressor forgets, as it has not seen what its peer got.
#[test]
fn a_broadcast() {
    let pool = Pool::new(2);
    let broadcast = compress(&mut Compressor::new(WindowBits::MAX, false, Level::SMALLEST, 0, &pool), &json(9, 5000));
    let mut connections: Vec<_> = (0..3).map(|_| direction(WindowBits::MAX, true)).collect();
    for round in 0..3 {
        for (compressor, decompressor) in &mut connections {
            let text = json(round, 700);
            assert_eq!(decompress(decompressor, &compress(compressor, &text)).unwrap(), text);
            assert_eq!(decompress(decompressor, &broadcast).unwrap(), json(9, 5000));
            compressor.forget();
            assert_eq!(compressor.retained_bytes(), 0);
        }
    }
}

#[test]
fn forgetting_in_the_middle_of_a_message() {
    let (mut compressor, mut decompressor) = direction(WindowBits::MAX, true);
    let text = json(1, 600);
    let mut payload = Vec::new();
    compressor.compress(&text, false, &mut payload).unwrap();
    compressor.forget();
    compressor.compress(&text, true, &mut payload).unwrap();
    assert_eq!(decompress(&mut decompressor, &payload).unwrap(), [&text[..], &text].concat());
    let (mut fresh, _) = direction(WindowBits::MAX, false);
    assert_eq!(compress(&mut compressor, &text), compress(&mut fresh, &text));
}
