//! What came of the cases.

use core::time::Duration;

use crate::conformance::case::Case;
use crate::conformance::log::Entry;
use crate::conformance::verdict::{Judgement, Verdict};
use crate::conformance::version::Side;

/// The result of one case.
#[derive(Clone, Debug)]
pub(crate) struct CaseResult {
    pub(crate) id: String,
    pub(crate) judgement: Judgement,
    pub(crate) log: Vec<Entry>,
    pub(crate) time: Duration,
}

impl CaseResult {
    /// A case that was not played.
    pub(crate) fn skipped(case: &Case, why: impl Into<String>) -> Self {
        Self { id: case.id.clone(), judgement: Judgement::unimplemented(why), log: Vec::new(), time: Duration::ZERO }
    }

    pub(crate) fn verdict(&self) -> Verdict {
        self.judgement.verdict()
    }
}

/// All results of one peer, in the order of the cases.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) agent: String,
    /// Which side the peer is.
    pub(crate) side: Side,
    pub(crate) results: Vec<CaseResult>,
    pub(crate) time: Duration,
}

/// How many results are of which kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) ok: usize,
    pub(crate) non_strict: usize,
    pub(crate) informational: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl Counts {
    pub(crate) fn of<'a>(results: impl IntoIterator<Item = &'a CaseResult>) -> Self {
        let mut counts = Self::default();
        for result in results {
            counts.add(result.verdict());
        }
        counts
    }

    pub(crate) fn add(&mut self, verdict: Verdict) {
        *match verdict {
            Verdict::Ok => &mut self.ok,
            Verdict::NonStrict => &mut self.non_strict,
            Verdict::Informational => &mut self.informational,
            Verdict::Skipped => &mut self.skipped,
            Verdict::Failed => &mut self.failed,
        } += 1;
    }

    pub(crate) fn total(&self) -> usize {
        self.ok + self.non_strict + self.informational + self.failed + self.skipped
    }

    pub(crate) fn passed(&self) -> usize {
        self.ok + self.non_strict + self.informational
    }
}

impl core::iter::Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |a, b| Self {
            ok: a.ok + b.ok,
            non_strict: a.non_strict + b.non_strict,
            informational: a.informational + b.informational,
            failed: a.failed + b.failed,
            skipped: a.skipped + b.skipped,
        })
    }
}
