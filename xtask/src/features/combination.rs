//! Which features are tried together.

use core::fmt;

use crate::workspace::{LATEST, Package, VERSIONS};

/// A set of features of one package.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Combination {
    features: Vec<String>,
}

/// All that are tried for a package: each subset of the versions by itself; each other feature with no version, with the
/// latest and with all of them; and everything.
pub(super) fn combinations(package: &Package) -> Vec<Combination> {
    let versions: Vec<&str> = VERSIONS.into_iter().filter(|version| package.has_feature(version)).collect();
    let mut all = subsets(&versions);
    let others = package.other_features();
    let latest: Vec<&str> = versions.iter().copied().filter(|version| *version == LATEST).collect();
    for other in &others {
        for with in [&[][..], &latest, &versions] {
            all.push([with, &[other]].concat());
        }
    }
    all.push([versions, others].concat());
    let mut combinations: Vec<Combination> = Vec::new();
    for features in all {
        let features = features.into_iter().map(str::to_owned).collect();
        let combination = Combination { features };
        if !combinations.contains(&combination) {
            combinations.push(combination);
        }
    }
    combinations
}

impl Combination {
    pub(super) fn names(&self) -> Vec<&str> {
        self.features.iter().map(String::as_str).collect()
    }

    /// One version or none, and nothing else.
    pub(super) fn is_single(&self) -> bool {
        self.features.len() <= 1 && self.features.iter().all(|name| VERSIONS.contains(&name.as_str()))
    }

    /// What cargo wants to hear.
    pub(super) fn arguments(&self) -> Vec<String> {
        let mut arguments = vec!["--no-default-features".to_owned()];
        if !self.features.is_empty() {
            arguments.extend(["--features".to_owned(), self.features.join(",")]);
        }
        arguments
    }
}

impl fmt::Display for Combination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.features[..] {
            [] => f.write_str("(none)"),
            features => f.write_str(&features.join(" ")),
        }
    }
}

/// Every subset, the smaller ones first.
fn subsets<'a>(names: &[&'a str]) -> Vec<Vec<&'a str>> {
    let mut all = vec![Vec::new()];
    for &name in names {
        let with: Vec<Vec<&str>> = all.iter().map(|subset| [&subset[..], &[name]].concat()).collect();
        all.extend(with);
    }
    all.sort_by_key(Vec::len);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(features: &[(&str, &[&str])]) -> Package {
        let features = features.iter().map(|(name, enables)| {
            let enables = enables.iter().map(|&name| name.to_owned());
            ((*name).to_owned(), enables.collect())
        });
        Package { features: features.collect(), ..Package::default() }
    }

    #[test]
    fn tries_every_subset_of_the_versions() {
        let package = package(&[
            ("default", &["hybi17"]),
            ("all-versions", &["hixie75", "hybi00", "hybi10", "hybi17"]),
            ("hixie75", &["sentinel"]),
            ("hybi00", &["sentinel"]),
            ("hybi10", &["base"]),
            ("hybi17", &["base"]),
            ("base", &[]),
            ("sentinel", &[]),
        ]);
        let all = combinations(&package);
        assert_eq!(all.len(), 16);
        assert_eq!(all[0].to_string(), "(none)");
        assert_eq!(all[0].arguments(), ["--no-default-features"]);
        assert_eq!(all[15].to_string(), "hixie75 hybi00 hybi10 hybi17");
        assert_eq!(all[5].arguments(), ["--no-default-features", "--features", "hixie75,hybi00"]);
        assert_eq!(all.iter().filter(|combination| combination.is_single()).count(), 5);
    }

    #[test]
    fn lets_other_features_join() {
        let versions = VERSIONS.map(|version| (version, &[][..]));
        let all = combinations(&package(&[&versions[..], &[("deflate", &[]), ("cookies", &[])]].concat()));
        assert_eq!(all.len(), 16 + 2 * 3 + 1);
        let names: Vec<_> = all.iter().skip(16).map(Combination::to_string).collect();
        assert_eq!(names[..2], ["deflate", "hybi17 deflate"]);
        assert_eq!(names[6], "hixie75 hybi00 hybi10 hybi17 deflate cookies");
        assert_eq!(all.iter().filter(|combination| combination.is_single()).count(), 5);
    }

    #[test]
    fn knows_packages_without_versions() {
        let all = combinations(&package(&[("extra", &[])]));
        let names: Vec<_> = all.iter().map(Combination::to_string).collect();
        assert_eq!(names, ["(none)", "extra"]);
    }
}
