//! Instructions a message, counted by callgrind: they repeat exactly, so a slow-down is seen in the change that makes it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Result;
use crate::sh::Cmd;
use crate::workspace::root;

/// Counts, and compares with the file; or writes it. With `if_possible` nothing is wrong where there is no valgrind, or another
/// compiler than the one whose code was counted.
pub(crate) fn run(bless: bool, if_possible: bool) -> Result {
    let file = root().join(FILE);
    let compiler = Cmd::new("rustc").args(["--version"]).read()?.trim().to_owned();
    if bless {
        let counts = count()?;
        fs::write(&file, write(&compiler, &counts))?;
        println!("{} cases written to {FILE}", counts.len());
        return Ok(());
    }
    let text = fs::read_to_string(&file).map_err(|error| format!("{FILE}: {error}; --bless writes it"))?;
    if if_possible && let Some(reason) = obstacle(&compiler, &text) {
        println!("skipped: {reason}");
        return Ok(());
    }
    let known = read(&text)?;
    let counts = count()?;
    let (text, slower) = compare(&known, &counts);
    print!("{text}");
    if slower == 0 { Ok(()) } else { Err(format!("{slower} of {} cases take more instructions", counts.len()).into()) }
}

/// Why what is counted here could not be compared.
fn obstacle(compiler: &str, known: &str) -> Option<String> {
    if !known.lines().any(|line| line.strip_prefix("# ") == Some(compiler)) {
        return Some(format!("the counts in {FILE} are of another compiler than {compiler}"));
    }
    let valgrind = Cmd::new("valgrind").args(["--version"]).read();
    valgrind.err().map(|error| error.to_string())
}

/// The name of a case, and its instructions a message.
type Count = (String, u64);

/// Where the counts stand that hold.
const FILE: &str = "benches/instructions.txt";

/// More than this and more than [`FEW`] is slower, in thousandths. Another compiler or another C library moves the counts
/// a little.
const TOLERANCE: u64 = 20;

/// So few do not matter, whatever the share.
const FEW: u64 = 3;

fn count() -> Result<Vec<Count>> {
    let build = Cmd::cargo("build --release --quiet --manifest-path benches/Cargo.toml --bin count");
    println!("$ {build}");
    build.run()?;
    let folder = std::env::temp_dir().join(format!("hybi-instructions-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let counted = callgrind(&folder);
    fs::remove_dir_all(&folder)?;
    counted
}

/// The program calls its function `counted` once a case: callgrind counts only in there, and writes a file after each.
fn callgrind(folder: &Path) -> Result<Vec<Count>> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("benches/target"), PathBuf::from);
    let out = folder.join("out");
    let command = Cmd::new("valgrind")
        .args(["--tool=callgrind", "--quiet", "--collect-atstart=no", "--toggle-collect=count::counted"])
        .args(["--dump-after=count::counted", &format!("--callgrind-out-file={}", out.display())])
        .args([target.join("release/count").to_string_lossy()]);
    println!("$ {command}");
    let names = command.read()?;
    names.lines().enumerate().map(|(index, line)| case(line, &folder.join(format!("out.{}", index + 1)))).collect()
}

/// Of a line with the name and the number of messages, and the file that callgrind wrote.
fn case(line: &str, file: &Path) -> Result<Count> {
    let (name, messages) = line.split_once(' ').ok_or("the program prints a name and a number")?;
    let text = fs::read_to_string(file)?;
    Ok((name.to_owned(), total(&text).ok_or("callgrind wrote no total")? / messages.parse::<u64>()?.max(1)))
}

/// What our program itself took, without the C library: how that copies and allocates differs from one machine to the next.
///
/// A line `ob=(1) path` says in which file the costs behind it are, and `ob=(1)` says so again; a cost is a line with a place and
/// a number. The line behind `calls=` is what a called function took, which stands in lines of its own.
fn total(text: &str) -> Option<u64> {
    let mut ours: Option<&str> = None;
    let (mut object, mut called, mut total) = ("", false, 0_u64);
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("ob=").or_else(|| line.strip_prefix("cob=")) {
            let (id, path) = name.split_once(' ').unwrap_or((name, ""));
            if path.ends_with("/count") {
                ours = Some(id);
            }
            if line.starts_with("ob=") {
                object = id;
            }
        } else if line.starts_with("calls=") {
            called = true;
        } else if line.starts_with(|c: char| c.is_ascii_digit() || "+-*".contains(c))
            && !core::mem::take(&mut called)
            && ours == Some(object)
        {
            total = total.saturating_add(line.split_whitespace().nth(1)?.parse().ok()?);
        }
    }
    ours.map(|_| total)
}

