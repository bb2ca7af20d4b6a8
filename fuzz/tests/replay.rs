//! Every check over every committed seed, as a normal test: what was found once is not found again.

use std::fs;
use std::path::{Path, PathBuf};

use hybi_fuzz::{TARGETS, seeds};

fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target)
}

#[test]
fn the_checks_hold_for_all_seeds() {
    for target in TARGETS {
        let mut count = 0;
        for entry in fs::read_dir(folder(target.name)).expect("each target has seeds") {
            let path = entry.expect("a file").path();
            println!("{}", path.display());
            (target.check)(&fs::read(&path).expect("a file"));
            count += 1;
        }
        assert!(count > 0, "{} has no seeds", target.name);
        (target.check)(&[]);
    }
}

#[test]
fn the_seeds_are_those_that_are_made() {
    for seed in seeds::all() {
        let path = folder(seed.target).join(&seed.name);
        let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(bytes == seed.bytes, "{}: make them anew by `cargo xtask fuzz --seeds`", path.display());
        assert!(TARGETS.iter().any(|target| target.name == seed.target));
    }
}
