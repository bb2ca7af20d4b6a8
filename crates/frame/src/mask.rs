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
    let word = u32::from_ne_bytes(key);
    let wide = (u64::from(word) << 32) | u64::from(word);
    // Words of the machine, so that the compiler can use its vector registers; then what is left in ever smaller ones.
    let (words, rest) = data.as_chunks_mut::<8>();
    for bytes in words {
        *bytes = (u64::from_ne_bytes(*bytes) ^ wide).to_ne_bytes();
    }
    let (words, rest) = rest.as_chunks_mut::<4>();
    for bytes in words {
        *bytes = (u32::from_ne_bytes(*bytes) ^ word).to_ne_bytes();
    }
    let used = rest.len();
    for (byte, key) in rest.iter_mut().zip(key) {
        *byte ^= key;
    }
    rotate(key, used)
}

/// The key as seen by the byte after the next `count`.
const fn rotate(key: Key, count: usize) -> Key {
    let [a, b, c, d] = key;
    match count % 4 {
        0 => [a, b, c, d],
        1 => [b, c, d, a],
        2 => [c, d, a, b],
        _ => [d, a, b, c],
    }
}
