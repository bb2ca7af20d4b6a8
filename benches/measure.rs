//! Times, taken so that noise hits all engines alike: in rounds, each engine in turn.

use std::time::{Duration, Instant};

use crate::{Case, Engine, Pass, Tally, pipe};

/// How long and how often.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub rounds: usize,
    /// The least time of one measurement.
    pub slice: Duration,
}

/// What one engine took, in nanoseconds a message.
#[derive(Clone, Debug)]
pub struct Time {
    pub engine: &'static str,
    pub minimum: f64,
    pub median: f64,
}

/// Measures one case; engines that have no such thing are left out.
///
/// # Panics
/// If an engine does the work wrongly.
#[must_use]
pub fn case(case: &Case, engines: &[Box<dyn Engine>], plan: Plan) -> Vec<Time> {
    let job = case.job();
    let mut runners = Vec::new();
    for engine in engines {
        case.verify(&**engine, &job);
        if let Some(pass) = case.prepare(&**engine, &job) {
            runners.push(Runner::new(engine.name(), pass, job.messages, plan.slice));
        }
    }
    for round in 0..plan.rounds {
        // Nobody always comes after the same one.
        let first = round % runners.len().max(1);
        let (back, front) = runners.split_at_mut(first);
        front.iter_mut().chain(back).for_each(Runner::round);
    }
    runners.into_iter().map(Runner::time).collect()
}

struct Runner {
    engine: &'static str,
    pass: Pass,
    messages: usize,
    /// Passes in a round.
    passes: u32,
    samples: Vec<f64>,
}

impl Runner {
    /// Warms up, and finds out how many passes fill a slice.
    fn new(engine: &'static str, pass: Pass, messages: usize, slice: Duration) -> Self {
        let mut runner = Self { engine, pass, messages, passes: 1, samples: Vec::new() };
        loop {
            let took = runner.run();
            if took >= slice {
                return runner;
            }
            let factor = slice.as_nanos() / took.as_nanos().max(1) + 1;
            runner.passes *= u32::try_from(factor.min(8)).unwrap_or(8).max(2);
        }
    }

    fn round(&mut self) {
        let took = self.run().as_secs_f64() * 1e9;
        self.samples.push(took / f64::from(self.passes) / self.messages as f64);
    }

    fn run(&mut self) -> Duration {
        let started = Instant::now();
        let mut messages = 0;
        for _ in 0..self.passes {
            let mut tally = Tally::default();
            (self.pass)(&mut tally);
            messages += tally.messages;
        }
        let took = started.elapsed();
        assert_eq!(messages, self.messages * self.passes as usize, "{} loses no message", self.engine);
        let _ = pipe::written();
        took
    }

    fn time(mut self) -> Time {
        self.samples.sort_by(f64::total_cmp);
        let at = |index: usize| self.samples.get(index).copied().unwrap_or(f64::NAN);
        Time { engine: self.engine, minimum: at(0), median: at(self.samples.len() / 2) }
    }
}
