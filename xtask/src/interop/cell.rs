//! One cell of the matrix: one peer in one role speaks one version with ours.

use core::time::Duration;
use std::io::Write;
use std::time::Instant;

use super::peers::{Driver, Peer, Role};
use super::process::{Next, Process};
use super::report::Report;
use super::tools::Tools;
use crate::Result;

/// What is to be run.
pub(crate) struct Cell {
    pub(crate) peer: &'static Peer,
    pub(crate) role: Role,
    pub(crate) version: &'static str,
    pub(crate) deflate: bool,
}

/// What came of it.
pub(crate) enum Outcome {
    /// All that the peer can do went as specified, or departs from it as noted.
    Passed,
    Failed,
    /// The peer is not installed.
    Missing,
}

/// A cell that has run.
pub(crate) struct Ran {
    pub(crate) outcome: Outcome,
    pub(crate) report: Report,
    /// Where the peer departed, as known.
    pub(crate) departed: Vec<String>,
    pub(crate) seconds: f64,
}

/// A server must be ready within this time; a run of the checks must be done within that.
const READY: Duration = Duration::from_secs(20);
const DONE: Duration = Duration::from_secs(90);

impl Cell {
    /// `websockets client hybi17 deflate`
    pub(crate) fn name(&self) -> String {
        let deflate = if self.deflate { " deflate" } else { "" };
        format!("{} {} {}{deflate}", self.peer.key, self.role.name(), self.version)
    }

