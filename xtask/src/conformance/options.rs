//! What the command line says.

use core::time::Duration;
use std::path::PathBuf;

use lexopt::Arg::{Long, Short, Value};
use lexopt::ValueExt;

use crate::conformance::select::Selection;
use crate::conformance::version::Version;
use crate::{Result, Usage};

/// The options of `cargo xtask conformance`.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) mode: Mode,
    pub(crate) selection: Selection,
    /// The versions that were asked for; else those that the peer speaks.
    pub(crate) versions: Option<Vec<Version>>,
    pub(crate) agent: Option<String>,
    pub(crate) timeout: Duration,
    /// How many cases run at a time; else it depends on the case.
    pub(crate) jobs: Option<usize>,
    pub(crate) json: Option<PathBuf>,
    pub(crate) html: Option<PathBuf>,
    /// Non-strict results count as failed.
    pub(crate) strict: bool,
    /// With `--listen`: end after the first `/updateReports`.
    pub(crate) once: bool,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Judge our own server and client.
    Own,
    /// Judge the server at this URL.
    Server(String),
    /// Judge the clients that come to this address.
    Listen(String),
    /// Start this command, and judge it as a client.
    Client(String),
    /// List the cases.
    List,
    Help,
}

impl Options {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self> {
        Self::read(arguments).map_err(|error| Usage(error.to_string()).into())
    }

    fn read(arguments: &[String]) -> core::result::Result<Self, lexopt::Error> {
        let mut options = Self {
            mode: Mode::Own,
            selection: Selection::default(),
            versions: None,
            agent: None,
            timeout: Duration::from_secs(5),
            jobs: None,
            json: None,
            html: None,
            strict: false,
            once: false,
        };
        let mut parser = lexopt::Parser::from_args(arguments);
        while let Some(argument) = parser.next()? {
            let name = match argument {
                Long(name) => name.to_owned(),
                Short('h') => "help".to_owned(),
                Short(_) | Value(_) => return Err(argument.unexpected()),
            };
            let mut text = || parser.value()?.string();
            match name.as_str() {
                "server" => options.mode = Mode::Server(text()?),
                "listen" => options.mode = Mode::Listen(text()?),
                "client" => options.mode = Mode::Client(text()?),
                "list" => options.mode = Mode::List,
                "help" => options.mode = Mode::Help,
                "cases" => options.selection.include(&text()?),
                "exclude" => options.selection.exclude(&text()?),
                "versions" => options.versions = Some(versions(&text()?)?),
                "agent" => options.agent = Some(text()?),
                "timeout" => options.timeout = seconds(&text()?)?,
                "jobs" => options.jobs = Some(number(&text()?)?),
                "json" => options.json = Some(text()?.into()),
                "html" => options.html = Some(text()?.into()),
                "strict" => options.strict = true,
                "once" => options.once = true,
                _ => return Err(format!("there is no option `--{name}`").into()),
            }
        }
        Ok(options)
    }
}

pub(crate) const HELP: &str = "\
usage: cargo xtask conformance [OPTIONS]

Judges WebSocket servers and clients over TCP, case by case. Without --server, --listen or --client it builds and
judges our own server and our own client.

what to judge:
  --server URL         the echo server at ws://HOST:PORT/PATH
  --listen ADDR        clients that connect to ADDR, through /getCaseCount, /runCase?case=N&agent=A,
                       /getCaseStatus?case=N&agent=A and /updateReports?agent=A, as Autobahn has them
  --client COMMAND     a client that COMMAND starts; {url}, {agent} and {version} in it are replaced
  --list               lists the cases and does nothing else

which cases:
  --cases LIST         only these: ids with *, parted by commas, as in 6.*,7.1.*
  --exclude LIST       all but these
  --versions LIST      only these of hybi17, hybi10, hybi00, hixie75 (default: those that the server speaks)

how:
  --timeout SECONDS    how long an answer may take (default: 5)
  --jobs N             how many cases run at a time (1 for a server that serves one connection at a time)
  --strict             non-strict results count as failed
  --once               with --listen: end after the first /updateReports

what to tell:
  --agent NAME         the name of the peer in the reports
  --json FILE          writes the results as JSON, in the form of Autobahn's index.json
  --html DIR           writes an index of agents and cases, and a page a case with its wire log
";

fn versions(text: &str) -> core::result::Result<Vec<Version>, lexopt::Error> {
    text.split(',')
        .map(|name| {
            let name = name.trim();
            Version::parse(name).ok_or_else(|| format!("there is no version `{name}`").into())
        })
        .collect()
}

fn number(text: &str) -> core::result::Result<usize, lexopt::Error> {
    match text.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(format!("`{text}` is no number of jobs").into()),
    }
}

fn seconds(text: &str) -> core::result::Result<Duration, lexopt::Error> {
    match text.parse::<f64>().map(Duration::try_from_secs_f64) {
        Ok(Ok(time)) if !time.is_zero() => Ok(time),
        _ => Err(format!("`{text}` is no number of seconds").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options> {
        Options::parse(&line.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn reads_a_line() {
        let options = parse("--server ws://localhost:9001/ --cases 6.*,7.1.* --versions 13,hybi00 --timeout 0.5");
        let options = options.unwrap();
        assert_eq!(options.mode, Mode::Server("ws://localhost:9001/".to_owned()));
        assert_eq!(options.versions, Some(vec![Version::Hybi17, Version::Hybi00]));
        assert_eq!(options.timeout, Duration::from_millis(500));
        assert!(options.selection.has("6.1.1") && !options.selection.has("7.3.1"));
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for line in ["--nothing", "--versions 12", "--timeout soon", "--server"] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
