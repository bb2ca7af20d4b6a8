//! Whether a byte may stand where it stands, by the rules of RFC 3629 §4, 32 at a time.
//!
//! That is seen from the three before it. Two neighbours tell most: three tables of 16, by the upper and the lower half of the
//! first and by the upper half of the second, say what may be wrong with them, a bit for each kind, and what all three say is. This
//! way of looking pairs up is that of Keiser and Lemire (2020), *Validating UTF-8 In Less Than One Instruction Per Byte*. One kind
//! is that both go on with a character: that is right for the third byte of one and for the fourth, and nowhere else.

use core::arch::x86_64::*;

use super::{load, load_half};

/// How many bytes before a block tell about it.
pub(super) const BEFORE: usize = 3;

/// What is [`wrong`] in the first block of a text.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn wrong_in_first(block: __m256i) -> __m256i {
    wrong(block, behind(_mm256_setzero_si256(), block))
}

/// The same in the first two blocks of a text.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn wrong_in_two(first: __m256i, second: __m256i) -> __m256i {
    _mm256_or_si256(wrong_in_first(first), wrong(second, behind(first, second)))
}

/// Not zero where a byte may not stand behind those `before` it: one, two and three places.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn wrong(block: __m256i, [before, second_before, third_before]: [__m256i; BEFORE]) -> __m256i {
    let pair = _mm256_and_si256(
        _mm256_and_si256(look_up(upper(before), &MAY_BE.upper), look_up(lower(before), &MAY_BE.lower)),
        look_up(upper(block), &MAY_BE.next),
    );
    // From E0 on the second byte behind goes on with a character, and from F0 on the third: the highest bit says so.
    let behind = |bytes, lead: u8| _mm256_subs_epu8(bytes, each(lead.wrapping_sub(0x80)));
    let both_go_on = _mm256_or_si256(behind(second_before, 0xE0), behind(third_before, 0xF0));
    _mm256_xor_si256(pair, _mm256_and_si256(both_go_on, each(BOTH_GO_ON)))
}

/// What stands one, two and three places before each byte of a block that is behind another one.
#[inline]
#[target_feature(enable = "avx2")]
fn behind(other: __m256i, block: __m256i) -> [__m256i; BEFORE] {
    let ends = _mm256_permute2x128_si256::<0x21>(other, block);
    [
        _mm256_alignr_epi8::<15>(block, ends),
        _mm256_alignr_epi8::<14>(block, ends),
        _mm256_alignr_epi8::<13>(block, ends),
    ]
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

/// The most that the bytes can be which begin three places before a block, if no character goes on behind the first three.
pub(super) const MOST_BEFORE: [u8; 32] = {
    let mut table = [0xFF; 32];
    (table[0], table[1], table[2]) = (0xEF, 0xDF, 0xBF);
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
