//! What the page about the architecture promises is guarded by something that exists.

use super::{Finding, RULES, Rule};
use crate::tree::Tree;

pub(crate) const RULE: Rule = Rule {
    name: "invariant",
    what: "each `Invariant:` in docs/architecture.md names a rule of tidy, a task of xtask or a file that guards it",
    check,
};

fn check(tree: &Tree) -> Vec<Finding> {
    let Some(page) = tree.file("docs/architecture.md") else {
        return vec![Finding::at("docs/architecture.md", 1, "is missing")];
    };
    let mut findings = Vec::new();
    for (line, text) in invariants(&page.text) {
        let Some((_, guards)) = text.rsplit_once("Guard:") else {
            findings.push(Finding::new(page, line, "an invariant without `Guard:`"));
            continue;
        };
        let mut named = false;
        for guard in guards.split('`').skip(1).step_by(2) {
            named = true;
            if !exists(tree, guard) {
                let what = format!("the guard `{guard}` does not exist");
                findings.push(Finding::new(page, line, what));
            }
        }
        if !named {
            findings.push(Finding::new(page, line, "`Guard:` names nothing in backticks"));
        }
    }
    findings
}

/// First line and text of each paragraph or list item with an invariant.
fn invariants(page: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (index, line) in page.lines().enumerate() {
        if line.contains("Invariant:") {
            found.push((index + 1, line.to_owned()));
            open = true;
        } else if line.trim().is_empty() || line.starts_with(['#', '-', '|']) {
            open = false;
        } else if let Some((_, text)) = found.last_mut().filter(|_| open) {
            text.push(' ');
            text.push_str(line.trim());
        }
    }
    found
}

/// `tidy: size`, `cargo xtask features`, a lint, or the path of a file.
fn exists(tree: &Tree, guard: &str) -> bool {
    if let Some(name) = guard.strip_prefix("tidy: ") {
        return RULES.iter().any(|rule| rule.name == name);
    }
    if let Some(name) = guard.strip_prefix("cargo xtask ") {
        return crate::task(name).is_some();
    }
    if let Some(lint) = guard.strip_prefix("lint: ") {
        let manifest = tree.file("Cargo.toml").map_or("", |file| file.text.as_str());
        return manifest.lines().any(|line| line.starts_with(&format!("{lint} = ")));
    }
    tree.file(guard).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let manifest = "[workspace.lints.rust]\nunsafe_code = \"forbid\"\n";
        judge(&RULE, &[("docs/architecture.md", text), ("Cargo.toml", manifest), ("crates/a/tests/b.rs", "")])
    }

    #[test]
    fn wants_a_guard_that_exists() {
        let good = "- Invariant: one.\n  Guard: `tidy: size`, `cargo xtask tidy`.\n- Invariant: two. Guard: `crates/a/tests/b.rs`, `lint: unsafe_code`\n";
        assert!(found(good).is_empty());
        for bad in [
            "Invariant: one.\n\nGuard: `tidy: size`",
            "Invariant: one. Guard: `tidy: nothing`",
            "Invariant: one. Guard: `cargo xtask nothing`",
            "Invariant: one. Guard: `crates/a/tests/c.rs`",
            "Invariant: one. Guard: `lint: other`",
            "Invariant: one. Guard: the eye",
        ] {
            assert_eq!(found(bad), ["docs/architecture.md:1"], "{bad}");
        }
        assert_eq!(judge(&RULE, &[]), ["docs/architecture.md:1"]);
    }
}
