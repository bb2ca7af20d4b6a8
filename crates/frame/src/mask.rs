//! Masking: every payload byte of a client is combined with one of four key bytes (RFC 6455 §5.3).

use hybi_version::steps;

use crate::proven;

/// The four bytes that a client draws anew for each frame, from a source that nobody can foresee (RFC 6455 §5.3 and §10.3).
pub type Key = [u8; 4];

/// Masks or unmasks in place; the two are the same.
///
/// Returns the key with which to go on, where the rest of the payload comes later:
///
/// ```
/// use hybi_frame::mask;
///
/// let (mut whole, mut pieces) = (*b"in one go or in two", *b"in one go or in two");
/// let key = [1, 2, 3, 4];
/// mask::apply(key, &mut whole);
/// let (front, back) = pieces.split_at_mut(5);
/// let key = mask::apply(key, front);
/// mask::apply(key, back);
/// assert_eq!(whole, pieces);
/// ```
#[inline]
pub fn apply(key: Key, data: &mut [u8]) -> Key {
    let next = turned(key, data.len());
    combine(key, next, data);
    next
}

/// Masks. `next` is the key as seen by the byte behind the data.
#[inline]
fn combine(key: Key, next: Key, data: &mut [u8]) {
    steps::count(data.len());
    match data.len() {
        64.. => many(key, next, data),
        32.. => ends::<32>(key, next, data),
        16.. => ends::<16>(key, next, data),
        8.. => ends::<8>(key, next, data),
        4.. => ends::<4>(key, next, data),
        _ => data.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key),
    }
}

/// Masks the first and the last `N` bytes, which together are all there is. Where they overlap, both say the same.
#[inline]
fn ends<const N: usize>(key: Key, next: Key, data: &mut [u8]) {
    let Some(mut end) = data.last_chunk::<N>().copied() else { return };
    let Some(start) = data.first_chunk_mut::<N>() else { return };
    words(next, &mut end);
    words(key, start);
    if let Some(last) = data.last_chunk_mut() {
        *last = end;
    }
}

/// The same for 64 bytes and more. It is not inlined, so that what is for the small ones can be, all the way to the caller.
#[inline(never)]
fn many(key: Key, next: Key, data: &mut [u8]) {
    let _ascii = all_blocks::<false>(key, next, data);
}

/// The same, and tells whether all is ASCII then.
#[inline]
pub(crate) fn apply_and_look(key: Key, data: &mut [u8]) -> bool {
    steps::count(data.len());
    all_blocks::<true>(key, turned(key, data.len()), data)
}

/// The same, and if it is to look, it tells that.
#[inline]
fn all_blocks<const LOOK: bool>(key: Key, next: Key, data: &mut [u8]) -> bool {
    if data.len() < LARGE { blocks::<LOOK>(key, next, data) } else { proven::aligned_blocks::<LOOK>(key, next, data) }
}

/// A block is masked after the other, and the last 64 bytes apart.
#[inline]
fn blocks<const LOOK: bool>(key: Key, next: Key, data: &mut [u8]) -> bool {
    let Some(mut end) = data.last_chunk::<64>().copied() else { return false };
    words(next, &mut end);
    let mut seen = end;
    if let Some((_, front)) = data.split_last_mut() {
        for block in front.as_chunks_mut::<64>().0 {
            words(key, block);
            if LOOK {
                gather(&mut seen, block);
            }
        }
    }
    if let Some(last) = data.last_chunk_mut() {
        *last = end;
    }
    LOOK && is_ascii(&seen)
}

/// The same for many bytes: the first and the last 64 apart, and between them blocks at even addresses, for a vector that
/// crosses a cache line takes twice as long.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it is compiled into functions for other CPUs, by the means of those")]
pub(crate) fn aligned_blocks<const LOOK: bool>(key: Key, next: Key, data: &mut [u8]) -> bool {
    let Some(mut end) = data.last_chunk::<64>().copied() else { return false };
    let Some(mut start) = data.first_chunk::<64>().copied() else { return false };
    words(next, &mut end);
    words(key, &mut start);
    let mut seen = end;
    if LOOK {
        gather(&mut seen, &start);
    }
    let offset = data.as_ptr().align_offset(64) % 64;
    let turned = turned(key, offset);
    for block in data.get_mut(offset..).unwrap_or_default().as_chunks_mut::<64>().0 {
        words(turned, block);
        if LOOK {
            gather(&mut seen, block);
        }
    }
    if let Some(first) = data.first_chunk_mut() {
        *first = start;
    }
    if let Some(last) = data.last_chunk_mut() {
        *last = end;
    }
    LOOK && is_ascii(&seen)
}

/// From this size on wider vectors pay, and places that are aligned to them.
pub(crate) const LARGE: usize = 512;

/// Masks bytes that are a multiple of four.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as the loop that it is the body of")]
pub(crate) fn words<const N: usize>(key: Key, bytes: &mut [u8; N]) {
    for word in bytes.as_chunks_mut().0 {
        *word = (u32::from_ne_bytes(*word) ^ u32::from_ne_bytes(key)).to_ne_bytes();
    }
}

/// Notes each bit that a byte has, of a multiple of four: in words, as [`words`] and [`is_ascii`], for the compiler makes one
/// thing of them then, and takes words apart else.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as the loop that it is the body of")]
pub(crate) fn gather<const N: usize>(seen: &mut [u8; N], bytes: &[u8; N]) {
    for (seen, word) in seen.as_chunks_mut().0.iter_mut().zip(bytes.as_chunks().0) {
        *seen = (u32::from_ne_bytes(*seen) | u32::from_ne_bytes(*word)).to_ne_bytes();
    }
}

/// Whether none of the bytes, a multiple of four, has its highest bit: in words, for so many bytes that a compiler knows how many.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as what it is a part of")]
pub(crate) fn is_ascii<const N: usize>(bytes: &[u8; N]) -> bool {
    let all = bytes.as_chunks().0.iter().fold(0, |all, word| all | u32::from_ne_bytes(*word));
    all & 0x8080_8080 == 0
}

/// The key as seen by the byte after the next `count`.
#[inline]
pub(crate) fn turned(key: Key, count: usize) -> Key {
    let bytes = u32::try_from(count % 4).unwrap_or_default();
    u32::from_le_bytes(key).rotate_right(bytes << 3).to_le_bytes()
}
