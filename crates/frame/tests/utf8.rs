//! UTF-8 checking, against the slow way and the standard library: all short sequences, in all cuts (RFC 3629).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use hybi_frame::{Checked, Error, Utf8, validate_utf8};
use hybi_testkit::{NaiveUtf8, Utf8Verdict, cuts, naive_utf8, thinned};
use proptest::prelude::*;

/// Checks the pieces; gives the text that came out, or the index of the piece that was refused.
fn check<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> (String, Result<Utf8, usize>) {
    let mut utf8 = Utf8::new();
    let mut text = String::new();
    for (index, piece) in pieces.into_iter().enumerate() {
        let Ok(Checked { joined, text: more, .. }) = utf8.check(piece) else { return (text, Err(index)) };
        text.extend(joined);
        text.push_str(more);
    }
    (text, Ok(utf8))
}

/// Checks the pieces and compares with the slow way: the text, the end, and where it fails.
#[track_caller]
fn compare(pieces: &[&[u8]]) {
    let bytes = pieces.concat();
    let (text, end) = check(pieces.iter().copied());
    match (naive_utf8(&bytes), end) {
        (Utf8Verdict::Complete, Ok(utf8)) => {
            assert_eq!(text.as_bytes(), bytes);
            assert_eq!(utf8.finish(), Ok(()));
            assert_eq!(utf8, Utf8::new(), "nothing is kept: {pieces:x?}");
        }
        (Utf8Verdict::Partial, Ok(utf8)) => {
            let valid = core::str::from_utf8(&bytes).unwrap_err().valid_up_to();
            assert_eq!(text.as_bytes(), &bytes[..valid], "{pieces:x?}");
            assert_eq!(utf8.finish(), Err(Error::InvalidUtf8));
        }
        (Utf8Verdict::Invalid { at }, Err(index)) => {
            let before: usize = pieces[..index].iter().map(|piece| piece.len()).sum();
            let within = before..before + pieces[index].len();
            assert!(within.contains(&at), "{pieces:x?} fails in the piece {index}, but byte {at} is wrong");
            assert!(bytes.starts_with(text.as_bytes()));
        }
        (verdict, end) => panic!("{pieces:x?} is {verdict:?}, but the end was {end:?}"),
    }
}

/// All ways to cut these bytes.
fn all_cuts(bytes: &[u8]) -> impl Iterator<Item = Vec<&[u8]>> {
    (0..1_u32 << (bytes.len() - 1)).map(|set| {
        let (mut pieces, mut start) = (Vec::new(), 0);
        for end in 1..=bytes.len() {
            if end == bytes.len() || set >> (end - 1) & 1 == 1 {
                pieces.push(&bytes[start..end]);
                start = end;
            }
        }
        pieces
    })
}

/// Where a cut leaves the state of the beginning, what follows is a shorter sequence, which was tried by itself.
#[test]
fn all_sequences_of_up_to_three_bytes_in_all_cuts() {
    let all: Vec<u8> = thinned(0..=u8::MAX, 23).collect();
    for &a in &all {
        let (fast_a, slow_a) = (step(Utf8::new(), &[a]), slow_step(NaiveUtf8::default(), a));
        agree(fast_a, slow_a, &[a]);
        for &b in &all {
            let fast_ab = step(Utf8::new(), &[a, b]);
            let slow_ab = slow_a.and_then(|slow_a| slow_step(slow_a, b));
            agree(fast_ab, slow_ab, &[a, b]);
            if let Some(fast_a) = fast_a {
                assert_eq!(step(fast_a, &[b]), fast_ab, "{a:x} | {b:x}");
            }
            // What is wrong stays wrong: behind that, one byte of each class will do.
            let third = if slow_ab.is_some() { &all[..] } else { &EDGES[..] };
            for &c in third {
                let fast_abc = step(Utf8::new(), &[a, b, c]);
                let slow_abc = slow_ab.and_then(|slow_ab| slow_step(slow_ab, c));
                if fast_abc.is_some() || slow_abc.is_some() {
                    agree(fast_abc, slow_abc, &[a, b, c]);
                }
                if let Some(fast_a) = fast_a.filter(|state| *state != Utf8::new()) {
                    assert_eq!(step(fast_a, &[b, c]), fast_abc, "{a:x} | {b:x} {c:x}");
                }
                if let Some(fast_ab) = fast_ab.filter(|state| *state != Utf8::new()) {
                    assert_eq!(step(fast_ab, &[c]), fast_abc, "{a:x} {b:x} | {c:x}");
                }
            }
        }
    }
}

/// The state behind the piece, if it may follow.
fn step(mut utf8: Utf8, piece: &[u8]) -> Option<Utf8> {
    match utf8.check(piece) {
        Ok(_) => Some(utf8),
        Err(_) => None,
    }
}

/// The same the slow way.
fn slow_step(mut utf8: NaiveUtf8, byte: u8) -> Option<NaiveUtf8> {
    if utf8.receive(byte) { Some(utf8) } else { None }
}

