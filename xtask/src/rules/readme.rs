//! The README of a crate is its page in the documentation.

use super::{Finding, Rule};
use crate::tree::Tree;
use crate::workspace::{Package, VERSIONS};

pub(crate) const RULE: Rule = Rule {
    name: "readme",
    what: "each published crate has a README.md with a compiled example and its features, and it is the crate page",
    check,
};

fn check(tree: &Tree) -> Vec<Finding> {
    let published = tree.packages.iter().filter(|package| package.published);
    published.flat_map(|package| of_package(tree, package)).collect()
}

fn of_package(tree: &Tree, package: &Package) -> Vec<Finding> {
    let path = format!("{}/README.md", package.folder);
    let Some(readme) = tree.file(&path) else {
        return vec![Finding::at(&path, 1, "is missing")];
    };
    let mut findings = Vec::new();
    let library = format!("{}/src/lib.rs", package.folder);
    let page = "#![doc = include_str!(\"../README.md\")]";
    if !tree.file(&library).is_some_and(|file| file.text.contains(page)) {
        let what = format!("is not the crate page: {library} has no `{page}`");
        findings.push(Finding::new(readme, 1, what));
    }
    let mut example = false;
    let mut fenced = false;
    for (index, line) in readme.text.lines().enumerate() {
        let Some(info) = line.trim_start().strip_prefix("```") else {
            continue;
        };
        fenced = !fenced;
        if fenced && info.contains("ignore") {
            findings.push(Finding::new(readme, index + 1, "an example that is not compiled"));
        }
        example |= fenced && (info.is_empty() || info.starts_with("rust"));
    }
    if !example {
        findings.push(Finding::new(readme, 1, "has no example"));
    }
    // What a version switches on inside is not for users to name.
    let inside = package.closure(&VERSIONS);
    let for_users = package.features.iter().map(|(name, _)| name.as_str()).filter(|name| {
        *name != "default" && (VERSIONS.contains(name) || !inside.iter().any(|feature| feature == name))
    });
    for feature in for_users {
        if !readme.text.contains(&format!("`{feature}`")) {
            findings.push(Finding::new(readme, 1, format!("does not tell of the feature `{feature}`")));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Source;

    fn found(readme: Option<&str>, library: &str) -> Vec<String> {
        let mut files = vec![Source::new("crates/a/src/lib.rs", library)];
        files.extend(readme.map(|text| Source::new("crates/a/README.md", text)));
        let package = Package {
            folder: "crates/a".into(),
            features: vec![
                ("default".into(), Vec::new()),
                ("extra".into(), Vec::new()),
                ("hybi00".into(), vec!["sentinel".into()]),
                ("sentinel".into(), Vec::new()),
            ],
            published: true,
            ..Package::default()
        };
        let tool = Package { folder: "xtask".into(), ..Package::default() };
        let packages = vec![package, tool];
        let findings = check(&Tree { files, packages });
        findings.into_iter().map(|finding| finding.to_string()).collect()
    }

    #[test]
    fn wants_a_crate_page() {
        let library = "#![doc = include_str!(\"../README.md\")]";
        let readme = "# a\n```rust\nf();\n```\n```text\nx\n```\n`extra`: more, `hybi00`\n";
        assert!(found(Some(readme), library).is_empty());
        assert_eq!(found(None, library), ["crates/a/README.md:1: is missing"]);
        assert_eq!(found(Some(readme), "//! a").len(), 1);
        assert_eq!(found(Some(&readme.replace("extra", "other")), library).len(), 1);
        assert_eq!(found(Some(&readme.replace("hybi00", "hybi")), library).len(), 1);
        assert_eq!(found(Some(&readme.replace("```rust", "```text")), library).len(), 1);
        let ignored = found(Some(&readme.replace("```rust", "```rust,ignore")), library);
        assert_eq!(ignored, ["crates/a/README.md:2: an example that is not compiled"]);
    }
}
