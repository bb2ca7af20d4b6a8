//! What enforces a rule of a specification says which.

use super::error_enum::error_enum;
use super::{Finding, Rule, has_word};
use crate::tree::{Source, Tree};
use crate::workspace::VERSIONS;

pub(crate) const RULE: Rule = Rule {
    name: "citation",
    what: "each variant of an error enum, each draft file and each wire file cites its section",
    check,
};

/// How drafts are cited; with a section behind the name where the draft has numbers.
const DRAFTS: [&str; 4] = ["hixie-75", "hixie-76 §", "hybi-00 §", "hybi-10 §"];

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.library() {
        if file.path_in_crate() == "src/error.rs" {
            let (_, variants) = error_enum(file).unwrap_or_default();
            for variant in variants {
                // The error of a lower floor has citations of its own.
                let wraps = has_word(&variant.payload, "Error");
                if !wraps && !cites(&variant.doc) {
                    let what = format!("`{}` names no section: `RFC 6455 §5.5.1`, `hybi-00 §1.3`, …", variant.name);
                    findings.push(Finding::new(file, variant.line, what));
                }
            }
        } else if is_of_a_version(file) && !cites_anything(file) {
            findings.push(Finding::new(file, 1, "cites no section of its specification"));
        }
    }
    findings
}

fn is_of_a_version(file: &Source) -> bool {
    let stem = file.name().trim_end_matches(".rs");
    let draft = file.path.contains("/draft/") && VERSIONS.contains(&stem);
    draft || file.path.contains("/wire/") && matches!(stem, "base" | "sentinel")
}

/// In a file about one document, a section alone will do; the facts of a version are about all of theirs.
fn cites_anything(file: &Source) -> bool {
    let comments = &file.layers.comments;
    let facts = file.crate_folder() == Some("version") && comments.contains("thewebsocketprotocol-");
    facts || comments.match_indices('§').any(|(at, _)| comments.get(at..).is_some_and(section))
}

fn cites(text: &str) -> bool {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let rfc = text.match_indices("RFC ").any(|(at, start)| {
        let rest = text.get(at + start.len()..).unwrap_or_default();
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        digits == 4 && rest.get(digits..).is_some_and(|rest| section(rest.trim_start()))
    });
    rfc || DRAFTS.iter().any(|&draft| {
        text.match_indices(draft).any(|(at, _)| {
            let rest = text.get(at + draft.trim_end_matches('§').len()..);
            !draft.ends_with('§') || rest.is_some_and(section)
        })
    })
}

/// Whether a section sign with its number stands here.
fn section(text: &str) -> bool {
    let number = text.strip_prefix('§').unwrap_or_default();
    number.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn knows_a_citation() {
        for text in [
            "a (RFC 6455 §5.5.1)",
            "[RFC 9112 §3](https://example.com)",
            " wrapped RFC 6455  §5",
            "hybi-00 §1.3",
            "hixie-76 §5",
            "as in hixie-75",
        ] {
            assert!(cites(text), "{text}");
        }
        for text in ["", "RFC 6455", "RFC 645 §1", "section 5.5", "hybi-00", "hybi-00 § ", "hixie-76"] {
            assert!(!cites(text), "{text}");
        }
    }

    #[test]
    fn asks_each_variant() {
        let text = "pub enum Error {\n    /// Masked (RFC 6455\n    /// §5.1).\n    A,\n    /// Bad.\n    B,\n    C,\n    /// Of the head.\n    D(hybi_http::Error),\n}\n";
        let path = "crates/frame/src/error.rs";
        assert_eq!(judge(&RULE, &[(path, text)]), [format!("{path}:6"), format!("{path}:7")]);
    }

    #[test]
    fn asks_each_file_of_a_version() {
        for path in ["crates/version/src/draft/hybi00.rs", "crates/frame/src/wire/base.rs"] {
            assert_eq!(judge(&RULE, &[(path, "//! Facts.")]), [format!("{path}:1")]);
            assert!(judge(&RULE, &[(path, "//! Facts of RFC 6455, in\n//! its §5.")]).is_empty());
        }
        assert!(judge(&RULE, &[("crates/version/src/draft/mod.rs", "//! All.")]).is_empty());
        let whole = "//! `draft-ietf-hybi-thewebsocketprotocol-00`";
        assert!(judge(&RULE, &[("crates/version/src/draft/hybi00.rs", whole)]).is_empty());
        assert_eq!(judge(&RULE, &[("crates/handshake-client/src/draft/hybi00.rs", whole)]).len(), 1);
    }
}
