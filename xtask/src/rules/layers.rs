//! Nothing imports upward, and nothing new comes in unseen.

use super::{Finding, Rule};
use crate::tree::Tree;
use crate::workspace::Package;

pub(crate) const RULE: Rule = Rule {
    name: "layers",
    what: "a crate depends on crates of lower floors only, and on the outside crates that the table of floors names",
    check,
};

/// One crate: where it stands in the house, and what it may use.
struct Floor {
    floor: u8,
    package: &'static str,
    /// Crates of ours.
    ours: &'static [&'static str],
    /// Crates of others.
    others: &'static [&'static str],
}

/// The house, from the ground up. A line that is longer after a change is a decision: say why in the commit.
#[rustfmt::skip]
const FLOORS: &[Floor] = &[
    Floor { floor: 0, package: "hybi-version", ours: &[], others: &[] },
    Floor { floor: 1, package: "hybi-url", ours: &[], others: &["url"] },
    Floor { floor: 1, package: "hybi-http", ours: &[], others: &["http", "memchr"] },
    Floor { floor: 1, package: "hybi-challenge", ours: &[], others: &["base64", "md-5", "rand", "sha1"] },
    Floor { floor: 1, package: "hybi-frame", ours: &["hybi-version"], others: &["memchr", "simdutf8"] },
    Floor { floor: 2, package: "hybi-handshake-client",
        ours: &["hybi-version", "hybi-url", "hybi-http", "hybi-challenge"], others: &[] },
    Floor { floor: 2, package: "hybi-handshake-server",
        ours: &["hybi-version", "hybi-http", "hybi-challenge"], others: &[] },
    Floor { floor: 2, package: "hybi-deflate", ours: &["hybi-http"], others: &["flate2"] },
    Floor { floor: 3, package: "hybi-connection",
        ours: &["hybi-version", "hybi-frame", "hybi-deflate"], others: &["bytes", "rand"] },
    Floor { floor: 4, package: "hybi",
        ours: &["hybi-version", "hybi-url", "hybi-http", "hybi-challenge", "hybi-frame", "hybi-handshake-client",
            "hybi-handshake-server", "hybi-deflate", "hybi-connection"], others: &[] },
];

/// For tests only, beside the house: any crate may use it there.
const TESTKIT: &str = "hybi-testkit";

/// Programs on the roof: they may use all that there is, and nobody uses them.
const ROOF: &str = "hybi-examples";

/// What the others are compared with and judged by, and so uses none of ours.
const APART: [&str; 2] = [TESTKIT, "xtask"];

/// The floor of a crate of ours.
pub(crate) fn floor_of(package: &str) -> Option<u8> {
    FLOORS.iter().find(|floor| floor.package == package).map(|floor| floor.floor)
}

fn check(tree: &Tree) -> Vec<Finding> {
    let judged = |package: &&Package| {
        package.name != ROOF && (package.folder.starts_with("crates/") || APART.contains(&package.name.as_str()))
    };
    tree.packages.iter().filter(judged).flat_map(|package| of_package(tree, package)).collect()
}

fn of_package(tree: &Tree, package: &Package) -> Vec<Finding> {
    let path = format!("{}/Cargo.toml", package.folder);
    let mut findings = Vec::new();
    let mut find = |name: &str, what: String| {
        findings.push(Finding::at(&path, line_of(tree, &path, name), what));
    };
    let own = FLOORS.iter().find(|floor| floor.package == package.name);
    if own.is_none() && !APART.contains(&package.name.as_str()) {
        find("name", format!("{} has no place in the table of floors", package.name));
        return findings;
    }
    for dependency in &package.dependencies {
        let name = dependency.name.as_str();
        let other = FLOORS.iter().find(|floor| floor.package == name);
        match (own, other) {
            _ if name == ROOF => find(name, format!("{name} is for nobody to depend on")),
            (None, Some(_)) => find(name, format!("{} depends on nothing of ours, and so not on {name}", package.name)),
            (Some(own), Some(other)) if other.floor >= own.floor => {
                find(
                    name,
                    format!("{name} (floor {}) is not below {} (floor {})", other.floor, own.package, own.floor),
                );
            }
            (Some(own), Some(_)) if !dependency.dev && !own.ours.contains(&name) => {
                find(name, format!("the table of floors gives {} no {name}", own.package));
            }
            (Some(own), None) if !dependency.dev && !own.others.contains(&name) => {
                find(name, format!("the table of floors gives {} no {name}", own.package));
            }
            _ => {}
        }
    }
    findings
}

/// The line of a manifest in which a key stands.
fn line_of(tree: &Tree, path: &str, key: &str) -> usize {
    let text = tree.file(path).map_or("", |file| file.text.as_str());
    let is_key = |line: &str| {
        let rest = line.strip_prefix(key);
        rest.is_some_and(|rest| rest.starts_with([' ', '.', '=']))
    };
    text.lines().position(is_key).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Source;
    use crate::workspace::Dependency;

    fn found(name: &str, dependencies: &[(&str, bool)]) -> Vec<String> {
        let dependencies =
            dependencies.iter().map(|&(name, dev)| Dependency { name: name.into(), dev, ..Dependency::default() });
        let package = Package {
            name: name.into(),
            folder: "crates/a".into(),
            dependencies: dependencies.collect(),
            ..Package::default()
        };
        let files = vec![Source::new("crates/a/Cargo.toml", "[package]\nname = \"a\"\nhybi.workspace = true\n")];
        let packages = vec![package];
        let findings = check(&Tree { files, packages });
        findings.into_iter().map(|finding| finding.to_string()).collect()
    }

    #[test]
    fn refuses_what_is_not_below() {
        assert_eq!(
            found("hybi-connection", &[("hybi", false)]),
            ["crates/a/Cargo.toml:3: hybi (floor 4) is not below hybi-connection (floor 3)"]
        );
        assert_eq!(found("hybi-http", &[("hybi-url", false)]).len(), 1);
        assert_eq!(found("hybi-frame", &[("hybi-http", true)]).len(), 1);
        assert_eq!(found("hybi-testkit", &[("hybi-version", false)]).len(), 1);
        assert_eq!(found("xtask", &[("hybi-frame", true)]).len(), 1);
        assert_eq!(found("hybi", &[(ROOF, true)]).len(), 1);
    }

    #[test]
    fn refuses_what_the_table_does_not_name() {
        assert_eq!(found("hybi-handshake-server", &[("hybi-url", false)]).len(), 1);
        assert_eq!(found("hybi-http", &[("tokio", false)]).len(), 1);
        assert_eq!(found("hybi-new", &[]).len(), 1);
    }

    #[test]
    fn lets_the_rest_pass() {
        let dependencies = [("hybi-version", false), ("memchr", false), ("proptest", true), (TESTKIT, true)];
        assert!(found("hybi-frame", &dependencies).is_empty());
        assert!(found("hybi-testkit", &[("anything", false)]).is_empty());
        assert!(found(ROOF, &[("hybi", true), ("anything", true)]).is_empty());
        // A test may reach further down than the crate does.
        assert!(found("hybi-handshake-server", &[("hybi-url", true)]).is_empty());
    }

    #[test]
    fn the_table_itself_goes_downward() {
        for own in FLOORS {
            for name in own.ours {
                let other = FLOORS.iter().find(|floor| floor.package == *name).unwrap();
                assert!(other.floor < own.floor, "{} → {name}", own.package);
            }
        }
    }
}
