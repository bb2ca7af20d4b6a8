//! States that connections share.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use std::thread;

use hybi_deflate::{Compressor, Config, Decompressor, Level, Pool, WindowBits};
use support::{agree, bits, compress, decompress, json};

fn compressor(pool: &Pool) -> Compressor {
    Compressor::new(WindowBits::MAX, true, Level::DEFAULT, 0, pool)
}

/// A connection whose state nobody had in between goes on with all of its window; another begins with the last 4 KiB.
#[test]
fn a_state_remembers_its_owner() {
    let text = json(1, 3000);
    let between: Vec<Vec<u8>> = (2..9).map(|seed| json(seed, 1000)).collect();
    // Capacity, number of strangers, and whether the far end of the window is still known.
    for (capacity, strangers, known) in
        [(1, 0, true), (1, 1, false), (2, 1, true), (4, 3, true), (4, 4, false), (0, 0, false)]
    {
        let pool = Pool::new(capacity);
        let mut own = compressor(&pool);
        let mut decompressor = Decompressor::new(WindowBits::MAX, true, &pool);
        let mut others: Vec<_> = (0..strangers).map(|_| compressor(&pool)).collect();
        for message in [&text].into_iter().chain(&between) {
            assert_eq!(&decompress(&mut decompressor, &compress(&mut own, message)).unwrap(), message);
        }
        for other in &mut others {
            compress(other, b"not yours");
        }
        let payload = compress(&mut own, &text);
        assert_eq!(payload.len() < 60, known, "{} bytes with {capacity} and {strangers}", payload.len());
        assert_eq!(decompress(&mut decompressor, &payload).unwrap(), text);
    }
}

/// Nothing that one connection sent is ever visible to another.
#[test]
fn nothing_leaks_from_one_connection_to_another() {
    let text = json(1, 2000);
    let pool = Pool::new(1);
    let fresh = compress(&mut compressor(&Pool::new(1)), &text);
    let mut decompressor = Decompressor::new(WindowBits::MAX, true, &pool);
    for _ in 0..5 {
        // Each has the state of the one before.
        assert_eq!(compress(&mut compressor(&pool), &text), fresh);
    }
    decompress(&mut decompressor, &fresh).unwrap();
    // An H, and what stood before it four bytes long.
    let reference = [0xf2, 0x00, 0x11, 0x00, 0x00];
    assert_eq!(decompress(&mut decompressor, &reference).unwrap(), [b"H", &text[text.len() - 4..]].concat());
    let mut stranger = Decompressor::new(WindowBits::MAX, true, &pool);
    assert!(decompress(&mut stranger, &reference).is_err());
}

#[test]
fn it_keeps_no_more_than_its_capacity() {
    for capacity in 0..4 {
        let pool = Pool::new(capacity);
        let empty = pool.retained_bytes();
        let mut under_way: Vec<_> = (0..5)
            .map(|number| {
                let level = Level::new(1 + number).unwrap();
                let mut compressor = Compressor::new(bits(15 - number), number % 2 == 0, level, 0, &pool);
                let mut decompressor = Decompressor::new(bits(15 - number), true, &pool);
                compressor.compress(b"the first half", false, &mut Vec::new()).unwrap();
                decompressor.decompress(&[0x00, 0x05, 0x00], false, 5, &mut Vec::new()).unwrap();
                (compressor, decompressor)
            })
            .collect();
        assert_eq!(pool.retained_bytes(), empty);
        for (compressor, decompressor) in &mut under_way {
            compressor.compress(b"the second half", true, &mut Vec::new()).unwrap();
            decompressor.decompress(b"\xfa\xffHello\x00", true, 5, &mut Vec::new()).unwrap();
        }
        let one = 440_000;
        assert!(pool.retained_bytes() <= empty + capacity * one, "{} for {capacity}", pool.retained_bytes());
        assert_eq!(
            format!("{pool:?}"),
            format!("Pool {{ capacity: {capacity}, compressors: {capacity}, decompressors: {capacity} }}")
        );
        pool.clear();
        assert_eq!(pool.retained_bytes(), empty);
    }
}

/// Two halves of a connection on two threads, many connections, one pool.
#[test]
fn threads_may_share_one() {
    let pool = Pool::default();
    thread::scope(|scope| {
        for seed in 0..4 {
            let pool = &pool;
            scope.spawn(move || {
                let (client, server) = agree(&Config::new(), &Config::low_memory());
                let (mut out, mut into) = (client.compressor(pool), server.decompressor(pool));
                for round in 0..50 {
                    let text = json(seed * 100 + round, 500);
                    assert_eq!(decompress(&mut into, &compress(&mut out, &text)).unwrap(), text);
                }
            });
        }
    });
    fn is_send<T: Send>(_: &T) {}
    is_send(&compressor(&pool));
    is_send(&Decompressor::new(WindowBits::MAX, true, &pool));
}
