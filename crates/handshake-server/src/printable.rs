//! Text that can be shown: what an origin, or a subprotocol of the old drafts, consists of.

/// Whether all is printable ASCII, U+0020 to U+007E. Blocks without an exit in the middle are compared at once; the last one
/// covers what is left.
#[inline]
pub(crate) fn is_printable(text: &[u8]) -> bool {
    let are = |bytes: &[u8]| bytes.iter().fold(true, |good, byte| good & matches!(byte, b' '..=b'~'));
    let (blocks, rest) = text.as_chunks::<16>();
    blocks.iter().all(|block| are(block)) && text.last_chunk::<16>().map_or_else(|| are(rest), |last| are(last))
}

#[cfg(test)]
mod tests {
    use super::is_printable;

    /// Each byte in each place, for lengths around those of the blocks.
    #[test]
    fn a_text_is_printable_if_each_byte_is() {
        for length in 0..40 {
            let mut text = vec![b'x'; length];
            assert!(is_printable(&text));
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    text[place] = byte;
                    assert_eq!(is_printable(&text), matches!(byte, b' '..=b'~'), "{byte} at {place} of {length}");
                }
                text[place] = b'x';
            }
        }
    }
}
