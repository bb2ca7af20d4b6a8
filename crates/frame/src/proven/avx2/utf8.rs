//! Whether bytes are UTF-8, 32 at a time, by the rules of RFC 3629 §4.
//!
//! Whether a byte may stand where it stands is seen from the three before it. Two neighbours tell most: three tables of 16, by the
//! upper and the lower half of the first and by the upper half of the second, say what may be wrong with them, a bit for each kind,
//! and what all three say is. This way of looking pairs up is that of Keiser and Lemire (2020), *Validating UTF-8 In Less Than One
//! Instruction Per Byte*. One kind is that both go on with a character: that is right for the third byte of one and for the fourth,
//! and nowhere else.

use core::arch::x86_64::*;

use super::{large, load, load_half, load_less, store, unmasked, unmasked_less};
use crate::mask::{self, Key, turned};

/// Whether the bytes are UTF-8.
#[target_feature(enable = "avx2")]
pub(in super::super) fn is_utf8(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some((group, others)) = rest.split_first_chunk()
        && is_ascii(group)
    {
        rest = others;
    }
    if rest.len() >= large::LEAST {
        return large::is_utf8(rest);
    }
    let (blocks, end) = rest.as_chunks();
    let mut so_far = SoFar::new();
    for block in blocks {
        so_far = so_far.then(load(block));
    }
    if end.is_empty() { so_far.ends() } else { so_far.then(load_less(end)).ends() }
}

/// Unmasks the bytes, and tells whether they are UTF-8 then.
#[target_feature(enable = "avx2")]
pub(in super::super) fn unmask_utf8(key: Key, bytes: &mut [u8]) -> bool {
    if bytes.len() >= LARGE {
        return large::unmask_utf8(key, bytes);
    }
    let vector = |key| _mm256_set1_epi32(i32::from_ne_bytes(key));
    let next = vector(turned(key, bytes.len()));
    // There is no storing a part of a vector.
    let Some(last) = bytes.last_chunk().map(|last| unmasked(next, last)) else {
        let text = unmasked_less(vector(key), bytes);
        mask::apply(key, bytes);
        return SoFar::new().then(text).ends();
    };
    let (blocks, end) = bytes.as_chunks_mut();
    let end = if end.is_empty() { None } else { Some(unmasked_less(vector(key), end)) };
    let mut so_far = SoFar::new();
    for place in blocks {
        let block = unmasked(vector(key), place);
        store(block, place);
        so_far = so_far.then(block);
    }
    if let Some(end) = end {
        store(last, bytes.last_chunk_mut::<32>().map_or(&mut [], |last| last));
        so_far = so_far.then(end);
    }
    so_far.ends()
}

/// From this size on it takes less time to unmask first, although each byte is loaded once more.
const LARGE: usize = 1024;

/// Most text is ASCII, of which so many bytes are looked at together.
const GROUP: usize = 256;

#[inline]
#[target_feature(enable = "avx2")]
fn is_ascii(group: &[u8; GROUP]) -> bool {
    let mut seen = _mm256_setzero_si256();
    for block in group.as_chunks().0 {
        seen = _mm256_or_si256(seen, load(block));
    }
    _mm256_movemask_epi8(seen) == 0
}

/// What is known of a text so far.
#[derive(Clone, Copy)]
pub(super) struct SoFar {
    /// The last block.
    block: __m256i,
    /// Not zero in places where something was wrong.
    pub(super) wrong: __m256i,
}

impl SoFar {
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(super) fn new() -> Self {
        let zero = _mm256_setzero_si256();
        Self { block: zero, wrong: zero }
    }

    /// With one more block.
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(super) fn then(self, block: __m256i) -> Self {
        let ends = _mm256_permute2x128_si256::<0x21>(self.block, block);
        let before = [
            _mm256_alignr_epi8::<15>(block, ends),
            _mm256_alignr_epi8::<14>(block, ends),
            _mm256_alignr_epi8::<13>(block, ends),
        ];
        Self { block, wrong: _mm256_or_si256(self.wrong, wrong(block, before)) }
    }

    /// Whether the text is UTF-8, if this is its end.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn ends(self) -> bool {
        let wrong = _mm256_or_si256(self.wrong, goes_on(self.block));
        _mm256_testz_si256(wrong, wrong) == 1
    }
}

