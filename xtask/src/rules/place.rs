//! The repository speaks of no machine and of no server of a package registry.

use super::{Finding, Rule};
use crate::tree::Tree;

pub(crate) const RULE: Rule =
    Rule { name: "place", what: "no paths of a machine and no host names of package registries", check };

/// Folders of a machine. Written in two parts, as this file is checked too.
const FOLDERS: [&str; 6] = [
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/tm", "p/"),
    concat!("/Us", "ers/"),
    concat!("/wo", "rk/"),
    concat!("C:", "\\Users"),
];

const REGISTRIES: [&str; 7] = [
    concat!("crates", ".io"),
    concat!("npmjs", ".org"),
    concat!("npmjs", ".com"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("deb.debian", ".org"),
    concat!("metacpan", ".org"),
];

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    // Cargo writes the name of its registry into its lock file.
    for file in tree.files.iter().filter(|file| !file.path.ends_with(".lock")) {
        for (index, line) in file.text.lines().enumerate() {
            for folder in FOLDERS {
                if line.match_indices(folder).any(|(at, _)| begins_a_path(line, at)) {
                    let what = format!("`{folder}`: a path of one machine");
                    findings.push(Finding::new(file, index + 1, what));
                }
            }
            for host in REGISTRIES.iter().filter(|&host| line.contains(host)) {
                let what = format!("`{host}`: leave the place of packages to cargo, pip and npm");
                findings.push(Finding::new(file, index + 1, what));
            }
        }
    }
    findings
}

/// Whether the path begins here, rather than going on from a host or a folder before it.
fn begins_a_path(line: &str, at: usize) -> bool {
    let before = line.get(..at).and_then(|text| text.chars().next_back());
    !before.is_some_and(|c| c.is_alphanumeric() || "-_.])}".contains(c))
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn finds_places() {
        let found = |text: &str| judge(&RULE, &[("docs/a.md", text)]).len();
        for folder in FOLDERS {
            assert_eq!(found(&format!("see `{folder}x`")), 1, "{folder}");
        }
        for host in REGISTRIES {
            assert_eq!(found(&format!("from https://{host}/x")), 1, "{host}");
        }
        assert_eq!(found(concat!("ws://example.com/ho", "me/ and docs.rs and target/tm", "p/")), 0);
        let lock = concat!("registry+https://github.com/rust-lang/crates", ".io-index");
        assert!(judge(&RULE, &[("Cargo.lock", lock)]).is_empty());
    }
}
