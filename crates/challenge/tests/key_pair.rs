//! The keys and the checksum of hybi-00: published vectors, real peers, wrong keys, and keys of our own.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use hybi_challenge::{Checksum, Error, KeyPair, key_part, random_bytes};
use hybi_testkit::key_vectors::{
    KEY_VECTORS, KEYS_NOT_A_MULTIPLE, KEYS_TOO_LARGE, KEYS_WITHOUT_DIGIT, KEYS_WITHOUT_SPACE,
};
use hybi_testkit::{Random, Transcript, random};
use proptest::prelude::*;

/// Head and rest.
fn cut(bytes: &[u8]) -> (String, &[u8]) {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
    (String::from_utf8(bytes[..end].to_vec()).unwrap(), &bytes[end..])
}

#[test]
fn published_vectors() {
    for vector in KEY_VECTORS {
        for (key, part) in vector.keys.into_iter().flatten().zip(vector.parts) {
            assert_eq!(key_part(key.as_bytes()), Ok(part), "{key}");
        }
        let [part1, part2] = vector.parts;
        let checksum = Checksum::new(part1, part2, vector.key3);
        assert_eq!(*checksum.as_bytes(), vector.answer);
        assert!(checksum.matches(&vector.answer));
    }
}

#[test]
fn real_peers() {
    for transcript in Transcript::of("hybi00") {
        let (client, server) = (transcript.client_bytes(), transcript.server_bytes());
        let ((request, key3), (_, answer)) = (cut(&client), cut(&server));
        let part = |name: &str| {
            let value = request.split_once(&format!("{name}: ")).unwrap().1.split_once("\r\n").unwrap().0;
            key_part(value.as_bytes()).unwrap()
        };
        let key3 = *key3.first_chunk().unwrap();
        let checksum = Checksum::new(part("Sec-WebSocket-Key1"), part("Sec-WebSocket-Key2"), key3);
        assert!(checksum.matches(&answer[..16]), "{}", transcript.name());
    }
}

#[test]
fn wrong_keys() {
    for key in KEYS_WITHOUT_DIGIT {
        assert_eq!(key_part(key.as_bytes()), Err(Error::NoDigit), "{key}");
    }
    for key in KEYS_WITHOUT_SPACE {
        assert_eq!(key_part(key.as_bytes()), Err(Error::NoSpace), "{key}");
    }
    for key in KEYS_NOT_A_MULTIPLE {
        assert!(matches!(key_part(key.as_bytes()), Err(Error::NotAMultiple { .. })), "{key}");
    }
    for key in KEYS_TOO_LARGE {
        assert_eq!(key_part(key.as_bytes()), Err(Error::TooLarge), "{key}");
    }
    assert_eq!(key_part(b"7 x x"), Err(Error::NotAMultiple { number: 7, spaces: 2 }));
}

#[test]
fn only_digits_and_spaces_count() {
    assert_eq!(key_part(b"4294967295 x"), Ok(u32::MAX));
    assert_eq!(key_part(b"8589934590 x y"), Ok(u32::MAX));
    assert_eq!(key_part(b"18446744073709551615 x"), Err(Error::TooLarge));
    assert_eq!(key_part(b"18446744073709551616 x"), Err(Error::TooLarge));
    assert_eq!(key_part(b"0 0"), Ok(0));
    assert_eq!(key_part(b"0000000000000000000000000000000000000012 x"), Ok(12));
    // A tab is no space, and digits of other scripts are none.
    assert_eq!(key_part(b"12\tx"), Err(Error::NoSpace));
    assert_eq!(key_part("\u{663} x".as_bytes()), Err(Error::NoDigit));
    assert_eq!(key_part("1\u{a0}2 \u{fffd}".as_bytes()), Ok(12));
    assert_eq!(key_part(b"\xff1\x80 2\x00"), Ok(12));
}

#[test]
fn a_checksum_matches_itself_alone() {
    let checksum = Checksum::new(1, 2, [3; 8]);
    for at in 0..16 {
        let mut wrong = *checksum.as_bytes();
        wrong[at] ^= 0x80;
        assert!(!checksum.matches(&wrong), "{at}");
    }
    assert!(!checksum.matches(&checksum.as_bytes()[..15]));
    assert_eq!(<[u8; 16]>::from(checksum), *checksum.as_bytes());
}

