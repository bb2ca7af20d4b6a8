//! A project of a user's, made from scratch outside of the workspace: it builds, does its job, and brings in what the pages say.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn one_crate_with_one_version() {
    let project =
        Project::new("frame", "hybi-frame = { path = \"ROOT/crates/frame\" }", include_str!("outside/frame.rs"));
    assert_eq!(project.cargo(&["run"]), "text \"Hello\"\nping \"\"\ndraft-ietf-hybi-17\n");
    let tree = project.tree();
    assert_eq!(names(tree.keys()), ["frame", "hybi-frame", "hybi-version", "simdutf8"]);
    project.check_lock();
}

#[test]
fn two_versions_and_compression() {
    let dependency = "hybi = { path = \"ROOT/crates/hybi\", default-features = false, \
        features = [\"hybi10\", \"hybi17\", \"deflate\"] }";
    let project = Project::new("both", dependency, include_str!("outside/both.rs"));
    let said = project.cargo(&["run"]);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 3, "{said}");
    for (line, name) in lines.iter().zip(["draft-ietf-hybi-17", "draft-ietf-hybi-10"]) {
        let written = line.strip_prefix(name).unwrap_or_else(|| panic!("{said}")).trim();
        assert!(written.parse::<usize>().unwrap() < 200, "10000 bytes of text were compressed: {said}");
    }
    assert!(lines[2].contains("`hybi00`"), "the error names the feature: {said}");

    let tree = project.tree();
    let ours = documented();
    assert_eq!(names(tree.keys().filter(|name| name.starts_with("hybi"))), names(ours.keys()));
    for (name, depends_on) in ours.iter().filter(|(name, _)| *name != "hybi") {
        let found = tree[name].iter().filter(|name| name.starts_with("hybi")).cloned().collect::<BTreeSet<_>>();
        assert_eq!(found, *depends_on, "README.md tells what {name} depends on");
    }
    // What is not ours and is asked for by one of ours. MD5 is hybi00's.
    let others: BTreeSet<&String> =
        ours.keys().flat_map(|name| &tree[name]).filter(|name| !name.starts_with("hybi")).collect();
    assert_eq!(names(others.into_iter()), ["base64", "flate2", "memchr", "rand", "sha1", "simdutf8", "url"]);
    assert!(!tree.contains_key("md-5"));
    project.check_lock();
}

/// A package in a folder of its own, and a workspace of its own.
struct Project(PathBuf);

impl Project {
    fn new(name: &str, dependency: &str, program: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outside").join(name);
        fs::create_dir_all(folder.join("src")).unwrap();
        let dependency = dependency.replace("ROOT", &root().display().to_string().replace('\\', "/"));
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{dependency}\n"
        );
        write(&folder.join("Cargo.toml"), &manifest);
        write(&folder.join("src/main.rs"), program);
        // So that nothing has to be fetched, and what is tested is what the workspace has.
        fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        Self(folder)
    }

    /// What cargo prints.
    fn cargo(&self, arguments: &[&str]) -> String {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--offline", "--quiet"])
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", self.0.with_file_name("target"))
            .env_remove("CARGO_BUILD_TARGET")
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What each package of the build depends on.
    fn tree(&self) -> BTreeMap<String, BTreeSet<String>> {
        let printed = self.cargo(&["tree", "--edges", "normal", "--prefix", "depth"]);
        let (mut tree, mut above) = (BTreeMap::<String, BTreeSet<String>>::new(), Vec::<String>::new());
        for line in printed.lines() {
            let digits = line.find(|character: char| !character.is_ascii_digit()).unwrap();
            let (depth, name) = line.split_at(digits);
            let name = name.split(' ').next().unwrap().to_owned();
            above.truncate(depth.parse().unwrap());
            if let Some(parent) = above.last() {
                tree.get_mut(parent).unwrap().insert(name.clone());
            }
            tree.entry(name.clone()).or_default();
            above.push(name);
        }
        tree
    }

    /// The versions are those of the workspace.
    fn check_lock(&self) {
        let all = locked(&root().join("Cargo.lock"));
        let own = locked(&self.0.join("Cargo.lock"));
        let name = self.0.file_name().unwrap().to_str().unwrap();
        for package in own.iter().filter(|package| package.0 != name) {
            assert!(all.contains(package), "{package:?} is another version in the workspace");
        }
    }
}

/// What README.md says of our crates: what each depends on.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| [`")?.split_once("`](crates/"));
    let of = |cells: &str| {
        let last = cells.trim_end_matches('|').rsplit('|').next().unwrap().trim().to_owned();
        last.split(", ").filter(|name| !name.is_empty()).map(|name| format!("hybi-{name}")).collect()
    };
    rows.map(|(name, cells)| (name.to_owned(), of(cells))).collect()
}

/// Name and version of each package in a lock file.
fn locked(path: &Path) -> BTreeSet<(String, String)> {
    let lock = fs::read_to_string(path).unwrap();
    let value = |line: Option<&str>, key| Some(line?.strip_prefix(key)?.trim_matches('"').to_owned());
    let packages = lock.split("[[package]]\n").skip(1).map(str::lines);
    packages
        .filter_map(|mut lines| Some((value(lines.next(), "name = ")?, value(lines.next(), "version = ")?)))
        .collect()
}

fn names<'a>(names: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    names.map(String::as_str).collect()
}

/// Writes what is not there yet, so that an unchanged file is not built again.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).unwrap();
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}
