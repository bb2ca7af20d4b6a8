//! Judges clients: those that come by themselves, or one that a command starts.

use core::time::Duration;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use crate::Result;
use crate::conformance::board::Board;
use crate::conformance::case::Case;
use crate::conformance::desk::{Desk, Places};
use crate::conformance::pace::Pace;
use crate::conformance::progress::Progress;
use crate::conformance::results::Report;
use crate::conformance::version::{Side, Version};

/// Serves clients for ever, or until the first that is done if `once`; `tell` gets each report.
pub(crate) fn listen(address: &str, cases: &[&Case], pace: Pace, once: bool, mut tell: impl FnMut(Report)) -> Result {
    let desk = Desk::listen(address, pace)?;
    let progress = Progress::new(cases.len());
    let board = Board::new(cases, &progress);
    let count = board.places(Version::Hybi17).len();
    println!("listening on {}/ with {count} cases", desk.url());
    std::thread::scope(|scope| {
        scope.spawn(|| desk.serve(&board));
        while let Some(agent) = board.next_finished() {
            progress.clear();
            tell(board.report(&agent, &[]));
            if once {
                break;
            }
        }
        board.stop();
        desk.wake();
    });
    Ok(())
}

/// A client that a command starts.
pub(crate) struct ClientCommand {
    pub(crate) agent: String,
    /// The command for a URL, the agent and a version.
    pub(crate) command: fn(&Self, &str, Version) -> Command,
    /// What the command is made of.
    pub(crate) line: String,
    pub(crate) versions: Vec<Version>,
    /// How many of them run at a time, each with its own cases.
    pub(crate) jobs: usize,
}

impl ClientCommand {
    /// Judges the client. A client that ends before it has run all its cases is started again for the rest, since
    /// some drivers do not survive a refused handshake.
    pub(crate) fn judge(&self, cases: &[&Case], pace: Pace) -> Result<Report> {
        let cases: Vec<_> = cases.iter().copied().filter(|case| self.versions.contains(&case.version)).collect();
        let total = cases.iter().filter(|case| case.judges(Side::Client));
        let progress = Progress::new(total.count());
        let board = Board::new(&cases, &progress);
        let desks = (0..self.jobs).map(|_| Desk::listen("127.0.0.1:0", pace));
        let desks = desks.collect::<Result<Vec<_>>>()?;
        let outcome = std::thread::scope(|scope| {
            for desk in &desks {
                scope.spawn(|| desk.serve(&board));
            }
            let outcome = self.run_all(&desks, &board);
            board.stop();
            desks.iter().for_each(Desk::wake);
            outcome
        });
        progress.clear();
        outcome?;
        let agent = board.agents().into_iter().next().unwrap_or_else(|| self.agent.clone());
        let mut report = board.report(&agent, &self.versions);
        report.agent.clone_from(&self.agent);
        Ok(report)
    }

    fn run_all(&self, desks: &[Desk], board: &Board<'_>) -> core::result::Result<(), String> {
        for &version in &self.versions {
            let places = board.places(version);
            std::thread::scope(|scope| {
                let runs: Vec<_> = desks
                    .iter()
                    .enumerate()
                    .map(|(at, desk)| {
                        let places = share(&places, at, desks.len());
                        scope.spawn(move || self.run(desk, board, version, places))
                    })
                    .collect();
                runs.into_iter().try_for_each(|run| run.join().unwrap_or_else(|_| Err("a thread panicked".to_owned())))
            })?;
        }
        Ok(())
    }

    /// Runs the command until its cases are played, or it makes no progress.
    fn run(
        &self,
        desk: &Desk,
        board: &Board<'_>,
        version: Version,
        mut places: Vec<usize>,
    ) -> core::result::Result<(), String> {
        while !places.is_empty() {
            desk.hand_out(Places::These(places.clone()));
            let mut command = (self.command)(self, &desk.url(), version);
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            let mut child = command.spawn().map_err(|error| format!("cannot start the client: {error}"))?;
            wait(&mut child, || board.open(&places).len());
            let open = board.open(&places);
            if open.len() == places.len() {
                return Err(format!("the client ended without playing a case: {}", self.line));
            }
            places = open;
        }
        Ok(())
    }
}

/// A command line with its placeholders filled; the URL and the agent go to its end if it has none.
pub(crate) fn shell(client: &ClientCommand, url: &str, version: Version) -> Command {
    let mut line = client.line.clone();
    if !line.contains("{url}") {
        line.push_str(" {url} {agent}");
    }
    let line = line.replace("{url}", url).replace("{agent}", &client.agent);
    let line = line.replace("{version}", version.name());
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("exec {line}"));
    command
}

/// Every n-th of the places.
fn share(places: &[usize], at: usize, of: usize) -> Vec<usize> {
    places.iter().copied().skip(at).step_by(of).collect()
}

/// Waits for the end of a client; one that makes no progress for long is ended.
fn wait(child: &mut Child, open: impl Fn() -> usize) {
    let mut last = (open(), Instant::now());
    loop {
        match child.try_wait() {
            Ok(None) => {}
            Ok(Some(_)) | Err(_) => return,
        }
        let now = open();
        if now != last.0 {
            last = (now, Instant::now());
        }
        let limit = if now == 0 { AFTER_ALL } else { STUCK };
        if last.1.elapsed() > limit {
            // It may have ended just now.
            let _ = child.kill();
            let _ = child.wait();
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// For a case; the slowest of them may take minutes.
const STUCK: Duration = Duration::from_secs(500);
/// For the end of the client once all its cases are played.
const AFTER_ALL: Duration = Duration::from_secs(10);
