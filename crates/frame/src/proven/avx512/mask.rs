//! Masking, 64 bytes at a time.

use super::{store, unmasked, vector};
use crate::mask::{self, Key, turned};

/// See [`mask::blocks`].
#[target_feature(enable = "avx512vbmi")]
pub(in super::super) fn blocks(key: Key, next: Key, data: &mut [u8]) {
    let (Some(start), Some(end)) = (data.first_chunk(), data.last_chunk()) else { return };
    let (start, end) = (unmasked(vector(key), start), unmasked(vector(next), end));
    let (offset, until) = mask::between(data);
    let turned = vector(turned(key, offset));
    for place in data.get_mut(offset..until).unwrap_or_default().as_chunks_mut::<64>().0 {
        let block = unmasked(turned, place);
        store(block, place);
    }
    store(start, data);
    store(end, data.last_chunk_mut::<64>().map_or(&mut [], |last| last));
}