fn agree(fast: Option<Utf8>, slow: Option<NaiveUtf8>, bytes: &[u8]) {
    let fast = fast.map(|fast| fast.finish().is_ok());
    assert_eq!(fast, slow.map(NaiveUtf8::is_complete), "{bytes:x?}");
    assert_eq!(fast == Some(true), core::str::from_utf8(bytes).is_ok(), "{bytes:x?}");
}

/// A byte of each class that RFC 3629 §4 knows, and the edges of the classes.
const EDGES: [u8; 24] = [
    0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0,
    0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
];

#[test]
fn four_bytes_from_the_edges_of_all_classes_in_all_cuts() {
    // What three bytes can't begin was tried above.
    let begins = |bytes: &[u8]| !matches!(naive_utf8(bytes), Utf8Verdict::Invalid { .. });
    for a in thinned(EDGES, 5) {
        for b in thinned(EDGES, 2).filter(|b| begins(&[a, *b])) {
            for c in thinned(EDGES, 4).filter(|c| begins(&[a, b, *c])) {
                for d in thinned(EDGES, 6) {
                    let bytes = [a, b, c, d];
                    all_cuts(&bytes).for_each(|pieces| compare(&pieces));
                    assert_eq!(validate_utf8(&bytes), core::str::from_utf8(&bytes).ok());
                }
            }
        }
    }
}

#[test]
fn long_text_goes_another_way_with_the_same_outcome() {
    // From 64 bytes on a vector code is asked. The sequence stands at the beginning, at the end, and across its blocks.
    let characters = ["é", "€", "𝄞", "\u{7FF}", "\u{800}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}"];
    let wrong: [&[u8]; 8] = [
        b"\x80",
        b"\xc0\x80",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xe2\x82",
        b"\xff",
        b"\xf0\x80\x80\x80",
        b"\xc3(",
    ];
    for sequence in thinned(characters.iter().map(|text| text.as_bytes()).chain(wrong), 5) {
        for length in thinned([62, 63, 64, 65, 66, 67, 68, 127, 128, 129, 200], 9) {
            for at in thinned((0..=length).filter(|at| at % 16 < 2 || at % 16 > 12 || length - at < 5), 13) {
                let mut bytes = vec![b'a'; length];
                bytes.splice(at..at, sequence.iter().copied());
                assert_eq!(validate_utf8(&bytes), core::str::from_utf8(&bytes).ok());
                compare(&[&bytes]);
                for cut in at..=at + sequence.len() {
                    let (front, back) = bytes.split_at(cut);
                    compare(&[front, back]);
                    compare(&[front, &[], back]);
                }
            }
        }
    }
}

#[test]
fn the_character_that_was_cut_comes_first() {
    let mut utf8 = Utf8::new();
    let bytes = "a𝄞b€".as_bytes();
    let mut checked = |piece| {
        let Checked { joined, text, .. } = utf8.check(piece).unwrap();
        (joined, text)
    };
    assert_eq!(checked(&bytes[..2]), (None, "a"));
    assert_eq!(checked(&bytes[2..3]), (None, ""));
    assert_eq!(checked(&[]), (None, ""));
    assert_eq!(checked(&bytes[3..4]), (None, ""));
    assert_eq!(checked(&bytes[4..8]), (Some('𝄞'), "b"));
    assert_eq!(checked(&bytes[8..]), (Some('€'), ""));
    assert_eq!(checked("€".as_bytes()), (None, "€"));
    assert_eq!(utf8.finish(), Ok(()));
}

#[test]
fn an_unfinished_character_fails_at_the_first_byte_that_cannot_follow() {
    // Surrogates, overlong forms and what is above U+10FFFF show in the second byte.
    for wrong in
        [&b"\xed\xa0"[..], b"\xe0\x80", b"\xf0\x8f", b"\xf4\x90", b"\xc3\xc3", b"\xe2\x82\x41", b"\xf0\x9f\x98\xc0"]
    {
        let (last, front) = wrong.split_last().unwrap();
        for text in ["", "long enough for the vector code, which begins at sixty-four bytes of text"] {
            let front = [text.as_bytes(), front].concat();
            assert!(check([&front[..]]).1.is_ok());
            assert_eq!(check([&front, &[*last][..]]).1, Err(1), "{wrong:x?}");
            assert_eq!(check([&[&front[..], &[*last]].concat()[..]]).1, Err(0), "{wrong:x?}");
        }
    }
}

proptest! {
    #[test]
    #[cfg_attr(miri, ignore = "many cases")]
    fn any_text_in_any_pieces(text in "\\PC{0,200}", seed: u64) {
        for pieces in cuts::random(text.as_bytes(), seed, 4) {
            compare(&pieces.iter().map(|piece| &piece[..]).collect::<Vec<_>>());
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "many cases")]
    fn any_text_with_a_byte_changed(text in "\\PC{1,100}", seed: u64, at: prop::sample::Index, byte: u8) {
        let mut bytes = text.into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        prop_assert_eq!(validate_utf8(&bytes), core::str::from_utf8(&bytes).ok());
        for pieces in cuts::random(&bytes, seed, 4) {
            compare(&pieces.iter().map(|piece| &piece[..]).collect::<Vec<_>>());
        }
    }
}
