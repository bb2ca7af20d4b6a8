//! The slow twins, against what the standard library and the specifications say.

#![allow(clippy::indexing_slicing, reason = "tests")]

use hybi_testkit::key_vectors::{
    KEY_VECTORS, KEYS_NOT_A_MULTIPLE, KEYS_TOO_LARGE, KEYS_WITHOUT_DIGIT, KEYS_WITHOUT_SPACE,
};
use hybi_testkit::random::{counting, rfc6455_mask, zeros};
use hybi_testkit::{Random, Utf8Verdict, naive_mask, naive_utf8, rfc6455};

/// What the standard library says. Its `error_len` counts the bytes before the one that breaks the character, except for a
/// byte that cannot begin one.
fn std_utf8(bytes: &[u8]) -> Utf8Verdict {
    let Err(error) = core::str::from_utf8(bytes) else { return Utf8Verdict::Complete };
    let start = error.valid_up_to();
    match (error.error_len(), bytes[start]) {
        (None, _) => Utf8Verdict::Partial,
        (Some(_), 0x80..=0xc1 | 0xf5..) => Utf8Verdict::Invalid { at: start },
        (Some(length), _) => Utf8Verdict::Invalid { at: start + length },
    }
}

#[test]
fn utf8_as_the_standard_library() {
    // A byte from each class that RFC 3629 §4 knows, and the edges of the classes.
    const EDGES: [u8; 24] = [
        0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef,
        0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
    ];
    assert_eq!(naive_utf8(b""), Utf8Verdict::Complete);
    for a in 0..=255 {
        for b in 0..=255 {
            assert_eq!(naive_utf8(&[a, b]), std_utf8(&[a, b]), "{a:x} {b:x}");
        }
    }
    for a in EDGES {
        assert_eq!(naive_utf8(&[a]), std_utf8(&[a]), "{a:x}");
        for b in EDGES {
            for c in EDGES {
                assert_eq!(naive_utf8(&[a, b, c]), std_utf8(&[a, b, c]), "{a:x} {b:x} {c:x}");
                for d in EDGES {
                    let text = [a, b, c, d];
                    assert_eq!(naive_utf8(&text), std_utf8(&text), "{text:x?}");
                }
            }
        }
    }
}

#[test]
fn mask_as_in_the_rfc() {
    let mut payload = *rfc6455::HELLO;
    naive_mask(&mut payload, rfc6455::MASK, 0);
    assert_eq!(payload, rfc6455::TEXT_MASKED[6..]);
    let (front, back) = payload.split_at_mut(3);
    naive_mask(front, rfc6455::MASK, 0);
    naive_mask(back, rfc6455::MASK, 3);
    assert_eq!(payload, *rfc6455::HELLO);
}

#[test]
fn the_samples_fit_together() {
    assert!(rfc6455::REQUEST.contains(rfc6455::KEY) && rfc6455::RESPONSE.contains(rfc6455::ACCEPT));
    assert!(!rfc6455::REQUEST.contains("  ") && !rfc6455::RESPONSE.contains("  "));
    assert_eq!(rfc6455::TEXT[2..], *rfc6455::HELLO);
    assert_eq!(rfc6455::PONG_MASKED[1..], rfc6455::TEXT_MASKED[1..]);
    assert_eq!([&rfc6455::TEXT_FRAGMENTED[0][2..], &rfc6455::TEXT_FRAGMENTED[1][2..]].concat(), *rfc6455::HELLO);
}

#[test]
fn the_keys_have_the_parts_that_they_claim() {
    let number = |key: &str| key.chars().filter_map(|c| c.to_digit(10)).fold(0_u128, |n, d| n * 10 + u128::from(d));
    let spaces = |key: &str| u128::try_from(key.matches(' ').count()).unwrap();
    for vector in KEY_VECTORS {
        for (key, part) in vector.keys.into_iter().flatten().zip(vector.parts) {
            assert_eq!(number(key), u128::from(part) * spaces(key), "{key}");
        }
    }
    assert!(KEYS_WITHOUT_SPACE.iter().all(|key| spaces(key) == 0 && number(key) > 0));
    assert!(KEYS_WITHOUT_DIGIT.iter().all(|key| !key.contains(|c: char| c.is_ascii_digit())));
    assert!(KEYS_NOT_A_MULTIPLE.iter().all(|key| number(key) % spaces(key) != 0));
    assert!(KEYS_TOO_LARGE.iter().all(|key| number(key) / spaces(key) > u128::from(u32::MAX)));
}

#[test]
fn random_bytes() {
    assert_eq!(Random::new(3).bytes(33)[..8], Random::new(3).next_u64().to_le_bytes());
    assert!((0..1000).all(|seed| Random::new(seed).below(7) < 7));
    assert_eq!(Random::new(3).below(0), 0);
    let filled = |fill: fn(&mut [u8])| {
        let mut bytes = [9; 5];
        fill(&mut bytes);
        bytes
    };
    assert_eq!([filled(zeros), filled(counting)], [[0; 5], [0, 1, 2, 3, 4]]);
    assert_eq!(filled(rfc6455_mask), [0x37, 0xfa, 0x21, 0x3d, 0x37]);
}
