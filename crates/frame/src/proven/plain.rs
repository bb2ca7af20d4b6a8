//! Where there is no AVX2, or nobody to ask for it.

use crate::mask;

/// See [`mask::aligned_blocks`].
#[inline]
pub(crate) fn aligned_blocks<const LOOK: bool>(key: mask::Key, next: mask::Key, data: &mut [u8]) -> bool {
    mask::aligned_blocks::<LOOK>(key, next, data)
}
