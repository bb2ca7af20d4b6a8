//! Versions do not call each other.

use super::{Finding, Rule, has_word};
use crate::tree::Tree;
use crate::workspace::VERSIONS;

pub(crate) const RULE: Rule =
    Rule { name: "draft-files", what: "the file of one version names no other version", check };

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.library().filter(|file| file.path.contains("/draft/")) {
        // Of draft/hybi00.rs, and of all in draft/hybi00/.
        let own = VERSIONS.iter().find(|&version| {
            file.path.contains(&format!("/draft/{version}.")) || file.path.contains(&format!("/draft/{version}/"))
        });
        let Some(own) = own else { continue };
        for line in file.lines().filter(|line| !line.in_test) {
            let others = VERSIONS.iter().filter(|&version| version != own);
            for other in others.filter(|other| has_word(line.code, other) || has_word(line.code, &variant(other))) {
                let what = format!("{own} names {other}: what both share goes into a neutral file");
                findings.push(Finding::new(file, line.number, what));
            }
        }
    }
    findings
}

/// `Hybi00` for `hybi00`.
pub(crate) fn variant(version: &str) -> String {
    version.replacen('h', "H", 1)
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn keeps_versions_apart() {
        let text = "//! Not as hixie75 does it.\nuse super::hixie75::f;\nconst V: Version = Version::Hybi00;\nfn g(v: Version) -> bool { v == Version::Hybi10 }\n";
        let path = "crates/handshake-server/src/draft/hybi00.rs";
        assert_eq!(judge(&RULE, &[(path, text)]), [format!("{path}:2"), format!("{path}:4")]);
        let path = "crates/handshake-server/src/draft/hybi00/keys.rs";
        assert_eq!(judge(&RULE, &[(path, text)]).len(), 2);
        for path in ["crates/handshake-server/src/draft/mod.rs", "crates/handshake-server/tests/draft/hybi00.rs"] {
            assert!(judge(&RULE, &[(path, text)]).is_empty());
        }
    }
}
