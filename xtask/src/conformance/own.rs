//! Our own server and client: the examples `echo_server` and `autobahn_client`, built and started here.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::Result;
use crate::conformance::judge_client::ClientCommand;
use crate::conformance::version::Version;
use crate::json::Json;
use crate::sh::Cmd;

/// The programs of our examples.
pub(crate) struct Own {
    server: PathBuf,
    client: PathBuf,
}

impl Own {
    /// Builds them with all features.
    pub(crate) fn build() -> Result<Self> {
        println!("building the examples echo_server and autobahn_client of hybi");
        let line = "build --release -p hybi --example echo_server --example autobahn_client --all-features \
                    --message-format=json";
        let messages = Cmd::cargo(line).read()?;
        let find = |name| {
            let path = messages.lines().filter_map(|line| executable(line, name)).next_back();
            path.ok_or_else(|| format!("cargo built no example {name}"))
        };
        Ok(Self { server: find("echo_server")?.into(), client: find("autobahn_client")?.into() })
    }

    /// Starts the server on a free port.
    pub(crate) fn serve(&self) -> Result<Running> {
        let mut command = Command::new(&self.server);
        command.args(["--listen", "127.0.0.1:0"]).args(LEVEL).stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| format!("cannot start echo_server: {error}"))?;
        let stdout = child.stdout.take();
        let mut running = Running { child, url: String::new() };
        let mut line = String::new();
        if let Some(stdout) = stdout {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        match line.trim().strip_prefix("listening on ") {
            Some(url) => running.url = url.to_owned(),
            None => return Err(format!("echo_server said {line:?} instead of where it listens").into()),
        }
        Ok(running)
    }

    /// The client, in as many of the versions as it can.
    pub(crate) fn client(&self, versions: Vec<Version>, agent: String, jobs: usize) -> ClientCommand {
        let versions = if self.client_takes_version() {
            versions
        } else {
            versions.into_iter().filter(|version| *version == Version::Hybi17).collect()
        };
        let line = self.client.display().to_string();
        ClientCommand { agent, command: start, line, versions, jobs }
    }

    fn client_takes_version(&self) -> bool {
        let help = Command::new(&self.client).arg("--help").stdin(Stdio::null()).output();
        help.is_ok_and(|help| String::from_utf8_lossy(&help.stdout).contains("--version "))
    }
}

/// Some gigabytes are compressed, of which nothing is judged but that they come back. The tests of hybi-deflate try the levels.
const LEVEL: [&str; 2] = ["--level", "1"];

/// The line of a client for one URL and one version.
fn start(client: &ClientCommand, url: &str, version: Version) -> Command {
    let mut command = Command::new(Path::new(&client.line));
    command.args(LEVEL);
    if version != Version::Hybi17 {
        command.args(["--version", version.name()]);
    }
    command.args([url, &client.agent]);
    command
}

/// A server that runs until this goes out of scope.
pub(crate) struct Running {
    child: Child,
    pub(crate) url: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program of an example, if a line of cargo's messages tells it.
fn executable(line: &str, name: &str) -> Option<String> {
    let message = Json::parse(line).ok()?;
    let is_it = message.get("target")?.get("name")?.as_str() == Some(name);
    let path = message.get("executable")?.as_str()?;
    is_it.then(|| path.to_owned())
}
