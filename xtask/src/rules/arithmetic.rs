//! A number of a peer's can't overflow unseen.

use super::{Finding, Rule, floor_of};
use crate::tree::Tree;

pub(crate) const RULE: Rule = Rule {
    name: "arithmetic",
    what: "lib.rs of each library denies arithmetic that can overflow, outside of tests",
    check,
};

/// The line. The table of lints in the workspace would reach the tests and the tools too, where `+ 1` is no danger.
const LINE: &str = "#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]";

fn check(tree: &Tree) -> Vec<Finding> {
    let protocol = |package: &&crate::workspace::Package| floor_of(&package.name).is_some();
    let paths = tree.packages.iter().filter(protocol).map(|package| format!("{}/src/lib.rs", package.folder));
    let denies = |path: &str| tree.file(path).is_some_and(|file| file.text.lines().any(|line| line == LINE));
    paths.filter(|path| !denies(path)).map(|path| Finding::at(&path, 1, format!("`{LINE}` is missing"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Source;
    use crate::workspace::Package;

    fn found(name: &str, text: &str) -> usize {
        let package = Package { name: name.into(), folder: "crates/a".into(), ..Package::default() };
        let files = vec![Source::new("crates/a/src/lib.rs", text)];
        check(&Tree { files, packages: vec![package] }).len()
    }

    #[test]
    fn wants_the_line_in_libraries() {
        assert_eq!(found("hybi-frame", &format!("//! a\n{LINE}\nmod a;\n")), 0);
        assert_eq!(found("hybi-frame", "//! a\nmod a;\n"), 1);
        assert_eq!(found("hybi-frame", &format!("//! a\n// {LINE}\nmod a;\n")), 1);
        assert_eq!(found("hybi-testkit", "//! a\nmod a;\n"), 0);
    }
}
