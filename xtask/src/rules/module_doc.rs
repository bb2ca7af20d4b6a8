//! A file says what it is for.

use super::{Finding, Rule};
use crate::tree::Tree;

pub(crate) const RULE: Rule =
    Rule { name: "module-doc", what: "every Rust file opens with a `//!` line that says what it is for", check };

fn check(tree: &Tree) -> Vec<Finding> {
    let without = tree.rust().filter(|file| {
        let first = file.text.lines().find(|line| !line.trim().is_empty());
        !first.is_some_and(|line| line.starts_with("//!") || line.starts_with("#![doc"))
    });
    without.map(|file| Finding::new(file, 1, "no `//!` line at the top")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn wants_a_first_line() {
        assert!(judge(&RULE, &[("a.rs", "//! Masks.\nfn a() {}"), ("b.rs", "#![doc = \"\"]")]).is_empty());
        assert_eq!(judge(&RULE, &[("a.rs", "// Masks.\n"), ("b.rs", "")]), ["a.rs:1", "b.rs:1"]);
    }
}
