//! Where there is no AVX2, or nobody to ask for it.

pub(crate) use crate::mask::{aligned_blocks, copy};
