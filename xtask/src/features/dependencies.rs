//! Which dependency comes in with which version.

use crate::workspace::VERSIONS;

/// A crate that may stand in a tree only with one of these features, and with each of them must.
struct Owned {
    dependency: &'static str,
    features: &'static [&'static str],
    /// The package that brings it in.
    by: &'static str,
    /// Others bring it in too, so that only the tree of that package itself tells something.
    shared: bool,
}

#[rustfmt::skip]
const OWNED: &[Owned] = &[
    Owned { dependency: "md-5", features: &["hybi00"], by: "hybi-challenge", shared: false },
    Owned { dependency: "sha1", features: &["hybi10", "hybi17"], by: "hybi-challenge", shared: false },
    Owned { dependency: "base64", features: &["hybi10", "hybi17"], by: "hybi-challenge", shared: false },
    Owned { dependency: "memchr", features: &["hixie75", "hybi00"], by: "hybi-frame", shared: true },
    Owned { dependency: "http", features: &["http"], by: "hybi-http", shared: false },
    Owned { dependency: "bytes", features: &["bytes"], by: "hybi-connection", shared: true },
    Owned { dependency: "flate2", features: &["deflate"], by: "hybi-deflate", shared: false },
];

/// The package that others take for itself alone, and the most that may come with it in one version.
const FEW: (&str, usize) = ("hybi-frame", 3);

/// What is wrong in the tree of a package that was resolved with these features.
pub(super) fn violations(package: &str, features: &[String], tree: &[String]) -> Vec<String> {
    let has = |name: &str| package == name || tree.iter().any(|other| other == name);
    let mut wrong = Vec::new();
    let versions = features.iter().filter(|on| VERSIONS.contains(&on.as_str())).count();
    let others = tree.iter().filter(|name| *name != package).count();
    if package == FEW.0 && versions <= 1 && others > FEW.1 {
        wrong.push(format!("{others} dependencies with one version, at most {}", FEW.1));
    }
    for owned in OWNED {
        let Owned { dependency, by, .. } = *owned;
        let by_nature = package == by && package == "hybi-deflate";
        if by_nature || owned.shared && package != by {
            continue;
        }
        let asked = owned.features.iter().any(|feature| features.iter().any(|on| on == feature));
        let only = owned.features.join(" or ");
        // A package that does not stand on the owner does not need it: hybi-frame hashes nothing.
        match (asked, has(dependency), has(by)) {
            (false, true, _) => wrong.push(format!("{dependency} is there, but belongs to {only}")),
            (true, true, false) => wrong.push(format!("{dependency} is there, but not by {by}")),
            (true, false, true) => wrong.push(format!("{dependency} is missing, but {only} needs it")),
            _ => {}
        }
    }
    wrong
}

/// Those in the tree of a package that the rules are about.
pub(super) fn watched(package: &str, tree: &[String]) -> Vec<&'static str> {
    let own = OWNED.iter().filter(|owned| !owned.shared || package == owned.by);
    let names = own.map(|owned| owned.dependency);
    names.filter(|&name| tree.iter().any(|other| other == name)).collect()
}

/// The names in what `cargo tree --prefix none --format {p}` prints.
pub(super) fn names(tree: &str) -> Vec<String> {
    let names = tree.lines().filter_map(|line| line.split_whitespace().next());
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(package: &str, features: &str, tree: &str) -> Vec<String> {
        let list = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        violations(package, &list(features), &list(tree))
    }

    #[test]
    fn reads_a_tree() {
        let text = "hybi-challenge v0.1.0 (somewhere)\nrand v0.10.0\nmd-5 v0.11.0\nrand v0.10.0 (*)\n\n";
        assert_eq!(names(text), ["hybi-challenge", "md-5", "rand"]);
        assert_eq!(watched("hybi-challenge", &names(text)), ["md-5"]);
        let both = names("memchr v2\nmd-5 v0.11\n");
        assert_eq!(watched("hybi", &both), ["md-5"]);
        assert_eq!(watched("hybi-frame", &both), ["md-5", "memchr"]);
    }

    #[test]
    fn refuses_what_belongs_to_another_version() {
        assert!(wrong("hybi-challenge", "hybi00 key-pair", "rand md-5").is_empty());
        assert!(wrong("hybi-challenge", "hixie75", "rand").is_empty());
        assert_eq!(
            wrong("hybi-challenge", "hybi17 accept", "sha1 base64 md-5"),
            ["md-5 is there, but belongs to hybi00"]
        );
        assert_eq!(wrong("hybi-challenge", "hybi00", "md-5 sha1 base64").len(), 2);
        assert!(wrong("hybi-frame", "hixie75", "memchr").is_empty());
        assert_eq!(wrong("hybi-frame", "hybi17", "memchr").len(), 1);
        assert_eq!(wrong("hybi", "hybi10", "hybi-challenge sha1 base64 md-5").len(), 1);
    }

    #[test]
    fn lets_few_come_with_frames() {
        assert!(wrong("hybi-frame", "hybi17", "hybi-frame hybi-version simdutf8 other").is_empty());
        assert_eq!(wrong("hybi-frame", "hybi17", "hybi-version simdutf8 other another").len(), 1);
        assert!(wrong("hybi-frame", "hybi17 hybi10", "hybi-version simdutf8 other another").is_empty());
    }

    #[test]
    fn misses_what_a_version_needs() {
        assert_eq!(wrong("hybi-challenge", "hybi00", "rand"), ["md-5 is missing, but hybi00 needs it"]);
        assert_eq!(
            wrong("hybi-frame", "hybi00", "hybi-version"),
            ["memchr is missing, but hixie75 or hybi00 needs it"]
        );
        assert_eq!(wrong("hybi", "hybi00", "hybi-frame hybi-challenge").len(), 1);
        assert!(wrong("hybi-connection", "hybi00", "hybi-frame memchr").is_empty());
    }

    #[test]
    fn lets_memchr_be_where_http_needs_it() {
        assert!(wrong("hybi", "hybi17", "hybi-http memchr hybi-frame").is_empty());
    }

    #[test]
    fn wants_deflate_only_where_it_was_asked_for() {
        assert!(wrong("hybi-connection", "hybi17", "hybi-frame").is_empty());
        assert!(wrong("hybi-connection", "hybi17 deflate", "hybi-frame hybi-deflate flate2").is_empty());
        assert_eq!(wrong("hybi-connection", "hybi17", "hybi-frame hybi-deflate flate2").len(), 1);
        assert_eq!(wrong("hybi-http", "", "flate2"), ["flate2 is there, but belongs to deflate"]);
    }
}
