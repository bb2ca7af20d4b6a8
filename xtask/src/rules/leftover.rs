//! Nothing is left half done.

use super::{Finding, Rule, has_word};
use crate::tree::Tree;

pub(crate) const RULE: Rule = Rule {
    name: "leftover",
    what: "no marks of unfinished work, no debug output, no ignored test without a reason",
    check,
};

const MARKS: [&str; 4] = ["TODO", "FIXME", "XXX", "HACK"];

const MACROS: [&str; 3] = ["todo!", "unimplemented!", "dbg!"];

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &tree.files {
        for line in file.lines() {
            for mark in MARKS {
                if has_word(line.comment, mark) || has_word(line.code, mark) {
                    findings.push(Finding::new(file, line.number, format!("`{mark}`")));
                }
            }
            for name in MACROS {
                let word = name.trim_end_matches('!');
                if has_word(line.code, word) && line.code.contains(name) {
                    findings.push(Finding::new(file, line.number, format!("`{name}`")));
                }
            }
            if line.code.contains("#[ignore]") {
                let what = "`#[ignore]` without `= \"reason\"`";
                findings.push(Finding::new(file, line.number, what));
            }
        }
        if !file.path.ends_with(".rs") {
            for (index, text) in file.text.lines().enumerate() {
                for mark in MARKS.iter().filter(|mark| has_word(text, mark)) {
                    findings.push(Finding::new(file, index + 1, format!("`{mark}`")));
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
    fn finds_leftovers() {
        let found = |path: &str, text: &str| judge(&RULE, &[(path, text)]).len();
        for text in [
            "// TODO: later",
            "/// FIXME",
            "fn a() { todo!() }",
            "unimplemented!(\"x\")",
            "let a = dbg!(b);",
            "#[ignore]",
        ] {
            assert_eq!(found("crates/a/src/a.rs", text), 1, "{text}");
        }
        assert_eq!(found("docs/a.md", "TODO: write this"), 1);
        for text in ["let a = \"TODO\";", "// TODOs", "#[ignore = \"slow\"]", "fn todo() {}"] {
            assert_eq!(found("crates/a/src/a.rs", text), 0, "{text}");
        }
    }
}
