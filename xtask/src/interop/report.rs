//! What a driver prints, read.

use std::time::Instant;

use super::process::{Next, Process};

/// What came of one run of the checks.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Report {
    /// The name and version that the peer told of itself.
    pub(crate) peer: Option<String>,
    pub(crate) passed: Vec<String>,
    /// Checks that the peer's API has no way to do, and why.
    pub(crate) skipped: Vec<(String, String)>,
    pub(crate) failed: Vec<(String, String)>,
    /// What is not installed.
    pub(crate) missing: Option<String>,
    /// The port on which a server listens.
    pub(crate) port: Option<u16>,
    done: bool,
}

impl Report {
    /// A run of which only this can be said.
    pub(crate) fn failure(check: &str, why: &str) -> Self {
        Self { failed: vec![(check.to_owned(), why.to_owned())], ..Self::default() }
    }

    /// One more check that passed.
    pub(crate) fn success(check: &str) -> Self {
        Self { passed: vec![check.to_owned()], ..Self::default() }
    }

    /// A peer that is not installed.
    pub(crate) fn missing(what: &str) -> Self {
        Self { missing: Some(what.to_owned()), ..Self::default() }
    }

    /// Reads until a server is ready, or has said that it can't be.
    pub(crate) fn until_ready(process: &Process, deadline: Instant) -> Self {
        let mut report = Self::default();
        report.read(process, deadline, |report| report.port.is_some() || report.missing.is_some());
        report
    }

    /// Reads until a client is done.
    pub(crate) fn until_done(process: &Process, deadline: Instant) -> Self {
        let mut report = Self::default();
        report.read(process, deadline, |report| report.done || report.missing.is_some());
        report
    }

    fn read(&mut self, process: &Process, deadline: Instant, enough: impl Fn(&Self) -> bool) {
        while !enough(self) {
            let why = match process.next(deadline) {
                Next::Line(line) => {
                    self.line(&line);
                    continue;
                }
                Next::Ended => "it ended early",
                Next::Late => "it took too long",
            };
            let after = self.passed.last().map_or("the start", String::as_str);
            let errors = process.last_errors();
            self.failed.push(("run".to_owned(), format!("{why}, after {after}. {errors}")));
            return;
        }
    }

    fn line(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let pair = || {
            let (check, why) = rest.split_once(' ').unwrap_or((rest, ""));
            (check.to_owned(), why.to_owned())
        };
        match word {
            "peer" => self.peer = Some(rest.to_owned()),
            "READY" => self.port = rest.parse().ok(),
            // Our echo server says where it listens in words of its own.
            "listening" => self.port = rest.trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok()),
            "ok" => self.passed.push(rest.to_owned()),
            "skip" => self.skipped.push(pair()),
            "FAIL" => self.failed.push(pair()),
            "missing" => self.missing = Some(rest.to_owned()),
            "done" => self.done = true,
            _ => {}
        }
    }

    /// Adds what another run found. `label` tells the runs of one cell apart.
    pub(crate) fn add(&mut self, other: Self, label: &str) {
        let labelled =
            |(check, why): (String, String)| (check, if label.is_empty() { why } else { format!("{why} ({label})") });
        self.passed.extend(other.passed);
        self.failed.extend(other.failed.into_iter().map(labelled));
        for skip in other.skipped {
            if !self.skipped.contains(&skip) {
                self.skipped.push(skip);
            }
        }
        self.peer = self.peer.take().or(other.peer);
        self.missing = self.missing.take().or(other.missing);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_lines_of_a_driver() {
        let mut report = Report::default();
        let lines =
            ["peer ws 8.23.0", "READY 4711", "ok ascii", "skip ping no such call", "FAIL close got 1005", "done"];
        lines.iter().for_each(|line| report.line(line));
        let pair = |check: &str, why: &str| (check.to_owned(), why.to_owned());
        assert_eq!(
            report,
            Report {
                peer: Some("ws 8.23.0".to_owned()),
                passed: vec!["ascii".to_owned()],
                skipped: vec![pair("ping", "no such call")],
                failed: vec![pair("close", "got 1005")],
                missing: None,
                port: Some(4711),
                done: true,
            }
        );
    }

    #[test]
    fn finds_the_port_of_our_server() {
        let mut report = Report::default();
        report.line("listening on ws://127.0.0.1:9001/");
        assert_eq!(report.port, Some(9001));
    }
}
