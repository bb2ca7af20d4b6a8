//! UTF-8 that comes in pieces, against the slow twin.

use hybi::frame::{TextBuffer, Utf8, text_from_utf8, validate_utf8};
use hybi_testkit::{Utf8Verdict, naive_utf8, same_for_random_cuts};

use crate::input::Input;

/// A seed for cuts, and then a text.
pub fn check_utf8(data: &[u8]) {
    let mut input = Input::new(data);
    let seed = input.byte();
    let bytes = input.rest();
    let outcome = same_for_random_cuts(bytes, seed.into(), 6, joined);
    let (text, verdict) = match (naive_utf8(bytes), &outcome) {
        (verdict, Some((text, _))) => (text.as_str(), verdict),
        (verdict, None) => ("", verdict),
    };
    match verdict {
        Utf8Verdict::Complete => assert_eq!((text.as_bytes(), outcome.as_ref().map(|it| it.1)), (bytes, Some(true))),
        Utf8Verdict::Partial => {
            assert!(bytes.starts_with(text.as_bytes()) && bytes.len() - text.len() < 4);
            assert_eq!(outcome.as_ref().map(|it| it.1), Some(false));
        }
        Utf8Verdict::Invalid { .. } => assert_eq!(outcome, None),
    }
    assert_eq!(same_for_random_cuts(bytes, seed.into(), 6, collected), outcome);
    assert_eq!(validate_utf8(bytes), core::str::from_utf8(bytes).ok());
    assert_eq!(text_from_utf8(bytes.to_vec()).ok().as_deref(), core::str::from_utf8(bytes).ok());
    first_bad_byte(bytes);
}

/// The text as it comes out of the pieces, and whether it may end here; nothing if it is no text.
fn joined(reads: &[Vec<u8>]) -> Option<(String, bool)> {
    let (mut utf8, mut text) = (Utf8::new(), String::new());
    for read in reads {
        let checked = utf8.check(read).ok()?;
        text.extend(checked.joined);
        text.push_str(checked.text);
    }
    Some((text, utf8.finish().is_ok()))
}

/// The same by the buffer that collects it.
fn collected(reads: &[Vec<u8>]) -> Option<(String, bool)> {
    let mut text = TextBuffer::new();
    let mut bytes = Vec::new();
    for read in reads {
        text.push(read).ok()?;
        bytes.extend_from_slice(read);
    }
    let valid = core::str::from_utf8(&bytes).map_or_else(|error| error.valid_up_to(), str::len);
    match text.finish() {
        Ok(text) => Some((text, true)),
        Err(_) => Some((String::from_utf8_lossy(bytes.get(..valid)?).into_owned(), false)),
    }
}

/// The byte that makes it invalid is found as soon as it comes.
fn first_bad_byte(bytes: &[u8]) {
    let mut utf8 = Utf8::new();
    let found = bytes.iter().position(|byte| utf8.check(&[*byte]).is_err());
    let expected = match naive_utf8(bytes) {
        Utf8Verdict::Invalid { at } => Some(at),
        _ => None,
    };
    assert_eq!(found, expected);
}
