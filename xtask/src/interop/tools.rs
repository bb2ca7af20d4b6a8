//! Where the interpreters, the drivers and our examples are, and how a peer is called.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::peers::{Driver, Peer, Role};
use crate::json::Json;
use crate::sh::Cmd;
use crate::workspace::root;
use crate::{Result, Usage};

/// Our side of the matrix.
pub(crate) const EXAMPLES: [&str; 3] = ["echo_server", "interop_client", "wsconsole"];

/// What is on this machine.
pub(crate) struct Tools {
    python: Option<PathBuf>,
    python2: Option<PathBuf>,
    examples: PathBuf,
}

impl Tools {
    pub(crate) fn find() -> Result<Self> {
        let metadata = Json::parse(&Cmd::cargo("metadata --no-deps --format-version 1").read()?)?;
        let target =
            metadata.get("target_directory").and_then(Json::as_str).ok_or("cargo names no target directory")?;
        let python = installed("venv/bin/python");
        Ok(Self {
            python: python.exists().then_some(python),
            python2: python2(),
            examples: Path::new(target).join("release/examples"),
        })
    }

    /// One of our examples.
    pub(crate) fn example(&self, name: &str) -> Result<Command> {
        let file = self.examples.join(name);
        if !file.exists() {
            return Err(Usage(format!("the example {name} is not built: leave out --no-build")).into());
        }
        Ok(Command::new(file))
    }

    /// The command that makes this peer a client of a port, or a server on a free one; nothing if it is not installed.
    pub(crate) fn peer(&self, peer: &Peer, role: Role, port: u16, version: &str, deflate: &str) -> Option<Command> {
        let mut command = match peer.driver {
            Driver::Python(file) => {
                let mut command = Command::new(self.python.as_ref()?);
                command.arg(driver("python", file));
                command
            }
            Driver::Python2(file, arguments) => {
                let mut command = Command::new(self.python2.as_ref()?);
                command.env("PYTHONPATH", installed("python2.7")).arg(driver("python", file)).args(arguments);
                command
            }
            Driver::Node(file, package) => {
                let mut command = Command::new("node");
                command.env("NODE_PATH", installed("node/node_modules"));
                command.args(["--no-deprecation", "-r"]).arg(driver("node", "compat.js"));
                command.arg(driver("node", file)).arg(package);
                command
            }
            Driver::Rust(library) => {
                let program = rust_peer();
                if !program.exists() {
                    return None;
                }
                let mut command = Command::new(program);
                command.arg(library).arg(role.name()).arg(port.to_string()).arg(version);
                command.args((!deflate.is_empty()).then_some(deflate));
                return Some(command);
            }
            Driver::Perl(client, server) => {
                let flag = if role == Role::Client { client } else { server };
                let mut command = Command::new("perl");
                command.arg(driver("perl", "protocol_websocket.pl")).args(flag.split_whitespace());
                command
            }
            Driver::Ours => {
                let mut command = Command::new(self.examples.join("interop_client"));
                command.arg(format!("ws://127.0.0.1:{port}/")).arg(version);
                command.args((!deflate.is_empty()).then_some(deflate));
                return Some(command);
            }
        };
        command.arg(role.name()).arg(port.to_string()).arg(version);
        command.args((!deflate.is_empty()).then_some(deflate));
        command.env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONUNBUFFERED", "1").env("PYTHONIOENCODING", "utf-8");
        runs(command.get_program()).then_some(command)
    }

    /// The command that puts a proxy in front of a port.
    pub(crate) fn proxy(&self, kind: &str, port: u16) -> Command {
        let mut command = Command::new("python3");
        command.arg(driver("proxy", "proxy.py")).arg(kind).arg(port.to_string());
        command
    }
}

/// Builds the examples that take part.
pub(crate) fn build() -> Result {
    let examples = EXAMPLES.iter().flat_map(|&name| ["--example", name]);
    Cmd::cargo("build --release --quiet --package hybi --all-features").args(examples).run()
}

/// A place for what `--install` brings.
pub(crate) fn installed(name: &str) -> PathBuf {
    root().join("target/interop").join(name)
}

/// A driver of the repository.
pub(crate) fn driver(family: &str, file: &str) -> PathBuf {
    root().join("xtask/interop").join(family).join(file)
}

/// The program with the Rust peers, as `--install` builds it.
pub(crate) fn rust_peer() -> PathBuf {
    installed("rust/release/rust-peer")
}

/// A Python 2.7: on the path, or among those that pyenv keeps.
pub(crate) fn python2() -> Option<PathBuf> {
    let pyenv = std::env::var_os("PYENV_ROOT").map(PathBuf::from);
    let pyenv = pyenv.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".pyenv")))?;
    let kept = std::fs::read_dir(pyenv.join("versions")).into_iter().flatten().flatten().map(|entry| entry.path());
    let kept = kept.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("2.7")));
    let kept = kept.map(|path| path.join("bin/python2.7"));
    core::iter::once(PathBuf::from("python2.7")).chain(kept).find(|program| runs(program.as_os_str()))
}

/// Whether a program answers at all.
pub(crate) fn runs(program: impl Into<OsString>) -> bool {
    let mut command = Command::new(program.into());
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
