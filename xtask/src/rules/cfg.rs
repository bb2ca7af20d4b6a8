//! Features are asked for in few places, and only add.

use super::{Finding, Rule, bracketed, words};
use crate::tree::{Source, Tree};

pub(crate) const RULE: Rule = Rule {
    name: "cfg",
    what: "cfg(feature) only in lib.rs and the registries, mod.rs of draft/, wire/, extension/ and proven/; not(feature) only in these",
    check,
};

/// The files that say what is compiled in, and answer for what is not.
const REGISTRIES: [&str; 4] = ["/draft/mod.rs", "/wire/mod.rs", "/extension/mod.rs", "/proven/mod.rs"];

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.library() {
        let registry = REGISTRIES.iter().any(|name| file.path.ends_with(name));
        let allowed = registry || file.path_in_crate() == "src/lib.rs";
        for (line, condition) in conditions(file) {
            if !allowed {
                let what = "a feature is asked for here; do it in lib.rs or a registry: mod.rs of draft/, wire/, extension/ or proven/";
                findings.push(Finding::new(file, line, what));
            } else if !registry && condition.contains("not(") {
                let what = "`not(feature)`: a feature only adds; the answer for what is left out is in a registry";
                findings.push(Finding::new(file, line, what));
            } else if !registry && condition.contains("any(") {
                let what = "`any(feature, feature)`: name what both switch on as a feature of its own";
                findings.push(Finding::new(file, line, what));
            }
        }
    }
    findings
}

/// Line and text of each condition that asks for a feature, those of tests left out.
fn conditions(file: &Source) -> Vec<(usize, String)> {
    let code = &file.layers.code;
    let names = ["cfg(", "cfg_attr(", "cfg!("];
    let places = names.iter().flat_map(|name| words_open(code, name));
    let mut found: Vec<_> = places
        .filter_map(|(at, open)| {
            let condition = bracketed(code.get(open..)?).replace(char::is_whitespace, "");
            let line = file.line_at(at);
            let in_test = file.lines().any(|l| l.number == line && l.in_test);
            (condition.contains("feature=") && !in_test).then_some((line, condition))
        })
        .collect();
    found.sort();
    found
}

/// Where a name with its opening bracket stands: at its first byte, and at the bracket.
fn words_open<'a>(code: &'a str, name: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
    let word = name.trim_end_matches(['!', '(']);
    words(code, word)
        .filter(move |&at| code.get(at..).is_some_and(|rest| rest.starts_with(name)))
        .map(move |at| (at, at + name.len() - 1))
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn knows_the_places() {
        let text = "//! a\n#[cfg(feature = \"hybi00\")]\nmod a;\n";
        let good = [
            "src/lib.rs",
            "src/draft/mod.rs",
            "src/wire/mod.rs",
            "src/extension/mod.rs",
            "tests/a.rs",
            "examples/a.rs",
        ];
        for path in good {
            assert!(judge(&RULE, &[(&format!("crates/frame/{path}"), text)]).is_empty(), "{path}");
        }
        for path in ["src/a.rs", "src/draft/hybi00.rs", "src/mod.rs"] {
            let path = format!("crates/frame/{path}");
            assert_eq!(judge(&RULE, &[(&path, text)]), [format!("{path}:2")]);
        }
    }

    #[test]
    fn knows_the_forms() {
        let found = |name: &str, text: &str| judge(&RULE, &[(&format!("crates/frame/src/{name}"), text)]).len();
        assert_eq!(found("a.rs", "fn a() { if cfg!(feature = \"x\") {} }"), 1);
        assert_eq!(found("a.rs", "#[cfg_attr(\n    feature = \"x\",\n    derive(A)\n)]"), 1);
        assert_eq!(found("a.rs", "#[cfg(test)]\nmod tests {\n    #[cfg(feature = \"x\")]\n    fn a() {}\n}"), 0);
        assert_eq!(found("a.rs", "#[cfg(target_os = \"linux\")] fn a() {}\n// cfg(feature = \"x\")"), 0);
        assert_eq!(found("lib.rs", "#[cfg(not(feature = \"x\"))]\nmod a;"), 1);
        assert_eq!(found("lib.rs", "#[cfg(any(feature = \"x\", feature = \"y\"))]\nmod a;"), 1);
        assert_eq!(found("draft/mod.rs", "#[cfg(not(feature = \"x\"))]\nmod a;"), 0);
    }
}
