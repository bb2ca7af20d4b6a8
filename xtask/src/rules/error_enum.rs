//! One error enum a crate, always in the same place and of the same shape.

use super::{Finding, Rule, bracketed, has_word};
use crate::tree::{Source, Tree};

pub(crate) const RULE: Rule = Rule {
    name: "error-enum",
    what: "a crate's `pub enum Error` stands in src/error.rs and is #[non_exhaustive]",
    check,
};

/// One variant of an error enum.
pub(super) struct Variant {
    pub(super) line: usize,
    pub(super) name: String,
    /// Its doc comment on one line.
    pub(super) doc: String,
    /// What it carries, as code.
    pub(super) payload: String,
}

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.library() {
        let Some((line, _)) = error_enum(file) else {
            continue;
        };
        if file.path_in_crate() != "src/error.rs" {
            let what = "`pub enum Error`: the crate's one error enum stands in src/error.rs";
            findings.push(Finding::new(file, line, what));
        }
        let attributes = file.lines().take(line).collect::<Vec<_>>();
        let near = attributes.iter().rev().take(8);
        if !near.into_iter().any(|line| line.code.contains("#[non_exhaustive]")) {
            findings.push(Finding::new(file, line, "`Error` is not #[non_exhaustive]"));
        }
    }
    findings
}

/// The line of `pub enum Error` and its variants.
pub(super) fn error_enum(file: &Source) -> Option<(usize, Vec<Variant>)> {
    let start = file.lines().find(|line| line.code.contains("pub enum Error") && has_word(line.code, "Error"))?.number;
    let mut depth = 0_i32;
    let mut doc = String::new();
    let mut variants: Vec<Variant> = Vec::new();
    for line in file.lines().skip(start - 1) {
        let code = line.code.trim();
        if depth == 1 {
            if let Some(text) = line.comment.trim().strip_prefix("///") {
                doc.push_str(text);
            } else if code.starts_with(|c: char| c.is_ascii_uppercase()) {
                let end = code.find(|c: char| !c.is_alphanumeric()).unwrap_or(code.len());
                variants.push(Variant {
                    line: line.number,
                    name: code.get(..end).unwrap_or_default().to_owned(),
                    doc: core::mem::take(&mut doc),
                    payload: code.get(end..).map(bracketed).unwrap_or_default().to_owned(),
                });
            }
        }
        for c in code.chars() {
            depth += match c {
                '{' | '(' | '[' => 1,
                '}' | ')' | ']' => -1,
                _ => 0,
            };
        }
        if depth == 0 && code.contains('}') {
            break;
        }
    }
    Some((start, variants))
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn wants_one_shape_in_one_place() {
        let good =
            "//! a\n/// What failed.\n#[derive(Debug)]\n#[non_exhaustive]\npub enum Error {\n    /// A.\n    A,\n}\n";
        assert!(judge(&RULE, &[("crates/a/src/error.rs", good)]).is_empty());
        assert_eq!(judge(&RULE, &[("crates/a/src/b.rs", good)]), ["crates/a/src/b.rs:5"]);
        let bad = good.replace("#[non_exhaustive]\n", "");
        assert_eq!(judge(&RULE, &[("crates/a/src/error.rs", &bad)]), ["crates/a/src/error.rs:4"]);
        assert!(judge(&RULE, &[("crates/a/src/b.rs", "pub enum ErrorKind {}")]).is_empty());
    }

    #[test]
    fn reads_variants() {
        let text = "pub enum Error {\n    /// One\n    /// line.\n    A { x: u8 },\n    /// B.\n    B(\n        u8,\n    ),\n    C,\n}\npub enum Other {\n    D,\n}\n";
        let (line, variants) = error_enum(&Source::new("crates/a/src/error.rs", text)).unwrap();
        assert_eq!(line, 1);
        let names: Vec<_> = variants.iter().map(|v| (v.line, v.name.as_str(), v.doc.as_str())).collect();
        assert_eq!(names, [(4, "A", " One line."), (6, "B", " B."), (9, "C", "")]);
    }
}
