//! The files of the repository, read once, for the rules.

use std::fs;
use std::path::Path;

use crate::Result;
use crate::lexer::Layers;
use crate::workspace::{Package, packages, root};

/// All text files and all packages.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) files: Vec<Source>,
    pub(crate) packages: Vec<Package>,
}

/// One file.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// Below the root, with `/`: `crates/frame/src/mask.rs`.
    pub(crate) path: String,
    pub(crate) text: String,
    /// Empty if this is no Rust file.
    pub(crate) layers: Layers,
    /// For each line of a Rust file whether it belongs to a `#[cfg(test)]` item.
    in_test: Vec<bool>,
}

/// One line of a Rust file.
pub(crate) struct Line<'a> {
    /// Counted from 1.
    pub(crate) number: usize,
    pub(crate) code: &'a str,
    pub(crate) comment: &'a str,
    pub(crate) in_test: bool,
}

impl Tree {
    /// Reads the repository.
    pub(crate) fn read() -> Result<Self> {
        let mut files = Vec::new();
        walk(root(), "", &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { files, packages: packages()? })
    }

    pub(crate) fn file(&self, path: &str) -> Option<&Source> {
        self.files.iter().find(|file| file.path == path)
    }

    pub(crate) fn rust(&self) -> impl Iterator<Item = &Source> {
        self.files.iter().filter(|file| file.path.ends_with(".rs"))
    }

    /// The Rust files that make the libraries: `crates/*/src`, without what only tests use.
    pub(crate) fn library(&self) -> impl Iterator<Item = &Source> {
        self.rust().filter(|file| file.crate_folder() != Some("testkit") && file.path_in_crate().starts_with("src/"))
    }
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let rust = path.ends_with(".rs");
        let layers = if rust { Layers::of(text) } else { Layers::default() };
        Self { path: path.to_owned(), text: text.to_owned(), in_test: in_test(&layers.code), layers }
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let layers = self.layers.code.lines().zip(self.layers.comments.lines());
        layers.enumerate().map(|(index, (code, comment))| Line {
            number: index + 1,
            code,
            comment,
            in_test: self.in_test.get(index).copied().unwrap_or(false),
        })
    }

    /// `frame` for everything in `crates/frame`.
    pub(crate) fn crate_folder(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }

    /// `src/mask.rs` for `crates/frame/src/mask.rs`; the whole path for what is in no crate.
    pub(crate) fn path_in_crate(&self) -> &str {
        self.crate_folder().and_then(|folder| self.path.get("crates/".len() + folder.len() + 1..)).unwrap_or(&self.path)
    }

    /// `mask.rs`
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Whether the file as a whole is there for tests, examples or measurements.
    pub(crate) fn is_test(&self) -> bool {
        let mut parts = self.path.split('/');
        parts.any(|part| matches!(part, "tests" | "examples" | "benches" | "fuzz"))
    }

    /// The number of the line in which this byte of the code stands.
    pub(crate) fn line_at(&self, byte: usize) -> usize {
        let before = self.layers.code.get(..byte).unwrap_or_default();
        before.matches('\n').count() + 1
    }
}

/// Marks the lines of the items that only a test build has.
fn in_test(code: &str) -> Vec<bool> {
    let mut marks = Vec::new();
    let mut inside = false;
    let mut depth = 0_usize;
    let mut opened = false;
    for line in code.lines() {
        let attribute = line.trim_start();
        if !inside && (attribute.starts_with("#[cfg(test)]") || attribute.starts_with("#[cfg(all(test")) {
            (inside, depth, opened) = (true, 0, false);
        }
        marks.push(inside);
        if !inside {
            continue;
        }
        for c in line.chars() {
            match c {
                '{' => (depth, opened) = (depth + 1, true),
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        let closed = opened && depth == 0;
        let item_without_body = !opened && line.trim_end().ends_with(';');
        inside = !(closed || item_without_body);
    }
    marks
}

/// What is made by tools, and what is not ours.
const SKIPPED: [&str; 7] = [".git", "target", "node_modules", "artifacts", "corpus", "coverage", "__pycache__"];

fn walk(folder: &Path, prefix: &str, files: &mut Vec<Source>) -> Result {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let kind = entry.file_type()?;
        if SKIPPED.contains(&name.as_str()) {
            continue;
        }
        if kind.is_dir() {
            walk(&entry.path(), &format!("{path}/"), files)?;
        } else if kind.is_file()
            && let Ok(text) = String::from_utf8(fs::read(entry.path())?)
        {
            // What is no UTF-8 is bytes for a test or an image.
            files.push(Source::new(&path, &text));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_which_lines_are_tests() {
        let text =
            "fn a() {}\n#[cfg(test)]\nuse x;\nfn b() {}\n#[cfg(test)]\nmod tests {\n    fn c() {}\n}\nfn d() {}\n";
        let file = Source::new("crates/frame/src/a.rs", text);
        let marks: Vec<_> = file.lines().map(|line| line.in_test).collect();
        let expected = [false, true, true, false, true, true, true, true, false];
        assert_eq!(marks, expected);
    }

    #[test]
    fn knows_where_a_file_belongs() {
        let file = Source::new("crates/frame/src/wire/base.rs", "");
        assert_eq!(file.crate_folder(), Some("frame"));
        assert_eq!(file.path_in_crate(), "src/wire/base.rs");
        assert_eq!(file.name(), "base.rs");
        assert!(!file.is_test());
        assert!(Source::new("crates/frame/tests/base.rs", "").is_test());
        assert_eq!(Source::new("xtask/src/main.rs", "").crate_folder(), None);
    }
}
