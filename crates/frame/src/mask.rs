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
    steps::count(data.len());
    let next = turned(key, data.len());
    match data.len() {
        MANY.. => many(key, next, data),
        64.. => _ = ends::<64, false>(key, next, data),
        32.. => _ = ends::<32, false>(key, next, data),
        16.. => _ = ends::<16, false>(key, next, data),
        8.. => _ = ends::<8, false>(key, next, data),
        4.. => _ = ends::<4, false>(key, next, data),
        _ => data.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key),
    }
    next
}

/// Masks the first and the last `N` bytes, which together are all there is. Where they overlap, both say the same. `next` is the
/// key as seen by the byte behind the data. If it is to look, it does so only if all of them are ASCII then, and tells that; else
/// they are as they were.
#[inline]
pub(crate) fn ends<const N: usize, const LOOK: bool>(key: Key, next: Key, data: &mut [u8]) -> bool {
    let (Some(start), Some(end)) = (data.first_chunk::<N>(), data.last_chunk::<N>()) else { return false };
    let (mut start, mut end) = (*start, *end);
    words(key, &mut start);
    words(next, &mut end);
    if LOOK {
        let mut seen = end;
        gather(&mut seen, &start);
        if !is_ascii(&seen) {
            return false;
        }
    }
    if let Some(first) = data.first_chunk_mut() {
        *first = start;
    }
    if let Some(last) = data.last_chunk_mut() {
        *last = end;
    }
    LOOK
}

/// Masks more. It is not inlined, so that what is for the small ones can be, all the way to the caller.
#[inline(never)]
fn many(key: Key, next: Key, data: &mut [u8]) {
    proven::blocks(key, next, data);
}

/// From this size on there are bytes between the first and the last 64, and wider vectors pay.
pub(crate) const MANY: usize = 129;

/// Masks at least 64 bytes: the first and the last 64 apart, and between them a block after the other. If there are many, they are
/// at even addresses, for a vector that crosses a cache line takes twice as long.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it is compiled into functions for other CPUs, by the means of those")]
pub(crate) fn blocks(key: Key, next: Key, data: &mut [u8]) {
    let (Some(mut start), Some(mut end)) = (data.first_chunk::<64>().copied(), data.last_chunk::<64>().copied()) else {
        return;
    };
    words(key, &mut start);
    words(next, &mut end);
    let (offset, until) = between(data);
    let turned = turned(key, offset);
    for block in data.get_mut(offset..until).unwrap_or_default().as_chunks_mut::<64>().0 {
        words(turned, block);
    }
    // Behind the blocks, which are to find their bytes with the mask on.
    if let Some(first) = data.first_chunk_mut() {
        *first = start;
    }
    if let Some(last) = data.last_chunk_mut() {
        *last = end;
    }
}

/// Where the blocks are that are between the first and the last 64 bytes: from where to where they may be.
#[inline]
pub(crate) fn between(data: &[u8]) -> (usize, usize) {
    let offset = if data.len() < LARGE { 64 } else { 64_usize.wrapping_sub(data.as_ptr().addr() % 64) };
    (offset, data.len().saturating_sub(1))
}

/// From this size on places that are aligned pay.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What any CPU does, also where this one has something better.
    #[test]
    fn blocks_at_any_address_and_of_any_length() {
        let key = [1, 2, 4, 128];
        let (starts, step) = if cfg!(miri) { (0..2, 53) } else { (0..70, 1) };
        for start in starts {
            for length in (64..=330).step_by(step).chain([LARGE - 1, LARGE, LARGE + 63, LARGE + 64, LARGE + 100]) {
                let (expected, mut bytes) = ([b'x'; ROOM], [0; ROOM]);
                let (expected, data) = (&expected[..length], &mut bytes[start..start + length]);
                let masked = expected.iter().zip(key.iter().cycle()).map(|(byte, key)| byte ^ key);
                data.iter_mut().zip(masked).for_each(|(to, from)| *to = from);
                blocks(key, turned(key, length), data);
                assert_eq!(data, expected, "{length} from {start}");
            }
        }
    }

    const ROOM: usize = LARGE + 200;
}
