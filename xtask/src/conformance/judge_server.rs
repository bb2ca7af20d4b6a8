//! Judges a server: the suite is the client, and many cases run at a time.

use core::sync::atomic::{AtomicUsize, Ordering};
use std::net::ToSocketAddrs;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::Result;
use crate::conformance::case::Case;
use crate::conformance::host::Host;
use crate::conformance::log::Log;
use crate::conformance::opening::{Opening, Target};
use crate::conformance::pace::Pace;
use crate::conformance::progress::Progress;
use crate::conformance::results::CaseResult;
use crate::conformance::version::Version;

/// How to judge a server.
pub(crate) struct ServerJudge<'a> {
    pub(crate) target: Target,
    pub(crate) pace: Pace,
    pub(crate) jobs: Option<usize>,
    pub(crate) progress: &'a Progress,
}

impl ServerJudge<'_> {
    /// The versions that the server speaks. RFC 6455 is always among them: to refuse it is a failure.
    pub(crate) fn versions(&self) -> Vec<Version> {
        let speaks = |version: &Version| {
            *version == Version::Hybi17 || self.host("probe", Log::new()).open(*version, &Opening::default()).is_ok()
        };
        Version::ALL.into_iter().filter(speaks).collect()
    }

    /// Plays all cases of these versions; the others are skipped. Light ones come first, many at a time.
    pub(crate) fn run(&self, cases: &[&Case], versions: &[Version]) -> Vec<CaseResult> {
        let results: Vec<_> = cases.iter().map(|_| Mutex::new(None)).collect();
        for (heavy, jobs) in [(false, LIGHT_JOBS), (true, HEAVY_JOBS)] {
            let queue: Vec<_> = cases.iter().zip(&results).filter(|(case, _)| case.heavy == heavy).collect();
            let next = AtomicUsize::new(0);
            std::thread::scope(|scope| {
                for _ in 0..self.jobs.unwrap_or(jobs).min(queue.len()) {
                    scope.spawn(|| {
                        while let Some((case, slot)) = queue.get(next.fetch_add(1, Ordering::Relaxed)) {
                            let result = if versions.contains(&case.version) {
                                self.play(case)
                            } else {
                                CaseResult::skipped(case, format!("{} is not spoken", case.version))
                            };
                            self.progress.done(&result);
                            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
                        }
                    });
                }
            });
        }
        results.into_iter().filter_map(|slot| slot.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
    }

    fn play(&self, case: &Case) -> CaseResult {
        let log = Log::new();
        let start = Instant::now();
        let mut host = self.host(&case.id, log.clone());
        host.pace = case.pace(self.pace);
        let judgement = case.against_server(&host);
        CaseResult { id: case.id.clone(), judgement, log: log.take(), time: start.elapsed() }
    }

    fn host(&self, seed: &str, log: Log) -> Host {
        Host { target: self.target.clone(), log, pace: self.pace, seed: seed.to_owned() }
    }
}

impl Target {
    /// Reads `ws://HOST[:PORT][/PATH]` and looks the host up.
    pub(crate) fn parse(url: &str) -> Result<Self> {
        let Some(rest) = url.strip_prefix("ws://") else {
            return Err(format!("`{url}` is no ws:// URL (wss:// is not supported)").into());
        };
        let (host, path) = match rest.find(['/', '?']) {
            Some(at) => rest.split_at(at),
            None => (rest, "/"),
        };
        let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
        let authority = if has_port { host.to_owned() } else { format!("{host}:80") };
        let address = authority
            .to_socket_addrs()
            .map_err(|error| format!("cannot find {host}: {error}"))?
            .next()
            .ok_or_else(|| format!("{host} has no address"))?;
        let slash = if path.starts_with('/') { "" } else { "/" };
        Ok(Self { address, host: host.to_owned(), resource: format!("{slash}{path}") })
    }
}

/// Light cases wait more than they work.
const LIGHT_JOBS: usize = 8;
const HEAVY_JOBS: usize = 3;
