//! Where the fuzzer begins: small inputs that get far into each check, made from what real peers sent and from the samples
//! of the specifications.
//!
//! `cargo xtask fuzz --seeds` writes them anew. What the fuzzer found, and what is worth to be kept, lies beside them.

mod frames;
mod handshakes;
mod texts;

/// One seed.
#[derive(Clone, Debug)]
pub struct Seed {
    /// The name of its target.
    pub target: &'static str,
    /// The name of its file.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// All seeds.
#[must_use]
pub fn all() -> Vec<Seed> {
    let mut seeds = Vec::new();
    handshakes::add(&mut seeds);
    frames::add(&mut seeds);
    texts::add(&mut seeds);
    seeds
}

/// Adds a seed: what the check takes its decisions from, and the bytes that it is about.
fn push(seeds: &mut Vec<Seed>, target: &'static str, name: &str, decisions: &[u8], bytes: &[u8]) {
    let name = name.replace('/', "-");
    seeds.push(Seed { target, name, bytes: [decisions, bytes].concat() });
}

/// The decisions that make a configuration of compression with large windows and context.
const DEFLATE: [u8; 6] = [0; 6];

/// Behind the blank line of a head.
fn behind_head(bytes: &[u8]) -> usize {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4)
}