fn write(compiler: &str, counts: &[Count]) -> String {
    let width = counts.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let mut text = format!(
        "# Instructions a message, counted by callgrind, without those of the C library. Compared by\n\
         # `cargo xtask bench --instructions`, and written anew with `--bless` as well.\n\
         # {compiler}\n",
    );
    for (name, count) in counts {
        text.push_str(&format!("{name:<width$} {count:>7}\n"));
    }
    text
}

fn read(text: &str) -> Result<Vec<Count>> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| {
            let mut words = line.split_whitespace();
            let (name, count) = words.next().zip(words.next()).ok_or_else(|| format!("{FILE}: {line}"))?;
            Ok((name.to_owned(), count.parse()?))
        })
        .collect()
}

/// What is to be said, and how many cases are slower.
fn compare(known: &[Count], counts: &[Count]) -> (String, usize) {
    let (mut text, mut slower, mut faster) = (String::new(), 0, 0);
    for (name, count) in counts {
        let Some((_, before)) = known.iter().find(|(known, _)| known == name) else {
            text.push_str(&format!("{name:<30} {count:>7}  new\n"));
            continue;
        };
        let share = 100.0 * (*count as f64 / (*before).max(1) as f64 - 1.0);
        let verdict = if is_more(*count, *before) {
            slower += 1;
            "  SLOWER"
        } else if is_more(*before, *count) {
            faster += 1;
            "  faster"
        } else {
            ""
        };
        text.push_str(&format!("{name:<30} {count:>7}  before {before:>7}  {share:+6.1} %{verdict}\n"));
    }
    for (name, _) in known.iter().filter(|(name, _)| !counts.iter().any(|(counted, _)| counted == name)) {
        text.push_str(&format!("{name:<30}    gone\n"));
    }
    if faster > 0 {
        text.push_str(&format!("{faster} cases are faster: --bless, so that they stay so\n"));
    }
    (text, slower)
}

const fn is_more(count: u64, before: u64) -> bool {
    count > before + FEW && count * 1000 > before * (1000 + TOLERANCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_slower_from_faster_and_from_noise() {
        let known = read("# a comment\ndecode/a 100\ndecode/b  1000\n\nmask 10\ngone 1\n").unwrap();
        let counts = [("decode/a", 120), ("decode/b", 1015), ("mask", 5), ("new", 7)];
        let counts: Vec<Count> = counts.map(|(name, count)| (name.to_owned(), count)).to_vec();
        let (text, slower) = compare(&known, &counts);
        assert_eq!(slower, 1, "{text}");
        assert!(text.contains("+20.0 %  SLOWER") && text.contains("new") && text.contains("gone"));
        assert!(text.contains("1 cases are faster"));
        assert_eq!(read(&write("rustc 1.0.0", &counts)).unwrap(), counts);
        assert_eq!(
            obstacle("rustc 1.0.0", &write("rustc 1.0.1", &counts)).map(|reason| reason.contains("another")),
            Some(true)
        );
    }

    #[test]
    fn reads_the_total_of_callgrind() {
        let ours = "version: 1\nsummary: 99\n\nob=(1) /a/count\nfl=(1) x.rs\nfn=(1) x\n16 5\n+2 10\n";
        let other = "cob=(2) /lib/libc.so.6\ncfn=(2) memcpy\ncalls=1 0\n* 1000\n* 7\n\nob=(2)\nfn=(2)\n0 1000\n";
        let again = "\nob=(1)\nfn=(3) y\n-3 20\n\ntotals: 99\n";
        assert_eq!(total(ours), Some(15));
        assert_eq!(total(&[ours, other, again].concat()), Some(42));
        assert_eq!(total("fn=x\n1 2\n"), None);
    }
}
