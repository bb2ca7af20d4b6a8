//! What the tests share.

#![allow(dead_code, reason = "not every test uses all of it")]

pub(crate) mod inflate;

use hybi_deflate::{Compressor, Config, Decompressor, Error, Level, Params, Pool, WindowBits};
use hybi_testkit::Random;
use proptest::test_runner::Config as ProptestConfig;

/// How many cases a property is tried with, unless `PROPTEST_CASES` says otherwise. What fails is shown with its input, to be
/// made a test of its own.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(cases);
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

/// What server and client agree on if the client offers the one and the server has the other.
pub(crate) fn agree(client: &Config, server: &Config) -> (Params, Params) {
    let (server, answer) = server.accept([client.offer()]).expect("accepted");
    (client.check_answer(&answer).expect("a valid answer"), server)
}

/// One direction, with a pool of its own for each end.
pub(crate) fn direction(bits: WindowBits, context_takeover: bool) -> (Compressor, Decompressor) {
    (
        Compressor::new(bits, context_takeover, Level::DEFAULT, 0, &Pool::new(1)),
        Decompressor::new(bits, context_takeover, &Pool::new(1)),
    )
}

pub(crate) fn bits(bits: u8) -> WindowBits {
    WindowBits::new(bits).expect("8 to 15")
}

pub(crate) fn compress(compressor: &mut Compressor, message: &[u8]) -> Vec<u8> {
    let mut payload = Vec::new();
    compressor.compress(message, true, &mut payload).expect("compressed");
    payload
}

pub(crate) fn decompress(decompressor: &mut Decompressor, payload: &[u8]) -> Result<Vec<u8>, Error> {
    let mut message = Vec::new();
    decompressor.decompress(payload, true, usize::MAX, &mut message)?;
    Ok(message)
}

/// The pieces one after the other; what came out, and the error if there was one.
pub(crate) fn decompress_pieces(
    decompressor: &mut Decompressor,
    pieces: &[Vec<u8>],
    limit: usize,
) -> (Vec<u8>, Result<(), Error>) {
    let mut message = Vec::new();
    for piece in pieces {
        if let Err(error) = decompressor.decompress(piece, false, limit, &mut message) {
            return (message, Err(error));
        }
    }
    let result = decompressor.decompress(&[], true, limit, &mut message);
    (message, result)
}

/// Text as APIs send it: much the same again and again, with numbers that differ.
pub(crate) fn json(seed: u64, length: usize) -> Vec<u8> {
    let mut random = Random::new(seed);
    let mut text = Vec::from(*b"[");
    while text.len() < length {
        let side = if random.below(2) == 0 { "buy" } else { "sell" };
        let entry = format!(
            "{{\"id\":{},\"user\":\"user{}\",\"price\":{}.{:02},\"side\":\"{side}\",\"tags\":[\"alpha\",\"beta\"]}},",
            random.below(1 << 24),
            random.below(1000),
            random.below(10_000),
            random.below(100),
        );
        text.extend_from_slice(entry.as_bytes());
    }
    text.truncate(length);
    text
}
