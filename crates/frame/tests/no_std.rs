//! The crate needs neither std nor an allocator: a program that has none is built, run, and decodes.

#![cfg(all(target_os = "linux", not(miri)))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::fs;
use std::path::Path;
use std::process::Command;

use hybi_frame::SUPPORTED;

const HERE: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn a_program_without_std_decodes() {
    let features: Vec<&str> = SUPPORTED.iter().map(|version| version.feature()).collect();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no_std");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release", "--offline", "--locked", "--quiet"])
        .args(["--features", &features.join(","), "--manifest-path"])
        .arg(Path::new(HERE).join("tests/no_std/Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .env_remove("CARGO_BUILD_TARGET")
        .output()
        .expect("cargo runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let status = Command::new(target.join("release/hybi-frame-no-std")).status().expect("the program runs");
    assert_eq!(status.code(), Some(100 + i32::try_from(features.len()).unwrap()), "{status}");
}

#[test]
fn it_is_built_with_the_same_dependencies() {
    let own = packages(&fs::read_to_string(Path::new(HERE).join("tests/no_std/Cargo.lock")).unwrap());
    let all = packages(&fs::read_to_string(Path::new(HERE).join("../../Cargo.lock")).unwrap());
    assert_eq!(own.len(), 5);
    for package in own.iter().filter(|(name, _)| name != "hybi-frame-no-std") {
        assert!(all.contains(package), "{package:?} is another version in the lock file of the workspace");
    }
}

/// Name and version of each package in a lock file.
fn packages(lock: &str) -> Vec<(String, String)> {
    let value = |line: &str, key: &str| Some(line.strip_prefix(key)?.trim_matches('"').to_owned());
    let names = lock.lines().filter_map(|line| value(line, "name = "));
    let versions = lock.lines().skip_while(|line| *line != "[[package]]").filter_map(|line| value(line, "version = "));
    names.zip(versions).collect()
}