/// Not zero where a byte may not stand behind those `before` it: one, two and three places.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn wrong(block: __m256i, [before, second_before, third_before]: [__m256i; 3]) -> __m256i {
    let pair = _mm256_and_si256(
        _mm256_and_si256(look_up(upper(before), &MAY_BE.upper), look_up(lower(before), &MAY_BE.lower)),
        look_up(upper(block), &MAY_BE.next),
    );
    // From E0 on the second byte behind goes on with a character, and from F0 on the third: the highest bit says so.
    let behind = |bytes, lead: u8| _mm256_subs_epu8(bytes, each(lead.wrapping_sub(0x80)));
    let both_go_on = _mm256_or_si256(behind(second_before, 0xE0), behind(third_before, 0xF0));
    _mm256_xor_si256(pair, _mm256_and_si256(both_go_on, each(BOTH_GO_ON)))
}

/// Not zero in a place of a byte whose character goes on behind the block.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn goes_on(block: __m256i) -> __m256i {
    _mm256_subs_epu8(block, load(&MOST_AT_END))
}

/// The upper half of each byte.
#[inline]
#[target_feature(enable = "avx2")]
fn upper(bytes: __m256i) -> __m256i {
    lower(_mm256_srli_epi16::<4>(bytes))
}

/// The lower half of each byte.
#[inline]
#[target_feature(enable = "avx2")]
fn lower(bytes: __m256i) -> __m256i {
    _mm256_and_si256(bytes, each(0x0F))
}

/// The same byte in each place.
#[inline]
#[target_feature(enable = "avx2")]
fn each(byte: u8) -> __m256i {
    _mm256_set1_epi8(byte.cast_signed())
}

/// For each place, which is half a byte, what the table has for it.
#[inline]
#[target_feature(enable = "avx2")]
fn look_up(places: __m256i, table: &[u8; 16]) -> __m256i {
    _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(load_half(table)), places)
}

/// The most that a byte can be whose character does not go on behind the block: what leads none of four bytes, of three, of two at
/// the end, and anything before that.
const MOST_AT_END: [u8; 32] = {
    let mut table = [0xFF; 32];
    (table[29], table[30], table[31]) = (0xEF, 0xDF, 0xBF);
    table
};

/// A lead, and a byte that doesn't go on.
const STOPS: u8 = 1;
/// ASCII, and a byte that goes on.
const STRAY: u8 = 1 << 1;
/// C0 or C1: below U+80, in two bytes.
const LONG_2: u8 = 1 << 2;
/// E0, and up to 9F: below U+800, in three.
const LONG_3: u8 = 1 << 3;
/// ED, and from A0 on: from U+D800 to U+DFFF.
const SURROGATE: u8 = 1 << 4;
/// F0, and up to 8F: below U+10000, in four; and F5 or more, and up to 8F: above U+10FFFF.
const LONG_4: u8 = 1 << 5;
/// F4 or more, and from 90 on: above U+10FFFF.
const BEYOND: u8 = 1 << 6;
/// Two bytes that go on.
const BOTH_GO_ON: u8 = 1 << 7;

/// What may be wrong with two neighbours: by the upper and the lower half of the first byte, and by the upper half of the next.
struct MayBe {
    upper: [u8; 16],
    lower: [u8; 16],
    next: [u8; 16],
}

#[expect(clippy::indexing_slicing, reason = "by the compiler")]
const MAY_BE: MayBe = {
    let mut tables = MayBe { upper: [STOPS; 16], lower: [STOPS | STRAY | BOTH_GO_ON; 16], next: [STOPS; 16] };
    let mut half = 0;
    while half < 16 {
        tables.upper[half] = match half {
            ..0x8 => STRAY,
            0x8..0xC => BOTH_GO_ON,
            0xC => STOPS | LONG_2,
            0xD => STOPS,
            0xE => STOPS | LONG_3 | SURROGATE,
            _ => STOPS | LONG_4 | BEYOND,
        };
        tables.lower[half] |= match half {
            0x0 => LONG_2 | LONG_3 | LONG_4,
            0x1 => LONG_2,
            0x2 | 0x3 => 0,
            0x4 => BEYOND,
            0xD => LONG_4 | BEYOND | SURROGATE,
            _ => LONG_4 | BEYOND,
        };
        tables.next[half] = match half {
            0x8 => STRAY | BOTH_GO_ON | LONG_2 | LONG_3 | LONG_4,
            0x9 => STRAY | BOTH_GO_ON | LONG_2 | LONG_3 | BEYOND,
            0xA | 0xB => STRAY | BOTH_GO_ON | LONG_2 | SURROGATE | BEYOND,
            _ => STOPS,
        };
        half += 1;
    }
    tables
};
