//! `cargo xtask tidy`: the house rules, printed as `path:line: rule: what`.

use crate::rules::{Finding, RULES, Rule};
use crate::tree::Tree;
use crate::{Result, Usage};

const HELP: &str = "\
usage: cargo xtask tidy [--rules] [RULE]...

Checks the house rules, all of them or those that are named, and prints what breaks one.

  --rules  list the rules
";

pub(crate) fn run(arguments: &[String]) -> Result {
    let mut chosen: Vec<&Rule> = Vec::new();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next().map_err(Usage::from)? {
        match argument {
            lexopt::Arg::Long("help") => {
                print!("{HELP}");
                return Ok(());
            }
            lexopt::Arg::Long("rules") => {
                for rule in RULES {
                    println!("{:<14} {}", rule.name, rule.what);
                }
                return Ok(());
            }
            lexopt::Arg::Value(name) => {
                let rule = RULES.iter().find(|rule| name == rule.name);
                chosen.push(rule.ok_or_else(|| Usage(format!("there is no rule {name:?}; --rules lists them")))?);
            }
            other => return Err(Usage::from(other.unexpected()).into()),
        }
    }
    if chosen.is_empty() {
        chosen.extend(RULES);
    }
    let tree = Tree::read()?;
    let mut errors = 0_usize;
    let mut warnings = 0_usize;
    for rule in &chosen {
        for finding in (rule.check)(&tree) {
            println!("{}", line(rule, &finding));
            *(if finding.warning { &mut warnings } else { &mut errors }) += 1;
        }
    }
    println!("tidy: {} files, {} rules, {errors} findings, {warnings} warnings", tree.files.len(), chosen.len());
    if errors == 0 { Ok(()) } else { Err(format!("{errors} findings").into()) }
}

fn line(rule: &Rule, finding: &Finding) -> String {
    let warning = if finding.warning { "warning: " } else { "" };
    let Finding { path, line, what, .. } = finding;
    format!("{path}:{line}: {}: {warning}{what}", rule.name)
}
