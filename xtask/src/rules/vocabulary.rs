//! One word for one thing in all crates.

use super::{Finding, Rule, words};
use crate::tree::Tree;

pub(crate) const RULE: Rule = Rule {
    name: "vocabulary",
    what: "no public function is called feed, append or process: bytes go in by `receive`, out by `send_*`, `build`, `encode`",
    check,
};

/// Word, and what is said instead.
const REFUSED: [(&str, &str); 3] = [("feed", "receive"), ("append", "send_*, build or encode"), ("process", "receive")];

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.library() {
        for line in file.lines().filter(|line| !line.in_test) {
            let Some(name) = public_function(line.code) else {
                continue;
            };
            for (word, instead) in REFUSED {
                let longer = name.strip_prefix(word).is_some_and(|rest| rest.starts_with('_'));
                if name == word || longer {
                    let what = format!("`{name}`: the word here is {instead}");
                    findings.push(Finding::new(file, line.number, what));
                }
            }
        }
    }
    findings
}

/// The name of the function that this line makes public.
fn public_function(code: &str) -> Option<&str> {
    let at = words(code, "fn").next()?;
    let modifiers = code.get(..at)?.trim_start();
    if !modifiers.starts_with("pub ") {
        return None;
    }
    let name = code.get(at + 2..)?.trim_start();
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_');
    name.get(..end.unwrap_or(name.len()))
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn refuses_other_words() {
        let text = "pub fn feed(&mut self) {}\n    pub const fn append_frame() {}\n    pub fn processed() {}\nfn process() {}\npub(crate) fn process() {}\npub fn receive() { self.feed() }";
        let path = "crates/frame/src/a.rs";
        assert_eq!(judge(&RULE, &[(path, text)]), [format!("{path}:1"), format!("{path}:2")]);
    }
}
