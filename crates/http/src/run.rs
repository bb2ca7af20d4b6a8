//! What is behind a run of plain bytes, eight bytes at a time; in values, which are long, first sixteen.
//!
//! A word is eight bytes of the text, the first of them lowest. A test marks the highest bit of each byte that ends a run. Its
//! lowest mark is always right, which is all that is asked of it: a subtraction may borrow from bytes above one that is marked.

use crate::grammar::{is_token_byte, is_value_byte};

/// What is behind the bytes at the front that can be the name of a header. `RFC 9110 §5.1`.
#[inline]
pub(crate) fn behind_name(bytes: &[u8]) -> &[u8] {
    behind(bytes, ends_letters, is_token_byte, b':')
}

/// What is behind the bytes at the front that can be the value of a header. `RFC 9110 §5.5`. Most values are longer than names
/// and printable, so blocks of that kind are passed over first.
#[inline]
pub(crate) fn behind_value(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    while let Some((block, others)) = rest.split_first_chunk()
        && is_printable(block)
    {
        rest = others;
    }
    behind(rest, |word| ends_above(word, b' '), is_value_byte, b'\r')
}

/// What is behind the bytes at the front that can be the target of a request. `RFC 9112 §3.2`.
#[inline]
pub(crate) fn behind_target(bytes: &[u8]) -> &[u8] {
    behind(bytes, |word| ends_above(word, b'!') | word, |byte| byte.is_ascii_graphic(), b' ')
}

/// What is behind a run: of words without an end, and of bytes that go on where a word does not tell. What mostly ends it is looked
/// for first.
#[inline(always)]
#[expect(clippy::inline_always, reason = "the tests are to be a part of the loop")]
fn behind(bytes: &[u8], ends: impl Fn(u64) -> u64, goes_on: impl Fn(u8) -> bool, usual_end: u8) -> &[u8] {
    let mut rest = bytes;
    loop {
        if let Some((word, others)) = rest.split_first_chunk() {
            let ends = ends(u64::from_le_bytes(*word)) & TOPS;
            if ends == 0 {
                rest = others;
                continue;
            }
            rest = rest.get(ends.trailing_zeros() as usize / 8..).unwrap_or_default();
        }
        match rest {
            [first, others @ ..] if *first != usual_end && goes_on(*first) => rest = others,
            _ => return rest,
        }
    }
}

/// Whether a block is of printable ASCII alone. Without an exit in the middle all bytes are compared at once.
#[inline]
fn is_printable(block: &[u8; 16]) -> bool {
    block.iter().fold(true, |good, byte| good & matches!(byte, b' '..=b'~'))
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
    use super::{behind_name, behind_target, behind_value};
    use crate::grammar::{is_token_byte, is_value_byte};

    type Behind = fn(&[u8]) -> &[u8];
    type GoesOn = fn(u8) -> bool;

    /// Each byte, in each place of a run, before each of some others that matter.
    #[test]
    fn a_run_ends_where_its_first_other_byte_is() {
        let runs: [(Behind, GoesOn); 3] = [
            (behind_name, is_token_byte),
            (behind_value, is_value_byte),
            (behind_target, |byte| byte.is_ascii_graphic()),
        ];
        for (behind, goes_on) in runs {
            for byte in 0..=u8::MAX {
                for other in *b"aZ-_0: \t\r\0\x1F!~\x7F\x80\xFF" {
                    for place in 0..20 {
                        let mut bytes = [b'x'; 21];
                        (bytes[place], bytes[place + 1]) = (byte, other);
                        let expected = bytes.iter().position(|byte| !goes_on(*byte)).unwrap_or(bytes.len());
                        assert_eq!(behind(&bytes), &bytes[expected..], "{}", bytes.escape_ascii());
                        let front = &bytes[..place + 1];
                        assert_eq!(behind(front), &front[expected.min(place + 1)..], "{}", front.escape_ascii());
                    }
                }
            }
            assert_eq!(behind(b""), b"");
        }
    }
}
