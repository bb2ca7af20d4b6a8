//! Runs what the repository can do.

fn main() {}
