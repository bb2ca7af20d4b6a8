//! Reproducible random bytes.

/// A small generator (splitmix64): the same seed gives the same numbers. Good enough to cut inputs, and for nothing else.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A generator that starts at the seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below the bound; 0 if the bound is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX);
        let number = self.next_u64().checked_rem(bound).unwrap_or(0);
        usize::try_from(number).unwrap_or(0)
    }

    /// Fills the buffer.
    pub fn fill(&mut self, buffer: &mut [u8]) {
        for part in buffer.chunks_mut(8) {
            part.copy_from_slice(self.next_u64().to_le_bytes().get(..part.len()).unwrap_or_default());
        }
    }

    /// A vector of random bytes.
    #[must_use]
    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.fill(&mut bytes);
        bytes
    }
}

/// Fills the buffer with zeros: a mask that changes nothing. Fits where a crate takes `fn(&mut [u8])`.
pub fn zeros(buffer: &mut [u8]) {
    buffer.fill(0);
}

/// Fills the buffer with 0, 1, 2, …, 255, 0, … . Fits where a crate takes `fn(&mut [u8])`.
pub fn counting(buffer: &mut [u8]) {
    for (byte, value) in buffer.iter_mut().zip((0..=u8::MAX).cycle()) {
        *byte = value;
    }
}

/// Fills the buffer with `37 FA 21 3D 37 FA …`, the mask of the samples in RFC 6455 §5.7. Fits where a crate takes
/// `fn(&mut [u8])`.
pub fn rfc6455_mask(buffer: &mut [u8]) {
    for (byte, value) in buffer.iter_mut().zip(crate::rfc6455::MASK.into_iter().cycle()) {
        *byte = value;
    }
}
