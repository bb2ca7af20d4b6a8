//! The conformance suite: it judges any WebSocket server or client over TCP, in all four versions.

mod board;
mod case;
mod data;
mod desk;
mod echo;
mod event;
mod family;
mod guest;
mod host;
mod judge_client;
mod judge_server;
mod log;
mod opening;
mod options;
mod own;
mod pace;
mod progress;
mod random;
mod report;
mod results;
mod script;
mod select;
#[cfg(test)]
mod selftest;
mod socket;
mod talk;
mod verdict;
mod version;
mod wire;

use std::time::Instant;

use crate::Result;
use crate::conformance::case::Case;
use crate::conformance::judge_client::ClientCommand;
use crate::conformance::judge_server::ServerJudge;
use crate::conformance::opening::Target;
use crate::conformance::options::{HELP, Mode, Options};
use crate::conformance::own::Own;
use crate::conformance::pace::Pace;
use crate::conformance::progress::Progress;
use crate::conformance::report::{html, json, table};
use crate::conformance::results::{Counts, Report};
use crate::conformance::version::{Side, Version};

/// `cargo xtask conformance`
pub(crate) fn run(arguments: &[String]) -> Result {
    let options = Options::parse(arguments)?;
    let all = family::all();
    let is_asked_for = |case: &&Case| {
        let versions = options.versions.as_ref();
        options.selection.has(&case.id) && versions.is_none_or(|versions| versions.contains(&case.version))
    };
    let cases: Vec<_> = all.iter().filter(is_asked_for).collect();
    match &options.mode {
        Mode::Help => {
            print!("{HELP}");
            Ok(())
        }
        Mode::List => {
            list(&cases);
            Ok(())
        }
        Mode::Server(url) => tell(&[server(url, &cases, &options)?], &all, &options),
        Mode::Listen(address) => listen(address, &cases, &all, &options),
        Mode::Client(line) => tell(&[client(line, &cases, &options)?], &all, &options),
        Mode::Own => tell(&own(&cases, &options)?, &all, &options),
    }
}

/// Judges the server at a URL.
fn server(url: &str, cases: &[&Case], options: &Options) -> Result<Report> {
    let cases: Vec<_> = cases.iter().copied().filter(|case| case.judges(Side::Server)).collect();
    let progress = Progress::new(cases.len());
    let start = Instant::now();
    let judge = ServerJudge {
        target: Target::parse(url)?,
        pace: Pace::new(options.timeout),
        jobs: options.jobs,
        progress: &progress,
    };
    let versions = options.versions.clone().unwrap_or_else(|| judge.versions());
    let results = judge.run(&cases, &versions);
    progress.clear();
    let agent = options.agent.clone().unwrap_or_else(|| url.to_owned());
    Ok(Report { agent, side: Side::Server, results, time: start.elapsed() })
}

/// Judges a client that a command starts.
fn client(line: &str, cases: &[&Case], options: &Options) -> Result<Report> {
    let client = ClientCommand {
        agent: options.agent.clone().unwrap_or_else(|| "client".to_owned()),
        command: judge_client::shell,
        line: line.to_owned(),
        versions: options.versions.clone().unwrap_or_else(|| vec![Version::Hybi17]),
        jobs: options.jobs.unwrap_or(1),
    };
    client.judge(cases, Pace::new(options.timeout))
}

/// Judges our own server, then our own client, in all versions.
fn own(cases: &[&Case], options: &Options) -> Result<Vec<Report>> {
    let own = Own::build()?;
    let mut options = options.clone();
    let agent = options.agent.get_or_insert_with(|| "hybi".to_owned()).clone();
    let versions = options.versions.get_or_insert_with(|| Version::ALL.to_vec()).clone();
    let running = own.serve()?;
    let server = server(&running.url, cases, &options)?;
    drop(running);
    let client = own.client(versions, agent, options.jobs.unwrap_or(OWN_CLIENTS));
    let client = client.judge(cases, Pace::new(options.timeout))?;
    Ok(vec![server, client])
}

/// How many of our clients run at a time, each with a share of the cases.
const OWN_CLIENTS: usize = 4;

/// Judges the clients that come to an address.
fn listen(address: &str, cases: &[&Case], all: &[Case], options: &Options) -> Result {
    let mut reports: Vec<Report> = Vec::new();
    let mut outcome = Ok(());
    judge_client::listen(address, cases, Pace::new(options.timeout), options.once, |report| {
        reports.retain(|other| other.agent != report.agent);
        reports.push(report);
        outcome = tell(&reports, all, options);
    })?;
    outcome
}

/// Tells the results; an error if there are failures.
fn tell(reports: &[Report], all: &[Case], options: &Options) -> Result {
    for report in reports {
        print!("{}", table::table(report));
    }
    if let Some(path) = &options.json {
        json::write(reports, path)?;
    }
    if let Some(folder) = &options.html {
        html::write(reports, all, folder)?;
        println!("\npages: {}", folder.join("index.html").display());
    }
    let counts: Counts = reports.iter().map(|report| Counts::of(&report.results)).sum();
    println!("\n{}", table::last_line(counts, options.strict));
    match table::judged(counts, options.strict).1 {
        0 => Ok(()),
        failed => Err(format!("{failed} cases failed").into()),
    }
}

fn list(cases: &[&Case]) {
    for case in cases {
        let only = case.only.map_or_else(String::new, |side| format!(" [{side}]"));
        println!("{:<12} {:<8} {}{only}  ({})", case.id, case.version, case.title, case.section);
    }
}
