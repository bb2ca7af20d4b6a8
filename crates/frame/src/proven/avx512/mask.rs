//! Masking, 64 bytes at a time.

use core::arch::x86_64::*;

use super::{store, unmasked, vector};
use crate::mask::{self, Key, turned};

/// See [`mask::blocks`]; it tells whether all is ASCII then.
#[target_feature(enable = "avx512vbmi")]
pub(in super::super) fn blocks(key: Key, next: Key, data: &mut [u8]) -> bool {
    let (Some(start), Some(end)) = (data.first_chunk(), data.last_chunk()) else { return false };
    let (start, end) = (unmasked(vector(key), start), unmasked(vector(next), end));
    let mut seen = _mm512_or_si512(start, end);
    let (offset, until) = mask::between(data);
    let turned = vector(turned(key, offset));
    for place in data.get_mut(offset..until).unwrap_or_default().as_chunks_mut::<64>().0 {
        let block = unmasked(turned, place);
        store(block, place);
        seen = _mm512_or_si512(seen, block);
    }
    store(start, data);
    store(end, data.last_chunk_mut::<64>().map_or(&mut [], |last| last));
    _mm512_movepi8_mask(seen) == 0
}
