//! A small fuzzer for where there is no large one: each seed with some bytes changed, the same each time.

use std::fs;
use std::path::Path;

use hybi_fuzz::{TARGETS, Target};
use hybi_testkit::Random;

/// Each seed so often. `HYBI_FUZZ_ROUNDS` sets another number.
const ROUNDS: usize = 40;

#[test]
fn the_checks_hold_for_seeds_that_were_changed() {
    let rounds = std::env::var("HYBI_FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS);
    for target in TARGETS {
        let seeds = seeds(target);
        let mut random = Random::new(6455);
        for round in 0..rounds {
            for seed in &seeds {
                let mut bytes = seed.clone();
                for _ in 0..=random.below(4) {
                    change(&mut bytes, &seeds, &mut random);
                }
                let failed = std::panic::catch_unwind(|| (target.check)(&bytes)).is_err();
                assert!(!failed, "{}, round {round}: b\"{}\"", target.name, bytes.escape_ascii());
            }
        }
    }
}

/// In the order of their names, so that every machine changes them alike.
fn seeds(target: &Target) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target.name);
    let entries = fs::read_dir(folder).expect("each target has seeds");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a file")).collect()
}

/// One of the things that a fuzzer does.
fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let byte = INTERESTING[random.below(INTERESTING.len())];
    match random.below(8) {
        0 => bytes.truncate(at),
        1 => bytes.insert(at, byte),
        2 => bytes.splice(at..at, random.bytes(4)).for_each(drop),
        3 => {
            let count = random.below(8).min(bytes.len() - at);
            bytes.drain(at..at + count);
        }
        4 => {
            let other = &seeds[random.below(seeds.len())];
            bytes.truncate(at);
            bytes.extend_from_slice(&other[random.below(other.len() + 1)..]);
        }
        5 => {
            let count = random.below(40).min(bytes.len() - at);
            bytes.extend_from_within(at..at + count);
        }
        change => {
            let bit = 1 << random.below(8);
            if let Some(place) = bytes.get_mut(at) {
                *place = if change == 6 { byte } else { *place ^ bit };
            }
        }
    }
}

/// Bytes that mean something somewhere.
const INTERESTING: &[u8] = b"\x00\x01\x7d\x7e\x7f\x80\x81\x88\x89\xfe\xff\r\n\t :;,=\"\\/%0189Aa\xc3\xed\xf4";
