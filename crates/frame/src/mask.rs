//! Masking: every payload byte of a client is combined with one of four key bytes (RFC 6455 §5.3).

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
    if data.len() < 16 {
        short(key, next, data);
    } else if data.len() < 32 {
        ends::<16>(key, next, data);
    } else if data.len() < 64 {
        ends::<32>(key, next, data);
    } else {
        blocks(key, next, data);
    }
    next
}

/// Less than sixteen bytes.
#[inline]
fn short(key: Key, next: Key, data: &mut [u8]) {
    if data.len() >= 8 {
        ends::<8>(key, next, data);
    } else if data.len() >= 4 {
        ends::<4>(key, next, data);
    } else {
        data.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
    }
}

/// Masks the first and the last `N` bytes, which together are all there is. Where they overlap, both say the same.
#[inline]
fn ends<const N: usize>(key: Key, next: Key, data: &mut [u8]) {
    let Some(mut end) = data.last_chunk::<N>().copied() else { return };
    words(next, &mut end);
    if let Some(start) = data.first_chunk_mut::<N>() {
        words(key, start);
    }
    if let Some(last) = data.last_chunk_mut() {
        *last = end;
    }
}

/// The same for as many bytes as there may be.
#[inline]
fn blocks(key: Key, next: Key, data: &mut [u8]) {
    let Some(mut end) = data.last_chunk::<64>().copied() else { return };
    words(next, &mut end);
    if let Some((_, front)) = data.split_last_mut() {
        for block in front.as_chunks_mut::<64>().0 {
            words(key, block);
        }
    }
    if let Some(last) = data.last_chunk_mut() {
        *last = end;
    }
}

/// Masks bytes that are a multiple of four.
#[inline]
fn words<const N: usize>(key: Key, bytes: &mut [u8; N]) {
    for word in bytes.as_chunks_mut().0 {
        *word = (u32::from_ne_bytes(*word) ^ u32::from_ne_bytes(key)).to_ne_bytes();
    }
}

/// The key as seen by the byte after the next `count`.
#[inline]
fn turned(key: Key, count: usize) -> Key {
    let bytes = u32::try_from(count % 4).unwrap_or_default();
    u32::from_le_bytes(key).rotate_right(bytes * 8).to_le_bytes()
}
