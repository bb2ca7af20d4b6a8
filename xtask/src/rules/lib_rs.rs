//! The first file of a crate is its table of contents.

use super::{Finding, Rule, has_word};
use crate::tree::Tree;

pub(crate) const RULE: Rule =
    Rule { name: "lib-rs", what: "lib.rs has modules and re-exports only, in at most 80 lines", check };

const LINES: usize = 80;

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let libraries = tree.rust().filter(|file| file.crate_folder().is_some() && file.path_in_crate() == "src/lib.rs");
    for file in libraries {
        let lines = file.lines().count();
        if lines > LINES {
            let what = format!("{lines} lines, at most {LINES}");
            findings.push(Finding::new(file, LINES + 1, what));
        }
        for line in file.lines() {
            for word in ["fn", "impl", "struct", "enum", "trait"] {
                if has_word(line.code, word) {
                    let what = format!("`{word}` belongs into a module");
                    findings.push(Finding::new(file, line.number, what));
                }
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
    fn wants_a_table_of_contents() {
        let good = "//! Has fn and impl.\nmod a;\n#[cfg(feature = \"x\")]\nmod b;\npub use a::A;\n";
        assert!(judge(&RULE, &[("crates/a/src/lib.rs", good)]).is_empty());
        let bad = "mod a;\npub fn f() {}\nimpl A {}\n";
        let found = judge(&RULE, &[("crates/a/src/lib.rs", bad), ("crates/a/src/a.rs", bad)]);
        assert_eq!(found, ["crates/a/src/lib.rs:2", "crates/a/src/lib.rs:3"]);
        let long = "mod a;\n".repeat(81);
        assert_eq!(judge(&RULE, &[("crates/a/src/lib.rs", &long)]), ["crates/a/src/lib.rs:81"]);
    }
}
