//! `cargo xtask drafts`: where each version lives in each crate, and whether a place is empty.

use crate::rules::{Finding, Rule};
use crate::tree::Tree;
use crate::workspace::VERSIONS;
use crate::{Result, Usage};

const HELP: &str = "\
usage: cargo xtask drafts

Prints for each version the files and features that it must have, and fails on a gap.
";

/// The same table as a rule, for `cargo xtask tidy`.
pub(crate) const RULE: Rule = Rule {
    name: "draft-table",
    what: "each version has its file and its feature in each crate where it must (`cargo xtask drafts`)",
    check: |tree| gaps(&table(tree)),
};

/// A place that each version must have.
enum Place {
    /// A file, or a folder with files; `{version}` and `{wire}` stand for the names.
    Path(&'static str),
    /// The feature in the manifest of this crate.
    Feature(&'static str),
}

/// What a version consists of, from the ground up.
const PLACES: &[Place] = &[
    Place::Path("crates/version/src/draft/{version}.rs"),
    Place::Path("crates/frame/src/wire/{wire}.rs"),
    Place::Path("crates/frame/tests/{wire}.rs"),
    Place::Path("crates/handshake-client/src/draft/{version}.rs"),
    Place::Path("crates/handshake-client/tests/{version}.rs"),
    Place::Path("crates/handshake-server/src/draft/{version}.rs"),
    Place::Path("crates/handshake-server/tests/{version}.rs"),
    Place::Path("crates/hybi/tests/{version}.rs"),
    Place::Feature("challenge"),
    Place::Feature("frame"),
    Place::Feature("handshake-client"),
    Place::Feature("handshake-server"),
    Place::Feature("connection"),
    Place::Feature("hybi"),
];

/// One line of the table.
struct Row {
    /// The place, with the placeholders in it.
    name: String,
    /// For each version: the file to look at, and whether the place is filled.
    cells: [(String, bool); VERSIONS.len()],
}

pub(crate) fn run(arguments: &[String]) -> Result {
    match arguments {
        [] => {}
        [help] if help == "--help" => {
            print!("{HELP}");
            return Ok(());
        }
        [other, ..] => return Err(Usage(format!("unexpected argument {other:?}")).into()),
    }
    let rows = table(&Tree::read()?);
    let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
    println!("{:width$}  {}", "", VERSIONS.map(|name| format!("{name:7}")).join("  "));
    for row in &rows {
        let cells = row.cells.iter().map(|(_, filled)| if *filled { "ok     " } else { "GAP    " });
        println!("{:width$}  {}", row.name, cells.collect::<Vec<_>>().join("  "));
    }
    match gaps(&rows).len() {
        0 => Ok(()),
        n => Err(format!("{n} gaps").into()),
    }
}

fn table(tree: &Tree) -> Vec<Row> {
    PLACES.iter().map(|place| row(tree, place)).collect()
}

fn row(tree: &Tree, place: &Place) -> Row {
    match place {
        Place::Path(pattern) => Row {
            name: (*pattern).to_owned(),
            cells: VERSIONS.map(|version| {
                let path = pattern.replace("{version}", version).replace("{wire}", wire(version));
                let folder = format!("{}/", path.trim_end_matches(".rs"));
                let filled = |file: &str| file == path || file.starts_with(&folder);
                let found = tree.files.iter().any(|file| filled(&file.path));
                (path, found)
            }),
        },
        Place::Feature(name) => {
            let folder = format!("crates/{name}");
            let package = tree.packages.iter().find(|package| package.folder == folder);
            Row {
                name: format!("{folder}/Cargo.toml: feature"),
                cells: VERSIONS.map(|version| {
                    let found = package.is_some_and(|package| package.has_feature(version));
                    (format!("{folder}/Cargo.toml"), found)
                }),
            }
        }
    }
}

/// The frame format of a version.
fn wire(version: &str) -> &'static str {
    match version {
        "hixie75" | "hybi00" => "sentinel",
        _ => "base",
    }
}

fn gaps(rows: &[Row]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for row in rows {
        for (version, (path, _)) in VERSIONS.iter().zip(&row.cells).filter(|(_, (_, filled))| !filled) {
            findings.push(Finding::at(path, 1, format!("{version} has a gap here")));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Source;
    use crate::workspace::Package;

    /// A repository in which every place is filled.
    fn full() -> Tree {
        let mut tree = Tree::default();
        for place in PLACES {
            match place {
                Place::Path(pattern) => tree.files.extend(VERSIONS.map(|version| {
                    let path = pattern.replace("{version}", version).replace("{wire}", wire(version));
                    Source::new(&path, "")
                })),
                Place::Feature(name) => tree.packages.push(Package {
                    folder: format!("crates/{name}"),
                    features: VERSIONS.map(|version| (version.to_owned(), Vec::new())).to_vec(),
                    ..Package::default()
                }),
            }
        }
        tree
    }

    #[test]
    fn finds_a_file_that_is_missing() {
        let mut tree = full();
        assert!(gaps(&table(&tree)).is_empty());
        let gone = "crates/handshake-server/src/draft/hybi00.rs";
        tree.files.retain(|file| file.path != gone);
        assert_eq!(gaps(&table(&tree)), [Finding::at(gone, 1, "hybi00 has a gap here")]);
        tree.files.push(Source::new("crates/handshake-server/src/draft/hybi00/mod.rs", ""));
        assert!(gaps(&table(&tree)).is_empty());
    }

    #[test]
    fn finds_a_wire_and_a_feature_that_are_missing() {
        let mut tree = full();
        tree.files.retain(|file| file.path != "crates/frame/src/wire/base.rs");
        assert_eq!(gaps(&table(&tree)).len(), 2);
        let mut tree = full();
        for package in &mut tree.packages {
            package.features.retain(|(name, _)| name != "hixie75");
        }
        assert_eq!(gaps(&table(&tree)).len(), 6);
    }
}
