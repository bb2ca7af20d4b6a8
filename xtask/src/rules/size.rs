//! A file is short enough to hold one idea.

use super::{Finding, Rule};
use crate::tree::Tree;

pub(crate) const RULE: Rule =
    Rule { name: "size", what: "files of at most 400 lines, unit tests in a library file of at most 60", check };

const LINES: usize = 400;

/// Up to here a file of tests is only named: its topic may have a few cases more.
const TEST_LINES: usize = 450;

const UNIT_TEST_LINES: usize = 60;

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        let lines = file.lines().count();
        if lines > LINES {
            let what = format!("{lines} lines, at most {LINES}: split it by topic");
            let finding = Finding::new(file, LINES + 1, what);
            let warning = file.is_test() && lines <= TEST_LINES;
            findings.push(if warning { finding.warning() } else { finding });
        }
        let mut tests = file.lines().filter(|line| line.in_test);
        let first = tests.next().map(|line| line.number);
        // A program has no tests/ that could reach its parts, so the rule is for libraries.
        if let Some(first) = first.filter(|_| file.crate_folder().is_some() && !file.is_test()) {
            let count = tests.count() + 1;
            if count > UNIT_TEST_LINES {
                let what = format!("{count} lines of unit tests, at most {UNIT_TEST_LINES}: move them to tests/");
                findings.push(Finding::new(file, first, what));
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
    fn counts_lines() {
        let judge_lines = |path: &str, n: usize| (RULE.check)(&tree(path, &"x\n".repeat(n)));
        assert!(judge_lines("crates/a/src/a.rs", 400).is_empty());
        assert!(!judge_lines("crates/a/src/a.rs", 401)[0].warning);
        assert!(judge_lines("crates/a/tests/a.rs", 450)[0].warning);
        assert!(!judge_lines("crates/a/tests/a.rs", 451)[0].warning);
        assert!(judge_lines("docs/a.md", 500).is_empty());
    }

    #[test]
    fn counts_unit_tests() {
        let text = |n: usize| format!("fn a() {{}}\n#[cfg(test)]\nmod tests {{\n{}}}\n", "x;\n".repeat(n));
        assert!(judge(&RULE, &[("crates/a/src/a.rs", &text(57))]).is_empty());
        assert_eq!(judge(&RULE, &[("crates/a/src/a.rs", &text(58))]), ["crates/a/src/a.rs:2"]);
        assert!(judge(&RULE, &[("xtask/src/a.rs", &text(58))]).is_empty());
    }

    fn tree(path: &str, text: &str) -> Tree {
        Tree { files: vec![crate::tree::Source::new(path, text)], ..Tree::default() }
    }
}