    /// The deflate parameters of its runs: one without any if it is a cell without deflate.
    fn runs(&self) -> &'static [&'static str] {
        if self.deflate { self.peer.deflate } else { &[""] }
    }

    pub(crate) fn run(&self, tools: &Tools) -> Ran {
        let start = Instant::now();
        let mut report = Report::default();
        for parameters in self.runs() {
            let label = parameters.strip_prefix("permessage-deflate; ").unwrap_or_default();
            let one = match self.role {
                Role::Client => self.as_client(tools, parameters),
                Role::Server => self.as_server(tools, parameters),
            };
            report.add(one.unwrap_or_else(|error| Report::failure("run", &error.to_string())), label);
            if report.missing.is_some() {
                break;
            }
        }
        self.judge(report, start.elapsed().as_secs_f64())
    }

    /// The peer is a client of our server.
    fn as_client(&self, tools: &Tools, parameters: &str) -> Result<Report> {
        let mut server = tools.example("echo_server")?;
        server.args(["--listen", "127.0.0.1:0"]).args((!self.deflate).then_some("--no-deflate"));
        let server = Process::ours(server)?;
        let ready = Report::until_ready(&server, Instant::now() + READY);
        let Some(port) = ready.port else { return Ok(ready) };
        let proxy = match self.proxy(tools, port)? {
            Ok(proxy) => proxy,
            Err(report) => return Ok(report),
        };
        let port = proxy.as_ref().map_or(port, |(_, port)| *port);
        let Some(command) = tools.peer(self.peer, Role::Client, port, self.version, parameters) else {
            return Ok(Report::missing(self.peer.title));
        };
        let client = Process::driver(command)?;
        let report = Report::until_done(&client, Instant::now() + DONE);
        Ok(with_errors(report, &server))
    }

    /// Our client and our console are clients of the peer.
    fn as_server(&self, tools: &Tools, parameters: &str) -> Result<Report> {
        let Some(command) = tools.peer(self.peer, Role::Server, 0, self.version, parameters) else {
            return Ok(Report::missing(self.peer.title));
        };
        let server = Process::driver(command)?;
        let mut report = Report::until_ready(&server, Instant::now() + READY);
        let Some(port) = report.port else { return Ok(report) };
        let proxy = match self.proxy(tools, port)? {
            Ok(proxy) => proxy,
            Err(report) => return Ok(report),
        };
        let port = proxy.as_ref().map_or(port, |(_, port)| *port);
        let url = format!("ws://127.0.0.1:{port}/echo");
        let mut client = tools.example("interop_client")?;
        client.arg(&url).arg(self.version).args((!parameters.is_empty()).then_some(parameters));
        let client = Process::ours(client)?;
        report.add(Report::until_done(&client, Instant::now() + DONE), "");
        drop(client);
        if report.failed.is_empty() && !self.is_refused() {
            report.add(self.console(tools, &url)?, "");
        }
        Ok(with_errors(report, &server))
    }

    /// `wsconsole` with piped lines, as a person would use it in a script.
    fn console(&self, tools: &Tools, url: &str) -> Result<Report> {
        let lines = ["typed in a console", "Ελληνικά 日本語 👋🏽"];
        let mut command = tools.example("wsconsole")?;
        command.arg(url).args(["--protocol-version", self.version, "--expect", "2"]);
        command.args(self.deflate.then_some("--deflate"));
        let mut console = Process::ours(command)?;
        if let Some(mut stdin) = console.take_stdin() {
            stdin.write_all(format!("{}\n", lines.join("\n")).as_bytes())?;
        }
        let deadline = Instant::now() + READY;
        let mut got = Vec::new();
        while let Next::Line(line) = console.next(deadline) {
            got.push(line);
        }
        let wrong = if got != lines {
            format!("printed {got:?}")
        } else if !console.succeeds(deadline) {
            "did not exit with 0".to_owned()
        } else {
            return Ok(Report::success("console"));
        };
        Ok(Report::failure("console", &format!("{wrong} {}", console.last_errors())))
    }

    /// The proxy of this peer, ready in front of that port, if it has one. The inner error tells why it is not.
    fn proxy(&self, tools: &Tools, port: u16) -> Result<core::result::Result<Option<(Process, u16)>, Report>> {
        let Some(kind) = self.peer.proxy else { return Ok(Ok(None)) };
        let proxy = Process::driver(tools.proxy(kind, port))?;
        let ready = Report::until_ready(&proxy, Instant::now() + READY);
        Ok(ready.port.map(|port| Some((proxy, port))).ok_or(ready))
    }

    fn is_refused(&self) -> bool {
        self.peer.refused.contains(&self.version)
    }

    /// Tells departures that are known from failures.
    pub(crate) fn judge(&self, mut report: Report, seconds: f64) -> Ran {
        let mut departed = Vec::new();
        if self.is_refused() {
            let refusal = report.failed.iter().position(|(check, why)| check == "open" && why.contains("400"));
            if let Some(index) = refusal {
                report.failed.remove(index);
                report.passed.push("refusal".to_owned());
            } else if report.missing.is_none() {
                report.failed.push(("refusal".to_owned(), "the proxy did not answer 400".to_owned()));
            }
        }
        report.failed.retain(|(check, _)| {
            let known = self.peer.departs.iter().find(|departure| {
                departure.role == self.role && departure.versions.contains(&self.version) && departure.check == check
            });
            departed.extend(known.map(|departure| format!("{check}: {}", departure.why)));
            known.is_none()
        });
        let outcome = match (&report.missing, report.failed.is_empty()) {
            (_, false) => Outcome::Failed,
            (Some(_), true) => Outcome::Missing,
            (None, true) => Outcome::Passed,
        };
        Ran { outcome, report, departed, seconds }
    }
}

/// All cells that the peers offer.
pub(crate) fn cells(peers: impl Iterator<Item = &'static Peer>) -> Vec<Cell> {
    let mut cells = Vec::new();
    for peer in peers {
        for role in [Role::Client, Role::Server] {
            for &version in peer.versions(role) {
                cells.push(Cell { peer, role, version, deflate: false });
                if !peer.deflate.is_empty() && peer.deflate_in.contains(&version) {
                    cells.push(Cell { peer, role, version, deflate: true });
                }
            }
        }
    }
    cells
}

/// What the server said helps to understand what the client saw.
fn with_errors(mut report: Report, server: &Process) -> Report {
    let errors = server.last_errors();
    if let Some((_, why)) = report.failed.last_mut().filter(|_| !errors.is_empty()) {
        why.push_str(&format!(" [server: {errors}]"));
    }
    report
}

impl Peer {
    /// Whether our own client stands in for it.
    pub(crate) fn is_ours(&self) -> bool {
        matches!(self.driver, Driver::Ours)
    }
}
