//! What the judge of clients has to hand out, and what has come back; shared by all its listeners.

use core::time::Duration;
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Instant;

use crate::conformance::case::Case;
use crate::conformance::progress::Progress;
use crate::conformance::results::{CaseResult, Report};
use crate::conformance::version::{Side, Version};

/// The cases for clients, and the results by agent.
pub(crate) struct Board<'a> {
    cases: Vec<&'a Case>,
    pub(crate) progress: &'a Progress,
    start: Instant,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// By agent, and by the place of the case.
    results: BTreeMap<String, BTreeMap<usize, CaseResult>>,
    /// Cases that are being played.
    playing: Vec<(String, usize)>,
    /// Agents that have asked for the reports, in the order in which they did.
    finished: Vec<String>,
    stopped: bool,
}

impl<'a> Board<'a> {
    /// A board with these cases; those that judge servers are left out.
    pub(crate) fn new(cases: &[&'a Case], progress: &'a Progress) -> Self {
        Self {
            cases: cases.iter().copied().filter(|case| case.judges(Side::Client)).collect(),
            progress,
            start: Instant::now(),
            state: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// The places of the cases of a version.
    pub(crate) fn places(&self, version: Version) -> Vec<usize> {
        let cases = self.cases.iter().enumerate();
        cases.filter(|(_, case)| case.version == version).map(|(place, _)| place).collect()
    }

    pub(crate) fn case(&self, place: usize) -> Option<&'a Case> {
        self.cases.get(place).copied()
    }

    /// The places of these for which no agent has a result.
    pub(crate) fn open(&self, places: &[usize]) -> Vec<usize> {
        let state = self.lock();
        let is_open = |place: &&usize| !state.results.values().any(|r| r.contains_key(place));
        places.iter().filter(is_open).copied().collect()
    }

    /// A case is about to be played.
    pub(crate) fn begin(&self, agent: &str, place: usize) {
        self.lock().playing.push((agent.to_owned(), place));
    }

    /// A case has been played.
    pub(crate) fn end(&self, agent: &str, place: usize, result: CaseResult) {
        self.progress.done(&result);
        let mut state = self.lock();
        state.playing.retain(|playing| !(playing.0 == agent && playing.1 == place));
        state.results.entry(agent.to_owned()).or_default().insert(place, result);
        self.changed.notify_all();
    }

    /// The result of a case; it waits a little for one that is being played.
    pub(crate) fn result(&self, agent: &str, place: usize) -> Option<CaseResult> {
        let state = self.settled(|playing| playing.0 == agent && playing.1 == place);
        state.results.get(agent)?.get(&place).cloned()
    }

    /// An agent wants its reports.
    pub(crate) fn finish(&self, agent: &str) {
        let mut state = self.settled(|playing| playing.0 == agent);
        state.finished.push(agent.to_owned());
        self.changed.notify_all();
    }

    /// Waits until an agent wants its reports, or the board is stopped.
    pub(crate) fn next_finished(&self) -> Option<String> {
        let mut state = self.lock();
        loop {
            if !state.finished.is_empty() {
                return Some(state.finished.remove(0));
            }
            if state.stopped {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// No more cases are played.
    pub(crate) fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.lock().stopped
    }

    /// All results of an agent; cases of `versions` that it did not play are skipped.
    pub(crate) fn report(&self, agent: &str, versions: &[Version]) -> Report {
        let state = self.settled(|playing| playing.0 == agent);
        let empty = BTreeMap::new();
        let played = state.results.get(agent).unwrap_or(&empty);
        let results = self.cases.iter().enumerate().filter_map(|(place, case)| {
            let missing = || {
                let why = "the client did not run it";
                versions.contains(&case.version).then(|| CaseResult::skipped(case, why))
            };
            played.get(&place).cloned().or_else(missing)
        });
        Report { agent: agent.to_owned(), side: Side::Client, results: results.collect(), time: self.start.elapsed() }
    }

    /// All agents that played a case.
    pub(crate) fn agents(&self) -> Vec<String> {
        self.lock().results.keys().cloned().collect()
    }

    /// Waits until none of the cases in question is being played, but not for ever.
    fn settled(&self, in_question: impl Fn(&(String, usize)) -> bool) -> std::sync::MutexGuard<'_, State> {
        let busy = |state: &mut State| state.playing.iter().any(&in_question);
        let waited = self.changed.wait_timeout_while(self.lock(), PATIENCE, busy);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A case that is still being played when its client asks for the result only waits for the end of a connection.
const PATIENCE: Duration = Duration::from_secs(15);
