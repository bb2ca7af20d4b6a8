//! How far a run of plain bytes goes, eight bytes at a time.
//!
//! A word is eight bytes of the text, the first of them lowest. A test marks the highest bit of each byte that ends a run. Its
//! lowest mark is always right, which is all that is asked of it: a subtraction may borrow from bytes above one that is marked.

use crate::grammar::{is_token_byte, is_value_byte};

/// How many bytes at the front can be the name of a header. `RFC 9110 §5.1`.
#[inline]
pub(crate) fn name(bytes: &[u8]) -> usize {
    run(bytes, ends_letters, is_token_byte)
}

/// How many bytes at the front can be the value of a header. `RFC 9110 §5.5`.
#[inline]
pub(crate) fn value(bytes: &[u8]) -> usize {
    run(bytes, |word| ends_above(word, b' '), is_value_byte)
}

/// How many bytes at the front can be the target of a request. `RFC 9112 §3.2`.
#[inline]
pub(crate) fn target(bytes: &[u8]) -> usize {
    run(bytes, |word| ends_above(word, b'!') | word, |byte| byte.is_ascii_graphic())
}

/// The length of the run at the front: words without an `end`, and bytes that go on where a word does not tell.
#[inline(always)]
#[expect(clippy::inline_always, reason = "the tests are to be a part of the loop")]
fn run(bytes: &[u8], ends: impl Fn(u64) -> u64, goes_on: impl Fn(u8) -> bool) -> usize {
    let mut rest = bytes;
    loop {
        rest = rest.get(plain(rest, &ends)..).unwrap_or_default();
        match rest {
            [first, others @ ..] if goes_on(*first) => rest = others,
            _ => return bytes.len().wrapping_sub(rest.len()),
        }
    }
}

/// How many bytes at the front words tell to be plain.
#[inline(always)]
#[expect(clippy::inline_always, reason = "the tests are to be a part of the loop")]
fn plain(bytes: &[u8], ends: impl Fn(u64) -> u64) -> usize {
    let mut length = 0_usize;
    for word in bytes.as_chunks().0 {
        let ends = ends(u64::from_le_bytes(*word)) & TOPS;
        if ends != 0 {
            return length.wrapping_add(ends.trailing_zeros() as usize / 8);
        }
        length = length.wrapping_add(8);
    }
    length
}

/// Marks bytes that are neither an ASCII letter nor a dash: names mostly consist of these.
const fn ends_letters(word: u64) -> u64 {
    let low = word & !TOPS;
    let letter = (word | each(0x20)) & !TOPS;
    let is_letter = letter.wrapping_add(each(0x80 - b'a')) & !letter.wrapping_add(each(0x7F - b'z'));
    let is_no_dash = (low ^ each(b'-')).wrapping_add(!TOPS);
    (!is_letter & is_no_dash) | word
}

/// Marks ASCII bytes below the `least`, and DEL.
const fn ends_above(word: u64, least: u8) -> u64 {
    let is_below = word.wrapping_sub(each(least));
    let is_del = (word & !TOPS).wrapping_add(each(1));
    (is_below | is_del) & !word
}

/// Eight times the same byte.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The highest bit of each byte.
const TOPS: u64 = each(0x80);

#[cfg(test)]
mod tests {
    use super::{name, target, value};
    use crate::grammar::{is_token_byte, is_value_byte};

    type Run = fn(&[u8]) -> usize;
    type GoesOn = fn(u8) -> bool;

    /// Each byte, in each place of a run, between each two others of some that matter.
    #[test]
    fn a_run_ends_where_its_first_other_byte_is() {
        let runs: [(Run, GoesOn); 3] =
            [(name, is_token_byte), (value, is_value_byte), (target, |byte| byte.is_ascii_graphic())];
        for (run, goes_on) in runs {
            for byte in 0..=u8::MAX {
                for beside in
                    [b'a', b'Z', b'-', b'_', b'0', b':', b' ', b'\t', b'\r', 0, 0x1F, b'!', 0x7E, 0x7F, 0x80, 0xFF]
                {
                    for place in 0..20 {
                        let mut bytes = [b'x'; 21];
                        (bytes[place], bytes[place + 1]) = (byte, beside);
                        let expected = bytes.iter().position(|byte| !goes_on(*byte)).unwrap_or(bytes.len());
                        assert_eq!(run(&bytes), expected, "{}", bytes.escape_ascii());
                        let front = &bytes[..place + 1];
                        assert_eq!(run(front), expected.min(front.len()), "{}", front.escape_ascii());
                    }
                }
            }
        }
        assert_eq!((name(b""), value(b""), target(b"")), (0, 0, 0));
    }
}
