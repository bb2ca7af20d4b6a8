//! The libraries do no I/O and read no clock.

use super::{Finding, Rule, bracketed, words};
use crate::tree::{Source, Tree};

pub(crate) const RULE: Rule =
    Rule { name: "sans-io", what: "no sockets, files, processes, threads or clocks in crates/*/src", check };

/// Modules of `std` that reach outside.
const MODULES: [&str; 6] = ["net", "io", "fs", "process", "thread", "env"];

/// What reads a clock, however it was imported.
const CLOCKS: [&str; 2] = ["Instant::now", "SystemTime"];

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.library() {
        for module in MODULES {
            for at in words(&file.layers.code, &format!("std::{module}")) {
                push(&mut findings, file, at, &format!("std::{module}"));
            }
        }
        for clock in CLOCKS {
            for at in words(&file.layers.code, clock) {
                push(&mut findings, file, at, clock);
            }
        }
        for (at, _) in file.layers.code.match_indices("std::{") {
            let list = file.layers.code.get(at + "std::".len()..).map_or("", bracketed);
            for name in MODULES.iter().filter(|&name| imports(list, name)) {
                push(&mut findings, file, at, &format!("std::{name}"));
            }
        }
    }
    findings
}

/// Whether a module stands at the top of a list of imports: in `{fmt, io::{self, Read}}`, `io` does.
fn imports(list: &str, module: &str) -> bool {
    let mut depth = 0_usize;
    let top: String = list
        .chars()
        .filter(|&c| {
            depth += usize::from(c == '{');
            let keep = depth == 1;
            depth -= usize::from(c == '}' && depth > 0);
            keep
        })
        .collect();
    top.trim_matches(['{', '}']).split(',').any(|item| item.trim().split("::").next() == Some(module))
}

fn push(findings: &mut Vec<Finding>, file: &Source, at: usize, what: &str) {
    let line = file.line_at(at);
    if !file.lines().any(|l| l.number == line && l.in_test) {
        let what = format!("`{what}`: the caller does the I/O and passes the time in");
        findings.push(Finding::new(file, line, what));
    }
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    fn found(text: &str) -> usize {
        judge(&RULE, &[("crates/frame/src/a.rs", text)]).len()
    }

    #[test]
    fn refuses_what_reaches_outside() {
        assert_eq!(found("use std::io::Read;"), 1);
        assert_eq!(found("use std::{\n    fmt,\n    net::TcpStream,\n};"), 1);
        assert_eq!(found("fn f() { let t = Instant::now(); }"), 1);
        assert_eq!(found("fn f() { std::thread::spawn(g); }"), 1);
        assert_eq!(found("use std::time::SystemTime;"), 1);
    }

    #[test]
    fn leaves_the_rest_alone() {
        assert_eq!(found("//! use std::io::Read;\nuse std::time::Instant;\nuse std::iter;"), 0);
        assert_eq!(found("use std::{fmt, collections::{io}};"), 0);
        assert_eq!(found("#[cfg(test)]\nmod tests {\n    use std::io;\n}"), 0);
        assert_eq!(found("const A: &str = \"std::io\";"), 0);
        for path in ["crates/testkit/src/a.rs", "crates/hybi/examples/a.rs", "xtask/src/a.rs"] {
            assert!(judge(&RULE, &[(path, "use std::io;")]).is_empty());
        }
    }
}
