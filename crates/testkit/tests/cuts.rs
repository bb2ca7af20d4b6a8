//! The cuts lose no byte, and an outcome that depends on the cut is found.

use hybi_testkit::cuts::{byte_by_byte, random, two_parts, whole};
use hybi_testkit::{Random, same_for_all_cuts, same_for_random_cuts};

#[test]
fn no_cut_loses_a_byte() {
    for length in [0, 1, 2, 3, 50, 1000] {
        let bytes = Random::new(7).bytes(length);
        let mut seen = 0;
        for pieces in
            [whole(&bytes), byte_by_byte(&bytes)].into_iter().chain(two_parts(&bytes)).chain(random(&bytes, 1, 50))
        {
            assert_eq!(pieces.concat(), bytes);
            seen += 1;
        }
        assert_eq!(seen, 2 + length + 1 + 50);
    }
}

#[test]
fn random_cuts_depend_on_the_seed_alone() {
    let bytes = Random::new(7).bytes(300);
    let cuts = |seed| random(&bytes, seed, 5).collect::<Vec<_>>();
    assert_eq!(cuts(1), cuts(1));
    assert_ne!(cuts(1), cuts(2));
}

#[test]
fn the_outcome_is_returned() {
    assert_eq!(same_for_all_cuts(b"abc", |pieces| pieces.concat()), b"abc");
    assert_eq!(same_for_random_cuts(b"abc", 1, 9, |pieces| pieces.concat()), b"abc");
    assert_eq!(same_for_all_cuts(b"", |pieces| pieces.concat()), b"");
}

#[test]
#[should_panic(expected = "the pieces had these lengths: [3, 1]")]
fn a_difference_is_found() {
    // Wrong only when the cut is before the last byte.
    same_for_all_cuts(b"abcd", |pieces| pieces.len() == 2 && pieces[1].len() == 1);
}
