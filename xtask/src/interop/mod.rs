//! Real peers against our examples: clients, servers and proxies that others wrote.

mod cell;
mod install;
mod matrix;
mod options;
mod peers;
pub(crate) mod process;
mod report;
mod table;
mod tools;

use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use self::cell::{Cell, Outcome, Ran, cells};
use self::matrix::Matrix;
use self::options::{HELP, Options};
use self::peers::{Peer, Role};
use self::table::PEERS;
use self::tools::{EXAMPLES, Tools};
use crate::Result;

/// `cargo xtask interop`
pub(crate) fn run(arguments: &[String]) -> Result {
    let options = Options::parse(arguments)?;
    if options.help {
        print!("{HELP}");
        return Ok(());
    }
    let mut cells = cells(PEERS.iter());
    cells.retain(|cell| options.wants(cell));
    if options.list {
        print!("{}", list(&cells));
        return Ok(());
    }
    if options.install {
        install::install()?;
    }
    if options.build {
        tools::build()?;
    }
    let tools = Tools::find()?;
    EXAMPLES.iter().try_for_each(|name| tools.example(name).map(drop))?;
    let ran = run_all(&cells, &tools, options.jobs);
    let matrix = Matrix { cells: cells.into_iter().zip(ran).collect(), installed: options.install };
    if let Some(file) = &options.html {
        std::fs::write(file, matrix.to_html()).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    println!("{}\n{}", matrix.to_text(), matrix.summary());
    if matrix.failed() > 0 { Err("cells failed".into()) } else { Ok(()) }
}

impl Options {
    fn wants(&self, cell: &Cell) -> bool {
        let any = |list: &[String], name: &str| list.is_empty() || list.iter().any(|other| other == name);
        any(&self.peers, cell.peer.key)
            && any(&self.versions, cell.version)
            && self.role.is_none_or(|role| role == cell.role)
            && (cell.deflate || !self.only_deflate)
    }
}

/// Runs the cells, some at a time, and gives what came of them in their order.
fn run_all(cells: &[Cell], tools: &Tools, jobs: usize) -> Vec<Ran> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Ran)>> = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..jobs.min(cells.len()) {
            scope.spawn(|| {
                while let Some((index, cell)) = take(cells, &next) {
                    let ran = cell.run(tools);
                    eprintln!("{}: {} ({:.1} s)", cell.name(), progress(&ran), ran.seconds);
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((index, ran));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, ran)| ran).collect()
}

fn take<'a>(cells: &'a [Cell], next: &AtomicUsize) -> Option<(usize, &'a Cell)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    cells.get(index).map(|cell| (index, cell))
}

fn progress(ran: &Ran) -> String {
    match (&ran.outcome, &ran.report.missing) {
        (Outcome::Passed, _) => format!("{} ok", ran.report.passed.len()),
        (Outcome::Failed, _) => {
            let failed: Vec<_> = ran.report.failed.iter().map(|(check, why)| format!("{check}: {why}")).collect();
            format!("FAIL {}", failed.join("; "))
        }
        (Outcome::Missing, what) => format!("not installed: {}", what.as_deref().unwrap_or_default()),
    }
}

/// The peers and what each speaks.
fn list(cells: &[Cell]) -> String {
    let spoken = |peer: &Peer, role: Role| {
        let cells = cells.iter().filter(|cell| cell.peer.key == peer.key && cell.role == role);
        let names = cells.map(|cell| match cell.deflate {
            true => format!("{}+deflate", cell.version),
            false => cell.version.to_owned(),
        });
        let names: Vec<_> = names.collect();
        if names.is_empty() { "-".to_owned() } else { names.join(" ") }
    };
    let mut text = format!("{:<22}{:<48}{}\n", "peer", "client of our server", "server to our client");
    for peer in PEERS.iter().filter(|peer| cells.iter().any(|cell| cell.peer.key == peer.key)) {
        let (client, server) = (spoken(peer, Role::Client), spoken(peer, Role::Server));
        text.push_str(&format!("{:<22}{client:<48}{server}\n", peer.key));
    }
    text.push_str(&format!("{} cells\n", cells.len()));
    text
}
