//! Prints the public API that is in the JSON of rustdoc, one item a line. `cargo xtask api` runs it.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(file) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: hybi-api FILE.json");
        return ExitCode::from(2);
    };
    let builder = public_api::Builder::from_rustdoc_json(file);
    match builder.omit_blanket_impls(true).omit_auto_trait_impls(true).build() {
        Ok(api) => {
            for line in api.items().map(|item| item.to_string()).filter(|line| !is_implied(line)) {
                println!("{line}");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("hybi-api: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The methods of the common traits: that a type has the trait is said by the line of its `impl`.
fn is_implied(line: &str) -> bool {
    const METHODS: [&str; 8] = [
        "::fmt(&self, &mut core::fmt::Formatter",
        "::clone(&self) ->",
        "::eq(&self, &",
        "::hash<__H",
        "::cmp(&self, &",
        "::partial_cmp(&self, &",
        "::default() -> ",
        "StructuralPartialEq",
    ];
    METHODS.iter().any(|method| line.contains(method))
}
