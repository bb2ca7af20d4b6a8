//! `unsafe` has one place.

use super::{Finding, Rule, words};
use crate::tree::Tree;

pub(crate) const RULE: Rule =
    Rule { name: "unsafe", what: "no unsafe in crates/*/src but in crates/frame/src/proven/", check };

/// The one place. The compiler asks for a proof there: `undocumented_unsafe_blocks`.
const PLACE: &str = "crates/frame/src/proven/";

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.library() {
        for at in words(&file.layers.code, "unsafe") {
            if !file.path.starts_with(PLACE) {
                findings.push(Finding::new(file, file.line_at(at), format!("`unsafe`: its one place is {PLACE}")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn knows_the_place() {
        let text = "fn f() { unsafe { g() } }";
        assert!(judge(&RULE, &[("crates/frame/src/proven/a.rs", text)]).is_empty());
        for path in ["crates/frame/src/mask.rs", "crates/http/src/proven/a.rs"] {
            assert_eq!(judge(&RULE, &[(path, text)]).len(), 1, "{path}");
        }
        assert!(
            judge(&RULE, &[("crates/http/src/a.rs", "//! unsafe\n// unsafe\nconst A: &str = \"unsafe\";")]).is_empty()
        );
    }
}
