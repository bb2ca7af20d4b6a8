//! `cargo xtask fuzz`: arbitrary bytes, with libFuzzer, or without it over the committed seeds.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use crate::sh::Cmd;
use crate::workspace::root;
use crate::{Result, Usage};

const HELP: &str = "\
usage: cargo xtask fuzz [--seconds N] [--sanitizer NAME] [TARGET]...
       cargo xtask fuzz --replay | --seeds | --list

Builds the fuzz targets with a nightly toolchain and runs all of them, or those that are named. What is learned is kept
in fuzz/corpus/, what failed in fuzz/artifacts/.

  --seconds N       how long each target runs; 60 if nothing is said
  --sanitizer NAME  address, as if nothing is said, or none
  --replay          on the toolchain at hand, without libFuzzer: every check over every seed, and over seeds with some
                    bytes changed, and the count of the steps that the work takes; the gate does this
  --seeds           write the seeds anew that are made of what real peers sent
  --list            list the targets
";

/// What a target gets beside its seeds. Those that build something of decisions have no use for words.
const DICTIONARIES: &[(&str, &[&str])] = &[
    ("http", &["client", "cookies", "deflate_negotiate", "extension_list", "http_request", "http_response", "server"]),
    ("frame", &["connection", "deflate_decompress", "frame_base", "frame_sentinel", "tungstenite", "utf8"]),
    ("url", &["url"]),
];

/// How the compiler is to watch which branches are taken: what libFuzzer needs, and what cargo-fuzz says as well.
const COVERAGE: [&str; 7] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
    "-Ccodegen-units=1",
];

/// So much of what a failed target printed is shown.
const TAIL: usize = 40;

pub(crate) fn run(arguments: &[String]) -> Result {
    let (mut seconds, mut sanitizer, mut names) = (60, "address".to_owned(), Vec::new());
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next().map_err(Usage::from)? {
        match argument {
            lexopt::Arg::Long("help") => {
                print!("{HELP}");
                return Ok(());
            }
            lexopt::Arg::Long("replay") => return replay(),
            lexopt::Arg::Long("seeds") => {
                return cargo("run --quiet --no-default-features --locked --bin make_seeds").run();
            }
            lexopt::Arg::Long("list") => {
                targets()?.iter().for_each(|name| println!("{name}"));
                return Ok(());
            }
            lexopt::Arg::Long("seconds") => {
                let text = parser.value().map_err(Usage::from)?.to_string_lossy().into_owned();
                seconds = text.parse().map_err(|_| Usage(format!("--seconds takes a number, not `{text}`")))?;
            }
            lexopt::Arg::Long("sanitizer") => {
                sanitizer = parser.value().map_err(Usage::from)?.to_string_lossy().into_owned();
                if !matches!(sanitizer.as_str(), "address" | "none") {
                    return Err(Usage(format!("--sanitizer takes address or none, not `{sanitizer}`")).into());
                }
            }
            lexopt::Arg::Value(name) => names.push(name.to_string_lossy().into_owned()),
            other => return Err(Usage::from(other.unexpected()).into()),
        }
    }
    let chosen = chosen(targets()?, &names)?;
    let binaries = build(&sanitizer)?;
    fuzz(&chosen, &binaries, seconds)
}

/// What the gate does.
fn replay() -> Result {
    let all = "--no-default-features --locked";
    // With the count of steps, which one of the tests is about.
    let flags = env::var("RUSTFLAGS").unwrap_or_default() + " --cfg hybi_steps";
    let counting = |arguments: String| cargo(&arguments).env("RUSTFLAGS", flags.trim());
    counting(format!("clippy {all} --all-targets")).args(["--", "-D", "warnings"]).run()?;
    counting(format!("test {all}")).run()
}

/// Cargo for the workspace of the targets.
fn cargo(arguments: &str) -> Cmd {
    let (command, rest) = arguments.split_once(' ').unwrap_or((arguments, ""));
    Cmd::cargo(command).args(["--manifest-path", "fuzz/Cargo.toml"]).args(rest.split_whitespace())
}

