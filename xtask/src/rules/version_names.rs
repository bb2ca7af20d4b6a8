//! Code asks the facts, not which version it is.

use super::draft_files::variant;
use super::{Finding, Rule, has_word};
use crate::tree::{Source, Tree};
use crate::workspace::VERSIONS;

pub(crate) const RULE: Rule = Rule {
    name: "version-names",
    what: "a single version is named only in crates/version, draft/ folders, wire/mod.rs and policy.rs",
    check,
};

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.library().filter(|file| !may_name(file)) {
        for line in file.lines().filter(|line| !line.in_test) {
            for name in VERSIONS.map(|version| format!("Version::{}", variant(version))) {
                if has_word(line.code, &name) {
                    let what = format!("`{name}`: ask its facts, or move this into draft/, wire/mod.rs or policy.rs");
                    findings.push(Finding::new(file, line.number, what));
                }
            }
        }
    }
    findings
}

fn may_name(file: &Source) -> bool {
    file.crate_folder() == Some("version")
        || file.path.contains("/draft/")
        || file.path.ends_with("/wire/mod.rs")
        || file.name() == "policy.rs"
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn knows_who_may_name_a_version() {
        let text = "//! Version::Hybi00\nfn f(v: Version) -> bool { v == Version::Hybi00 }\nconst A: Version = Version::LATEST;";
        let path = "crates/connection/src/closing.rs";
        assert_eq!(judge(&RULE, &[(path, text)]), [format!("{path}:2")]);
        for path in [
            "crates/version/src/version.rs",
            "crates/handshake-client/src/draft/mod.rs",
            "crates/handshake-server/src/policy.rs",
            "crates/hybi/tests/hybi00.rs",
            "crates/hybi/examples/echo_server.rs",
        ] {
            assert!(judge(&RULE, &[(path, text)]).is_empty(), "{path}");
        }
    }
}
