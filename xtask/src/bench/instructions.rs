//! Instructions a message, counted by callgrind: they repeat exactly, so a slow-down is seen in the change that makes it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Result;
use crate::sh::Cmd;
use crate::workspace::root;

/// Counts, and compares with the file; or writes it.
pub(crate) fn run(bless: bool) -> Result {
    let counts = count()?;
    let file = root().join(FILE);
    if bless {
        fs::write(&file, write(&counts))?;
        println!("{} cases written to {FILE}", counts.len());
        return Ok(());
    }
    let known = read(&fs::read_to_string(&file).map_err(|error| format!("{FILE}: {error}; --bless writes it"))?)?;
    let (text, slower) = compare(&known, &counts);
    print!("{text}");
    if slower == 0 { Ok(()) } else { Err(format!("{slower} of {} cases take more instructions", counts.len()).into()) }
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

fn total(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("summary:").or_else(|| line.strip_prefix("totals:")))?;
    line.split_whitespace().next()?.parse().ok()
}

fn write(counts: &[Count]) -> String {
    let width = counts.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let mut text = String::from(
        "# Instructions a message, counted by callgrind. Compared by `cargo xtask bench --instructions`, and written\n\
         # anew with `--bless` as well. The copies of the reads are counted in; they take one instruction a byte.\n",
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
        assert_eq!(read(&write(&counts)).unwrap(), counts);
    }

    #[test]
    fn reads_the_total_of_callgrind() {
        assert_eq!(total("version: 1\nsummary: 818795\nfn=x\n1 2\ntotals: 7\n"), Some(818_795));
        assert_eq!(total("totals: 7\n"), Some(7));
        assert_eq!(total("fn=x\n"), None);
    }
}
