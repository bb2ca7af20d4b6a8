//! `cargo xtask api`: the public API of each crate as text in `docs/api/`, so that a change of it is seen in review.

use std::fs;
use std::path::{Path, PathBuf};

use crate::sh::Cmd;
use crate::workspace::{Package, packages, root};
use crate::{Result, Usage};

const HELP: &str = "\
usage: cargo xtask api [--bless]

Compares the public API of each published crate, with all its features, with the text of it in docs/api/.
What is gone or other than before is a breaking change; what is new is none.

  --bless  write the texts anew
";

pub(crate) fn run(arguments: &[String]) -> Result {
    let mut bless = false;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next().map_err(Usage::from)? {
        match argument {
            lexopt::Arg::Long("help") => {
                print!("{HELP}");
                return Ok(());
            }
            lexopt::Arg::Long("bless") => bless = true,
            other => return Err(Usage::from(other.unexpected()).into()),
        }
    }
    let folder = root().join(FOLDER);
    let published: Vec<Package> = packages()?.into_iter().filter(|package| package.published).collect();
    let mut changes = 0;
    for package in &published {
        let now = listed(package)?;
        let file = folder.join(format!("{}.txt", package.name));
        let before = fs::read_to_string(&file).unwrap_or_default();
        if bless {
            fs::create_dir_all(&folder)?;
            fs::write(&file, &now)?;
        }
        for line in differences(&before, &now) {
            println!("{}: {line}", package.name);
            changes += 1;
        }
    }
    println!("api: {} crates, {changes} lines differ from {FOLDER}", published.len());
    if changes > 0 && !bless {
        return Err("the public API has changed; if it is meant to: cargo xtask api --bless".into());
    }
    Ok(())
}

/// The API of a package, one item a line.
fn listed(package: &Package) -> Result<String> {
    let target = target();
    // Only nightly has this format by itself; with this variable the rustdoc that is there gives it as well.
    let doc = Cmd::cargo("rustdoc --quiet --lib --all-features -p").args([&package.name]);
    let doc = doc.args(["--target-dir", &target.to_string_lossy()]);
    let doc = doc.args(["--", "-Z", "unstable-options", "--output-format", "json"]);
    doc.env("RUSTC_BOOTSTRAP", "1").env("RUSTDOCFLAGS", "").read()?;
    let json = target.join("doc").join(format!("{}.json", package.name.replace('-', "_")));
    let list = Cmd::cargo("run --quiet --locked --manifest-path xtask/api/Cargo.toml");
    let list = list.args(["--target-dir", &target.join("list").to_string_lossy()]);
    list.args(["--", &json.to_string_lossy()]).read()
}

/// Apart from other builds: the variable that is set here would have them made anew.
fn target() -> PathBuf {
    let set = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    root().join(set.as_deref().unwrap_or_else(|| Path::new("target"))).join("api")
}

/// The lines that only one of the two has.
fn differences(before: &str, now: &str) -> Vec<String> {
    let missing = |text: &str, from: &str, sign: char| -> Vec<String> {
        let lines: Vec<&str> = from.lines().collect();
        let missing = text.lines().filter(|line| !lines.contains(line));
        missing.map(|line| format!("{sign} {line}")).collect()
    };
    [missing(before, now, '-'), missing(now, before, '+')].concat()
}

const FOLDER: &str = "docs/api";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_is_gone_and_what_is_new() {
        assert_eq!(differences("a\nb\n", "b\nc\n"), ["- a", "+ c"]);
        assert!(differences("a\nb\n", "b\na\n").is_empty());
    }
}
