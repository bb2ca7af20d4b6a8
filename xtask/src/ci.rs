//! `cargo xtask ci`: the gate. People and machines run the same.

use core::time::Duration;
use std::time::Instant;

use crate::sh::Cmd;
use crate::workspace::{Package, VERSIONS, packages, root};
use crate::{Result, Usage, task};

const HELP: &str = "\
usage: cargo xtask ci [--quick] [--interop] [STEP]...

Runs all steps, or those that are named, and stops at the first failure with the line that repeats it.

  --quick    only the steps that take little time
  --interop  also the real peers; what they need is installed first
  --list     list the steps
";

/// One step of the gate.
struct Step {
    name: &'static str,
    /// A part of `--quick`.
    quick: bool,
    work: Work,
}

enum Work {
    /// Lines for a shell.
    Commands(fn(&[Package]) -> Vec<Cmd>),
    /// A task of ours with its arguments, run without starting a process for it.
    Task(&'static str, &'static [&'static str]),
}

const STEPS: &[Step] = &[
    Step { name: "fmt", quick: true, work: Work::Commands(|_| format()) },
    Step { name: "tidy", quick: true, work: Work::Task("tidy", &[]) },
    Step { name: "diagrams", quick: true, work: Work::Task("diagrams", &["--check"]) },
    Step {
        name: "clippy",
        quick: true,
        work: Work::Commands(|_| {
            let all = Cmd::cargo("clippy --workspace --all-features --all-targets");
            vec![all.args(["--", "-D", "warnings"])]
        }),
    },
    Step { name: "test", quick: true, work: Work::Commands(|_| vec![Cmd::cargo("test --workspace --all-features")]) },
    Step {
        name: "doc",
        quick: false,
        work: Work::Commands(|_| {
            let doc = Cmd::cargo("doc --workspace --no-deps --all-features");
            vec![doc.env("RUSTDOCFLAGS", "-D warnings")]
        }),
    },
    Step { name: "api", quick: false, work: Work::Task("api", &[]) },
    Step { name: "packages", quick: false, work: Work::Commands(one_by_one) },
    Step { name: "release", quick: false, work: Work::Commands(|packages| vec![release(packages)]) },
    Step { name: "features", quick: false, work: Work::Task("features", &["--test-each"]) },
    Step { name: "fuzz", quick: false, work: Work::Task("fuzz", &["--replay"]) },
    Step { name: "instructions", quick: false, work: Work::Task("bench", &["--instructions", "--if-possible"]) },
    Step { name: "conformance", quick: false, work: Work::Task("conformance", &[]) },
    Step { name: INTEROP, quick: false, work: Work::Task("interop", &["--install"]) },
];

/// The one step that has to be asked for: it brings other people's programs onto the machine.
const INTEROP: &str = "interop";

pub(crate) fn run(arguments: &[String]) -> Result {
    let mut quick = false;
    let mut with_interop = false;
    let mut names: Vec<String> = Vec::new();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next().map_err(Usage::from)? {
        match argument {
            lexopt::Arg::Long("help") => {
                print!("{HELP}");
                return Ok(());
            }
            lexopt::Arg::Long("list") => {
                for step in STEPS {
                    println!("{}", step.name);
                }
                return Ok(());
            }
            lexopt::Arg::Long("quick") => quick = true,
            lexopt::Arg::Long("interop") => with_interop = true,
            lexopt::Arg::Value(name) => names.push(name.to_string_lossy().into_owned()),
            other => return Err(Usage::from(other.unexpected()).into()),
        }
    }
    gate(&chosen(quick, with_interop, &names)?)
}

/// The steps that were asked for, in the order of the gate.
fn chosen(quick: bool, with_interop: bool, names: &[String]) -> Result<Vec<&'static Step>> {
    if let Some(name) = names.iter().find(|&name| !STEPS.iter().any(|step| step.name == *name)) {
        return Err(Usage(format!("there is no step `{name}`; --list lists them")).into());
    }
    let wanted = |step: &&Step| {
        if !names.is_empty() {
            return names.iter().any(|name| name == step.name);
        }
        (!quick || step.quick) && (with_interop || step.name != INTEROP)
    };
    Ok(STEPS.iter().filter(wanted).collect())
}

fn gate(steps: &[&Step]) -> Result {
    let packages = packages()?;
    let mut times: Vec<(&str, Duration)> = Vec::new();
    for step in steps {
        println!("\n=== {}", step.name);
        let started = Instant::now();
        let result = step.work.run(&packages);
        times.push((step.name, started.elapsed()));
        println!("=== {}: {:.1} s", step.name, started.elapsed().as_secs_f64());
        result.map_err(|error| format!("stopped at `{}`: {error}", step.name))?;
    }
    println!("\nall steps passed");
    for (name, time) in &times {
        println!("  {name:<12} {:7.1} s", time.as_secs_f64());
    }
    let all: Duration = times.iter().map(|(_, time)| time).sum();
    println!("  {:<12} {:7.1} s", "together", all.as_secs_f64());
    Ok(())
}

impl Work {
    fn run(&self, packages: &[Package]) -> Result {
        match self {
            Self::Commands(commands) => {
                for command in commands(packages) {
                    println!("$ {command}");
                    command.run()?;
                }
                Ok(())
            }
            Self::Task(name, arguments) => {
                let line = Cmd::cargo("xtask").args([name]).args(*arguments);
                println!("$ {line}");
                let task = task(name).ok_or_else(|| format!("no such task: {line}"))?;
                let arguments: Vec<String> = arguments.iter().map(|&text| text.to_owned()).collect();
                (task.run)(&arguments).map_err(|error| format!("{error}: {line}").into())
            }
        }
    }
}

/// The workspace, and what is one of its own beside it.
fn format() -> Vec<Cmd> {
    let mut commands = vec![Cmd::cargo("fmt --all --check")];
    for manifest in ["benches/Cargo.toml", "fuzz/Cargo.toml", "xtask/api/Cargo.toml"] {
        if root().join(manifest).exists() {
            commands.push(Cmd::cargo("fmt --check --manifest-path").args([manifest]));
        }
    }
    commands
}

/// Each published package alone, in the sets of features that people use. A build of the whole workspace joins the
/// features of all and so hides one that is missing.
fn one_by_one(packages: &[Package]) -> Vec<Cmd> {
    let mut commands = Vec::new();
    for package in packages.iter().filter(|package| package.published) {
        let mut sets = vec![String::new()];
        if !package.features.is_empty() {
            sets.extend(["--all-features".to_owned(), "--no-default-features".to_owned()]);
        }
        if package.has_versions() {
            sets.extend(VERSIONS.map(|version| format!("--no-default-features --features {version}")));
        }
        for set in sets {
            let command = Cmd::cargo("clippy --quiet --all-targets -p").args([&package.name]);
            let command = command.args(set.split_whitespace());
            commands.push(command.args(["--", "-D", "warnings"]));
        }
    }
    commands
}

/// What would be published can be packed: the manifests say all that is needed, and name nothing that is not published.
fn release(packages: &[Package]) -> Cmd {
    let published = packages.iter().filter(|package| package.published);
    let names = published.flat_map(|package| ["-p", &package.name]);
    Cmd::cargo("package --offline --no-verify --allow-dirty --quiet").args(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(quick: bool, with_interop: bool, names: &[&str]) -> Vec<&'static str> {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let steps = chosen(quick, with_interop, &names).unwrap();
        steps.iter().map(|step| step.name).collect()
    }

    #[test]
    fn chooses_steps() {
        assert_eq!(names(true, false, &[]), ["fmt", "tidy", "diagrams", "clippy", "test"]);
        assert_eq!(names(false, true, &[]).len(), STEPS.len());
        assert!(!names(false, false, &[]).contains(&INTEROP));
        assert_eq!(names(false, false, &["interop", "fmt"]), ["fmt", "interop"]);
        assert!(chosen(false, false, &["none".to_owned()]).is_err());
    }

    #[test]
    fn knows_the_tasks_that_it_runs() {
        for step in STEPS {
            if let Work::Task(name, _) = step.work {
                assert!(task(name).is_some(), "{name}");
            }
        }
    }

    #[test]
    fn takes_packages_one_by_one() {
        let features = ["default", "hixie75", "hybi00", "hybi10", "hybi17"];
        let package = |name: &str, published: bool, features: &[&str]| Package {
            name: name.to_owned(),
            features: features.iter().map(|&name| (name.to_owned(), Vec::new())).collect(),
            published,
            ..Package::default()
        };
        let packages =
            [package("with", true, &features), package("without", true, &[]), package("tool", false, &features)];
        assert_eq!(
            release(&packages).to_string(),
            "cargo package --offline --no-verify --allow-dirty --quiet -p with -p without"
        );
        let commands = one_by_one(&packages);
        assert_eq!(commands.len(), 7 + 1);
        assert_eq!(
            commands[3].to_string(),
            "cargo clippy --quiet --all-targets -p with --no-default-features --features hixie75 -- -D warnings"
        );
    }

    #[test]
    fn stops_with_the_line_that_failed() {
        let fails = Step { name: "fails", quick: true, work: Work::Commands(|_| vec![Cmd::new("false")]) };
        let error = gate(&[&fails]).unwrap_err().to_string();
        assert!(error.starts_with("stopped at `fails`") && error.ends_with(": false"), "{error}");
    }
}
