//! The conformance suite.

use crate::Result;

/// `cargo xtask conformance`
pub(crate) fn run(_arguments: &[String]) -> Result {
    Err("not built yet".into())
}
