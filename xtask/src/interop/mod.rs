//! Real peers against our examples.

use crate::Result;

/// `cargo xtask interop`
pub(crate) fn run(_arguments: &[String]) -> Result {
    Err("not built yet".into())
}
