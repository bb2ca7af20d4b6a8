//! The house rules that a program can check: one file each.

mod arithmetic;
mod cfg;
mod citation;
mod doc_paths;
mod draft_files;
mod error_enum;
mod invariant;
mod layers;
mod leftover;
mod lib_rs;
mod lint_reason;
mod module_doc;
mod place;
mod readme;
mod sans_io;
mod size;
mod unsafe_place;
mod version_names;
mod vocabulary;

use core::fmt;

pub(crate) use self::layers::floor_of;

use crate::tree::{Source, Tree};

/// One rule.
pub(crate) struct Rule {
    /// What a finding is called: `size`.
    pub(crate) name: &'static str,
    /// What it asks for, in one line.
    pub(crate) what: &'static str,
    pub(crate) check: fn(&Tree) -> Vec<Finding>,
}

/// A line that breaks a rule.
#[derive(Debug, PartialEq)]
pub(crate) struct Finding {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) what: String,
    /// To be thought about; does not fail the gate.
    pub(crate) warning: bool,
}

/// All rules, in the order in which they are told.
pub(crate) const RULES: &[Rule] = &[
    sans_io::RULE,
    unsafe_place::RULE,
    arithmetic::RULE,
    layers::RULE,
    lib_rs::RULE,
    size::RULE,
    module_doc::RULE,
    cfg::RULE,
    draft_files::RULE,
    version_names::RULE,
    crate::drafts::RULE,
    error_enum::RULE,
    citation::RULE,
    vocabulary::RULE,
    readme::RULE,
    lint_reason::RULE,
    leftover::RULE,
    place::RULE,
    doc_paths::RULE,
    invariant::RULE,
];

impl Finding {
    pub(crate) fn new(file: &Source, line: usize, what: impl Into<String>) -> Self {
        Self::at(&file.path, line, what)
    }

    pub(crate) fn at(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into(), warning: false }
    }

    fn warning(self) -> Self {
        Self { warning: true, ..self }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, what, .. } = self;
        write!(f, "{path}:{line}: {what}")
    }
}

/// The places of a word in a text: not those where it is a part of a longer name.
fn words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let behind = text.get(at + word.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(is_name) && !behind.is_some_and(is_name)
    })
}

fn has_word(text: &str, word: &str) -> bool {
    words(text, word).next().is_some()
}

/// The text from an opening bracket at the start to the one that closes it; both included.
fn bracketed(text: &str) -> &str {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return text.get(..at + c.len_utf8()).unwrap_or(text);
                }
            }
            _ => {}
        }
    }
    text
}

/// Judges files that a test makes up: gives `path:line` of each finding.
#[cfg(test)]
fn judge(rule: &Rule, files: &[(&str, &str)]) -> Vec<String> {
    let tree = Tree { files: files.iter().map(|(path, text)| Source::new(path, text)).collect(), ..Tree::default() };
    let findings = (rule.check)(&tree);
    findings.iter().map(|finding| format!("{}:{}", finding.path, finding.line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_whole_words_only() {
        assert_eq!(words("feed feeds a_feed feed", "feed").collect::<Vec<_>>(), [0, 18]);
        assert!(!has_word("Versions::Hixie75s", "Hixie75"));
    }

    #[test]
    fn finds_the_closing_bracket() {
        assert_eq!(bracketed("(a[b{c}])d"), "(a[b{c}])");
        assert_eq!(bracketed("(a"), "(a");
    }
}
