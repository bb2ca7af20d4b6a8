//! `cargo xtask diagrams`: the pictures of the pages, drawn from what they show.

mod floors;
mod picture;
mod states;
mod walk;

use std::fs;
use std::path::PathBuf;

use crate::bench::pictures;
use crate::workspace::{packages, root};
use crate::{Result, Usage};

pub(crate) use self::picture::Picture;

const HELP: &str = "\
usage: cargo xtask diagrams [--check]

Draws docs/img/*.svg: the floors from the manifests, the states from their table, the plots from benches/times.json, which is
what `cargo xtask bench --peers --json benches/times.json` writes.

  --check  write nothing; fail if a picture is not what would be drawn
";

pub(crate) fn run(arguments: &[String]) -> Result {
    let mut check = false;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next().map_err(Usage::from)? {
        match argument {
            lexopt::Arg::Long("help") => {
                print!("{HELP}");
                return Ok(());
            }
            lexopt::Arg::Long("check") => check = true,
            other => return Err(Usage::from(other.unexpected()).into()),
        }
    }
    let folder = root().join(FOLDER);
    fs::create_dir_all(&folder)?;
    let mut old: Vec<PathBuf> = fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    old.retain(|path| path.extension().is_some_and(|extension| extension == "svg"));
    let mut wrong = Vec::new();
    let pictures = all()?;
    for (name, svg) in &pictures {
        let file = folder.join(format!("{name}.svg"));
        old.retain(|path| *path != file);
        if fs::read_to_string(&file).unwrap_or_default() != *svg {
            wrong.push(format!("{FOLDER}/{name}.svg"));
            if !check {
                fs::write(&file, svg)?;
            }
        }
    }
    for file in old {
        wrong.push(file.display().to_string());
        if !check {
            fs::remove_file(&file)?;
        }
    }
    for file in &wrong {
        println!("{} {file}", if check { "not up to date:" } else { "drawn:" });
    }
    println!("diagrams: {} pictures, {} changed", pictures.len(), wrong.len());
    if check && !wrong.is_empty() { Err("draw them anew: cargo xtask diagrams".into()) } else { Ok(()) }
}

/// The name and the text of each picture.
fn all() -> Result<Vec<(String, String)>> {
    let table = fs::read_to_string(root().join(states::SOURCE))?;
    let mut all = vec![
        ("floors".to_owned(), floors::draw(&packages()?)),
        ("walk".to_owned(), walk::draw()),
        ("states".to_owned(), states::draw(&table)?),
    ];
    all.extend(pictures(&fs::read_to_string(root().join("benches/times.json"))?)?);
    Ok(all)
}

const FOLDER: &str = "docs/img";
