//! Whether bytes are UTF-8, 64 at a time. It takes less time than the same in vectors of 32 bytes, and for a text that is short
//! less than to look at each byte.
//!
//! What is checked is the syntax of RFC 3629 §4, as two rules:
//!
//! - A byte from 80 to BF stands where the byte before it is C0 or more, or the second before it E0 or more, or the third before
//!   it F0 or more; and nowhere else.
//! - The byte behind C0, C1, E0, ED, F0, F4, and behind F5 and more, is none that makes a character too long, a surrogate, or more
//!   than U+10FFFF.
//!
//! For both there are, beside the bytes of a block, the bytes one, two and three places before each. For the second rule there are
//! two tables, of 64 bytes each so that one instruction looks all places up.

use core::arch::x86_64::*;

use super::{load, load_less, store, unmasked, unmasked_less};
use crate::mask::{self, Key, turned};

/// Whether the bytes are UTF-8.
#[target_feature(enable = "avx512vbmi")]
pub(in super::super) fn is_utf8(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some((group, others)) = rest.split_first_chunk()
        && is_ascii(group)
    {
        rest = others;
    }
    let (blocks, end) = rest.as_chunks();
    let mut so_far = SoFar::new();
    for block in blocks {
        so_far = so_far.then(load(block));
    }
    if end.is_empty() { so_far.ends() } else { so_far.then(load_less(end)).ends() }
}

/// Unmasks the bytes, and tells whether they are UTF-8 then.
#[target_feature(enable = "avx512vbmi")]
pub(in super::super) fn unmask_utf8(key: Key, bytes: &mut [u8]) -> bool {
    let vector = |key| _mm512_set1_epi32(i32::from_ne_bytes(key));
    let next = vector(turned(key, bytes.len()));
    // To store a part of a vector takes some CPUs longer than all the rest.
    let Some(last) = bytes.last_chunk().map(|last| unmasked(next, last)) else {
        let text = unmasked_less(vector(key), bytes);
        mask::apply(key, bytes);
        return SoFar::new().then(text).ends();
    };
    let (blocks, end) = bytes.as_chunks_mut();
    let end = unmasked_less(vector(key), end);
    let mut so_far = SoFar::new();
    for place in blocks {
        let block = unmasked(vector(key), place);
        store(block, place);
        so_far = so_far.then(block);
    }
    store(last, bytes.last_chunk_mut::<64>().map_or(&mut [], |last| last));
    so_far.then(end).ends()
}

/// Most text is ASCII, of which so many bytes are looked at together.
const GROUP: usize = 256;

#[inline]
#[target_feature(enable = "avx512vbmi")]
fn is_ascii(group: &[u8; GROUP]) -> bool {
    let mut seen = _mm512_setzero_si512();
    for block in group.as_chunks().0 {
        seen = _mm512_or_si512(seen, load(block));
    }
    _mm512_movepi8_mask(seen) == 0
}

/// What is known of a text so far.
#[derive(Clone, Copy)]
struct SoFar {
    /// The last block.
    block: __m512i,
    /// The highest bit says in which places the first rule was broken.
    misplaced: __m512i,
    /// Not zero in places at which the second one was.
    refused: __m512i,
}

impl SoFar {
    #[inline]
    #[target_feature(enable = "avx512vbmi")]
    fn new() -> Self {
        let zero = _mm512_setzero_si512();
        Self { block: zero, misplaced: zero, refused: zero }
    }

    /// With one more block.
    #[inline]
    #[target_feature(enable = "avx512vbmi")]
    fn then(self, block: __m512i) -> Self {
        if _mm512_movepi8_mask(block) == 0 {
            return Self { block, refused: _mm512_or_si512(self.refused, self.goes_on()), ..self };
        }
        let ends = _mm512_alignr_epi32::<12>(block, self.block);
        let before = _mm512_alignr_epi8::<15>(block, ends);
        let second_before = _mm512_alignr_epi8::<14>(block, ends);
        let third_before = _mm512_alignr_epi8::<13>(block, ends);

        // The highest bit says that the byte has to go on with a character, and that it does: its second highest is zero then.
        let has_to = _mm512_or_si512(
            _mm512_or_si512(beyond(before, 0xC0), beyond(second_before, 0xE0)),
            beyond(third_before, 0xF0),
        );
        let does = _mm512_andnot_si512(_mm512_add_epi8(block, block), block);
        let misplaced = _mm512_or_si512(self.misplaced, _mm512_xor_si512(has_to, does));

        let leads = _mm512_cmpge_epu8_mask(before, each(0xC0));
        let refused = _mm512_maskz_mov_epi8(leads, look_up(before, load(&REFUSED_BEHIND)));
        let refused = _mm512_and_si512(refused, look_up(block, load(&RANGE)));

        Self { block, misplaced, refused: _mm512_or_si512(self.refused, refused) }
    }

    /// Whether the text is UTF-8, if this is its end.
    #[inline]
    #[target_feature(enable = "avx512vbmi")]
    fn ends(self) -> bool {
        let refused = _mm512_or_si512(self.refused, self.goes_on());
        _mm512_movepi8_mask(self.misplaced) | _mm512_test_epi8_mask(refused, refused) == 0
    }

    /// Not zero in a place of a byte whose character goes on in the next block.
    #[inline]
    #[target_feature(enable = "avx512vbmi")]
    fn goes_on(self) -> __m512i {
        _mm512_subs_epu8(self.block, load(&MOST_AT_END))
    }
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
