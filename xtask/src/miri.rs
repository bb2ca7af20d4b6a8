//! `cargo xtask miri`: the tests of the one crate with `unsafe`, in an interpreter that sees undefined behaviour.

use crate::sh::Cmd;
use crate::{Result, Usage};

const HELP: &str = "\
usage: cargo xtask miri [--required] [LEG]...

Runs the tests of hybi-frame under Miri, once for each leg or for those that are named. Loops are shorter there, and property
tests are left out. Where the nightly toolchain has no Miri, this says `skipped` and succeeds.

  --required  fail instead, with exit status 1
  --list      list the legs
";

/// One run of the tests.
struct Leg {
    name: &'static str,
    /// Other than that of the host.
    target: Option<&'static str>,
    flags: &'static str,
    /// The test files, of which [`UNITS`] stands for those in `src`; all, if there are none.
    files: &'static [&'static str],
}

const LEGS: &[Leg] = &[
    // Miri is no CPU that could be asked for AVX2, so this is the code for those that have none.
    Leg { name: "plain", target: None, flags: "", files: &[] },
    Leg {
        name: "avx2",
        target: Some("x86_64-unknown-linux-gnu"),
        flags: "-Ctarget-feature=+avx2",
        files: &[UNITS, "collect", "encode", "mask", "read_buffer", "read_space", "text", "whole_message"],
    },
    Leg {
        name: "avx512",
        target: Some("x86_64-unknown-linux-gnu"),
        flags: "-Ctarget-feature=+avx512vbmi",
        files: &[UNITS, "mask", "read_buffer", "read_space", "text", "whole_message"],
    },
    Leg { name: "32-bit", target: Some("i686-unknown-linux-gnu"), flags: "", files: NUMBERS },
    Leg { name: "big-endian", target: Some("s390x-unknown-linux-gnu"), flags: "", files: NUMBERS },
];

/// The tests that are in `src`.
const UNITS: &str = "lib";

/// The files about what depends on the size of a word, or on the order of its bytes.
const NUMBERS: &[&str] =
    &["base", "collect", "encode", "header", "mask", "read_buffer", "read_space", "sentinel", "whole_message"];

pub(crate) fn run(arguments: &[String]) -> Result {
    let (mut required, mut names) = (false, Vec::new());
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next().map_err(Usage::from)? {
        match argument {
            lexopt::Arg::Long("help") => {
                print!("{HELP}");
                return Ok(());
            }
            lexopt::Arg::Long("list") => {
                LEGS.iter().for_each(|leg| println!("{}", leg.name));
                return Ok(());
            }
            lexopt::Arg::Long("required") => required = true,
            lexopt::Arg::Value(name) => names.push(name.to_string_lossy().into_owned()),
            other => return Err(Usage::from(other.unexpected()).into()),
        }
    }
    if let Some(name) = names.iter().find(|name| LEGS.iter().all(|leg| leg.name != **name)) {
        return Err(Usage(format!("there is no leg `{name}`; --list lists them")).into());
    }
    if let Err(error) = nightly(&["miri", "--version"]).read() {
        let missing = format!("{error}\nMiri is needed: rustup toolchain install nightly --component miri,rust-src");
        if required {
            return Err(missing.into());
        }
        println!("{missing}\nskipped: nothing was run under Miri");
        return Ok(());
    }
    for leg in LEGS.iter().filter(|leg| names.is_empty() || names.iter().any(|name| name == leg.name)) {
        let command = command(leg);
        println!("$ {command}");
        command.run()?;
    }
    Ok(())
}

fn nightly(arguments: &[&str]) -> Cmd {
    Cmd::new("rustup").args(["run", "nightly", "cargo"]).args(arguments)
}

fn command(leg: &Leg) -> Cmd {
    let mut command = nightly(&["miri", "test", "--package", "hybi-frame", "--all-features"]);
    if let Some(target) = leg.target {
        command = command.args(["--target", target]);
    }
    command = match leg.files {
        [] => command.args(["--tests"]),
        files => files.iter().fold(command, |command, file| match *file {
            UNITS => command.args(["--lib"]),
            file => command.args(["--test", file]),
        }),
    };
    if leg.flags.is_empty() { command } else { command.env("RUSTFLAGS", leg.flags) }
}
