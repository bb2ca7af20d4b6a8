//! The slow twin of masking.

/// Masks or unmasks a part of a payload that begins `offset` bytes into the frame: octet *i* of the payload is xored with
/// octet *i* modulo 4 of the key (RFC 6455 §5.3).
pub fn naive_mask(part: &mut [u8], key: [u8; 4], offset: u64) {
    let [a, b, c, d] = key;
    for (index, byte) in (offset..).zip(part) {
        *byte ^= match index % 4 {
            0 => a,
            1 => b,
            2 => c,
            _ => d,
        };
    }
}
