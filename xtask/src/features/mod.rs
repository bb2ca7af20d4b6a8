//! `cargo xtask features`: every combination of versions builds, and brings in what belongs to it alone.

mod combination;
mod dependencies;

use std::io::Write as _;
use std::time::Instant;

use self::combination::{Combination, combinations};
use crate::sh::Cmd;
use crate::workspace::{Package, packages};
use crate::{Result, Usage};

const HELP: &str = "\
usage: cargo xtask features [--test | --test-each] [PACKAGE]...

Builds each package that has features, or those that are named, alone with every combination of the four versions;
its other features join with no version, with the latest, and with all. Warnings are errors. Then looks at the
dependency trees: a version brings in its own dependencies and no other version's.

  --test       also run the tests of every combination (takes long)
  --test-each  also run the tests with no version and with each single one
";

/// Which combinations have their tests run.
#[derive(Clone, Copy, PartialEq)]
enum Tests {
    None,
    Each,
    All,
}

pub(crate) fn run(arguments: &[String]) -> Result {
    let mut tests = Tests::None;
    let mut names: Vec<String> = Vec::new();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next().map_err(Usage::from)? {
        match argument {
            lexopt::Arg::Long("help") => {
                print!("{HELP}");
                return Ok(());
            }
            lexopt::Arg::Long("test") => tests = Tests::All,
            lexopt::Arg::Long("test-each") => tests = Tests::Each,
            lexopt::Arg::Value(name) => names.push(name.to_string_lossy().into_owned()),
            other => return Err(Usage::from(other.unexpected()).into()),
        }
    }
    let mut chosen = packages()?;
    chosen.retain(|package| !package.features.is_empty() && package.published);
    if let Some(name) = names.iter().find(|&name| !chosen.iter().any(|package| package.name == *name)) {
        return Err(Usage(format!("there is no package {name:?} with features")).into());
    }
    chosen.retain(|package| names.is_empty() || names.contains(&package.name));

    let failures = matrix(&chosen, tests)?;
    if failures.is_empty() {
        return Ok(());
    }
    tell(&failures);
    Err(format!("{} failures", failures.len()).into())
}

/// Something that failed.
struct Failure {
    package: String,
    command: Cmd,
    /// What the command printed, or what is wrong with it.
    text: String,
}

/// Prints what failed: of each package the first in full, the rest as the commands that show it.
fn tell(failures: &[Failure]) {
    let mut told: Vec<&str> = Vec::new();
    for failure in failures {
        println!("\n$ {}", failure.command);
        if !told.contains(&failure.package.as_str()) {
            told.push(&failure.package);
            println!("{}", failure.text);
        }
    }
}

/// Tries everything, prints a line for each combination with a cell for each package, and gives what failed with the
/// command that repeats it.
fn matrix(packages: &[Package], tests: Tests) -> Result<Vec<Failure>> {
    let mut rows: Vec<Combination> = Vec::new();
    for combination in packages.iter().flat_map(combinations) {
        if !rows.contains(&combination) {
            rows.push(combination);
        }
    }
    let width = rows.iter().map(|row| row.to_string().len()).max().unwrap_or(0);
    let titles: Vec<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    println!("{:width$}  {}  brings in", "", titles.join("  "));

    let mut failures = Vec::new();
    for row in &rows {
        let started = Instant::now();
        print!("{:width$}", row.to_string());
        let mut brings: Vec<&str> = Vec::new();
        for package in packages {
            let mut verdict = "";
            if combinations(package).contains(row) {
                let cell = try_out(package, row, tests)?;
                verdict = cell.verdict;
                failures.extend(cell.failures);
                brings.extend(cell.brings.iter().filter(|name| !brings.contains(name)).collect::<Vec<_>>());
            }
            print!("  {verdict:width$}", width = package.name.len());
            std::io::stdout().flush()?;
        }
        println!("  {} ({:.1} s)", brings.join(" "), started.elapsed().as_secs_f64());
    }
    println!("\nok: builds without a warning, ok+t: and its tests pass, DEPS: has a dependency too many or too few");
    Ok(failures)
}

/// What came of one combination in one package.
struct Cell {
    verdict: &'static str,
    failures: Vec<Failure>,
    /// The dependencies that belong to a version.
    brings: Vec<&'static str>,
}

fn try_out(package: &Package, combination: &Combination, tests: Tests) -> Result<Cell> {
    let command = tree(package, combination);
    let names = dependencies::names(&command.read()?);
    let on = package.closure(&combination.names());
    let wrong = dependencies::violations(&package.name, &on, &names);
    let failure = |command: Cmd, text: String| Failure { package: package.name.clone(), command, text };
    let mut cell = Cell {
        verdict: if wrong.is_empty() { "ok" } else { "DEPS" },
        failures: wrong.iter().map(|what| failure(command.clone(), what.clone())).collect(),
        brings: dependencies::watched(&package.name, &names),
    };
    let tested = tests == Tests::All || tests == Tests::Each && combination.is_single();
    let mut commands = vec![clippy(package, combination)];
    if tested {
        commands.extend([examples(package, combination), test(package, combination)]);
    }
    for command in commands {
        if let Some(text) = output_of_failure(&command)? {
            cell.failures.push(failure(command, text));
            cell.verdict = "FAIL";
            return Ok(cell);
        }
    }
    if tested && wrong.is_empty() {
        cell.verdict = "ok+t";
    }
    Ok(cell)
}

/// Clippy compiles what `cargo check` does; warnings become errors for our crates without touching those of others.
fn clippy(package: &Package, combination: &Combination) -> Cmd {
    let command = Cmd::cargo("clippy --quiet -p").args([&package.name]);
    command.args(combination.arguments()).args(["--", "-D", "warnings"])
}

/// Some tests run the examples, so these have to be of the same build.
fn examples(package: &Package, combination: &Combination) -> Cmd {
    let command = Cmd::cargo("build --quiet --examples -p").args([&package.name]);
    command.args(combination.arguments())
}

/// Without the doc tests: the examples on the crate pages are written for the default features.
fn test(package: &Package, combination: &Combination) -> Cmd {
    let command = Cmd::cargo("test --quiet --lib --tests -p").args([&package.name]);
    command.args(combination.arguments())
}

/// Runs a command and gives, if it failed, what it printed.
fn output_of_failure(command: &Cmd) -> Result<Option<String>> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(None);
    }
    let out = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    Ok(Some(format!("{out}{errors}")))
}

fn tree(package: &Package, combination: &Combination) -> Cmd {
    let command = Cmd::cargo("tree -e normal --prefix none --format {p} -p").args([&package.name]);
    command.args(combination.arguments())
}
