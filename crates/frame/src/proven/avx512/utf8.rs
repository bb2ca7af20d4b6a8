//! Whether bytes are UTF-8, 64 at a time. It takes half the time of the same in vectors of 32 bytes, and for a text that is short
//! less than to look at each byte.
//!
//! What is checked is the syntax of RFC 3629 §4, as two rules:
//!
//! - A byte from 80 to BF stands where the byte before it is C0 or more, or the second before it E0 or more, or the third before
//!   it F0 or more; and nowhere else.
//! - The byte behind C0, C1, E0, ED, F0, F4, and behind F5 and more, is none that makes a character too long, a surrogate, or more
//!   than U+10FFFF.
//!
//! Each block of 64 bytes begins with the last four of the one before, so that it has all that these rules ask for, and nothing
//! is handed on. For the first rule there is a word of 64 bits for each kind of byte, with a bit for each place, which are
//! shifted and compared. For the second one there are two tables, of 64 bytes each so that one instruction looks all places up.

use core::arch::x86_64::*;

use super::{load, load_less, store, store_less, unmasked, unmasked_less};
use crate::mask::Key;

/// Whether the bytes are UTF-8.
#[target_feature(enable = "avx512vbmi")]
pub(super) fn is_utf8(bytes: &[u8]) -> bool {
    let (mut rest, mut new, mut wrong) = (bytes, ALL, 0);
    while let Some(group) = rest.first_chunk()
        && is_ascii(group)
    {
        (rest, new) = (rest.get(GROUP - 64 + STEP..).unwrap_or_default(), BEHIND);
    }
    while let Some(block) = rest.first_chunk() {
        wrong |= wrong_places(load(block)) & new;
        (rest, new) = (behind(rest), BEHIND);
    }
    wrong |= wrong_places(load_less(rest)) & new;
    wrong == 0
}

/// Unmasks the bytes, and tells whether they are UTF-8 then.
#[target_feature(enable = "avx512vbmi")]
pub(super) fn unmask_utf8(key: Key, bytes: &mut [u8]) -> bool {
    let key = _mm512_set1_epi32(i32::from_ne_bytes(key));
    let Some(block) = bytes.first_chunk() else {
        let end = unmasked_less(key, bytes);
        store_less(end, bytes);
        return wrong_places(end) == 0;
    };
    let (mut block, mut rest, mut new, mut wrong) = (unmasked(key, block), bytes, ALL, 0);
    // Each block is stored after the next one was loaded, in which the bytes that both have are to be masked yet.
    while let Some(next) = behind(rest).first_chunk() {
        let next = unmasked(key, next);
        store(block, rest);
        wrong |= wrong_places(block) & new;
        (block, rest, new) = (next, rest.get_mut(STEP..).unwrap_or_default(), BEHIND);
    }
    let end = unmasked_less(key, behind(rest));
    store(block, rest);
    store_less(end, rest.get_mut(STEP..).unwrap_or_default());
    wrong | wrong_places(block) & new | wrong_places(end) & BEHIND == 0
}

/// The bytes of the next block, and what follows.
#[inline]
fn behind(bytes: &[u8]) -> &[u8] {
    bytes.get(STEP..).unwrap_or_default()
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

/// So many bytes a block has for itself: a multiple of what a key has.
const STEP: usize = 60;

/// The places in a block that the one before it has not.
const BEHIND: u64 = u64::MAX << (64 - STEP);

/// The places in the first block.
const ALL: u64 = u64::MAX;

/// Where a block breaks a rule: a bit for each place, from the lowest on. Before and behind it there is nothing.
#[inline]
#[target_feature(enable = "avx512vbmi")]
fn wrong_places(block: __m512i) -> u64 {
    let beyond_ascii = _mm512_movepi8_mask(block);
    if beyond_ascii == 0 {
        return 0;
    }
    let from = |lead: u8| _mm512_cmpge_epu8_mask(block, _mm512_set1_epi8(lead.cast_signed()));
    let [two, three, four] = [from(0xC0), from(0xE0), from(0xF0)];
    let second = two << 1;
    let continued = second | three << 2 | four << 3;
    let continuing = beyond_ascii & !two;

    let before = look_up(load(&BEFORE), block);
    let refused = look_up(before, load(&REFUSED_BEHIND));
    let refused = _mm512_test_epi8_mask(refused, look_up(block, load(&RANGE)));

    (continued ^ continuing) | (second & refused)
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

/// The place of the byte before each; for the first one, of the last.
#[expect(clippy::indexing_slicing, reason = "by the compiler")]
const BEFORE: [u8; 64] = {
    let mut table = [63; 64];
    let mut place = 1_u8;
    while place < 64 {
        table[place as usize] = place - 1;
        place += 1;
    }
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
