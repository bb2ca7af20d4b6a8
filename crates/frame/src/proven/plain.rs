//! Where there are no such vectors, or nobody to ask for them.

use crate::mask;

/// See [`mask::blocks`].
#[inline]
pub(crate) fn blocks(key: mask::Key, next: mask::Key, data: &mut [u8]) {
    mask::blocks(key, next, data);
}

/// Whether the bytes are UTF-8. This CPU doesn't say it.
pub(super) const fn is_utf8(_bytes: &[u8]) -> Option<bool> {
    None
}

/// Unmasks the bytes, and tells whether they are UTF-8 then. This CPU doesn't, and they are as they were.
pub(super) const fn unmask_utf8(_key: mask::Key, _bytes: &mut [u8]) -> Option<bool> {
    None
}
