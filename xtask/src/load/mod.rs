//! `cargo xtask load`: the example server under many connections, some of which mean no good.

mod files;
mod peers;

use core::net::SocketAddr;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::fs;
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use crate::interop::process::{Next, Process};
use crate::sh::Cmd;
use crate::workspace::root;
use crate::{Result, Usage};
use peers::{Connection, Rude};

const HELP: &str = "\
usage: cargo xtask load [--idle N] [--busy N] [--seconds N]

Starts the example echo_server and opens connections to it: idle ones, busy ones that check every echo, and beside them peers
that never read, that send a byte a second, and that connect and drop. At the end each idle connection must still answer.
Fails if an echo is wrong or missing, or if the server's memory goes beyond what docs/security.md says. Needs Linux.

  --idle N     idle connections; 10000 if nothing is said
  --busy N     busy connections; 1000
  --seconds N  how long the busy ones go on; 15
";

/// How many peers never read; and as many each of the other kinds.
const RUDE: usize = 8;

/// What an idle connection may cost the server in all, its buffers of the example included.
const BYTES_IDLE: u64 = 2 * 1024;

/// What a peer that never reads may cost it: a read's worth of echoes, and what a vector grows beyond it.
const BYTES_RUDE: u64 = 1024 * 1024;

struct Options {
    idle: usize,
    busy: usize,
    seconds: u64,
}

pub(crate) fn run(arguments: &[String]) -> Result {
    let Some(mut options) = parse(arguments)? else {
        print!("{HELP}");
        return Ok(());
    };
    let spare = 4 * RUDE + 100;
    let Some(most) = files::raise(options.idle + options.busy + spare, arguments)? else { return Ok(()) };
    if options.idle + options.busy + spare > most {
        options.idle = most.saturating_sub(options.busy + spare);
        println!("the machine lets a process open {most} files: {} idle connections", options.idle);
    }
    Cmd::cargo("build --release --example echo_server --all-features --quiet").run()?;
    let folder = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
    let mut command = Command::new(folder.join("release/examples/echo_server"));
    command.args(["--listen", "127.0.0.1:0"]);
    let server = Process::ours(command)?;
    let address = address(&server)?;
    Load { server, address, options }.run()
}

/// A server and what is done to it.
struct Load {
    server: Process,
    address: SocketAddr,
    options: Options,
}

impl Load {
    fn run(self) -> Result {
        let Options { idle, busy, seconds } = self.options;
        let empty = self.memory()?;
        let mut quiet = (0..idle).map(|_| Connection::open(self.address)).collect::<Result<Vec<_>>>()?;
        let resting = self.memory()?;
        let each = resting.saturating_sub(empty) / idle.max(1) as u64;
        println!("{idle} idle connections: {} KiB, {each} bytes each", (resting - empty) / 1024);
        let stop = Arc::new(AtomicBool::new(false));
        let rude: Vec<_> = (0..RUDE)
            .flat_map(|_| [Rude::NeverReads, Rude::ByteASecond, Rude::Drops])
            .map(|kind| (kind, kind.start(self.address, Arc::clone(&stop))))
            .collect();
        let workers = 4;
        let end = Instant::now() + Duration::from_secs(seconds);
        let busy_threads: Vec<_> = (0..workers)
            .map(|worker| {
                let (address, count) = (self.address, busy / workers + usize::from(worker < busy % workers));
                thread::spawn(move || peers::keep_busy(address, count, end).map_err(|error| error.to_string()))
            })
            .collect();
        let mut peak = resting;
        while Instant::now() < end {
            peak = peak.max(self.memory()?);
            thread::sleep(Duration::from_millis(100));
        }
        let mut echoes = 0;
        for thread in busy_threads {
            echoes += thread.join().map_err(|_| "a busy thread panicked")??;
        }
        println!("{busy} busy connections: {echoes} echoes in {seconds} s, all as they should be");
        stop.store(true, Ordering::Relaxed);
        for (kind, thread) in rude {
            println!("{kind}: {}", thread.join().map_err(|_| "a rude thread panicked")?);
        }
        for connection in &mut quiet {
            connection.echo()?;
        }
        println!("each idle connection still answers");
        let grown = peak.saturating_sub(resting);
        println!("memory: {} KiB at first, {} KiB at most", empty / 1024, peak / 1024);
        let bound = busy as u64 * BYTES_IDLE + RUDE as u64 * BYTES_RUDE;
        if each > BYTES_IDLE || grown > bound {
            return Err(
                format!("too much memory: {each} bytes an idle connection, {grown} bytes for the others").into()
            );
        }
        Ok(())
    }

    /// The memory that the server has in use, in bytes.
    fn memory(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.server.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
        Ok(line.trim().trim_end_matches("kB").trim().parse::<u64>()? * 1024)
    }
}

fn address(server: &Process) -> Result<SocketAddr> {
    match server.next(Instant::now() + Duration::from_secs(10)) {
        Next::Line(line) => {
            let address = line.split("ws://").nth(1).and_then(|rest| rest.trim_end_matches('/').parse().ok());
            Ok(address.ok_or_else(|| format!("no address in `{line}`"))?)
        }
        other => Err(format!("the server says nothing: {other:?}").into()),
    }
}

fn parse(arguments: &[String]) -> Result<Option<Options>> {
    let mut options = Options { idle: 10_000, busy: 1000, seconds: 15 };
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next().map_err(Usage::from)? {
        match argument {
            lexopt::Arg::Long("help") => return Ok(None),
            lexopt::Arg::Long("idle") => options.idle = number(&mut parser)?,
            lexopt::Arg::Long("busy") => options.busy = number(&mut parser)?,
            lexopt::Arg::Long("seconds") => options.seconds = number(&mut parser)? as u64,
            other => return Err(Usage::from(other.unexpected()).into()),
        }
    }
    Ok(Some(options))
}

fn number(parser: &mut lexopt::Parser) -> Result<usize> {
    let text = parser.value().map_err(Usage::from)?.to_string_lossy().into_owned();
    Ok(text.parse().map_err(|_| Usage(format!("a number, not `{text}`")))?)
}