/// What hybi-00 §4.1 says of a key.
fn check_key(key: &str) {
    let count = |what: fn(&u8) -> bool| key.bytes().filter(what).count();
    let (digits, spaces) = (count(u8::is_ascii_digit), count(|byte| *byte == b' '));
    let others = count(|byte| matches!(byte, 0x21..=0x2f | 0x3a..=0x7e));
    assert_eq!(digits + spaces + others, key.len(), "{key:?}");
    assert!((1..=10).contains(&digits) && (1..=12).contains(&spaces) && (1..=12).contains(&others), "{key:?}");
    assert!(!key.starts_with(' ') && !key.ends_with(' '), "{key:?}");
    let number: String = key.chars().filter(char::is_ascii_digit).collect();
    assert!(number.parse::<u32>().is_ok() && (number == "0" || !number.starts_with('0')), "{key:?}");
}

fn check(keys: &KeyPair) {
    check_key(keys.key1());
    check_key(keys.key2());
    let [part1, part2] = [keys.key1(), keys.key2()].map(|key| key_part(key.as_bytes()).unwrap());
    assert_eq!(Checksum::new(part1, part2, keys.key3()), keys.checksum());
}

#[test]
fn fixed_bytes() {
    let zeros = KeyPair::generate(random::zeros);
    assert_eq!((zeros.key1(), zeros.key3()), ("! 0", [0; 8]));
    let ones = KeyPair::generate(|buffer: &mut [u8]| buffer.fill(0xff));
    // Twelve spaces, the largest number, twelve times the last character, and all behind what was there.
    assert_eq!(ones.key2(), "4294967292~~~~~~~~~~~            ~");
    for keys in [zeros, ones, KeyPair::generate(random::counting), KeyPair::default()] {
        check(&keys);
    }
    assert_eq!(
        format!("{zeros:?}"),
        "KeyPair { key1: \"! 0\", key2: \"! 0\", key3: \"\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\" }"
    );
    assert_ne!(KeyPair::generate(random_bytes), KeyPair::generate(random_bytes));
}

/// Every count and every character of the draft's ranges turns up, about as often as any other.
#[test]
fn the_ranges_are_used_in_full() {
    let mut random = Random::new(76);
    let (mut spaces, mut others, mut characters) = ([0; 13], [0; 13], [0; 128]);
    let mut upper_halves = 0;
    const KEYS: usize = 24_000;
    for _ in 0..KEYS {
        let keys = KeyPair::generate(|buffer: &mut [u8]| random.fill(buffer));
        check(&keys);
        let key = keys.key1();
        let space_count = key.matches(' ').count();
        spaces[space_count] += 1;
        others[key.bytes().filter(|byte| !byte.is_ascii_digit() && *byte != b' ').count()] += 1;
        key.bytes().for_each(|byte| characters[usize::from(byte)] += 1);
        let largest = u32::MAX / u32::try_from(space_count).unwrap();
        upper_halves += usize::from(key_part(key.as_bytes()).unwrap() > largest / 2);
    }
    let fair = |count: usize, expected: usize| count * 10 > expected * 8 && count * 10 < expected * 12;
    for count in 1..=12 {
        assert!(fair(spaces[count], KEYS / 12) && fair(others[count], KEYS / 12), "{count}: {spaces:?} {others:?}");
    }
    // 6.5 other characters a key on average.
    for byte in (0x21..=0x2f).chain(0x3a..=0x7e) {
        assert!(fair(characters[byte], KEYS * 13 / 2 / 84), "{byte}: {}", characters[byte]);
    }
    assert!(fair(upper_halves, KEYS / 2), "{upper_halves}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_pair_verifies(bytes in proptest::collection::vec(any::<u8>(), 1..1000)) {
        let mut bytes = bytes.into_iter().cycle();
        check(&KeyPair::generate(|buffer: &mut [u8]| buffer.fill_with(|| bytes.next().unwrap())));
    }

    #[test]
    fn key_part_as_in_the_draft(key in "[0-9 a]{0,12}|[0-9]{1,20} [0-9 ]{0,4}|[ -~]{0,34}|(?s:.{0,20})") {
        let digits: String = key.chars().filter(char::is_ascii_digit).collect();
        let spaces = u128::try_from(key.matches(' ').count()).unwrap();
        let expected = digits.parse::<u128>().ok().filter(|number| spaces > 0 && number % spaces == 0);
        let expected = expected.and_then(|number| u32::try_from(number / spaces).ok());
        prop_assert_eq!(key_part(key.as_bytes()).ok(), expected);
    }
}
