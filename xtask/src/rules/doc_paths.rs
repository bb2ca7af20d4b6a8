//! A page leads nowhere that is not there.

use super::{Finding, Rule};
use crate::tree::{Source, Tree};

pub(crate) const RULE: Rule =
    Rule { name: "doc-paths", what: "paths in backticks and relative links in pages exist", check };

/// Where a path in backticks begins, to be taken for one of ours.
const FOLDERS: [&str; 6] = ["crates/", "xtask/", "docs/", "fuzz/", "benches/", ".ci/"];

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| file.path.ends_with(".md")) {
        let mut fenced = false;
        for (index, line) in file.text.lines().enumerate() {
            let fence = line.trim_start().starts_with("```");
            fenced ^= fence;
            if fenced || fence {
                continue;
            }
            let wrong = paths(line).chain(links(file, line)).filter(|path| !exists(tree, path));
            findings.extend(wrong.map(|path| Finding::new(file, index + 1, format!("`{path}` does not exist"))));
        }
    }
    findings
}

/// Paths in backticks; those with a placeholder are none.
fn paths(line: &str) -> impl Iterator<Item = String> {
    let spans = line.split('`').skip(1).step_by(2);
    let paths = spans.filter(|span| FOLDERS.iter().any(|folder| span.starts_with(folder)));
    let plain = paths.filter(|span| !span.contains(['*', '{', '<', ' ']) && !span.contains("VERSION"));
    plain.map(str::to_owned)
}

/// Relative links, as paths below the root. What may be a name in Rust is left to rustdoc.
fn links(file: &Source, line: &str) -> impl Iterator<Item = String> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let targets = targets.map(|target| target.split('#').next().unwrap_or_default());
    let relative = targets.filter(|target| {
        let file = target.contains('/') || target.ends_with(".md") || target.starts_with("LICENSE");
        file && !target.contains(':')
    });
    relative.map(|target| below_root(&file.path, target))
}

/// A path that is relative to the folder of a page.
fn below_root(page: &str, target: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn exists(tree: &Tree, path: &str) -> bool {
    let folder = format!("{}/", path.trim_end_matches('/'));
    tree.files.iter().any(|file| file.path == path || file.path.starts_with(&folder))
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    fn found(text: &str) -> usize {
        judge(&RULE, &[("docs/a.md", text), ("crates/b/src/c.rs", ""), ("README.md", "")]).len()
    }

    #[test]
    fn finds_what_leads_nowhere() {
        assert_eq!(found("see `crates/b/src/d.rs`"), 1);
        assert_eq!(found("see `crates/e/`"), 1);
        assert_eq!(found("[x](b.md) and [y](../READ.md#z)"), 2);
    }

    #[test]
    fn lets_the_rest_pass() {
        assert_eq!(found("`crates/b/src/c.rs` `crates/b/` `crates/b` `crates/*/x` `b/c.rs` `crates/b/VERSION.rs`"), 0);
        assert_eq!(found("[x](a.md#y) [y](../README.md) [z](https://example.com/x) [T](crate::T) [U](#u)"), 0);
        assert_eq!(found("```text\n`crates/e/`\n```"), 0);
    }
}
