//! Whether a byte may stand where it stands, 64 at a time. It is seen from the three before it.
//!
//! What is checked is the syntax of RFC 3629 §4, as two rules:
//!
//! - A byte from 80 to BF stands where the byte before it is C0 or more, or the second before it E0 or more, or the third before
//!   it F0 or more; and nowhere else.
//! - The byte behind C0, C1, E0, ED, F0, F4, and behind F5 and more, is none that makes a character too long, a surrogate, or more
//!   than U+10FFFF.
//!
//! For the second rule there are two tables, of 64 bytes each so that one instruction looks all places up.

use core::arch::x86_64::*;

use super::{load, store};

/// How many bytes before a block tell about it.
pub(super) const BEFORE: usize = 3;

/// What is wrong with a text.
#[derive(Clone, Copy)]
pub(super) struct Wrong {
    /// The highest bit says in which places the first rule was broken.
    misplaced: __m512i,
    /// Not zero in places at which the second one was.
    refused: __m512i,
}

impl Wrong {
    /// In the first block of a text.
    #[inline]
    #[target_feature(enable = "avx512vbmi")]
    pub(super) fn in_first(block: __m512i) -> Self {
        let nothing = _mm512_setzero_si512();
        Self { misplaced: nothing, refused: nothing }.or_in(block, behind(nothing, block))
    }

    /// In the first two blocks of a text.
    #[inline]
    #[target_feature(enable = "avx512vbmi")]
    pub(super) fn in_two(first: __m512i, second: __m512i) -> Self {
        Self::in_first(first).or_in(second, behind(first, second))
    }

    /// With a block more, and what stands one, two and three places before each byte of it.
    #[inline]
    #[target_feature(enable = "avx512vbmi")]
    pub(super) fn or_in(self, block: __m512i, [before, second_before, third_before]: [__m512i; BEFORE]) -> Self {
        // The highest bit says that the byte has to go on with a character, and that it does.
        let has_to = _mm512_or_si512(
            _mm512_or_si512(beyond(before, 0xC0), beyond(second_before, 0xE0)),
            beyond(third_before, 0xF0),
        );
        let does = _mm512_adds_epi8(block, each(0x40));
        let misplaced = _mm512_or_si512(self.misplaced, _mm512_xor_si512(has_to, does));

        let leads = _mm512_cmpge_epu8_mask(before, each(0xC0));
        let refused = _mm512_maskz_mov_epi8(leads, look_up(before, load(&REFUSED_BEHIND)));
        let refused = _mm512_and_si512(refused, look_up(block, load(&RANGE)));

        Self { misplaced, refused: _mm512_or_si512(self.refused, refused) }
    }

    /// With a block of ASCII more, where a character has to go on: seen from what stands three places before it.
    #[inline]
    #[target_feature(enable = "avx512vbmi")]
    pub(super) fn or_in_ascii(self, third_before: __m512i) -> Self {
        let refused = _mm512_subs_epu8(third_before, load(&MOST_BEFORE));
        Self { refused: _mm512_or_si512(self.refused, refused), ..self }
    }

    /// With a character that goes on behind the last block.
    #[inline]
    #[target_feature(enable = "avx512vbmi")]
    pub(super) fn or_at_end(self, block: __m512i) -> Self {
        let refused = _mm512_subs_epu8(block, load(&MOST_AT_END));
        Self { refused: _mm512_or_si512(self.refused, refused), ..self }
    }

    /// Whether nothing is.
    #[inline]
    #[target_feature(enable = "avx512vbmi")]
    pub(super) fn is_nothing(self) -> bool {
        _mm512_movepi8_mask(self.misplaced) | _mm512_test_epi8_mask(self.refused, self.refused) == 0
    }
}

/// What stands one, two and three places before each byte of a block that is behind another one.
#[inline]
#[target_feature(enable = "avx512vbmi")]
fn behind(other: __m512i, block: __m512i) -> [__m512i; BEFORE] {
    let ends = _mm512_alignr_epi32::<12>(block, other);
    [
        _mm512_alignr_epi8::<15>(block, ends),
        _mm512_alignr_epi8::<14>(block, ends),
        _mm512_alignr_epi8::<13>(block, ends),
    ]
}

/// The highest bit says whether the byte is the lead or more, which is from C0 on.
#[inline]
#[target_feature(enable = "avx512vbmi")]
fn beyond(bytes: __m512i, lead: u8) -> __m512i {
    _mm512_subs_epu8(bytes, each(lead.wrapping_sub(0x80)))
}

/// The same byte in each place.
#[inline]
#[target_feature(enable = "avx512vbmi")]
fn each(byte: u8) -> __m512i {
    _mm512_set1_epi8(byte.cast_signed())
}

/// For each place the byte of the table that the lower six bits there tell.
#[inline]
#[target_feature(enable = "avx512vbmi")]
fn look_up(places: __m512i, table: __m512i) -> __m512i {
    if cfg!(miri) {
        // Miri does not know the instruction.
        let (mut bytes, mut entries) = ([0; 64], [0; 64]);
        store(places, &mut bytes);
        store(table, &mut entries);
        return load(&bytes.map(|place: u8| entries.get(usize::from(place & 0x3F)).copied().unwrap_or_default()));
    }
    _mm512_permutexvar_epi8(places, table)
}

/// The most that a byte can be whose character does not go on in the next block: what leads none of four bytes, of three, of two
/// at the end, and anything before that.
const MOST_AT_END: [u8; 64] = {
    let mut table = [0xFF; 64];
    (table[61], table[62], table[63]) = (0xEF, 0xDF, 0xBF);
    table
};

/// The most that the bytes can be which begin three places before a block, if no character goes on behind the first three.
const MOST_BEFORE: [u8; 64] = {
    let mut table = [0xFF; 64];
    (table[0], table[1], table[2]) = (0xEF, 0xDF, 0xBF);
    table
};

/// From 80 to 8F, to 9F, to BF: a bit for each of the ranges that a second byte can be in.
const LOW: u8 = 1;
const MIDDLE: u8 = 2;
const HIGH: u8 = 4;

/// The range that a byte from 80 to BF is in, by its lower six bits.
#[expect(clippy::indexing_slicing, reason = "by the compiler")]
const RANGE: [u8; 64] = {
    let mut table = [HIGH; 64];
    let mut bits = 0;
    while bits < 0x20 {
        table[bits] = if bits < 0x10 { LOW } else { MIDDLE };
        bits += 1;
    }
    table
};

/// The ranges of which no byte may be behind one from C0 on, by its lower six bits.
#[expect(clippy::indexing_slicing, reason = "by the compiler")]
const REFUSED_BEHIND: [u8; 64] = {
    let mut table = [0; 64];
    let mut bits = 0;
    while bits < 64 {
        table[bits] = match 0xC0 + bits {
            // Of two bytes, and below U+80.
            0xC0 | 0xC1 => LOW | MIDDLE | HIGH,
            // Of three, and below U+800.
            0xE0 => LOW | MIDDLE,
            // From U+D800 to U+DFFF.
            0xED => HIGH,
            // Of four, and below U+10000.
            0xF0 => LOW,
            // Above U+10FFFF.
            0xF4 => MIDDLE | HIGH,
            0xF5.. => LOW | MIDDLE | HIGH,
            _ => 0,
        };
        bits += 1;
    }
    table
};
