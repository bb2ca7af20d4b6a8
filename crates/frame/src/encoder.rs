//! Frames out, into a `Vec`. Without one, [`Header::encode`](crate::Header::encode) and [`mask::apply`] do the same.

use alloc::vec::Vec;

use crate::{Header, HeaderBytes, SENTINEL_END, SENTINEL_TEXT, mask, proven};

/// Appends a frame: the header, then the payload, masked if the header has a key.
///
/// The length in the header is the caller's to set; it should be that of the payload.
///
/// ```
/// use hybi_frame::{Header, Opcode, encode_frame};
///
/// let mut output = Vec::new();
/// encode_frame(&Header::new(Opcode::Text, 5), b"Hello", &mut output);
/// assert_eq!(output, b"\x81\x05Hello");
/// ```
#[inline(always)]
#[expect(clippy::inline_always, reason = "else a header is taken apart and put together at each layer")]
pub fn encode_frame(header: &Header, payload: &[u8], output: &mut Vec<u8>) {
    if proven::append_short_frame(header, payload, output) {
        return;
    }
    // The header goes on in parts, which come in registers.
    match header.mask {
        None => encode_long(header.first_byte(), payload, output, header.length),
        Some(key) => encode_long_masked(header.first_byte(), payload, output, header.length, key),
    }
}

/// The same for a long payload, and where the output has to grow. It is not inlined, so that the registers which it needs are
/// saved only here.
#[inline(never)]
fn encode_long(first: u8, payload: &[u8], output: &mut Vec<u8>, length: u64) {
    proven::append_frame(&HeaderBytes::new(first, length, None), None, payload, output);
}

/// The same with a key.
#[inline(never)]
fn encode_long_masked(first: u8, payload: &[u8], output: &mut Vec<u8>, length: u64, key: mask::Key) {
    proven::append_frame(&HeaderBytes::new(first, length, Some(key)), Some(key), payload, output);
}

/// Appends a piece of a payload, masked, and returns the key with which to go on: for who sends a large one piece by piece, each
/// written while it is still in the cache.
///
/// ```
/// use hybi_frame::{Header, Opcode, encode_frame, encode_masked};
///
/// let (header, payload) = (Header::new(Opcode::Binary, 12).masked([1, 2, 3, 4]), b"a large file");
/// let mut written = header.encode().to_vec();
/// let (mut output, mut key) = (Vec::new(), [1, 2, 3, 4]);
/// for piece in payload.chunks(5) {
///     key = encode_masked(key, piece, &mut output);
///     written.append(&mut output);                        // or: socket.write_all(&output)?; output.clear();
/// }
/// # let mut at_once = Vec::new();
/// # encode_frame(&header, payload, &mut at_once);
/// # assert_eq!(written, at_once);
/// ```
pub fn encode_masked(key: mask::Key, piece: &[u8], output: &mut Vec<u8>) -> mask::Key {
    let _ascii = proven::append_masked::<false>(key, piece, output);
    mask::turned(key, piece.len())
}

/// Appends a text frame of hybi-00 or hixie-75 (hybi-00 §4.2). A `str` can't hold the byte that ends it.
///
/// ```
/// let mut output = Vec::new();
/// hybi_frame::encode_sentinel_text("Hello", &mut output);
/// assert_eq!(output, b"\x00Hello\xff");
/// ```
// Not inlined, so that sending on the other wire can be.
#[inline(never)]
pub fn encode_sentinel_text(text: &str, output: &mut Vec<u8>) {
    output.reserve(text.len().saturating_add(2));
    output.push(SENTINEL_TEXT);
    output.extend_from_slice(text.as_bytes());
    output.push(SENTINEL_END);
}
