//! Runs other programs, and says the line with which a person can repeat it.

use core::fmt;
use std::io::ErrorKind;
use std::process::{Command, Output, Stdio};

use crate::Result;
use crate::workspace::root;

/// A program with its arguments, run from the root of the repository.
#[derive(Clone, Debug)]
pub(crate) struct Cmd {
    program: String,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
}

impl Cmd {
    pub(crate) fn new(program: &str) -> Self {
        Self { program: program.to_owned(), arguments: Vec::new(), variables: Vec::new() }
    }

    /// `cargo` with the arguments in this text, which are parted by spaces.
    pub(crate) fn cargo(arguments: &str) -> Self {
        Self::new("cargo").args(arguments.split_whitespace())
    }

    pub(crate) fn args<T: AsRef<str>>(mut self, arguments: impl IntoIterator<Item = T>) -> Self {
        let arguments = arguments.into_iter().map(|text| text.as_ref().to_owned());
        self.arguments.extend(arguments);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Runs it with our own stdout and stderr; anything but success is an error that names the line.
    pub(crate) fn run(&self) -> Result {
        let status = self.command().status().map_err(|error| self.not_started(&error))?;
        if status.success() { Ok(()) } else { Err(format!("failed ({status}): {self}").into()) }
    }

    /// Runs it and keeps what it prints, whether it succeeds or not.
    pub(crate) fn output(&self) -> Result<Output> {
        self.command().stdin(Stdio::null()).output().map_err(|error| self.not_started(&error).into())
    }

    /// Runs it and gives its stdout; anything but success is an error with its stderr.
    pub(crate) fn read(&self) -> Result<String> {
        let output = self.output()?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let errors = String::from_utf8_lossy(&output.stderr);
        Err(format!("failed ({}): {self}\n{}", output.status, errors.trim_end()).into())
    }

    fn command(&self) -> Command {
        // The cargo that runs us is the one to go on with; it is found without a detour over PATH.
        let own = (self.program == "cargo").then(|| std::env::var_os("CARGO"));
        let mut command = match own.flatten() {
            Some(cargo) => Command::new(cargo),
            None => Command::new(&self.program),
        };
        command
            .args(&self.arguments)
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .current_dir(root());
        command
    }

    fn not_started(&self, error: &std::io::Error) -> String {
        match error.kind() {
            ErrorKind::NotFound => format!("`{}` is not installed: {self}", self.program),
            _ => format!("could not start: {self}: {error}"),
        }
    }
}

/// The line to type in a shell.
impl fmt::Display for Cmd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.variables {
            write!(f, "{name}={} ", quoted(value))?;
        }
        f.write_str(&quoted(&self.program))?;
        for argument in &self.arguments {
            write!(f, " {}", quoted(argument))?;
        }
        Ok(())
    }
}

fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=+,./:@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_shown_as_it_is_typed() {
        let command = Cmd::cargo("doc --workspace").env("RUSTDOCFLAGS", "-D warnings").args(["it's"]);
        assert_eq!(command.to_string(), r"RUSTDOCFLAGS='-D warnings' cargo doc --workspace 'it'\''s'");
    }

    #[test]
    fn names_a_program_that_is_missing() {
        let error = Cmd::new("no-such-program-here").run().unwrap_err();
        assert_eq!(error.to_string(), "`no-such-program-here` is not installed: no-such-program-here");
    }

    #[test]
    fn tells_failure_from_success() {
        assert!(Cmd::cargo("--version").read().unwrap().contains("cargo"));
        assert!(Cmd::cargo("no-such-command").read().is_err());
    }
}
