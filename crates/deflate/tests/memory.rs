//! What a connection holds, counted by the allocator. The figures of the crate page come from here:
//! `cargo test -p hybi-deflate --test memory`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_deflate::{Compressor, Config, Decompressor, Level, Pool, WindowBits};
use peak_alloc::PeakAlloc;
use support::{agree, bits, compress, json};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const KIB: usize = 1024;

/// A program without the harness of tests, whose threads would allocate beside it.
fn main() {
    // Detected once, and kept by the standard library.
    let _ = compress(&mut Compressor::new(bits(9), false, Level::DEFAULT, 0, &Pool::new(0)), b"warm up");
    states();
    connections();
    under_way();
    structs();
}

/// zlib's states, by window.
fn states() {
    for (window, most) in [(15, 372 * KIB), (12, 260 * KIB), (9, 246 * KIB), (8, 246 * KIB)] {
        let pool = Pool::new(1);
        let before = MEMORY.current_usage();
        let mut compressor = Compressor::new(bits(window), false, Level::DEFAULT, 0, &pool);
        let payload = compress(&mut compressor, b"a message");
        drop(payload);
        let held = MEMORY.current_usage() - before;
        println!("window of {window} bits: compressor's state {held} bytes");
        assert!(held <= most, "{held} for {window}");
        assert_eq!(compressor.retained_bytes(), 0);
        let empty = Pool::new(1).retained_bytes();
        assert_eq!(pool.retained_bytes() - empty, held, "{window}");

        let before = MEMORY.current_usage();
        let mut decompressor = Decompressor::new(bits(window), false, &pool);
        decompressor.decompress(&[0], true, 0, &mut Vec::new()).unwrap();
        let more = MEMORY.current_usage() - before;
        println!("window of {window} bits: decompressor's state {more} bytes");
        assert!(more <= 47 * KIB, "{more}");
        assert_eq!(decompressor.retained_bytes(), 0);
        assert_eq!(pool.retained_bytes() - empty, held + more);

        let before = MEMORY.current_usage();
        pool.clear();
        assert_eq!(before - MEMORY.current_usage(), held + more);
        assert_eq!(pool.retained_bytes(), empty);
    }
    let before = MEMORY.current_usage();
    let pool = Pool::new(100);
    assert_eq!(pool.retained_bytes(), MEMORY.current_usage() - before);
}

/// What a connection at rest holds beside the pool, on top of its structs, after this many messages of 1 KiB each way.
fn connections() {
    let small = Config::new().server_max_window_bits(bits(9)).client_max_window_bits(bits(9));
    let rows = [
        ("Config::new()", Config::new(), 37 * KIB),
        ("Config::low_memory()", Config::low_memory(), 9 * KIB),
        ("windows of 9 bits", small, 2 * KIB),
        ("Config::no_context()", Config::no_context(), 0),
    ];
    for (name, config, most) in rows {
        let pool = Pool::new(1);
        let (client, server) = agree(&config, &config);
        for (messages, message) in [(0, 0), (1, 100), (1, KIB), (100, KIB), (1, 1000 * KIB)] {
            let (mut payloads, mut output) = (Vec::new(), Vec::new());
            let mut clients = client.compressor(&pool);
            let text = json(1, message);
            for _ in 0..messages {
                payloads.push(compress(&mut clients, &text));
            }
            drop(clients);

            let before = MEMORY.current_usage() - pool.retained_bytes();
            let (mut compressor, mut decompressor) = (server.compressor(&pool), server.decompressor(&pool));
            for payload in &payloads {
                decompressor.decompress(payload, true, usize::MAX, &mut output).unwrap();
                output = Vec::new();
                assert!(compressor.try_compress(&text, &mut output).unwrap());
                output = Vec::new();
            }
            let held = MEMORY.current_usage() - pool.retained_bytes() - before;
            println!("{name}: {held} bytes after {messages} messages of {message} bytes each way");
            assert!(held <= most, "{name}: {held}");
            assert!(held <= 2 * messages * message + 4 * size_of::<[usize; 5]>(), "no more than there is to remember");
            assert_eq!(compressor.retained_bytes() + decompressor.retained_bytes(), held, "{name}");
        }
    }
}

/// A message that is not finished holds states, until it is.
fn under_way() {
    let pool = Pool::new(1);
    let mut compressor = Compressor::new(WindowBits::MAX, true, Level::DEFAULT, 0, &pool);
    let mut decompressor = Decompressor::new(WindowBits::MAX, true, &pool);
    let before = MEMORY.current_usage();
    let (mut payload, mut output) = (Vec::with_capacity(KIB), Vec::with_capacity(KIB));
    compressor.compress(b"half of ", false, &mut payload).unwrap();
    compressor.flush(&mut payload).unwrap();
    decompressor.decompress(&payload, false, KIB, &mut output).unwrap();
    let held = MEMORY.current_usage() - before - 2 * KIB;
    assert_eq!(compressor.retained_bytes() + decompressor.retained_bytes(), held);
    assert!(held > 400 * KIB, "{held}");

    let at = payload.len();
    compressor.compress(b"a message", true, &mut payload).unwrap();
    decompressor.decompress(&payload[at..], true, KIB, &mut output).unwrap();
    assert_eq!(output, b"half of a message");
    assert!(compressor.retained_bytes() + decompressor.retained_bytes() < 200);
}

fn structs() {
    println!("Compressor {}, Decompressor {}", size_of::<Compressor>(), size_of::<Decompressor>());
    assert!(size_of::<Compressor>() <= 56, "{}", size_of::<Compressor>());
    assert!(size_of::<Decompressor>() <= 64, "{}", size_of::<Decompressor>());
}
