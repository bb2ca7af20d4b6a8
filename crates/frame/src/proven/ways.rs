//! Each way to check a text that this CPU has, also those that it would not be given, against the standard library.

#![expect(unsafe_code, reason = "to call what is compiled for a CPU that has wider vectors")]

use std::collections::BTreeSet;
use std::prelude::v1::*;

use hybi_testkit::{Random, thinned};

use super::cpu::Vectors;
use super::{avx2, avx512};
use crate::mask::{self, Key};

/// Checks the bytes in each way, as they are and with a mask on.
#[track_caller]
fn compare(bytes: &[u8]) {
    let good = str::from_utf8(bytes).is_ok();
    for vectors in here() {
        assert_eq!(is_utf8(vectors, bytes), good, "{vectors:?}, {} bytes: {bytes:x?}", bytes.len());
        // At any address.
        let shift = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(bytes.len());
        for (key, shift) in [([1, 2, 4, 0x7F], shift % 67), ([0x80, 0, 3, 0xFF], 0)] {
            let mut place = [&vec![0; shift], bytes].concat();
            let (_, masked) = place.split_at_mut(shift);
            mask::apply(key, masked);
            assert_eq!(unmask_utf8(vectors, key, masked), good, "{vectors:?}, {} bytes: {bytes:x?}", bytes.len());
            assert_eq!(masked, bytes, "{vectors:?}");
        }
    }
}

fn is_utf8(vectors: Vectors, bytes: &[u8]) -> bool {
    match vectors {
        Vectors::Narrow => crate::utf8::is_utf8_on_any_cpu(bytes),
        // SAFETY: `here` found that this CPU has it.
        Vectors::Avx2 => unsafe { avx2::is_utf8(bytes) },
        // SAFETY: as above.
        Vectors::Avx512 => unsafe { avx512::is_utf8(bytes) },
    }
}

fn unmask_utf8(vectors: Vectors, key: Key, bytes: &mut [u8]) -> bool {
    match vectors {
        Vectors::Narrow => super::text::unmask_on_any_cpu(key, bytes),
        // SAFETY: `here` found that this CPU has it.
        Vectors::Avx2 => unsafe { avx2::unmask_utf8(key, bytes) },
        // SAFETY: as above.
        Vectors::Avx512 => unsafe { avx512::unmask_utf8(key, bytes) },
    }
}

/// The ways that this CPU has.
fn here() -> impl Iterator<Item = Vectors> {
    super::cpu::find_out();
    let most = super::cpu::known().unwrap_or(Vectors::Narrow);
    [Vectors::Narrow, Vectors::Avx2, Vectors::Avx512].into_iter().filter(move |vectors| *vectors <= most)
}

/// Lengths around those of vectors, and of what is looked at together.
const LENGTHS: [usize; 38] = [
    0, 1, 31, 32, 33, 34, 35, 63, 64, 65, 66, 67, 95, 96, 97, 98, 99, 127, 128, 129, 130, 131, 159, 160, 161, 192, 193,
    194, 195, 255, 256, 257, 258, 259, 1023, 1024, 1060, 4100,
];

/// Sequences that are good or bad by one byte.
const SEQUENCES: [&[u8]; 24] = [
    b"\xC2\x80",
    b"\xDF\xBF",
    b"\xE0\xA0\x80",
    b"\xED\x9F\xBF",
    b"\xEE\x80\x80",
    b"\xF0\x90\x80\x80",
    b"\xF4\x8F\xBF\xBF",
    b"\xC1\xBF",
    b"\xE0\x9F\xBF",
    b"\xED\xA0\x80",
    b"\xF0\x8F\xBF\xBF",
    b"\xF4\x90\x80\x80",
    b"\xF5\x80\x80\x80",
    b"\x80",
    b"\xC2",
    b"\xC2\xC2\x80",
    b"\xE2\x82",
    b"\xE2\x82A",
    b"\xE2\x82\xAC\x80",
    b"\xF0\x9F\x98",
    b"\xF0\x9F\x98A",
    b"\xF0\x9F\x98\x80\x80",
    b"\xF0\x80\x9F\x98",
    b"\xFF",
];

#[test]
fn each_sequence_at_each_border() {
    for length in thinned(LENGTHS, 7) {
        let from_start = [0, 32, 64, 96, 128, 192, 1024, 4096];
        let from_end = [0, 28, 32, 60, 64, 92, 96, 124, 128].map(|behind| length.saturating_sub(behind));
        let places: BTreeSet<usize> = from_start
            .into_iter()
            .chain(from_end)
            .flat_map(|at: usize| at.saturating_sub(5)..=at + 1)
            .filter(|place| *place <= length)
            .collect();
        for (number, sequence) in SEQUENCES.into_iter().enumerate() {
            for place in thinned(places.iter().copied(), 29) {
                let filler = ["z", "é", "日"][(number + place + length) % 3];
                let mut bytes = filler.repeat(place / filler.len()).into_bytes();
                bytes.resize(place, b'.');
                bytes.extend_from_slice(sequence);
                let behind = length.saturating_sub(bytes.len());
                bytes.extend_from_slice(filler.repeat(behind / filler.len()).as_bytes());
                bytes.resize(bytes.len().max(length), b'.');
                compare(&bytes);
            }
        }
    }
}

#[test]
fn any_two_bytes() {
    for first in thinned(0..=u8::MAX, 41) {
        for second in thinned(0..=u8::MAX, 37) {
            for rest in [&[][..], &[0x80], &[0x80, 0xBF]] {
                let place = [0, 30, 62][usize::from(first ^ second) % 3];
                compare(&[&[b'a'; 62][..place], &[first, second], rest, b"."].concat());
            }
        }
    }
}

#[test]
fn any_text_with_a_byte_changed() {
    let text =
        "é, €, 𝄞: עברית, русский, 日本語, हिन्दी, and some that is ASCII alone, for a block or two of it ".repeat(90);
    let mut random = Random::new(5);
    for length in thinned((0..400).chain([511, 1023, 1024, 1025, 1500, 4095, 4096, 4200, 8191, 8192, 8193]), 67) {
        for from in 0..4 {
            let mut bytes = text.as_bytes()[from..from + length].to_vec();
            compare(&bytes);
            let at = random.below(bytes.len().max(1));
            if let Some(byte) = bytes.get_mut(at) {
                *byte = random.bytes(1)[0];
            }
            compare(&bytes);
        }
    }
}
