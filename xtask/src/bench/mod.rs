//! `cargo xtask bench`: times beside other libraries, memory, and instructions that repeat exactly.

mod instructions;
mod options;
mod page;
mod plot;
mod results;
mod table;

use std::fs;

use self::options::{HELP, Options};
use self::results::Results;
use crate::Result;
use crate::sh::Cmd;

pub(crate) fn run(arguments: &[String]) -> Result {
    let options = Options::parse(arguments)?;
    if options.help {
        print!("{HELP}");
        return Ok(());
    }
    if options.instructions {
        return instructions::run(options.bless, options.if_possible);
    }
    let results = measure(&options)?;
    print!("{}", table::times(&results));
    print!("{}", table::ratios(&results));
    print!("{}", table::memory(&results));
    if let Some(file) = &options.json {
        fs::write(file, results.to_json())?;
    }
    if let Some(folder) = &options.html {
        fs::create_dir_all(folder)?;
        fs::write(folder.join("index.html"), page::page(&results))?;
        println!("\nthe plots: {}", folder.join("index.html").display());
    }
    Ok(())
}

/// The plots of what was measured before and written with `--json`, each by its name.
pub(crate) fn pictures(json: &str) -> Result<Vec<(String, String)>> {
    Ok(page::pictures(&Results::from_json(json)?))
}

/// Builds and runs the programs of `benches/`, which is a workspace of its own.
fn measure(options: &Options) -> Result<Results> {
    let features: &[&str] = if options.peers { &["--features", "peers"] } else { &[] };
    let program = |name: &str| {
        let command = Cmd::cargo("run --release --quiet --manifest-path benches/Cargo.toml --bin").args([name]);
        let command = command.args(features).args(["--"]);
        if options.native { command.env("RUSTFLAGS", "-C target-cpu=native") } else { command }
    };
    let quick: &[&str] = if options.quick { &["--quick"] } else { &[] };
    let compare = program("compare").args(quick).args(&options.filter);
    println!("$ {compare}");
    let times = compare.read()?;
    let memory = program("memory").read()?;
    Results::parse(&times, &memory)
}
