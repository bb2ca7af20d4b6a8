//! Whoever silences a lint says why.

use super::{Finding, Rule, bracketed, words};
use crate::tree::Tree;

pub(crate) const RULE: Rule = Rule { name: "lint-reason", what: "#[allow] and #[expect] carry a reason", check };

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        let code = &file.layers.code;
        for word in ["allow", "expect"] {
            for at in words(code, word) {
                let before = code.get(..at).unwrap_or_default().trim_end();
                let attribute = before.ends_with("#[") || before.ends_with("#![") || conditional(before);
                let behind = code.get(at + word.len()..).unwrap_or_default();
                if attribute && behind.starts_with('(') && !bracketed(behind).contains("reason = \"") {
                    let what = format!("`{word}` without `reason = \"…\"`");
                    findings.push(Finding::new(file, file.line_at(at), what));
                }
            }
        }
    }
    findings
}

/// Whether the text ends within a `cfg_attr` that is still open.
fn conditional(before: &str) -> bool {
    before
        .rfind("cfg_attr(")
        .and_then(|at| before.get(at + "cfg_attr".len()..))
        .is_some_and(|rest| bracketed(rest).len() == rest.len() && !rest.ends_with(')'))
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn wants_a_reason() {
        let found = |text: &str| judge(&RULE, &[("crates/a/tests/a.rs", text)]).len();
        assert_eq!(found("#[allow(dead_code)]\nfn a() {}"), 1);
        assert_eq!(found("#![allow(\n    clippy::panic,\n)]"), 1);
        assert_eq!(found("#[expect(clippy::panic)]"), 1);
        assert_eq!(found("#[cfg_attr(test, allow(dead_code))]"), 1);
        assert_eq!(found("#![allow(\n    clippy::panic,\n    reason = \"tests\"\n)]"), 0);
        assert_eq!(found("#[cfg_attr(test, allow(dead_code, reason = \"tests\"))]"), 0);
        assert_eq!(found("// #[allow(dead_code)]\nfn a() { x.expect(\"y\"); allow(z); }"), 0);
    }
}