/// The names of all targets, which are those of their files.
fn targets() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join("fuzz/targets"))? {
        let path = entry?.path();
        names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

/// The targets that were asked for.
fn chosen(all: Vec<String>, names: &[String]) -> Result<Vec<String>> {
    if let Some(name) = names.iter().find(|name| !all.contains(name)) {
        return Err(Usage(format!("there is no target `{name}`; --list lists them")).into());
    }
    Ok(all.into_iter().filter(|name| names.is_empty() || names.contains(name)).collect())
}

/// Builds all targets, and tells in which folder they are.
fn build(sanitizer: &str) -> Result<PathBuf> {
    let nightly = |arguments: &[&str]| Cmd::new("rustup").args(["run", "nightly"]).args(arguments);
    let version = nightly(&["rustc", "--version", "--verbose"]).read();
    let version =
        version.map_err(|error| format!("{error}\na nightly toolchain is needed: rustup toolchain install nightly"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc names no host")?;
    if sanitizer == "address" {
        let sysroot = nightly(&["rustc", "--print", "sysroot"]).read()?;
        let libraries = Path::new(sysroot.trim()).join("lib/rustlib").join(host).join("lib");
        let mut files = fs::read_dir(&libraries)?.filter_map(|entry| Some(entry.ok()?.file_name()));
        if !files.any(|name| name.to_string_lossy().contains("_rt.asan")) {
            return Err(format!("the nightly toolchain has no AddressSanitizer for {host}: --sanitizer none").into());
        }
    }
    let mut flags = COVERAGE.join(" ");
    if sanitizer != "none" {
        flags.push_str(&format!(" -Zsanitizer={sanitizer}"));
    }
    let folder = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("fuzz/target"), PathBuf::from);
    // With a target named, the flags are not for build scripts.
    let build = nightly(&["cargo", "build", "--manifest-path", "fuzz/Cargo.toml", "--release", "--locked", "--bins"]);
    let build = build.args(["--target", host, "--target-dir", &folder.to_string_lossy()]).env("RUSTFLAGS", &flags);
    println!("$ {build}");
    build.run()?;
    Ok(folder.join(host).join("release"))
}

fn fuzz(targets: &[String], binaries: &Path, seconds: u64) -> Result {
    let mut failed = Vec::new();
    println!("{:<20} {:>12} {:>8}", "target", "executions", "coverage");
    for name in targets {
        let report = one(name, binaries, seconds)?;
        println!("{name:<20} {:>12} {:>8}", report.executions, report.coverage);
        if !report.passed {
            report.last.iter().for_each(|line| println!("    {line}"));
            failed.push(name.as_str());
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    let what =
        "the inputs are in fuzz/artifacts/; once mended, each becomes a seed in fuzz/seeds/ and a test of its crate";
    Err(format!("failed: {}; {what}", failed.join(", ")).into())
}

/// What came of a target.
#[derive(Debug, Default, PartialEq)]
struct Report {
    passed: bool,
    executions: u64,
    /// How many branches were taken.
    coverage: u64,
    /// The last lines that it printed.
    last: Vec<String>,
}

impl Report {
    /// Takes in a line that libFuzzer prints.
    fn note(&mut self, line: String) {
        if let Some(number) = line.strip_prefix("stat::number_of_executed_units:") {
            self.executions = number.trim().parse().unwrap_or_default();
        } else if let Some((_, rest)) = line.split_once(" cov: ") {
            self.coverage = rest.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(self.coverage);
            // One line of many.
            return;
        }
        // The stack is that of the fuzzer; where it panicked is said before.
        if line.trim_start().starts_with('#') {
            return;
        }
        if self.last.len() == TAIL {
            self.last.remove(0);
        }
        self.last.push(line);
    }
}

fn one(name: &str, binaries: &Path, seconds: u64) -> Result<Report> {
    let fuzz = root().join("fuzz");
    let (corpus, artifacts) = (fuzz.join("corpus").join(name), fuzz.join("artifacts").join(name));
    fs::create_dir_all(&corpus)?;
    fs::create_dir_all(&artifacts)?;
    let mut command = Command::new(binaries.join(name));
    command.arg(format!("-max_total_time={seconds}")).args(["-timeout=20", "-print_final_stats=1"]);
    command.arg(format!("-artifact_prefix={}/", artifacts.display()));
    if let Some((words, _)) = DICTIONARIES.iter().find(|(_, targets)| targets.contains(&name)) {
        command.arg(format!("-dict={}", fuzz.join("dictionaries").join(words).with_extension("dict").display()));
    }
    // What is new goes into the first of the folders.
    command.args([&corpus, &fuzz.join("seeds").join(name)]).stdin(Stdio::null()).stdout(Stdio::null());
    command.env("RUST_BACKTRACE", "0");
    let mut child = command.stderr(Stdio::piped()).spawn()?;
    let mut report = Report::default();
    if let Some(errors) = child.stderr.take() {
        // What is wrong with an input may be printed as it is, and that is not always text.
        for line in BufReader::new(errors).split(b'\n') {
            report.note(String::from_utf8_lossy(&line?).into_owned());
        }
    }
    report.passed = child.wait()?.success();
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_targets() {
        let all = targets().unwrap();
        for (words, targets) in DICTIONARIES {
            assert!(root().join("fuzz/dictionaries").join(words).with_extension("dict").exists(), "{words}");
            assert!(targets.iter().all(|name| all.iter().any(|target| target == name)), "{words}");
        }
        assert_eq!(chosen(all.clone(), &[]).unwrap(), all);
        assert_eq!(chosen(all.clone(), &["url".to_owned()]).unwrap(), ["url"]);
        assert!(chosen(all, &["none".to_owned()]).is_err());
    }

    #[test]
    fn every_target_has_its_line_in_the_manifest_and_its_seeds() {
        let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
        for name in targets().unwrap() {
            assert!(manifest.contains(&format!("path = \"targets/{name}.rs\"")), "{name}");
            assert!(root().join("fuzz/seeds").join(&name).is_dir(), "{name}");
        }
    }

    #[test]
    fn reads_what_libfuzzer_prints() {
        let mut report = Report::default();
        for line in
            ["#2\tINITED cov: 5 ft: 6 corp: 1/1b", "#9\tNEW    cov: 17 ft: 20", "stat::number_of_executed_units: 99"]
        {
            report.note(line.to_owned());
        }
        let last = vec!["stat::number_of_executed_units: 99".to_owned()];
        assert_eq!(report, Report { passed: false, executions: 99, coverage: 17, last });
        for number in 0..100 {
            report.note(number.to_string());
        }
        assert_eq!((report.last.len(), report.last.last().unwrap().as_str()), (TAIL, "99"));
    }
}
