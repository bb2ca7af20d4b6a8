//! Runs what the repository can do: `cargo xtask` lists it.

mod api;
mod bench;
mod ci;
mod conformance;
mod diagrams;
mod drafts;
mod error;
mod features;
mod fuzz;
mod interop;
mod json;
mod lexer;
mod load;
mod miri;
mod rules;
mod sh;
mod tidy;
mod tree;
mod workspace;

use std::process::ExitCode;

pub(crate) use crate::error::{Result, Usage};

/// One thing that `cargo xtask` can do.
struct Task {
    name: &'static str,
    /// What it does, in one line of the list.
    what: &'static str,
    /// Gets the arguments behind the name.
    run: fn(&[String]) -> Result,
}

/// All tasks, in the order in which they are listed.
const TASKS: &[Task] = &[
    Task { name: "ci", what: "the gate: everything that must hold before a change goes in", run: ci::run },
    Task { name: "tidy", what: "check the house rules, printed as path:line", run: tidy::run },
    Task { name: "drafts", what: "show where each version lives in each crate, and gaps", run: drafts::run },
    Task {
        name: "features",
        what: "build every combination of features, check what each brings in",
        run: features::run,
    },
    Task {
        name: "conformance",
        what: "judge our client and our server case by case, as Autobahn does",
        run: conformance::run,
    },
    Task { name: "interop", what: "let clients and servers that others wrote talk to ours", run: interop::run },
    Task { name: "api", what: "compare the public API with its text in docs/api", run: api::run },
    Task { name: "diagrams", what: "draw the pictures of the pages, from what they show", run: diagrams::run },
    Task { name: "fuzz", what: "give every part arbitrary bytes, or the seeds again", run: fuzz::run },
    Task { name: "miri", what: "look for undefined behaviour, with an interpreter; needs nightly", run: miri::run },
    Task { name: "load", what: "the example server under thousands of connections, some of them rude", run: load::run },
    Task { name: "bench", what: "measure ours and other libraries: times, memory, instructions", run: bench::run },
];

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(name) = arguments.next() else {
        print!("{}", list());
        return ExitCode::SUCCESS;
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        print!("{}", list());
        return ExitCode::SUCCESS;
    }
    let Some(task) = task(&name) else {
        eprintln!("xtask: there is no task `{name}`; `cargo xtask` lists them");
        return ExitCode::from(2);
    };
    match (task.run)(&arguments.collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask {name}: {error}");
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}

/// The task of that name.
fn task(name: &str) -> Option<&'static Task> {
    TASKS.iter().find(|task| task.name == name)
}

/// The list of tasks, as text.
fn list() -> String {
    let mut text = String::from("usage: cargo xtask TASK [OPTIONS]\n\ntasks:\n");
    for Task { name, what, .. } in TASKS {
        text.push_str(&format!("  {name:<12} {what}\n"));
    }
    text.push_str("\n`cargo xtask TASK --help` tells the options of a task.\n");
    text
}
