//! A conversation as data: what is sent, what may come back, and how it is to end.

use core::time::Duration;

use crate::conformance::event::{Event, Tcp, Who};
use crate::conformance::talk::{Chop, Talk, after};
use crate::conformance::verdict::{self, CloseRule, Grade, Judgement, Outcome};
use crate::conformance::wire::base::Frame;

/// What a case sends and what it expects.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    steps: Vec<Step>,
    chop: Chop,
    outcomes: Vec<Outcome>,
    close: CloseRule,
    informational: bool,
    limit: Option<Duration>,
    /// What a peer does that takes what it might refuse.
    taken: Option<Outcome>,
    /// Whether the peer may close with 1008 or 1009 instead.
    may_limit: bool,
    /// Whether the peer may end the connection instead.
    may_drop: bool,
}

#[derive(Clone, Debug)]
enum Step {
    Frames(Vec<Frame>),
    Bytes(String, Vec<u8>),
    /// Watches whether the connection stays open; the event [`Event::Quiet`] says that it did.
    Pause(&'static str, Wait),
    /// Waits until there are so many events; [`Event::Quiet`] says that they did not come.
    Await(usize),
}

/// How long a pause is.
#[derive(Clone, Copy, Debug)]
enum Wait {
    /// To see that nothing happens.
    Quiet,
    /// To let a reaction come that should be prompt.
    Prompt,
}

impl Script {
    /// Nothing is sent; we close with 1000.
    pub(crate) fn new() -> Self {
        Self {
            steps: Vec::new(),
            chop: Chop::Whole,
            outcomes: Vec::new(),
            close: CloseRule::Ours { code: 1000, answers: vec![1000] },
            informational: false,
            limit: None,
            taken: None,
            may_limit: false,
            may_drop: false,
        }
    }

    /// Sends frames, in one write unless [`chop`](Self::chop) says otherwise.
    pub(crate) fn send(mut self, frames: impl IntoIterator<Item = Frame>) -> Self {
        self.steps.push(Step::Frames(frames.into_iter().collect()));
        self
    }

    /// Sends bytes.
    pub(crate) fn bytes(mut self, what: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.steps.push(Step::Bytes(what.into(), bytes.into()));
        self
    }

    /// Cuts all that is sent.
    pub(crate) fn chop(mut self, chop: Chop) -> Self {
        self.chop = chop;
        self
    }

    /// Sees that the connection stays open for a moment.
    pub(crate) fn quiet(mut self, tag: &'static str) -> Self {
        self.steps.push(Step::Pause(tag, Wait::Quiet));
        self
    }

    /// Gives the peer the time for a prompt reaction.
    pub(crate) fn prompt(mut self, tag: &'static str) -> Self {
        self.steps.push(Step::Pause(tag, Wait::Prompt));
        self
    }

    /// Waits for so many events before it goes on.
    pub(crate) fn wait_for(mut self, count: usize) -> Self {
        self.steps.push(Step::Await(count));
        self
    }

    /// Events as they should be.
    pub(crate) fn ok(self, events: impl IntoIterator<Item = Event>) -> Self {
        self.outcome(Grade::Ok, events, "")
    }

    /// Events that are allowed as well.
    pub(crate) fn non_strict(self, events: impl IntoIterator<Item = Event>, note: &'static str) -> Self {
        self.outcome(Grade::NonStrict, events, note)
    }

    /// The answer to our close may have one of these codes too.
    pub(crate) fn close(mut self, rule: CloseRule) -> Self {
        self.close = rule;
        self
    }

    /// The script has sent a close frame, which is to be answered with one of these codes.
    pub(crate) fn answers_close(self, answers: &[u16]) -> Self {
        let answers = answers.to_vec();
        self.close(CloseRule::Sent { answers, clean: true })
    }

    /// The script has sent a close frame that is wrong.
    pub(crate) fn refuses_close(self, answers: &[u16]) -> Self {
        let answers = answers.to_vec();
        self.close(CloseRule::Sent { answers, clean: false })
    }

    /// The peer fails the connection.
    pub(crate) fn peer_fails(self, codes: &[u16]) -> Self {
        let codes = codes.to_vec();
        self.close(CloseRule::Peers { codes })
    }

    /// The peer fails the connection or, which is not strict, takes what was sent; then we close.
    pub(crate) fn or_taken(mut self, event: Event, note: &'static str) -> Self {
        self.taken = Some(Outcome { events: vec![event], grade: Grade::NonStrict, note });
        self
    }

    /// The peer may say, with 1008 or 1009, that this is too much for it; that is not strict.
    pub(crate) fn or_limited(mut self) -> Self {
        self.may_limit = true;
        self
    }

    /// The peer may end the connection; that is not strict.
    pub(crate) fn peer_may_drop(mut self) -> Self {
        self.may_drop = true;
        self
    }

    /// Whatever happens is only told.
    pub(crate) fn informational(mut self) -> Self {
        self.informational = true;
        self.close(CloseRule::Any)
    }

    /// How long the events may take, where that is longer than the usual timeout.
    pub(crate) fn limit(mut self, seconds: u64) -> Self {
        self.limit = Some(Duration::from_secs(seconds));
        self
    }

    /// What is expected, in words.
    pub(crate) fn expects(&self) -> String {
        let events = |outcome: &Outcome| verdict::list(&outcome.events);
        let mut text = match self.outcomes.first() {
            Some(outcome) if !outcome.events.is_empty() => events(outcome),
            _ => "no message".to_owned(),
        };
        for outcome in self.outcomes.iter().skip(1) {
            text.push_str(&format!(", or (non-strict) {}", events(outcome)));
        }
        let codes = |codes: &[u16]| {
            let codes: Vec<_> = codes.iter().map(u16::to_string).collect();
            codes.join(" or ")
        };
        text.push_str(&match &self.close {
            CloseRule::Ours { answers, .. } => {
                format!("; then we close, and the peer answers with {} or no code", codes(answers))
            }
            CloseRule::Sent { answers, clean: true } => {
                format!("; our close frame is answered with {} or no code", codes(answers))
            }
            CloseRule::Sent { answers, clean: false } => {
                format!("; the peer closes with {} or drops the connection", codes(answers))
            }
            CloseRule::Peers { codes: list } => {
                format!("; the peer fails the connection, with {} or without a code", codes(list))
            }
            CloseRule::Any => "; the ending is not judged".to_owned(),
        });
        text
    }

    /// Has the conversation and judges it.
    pub(crate) fn play(&self, talk: &mut Talk) -> Judgement {
        for step in &self.steps {
            if !self.step(step, talk) {
                break;
            }
        }
        let limit = self.limit.unwrap_or(talk.pace.timeout);
        if let Some(taken) = &self.taken {
            talk.read_until(after(limit), |talk| talk.is_over() || talk.events == taken.events);
            if !talk.is_over() && talk.events == taken.events {
                talk.close(1000);
                talk.read_until(after(talk.pace.timeout), Talk::is_over);
                talk.finish();
                let rule = CloseRule::Ours { code: 1000, answers: vec![1000] };
                let outcomes = core::slice::from_ref(taken);
                return verdict::judge(&talk.events, &talk.ending, outcomes, &rule);
            }
        }
        match &self.close {
            CloseRule::Ours { code, .. } => {
                self.await_events(talk, limit);
                if !talk.is_over() {
                    talk.close(*code);
                }
            }
            CloseRule::Sent { .. } | CloseRule::Peers { .. } | CloseRule::Any => {}
        }
        talk.read_until(after(talk.pace.timeout), Talk::is_over);
        if !talk.is_over() {
            talk.log.note("nothing more came in time; we give up");
            talk.ending.first.get_or_insert(Who::Us);
            talk.ending.tcp = Tcp::GivenUp;
        }
        talk.finish();
        let code = talk.ending.close.as_ref().and_then(|close| close.code);
        if let (true, Some(code @ (1008 | 1009))) = (self.may_limit, code) {
            return Judgement::non_strict(format!("the peer sets a limit, and closed with {code}"));
        }
        if self.may_drop && talk.ending.first == Some(Who::Peer) && talk.events.is_empty() {
            return Judgement::non_strict("the peer ended the connection");
        }
        let mut judgement = verdict::judge(&talk.events, &talk.ending, &self.outcomes, &self.close);
        if self.informational {
            judgement.grade = Grade::Informational;
            judgement.why = format!(
                "{}; {}",
                verdict::list(&talk.events),
                verdict::close_grade(&talk.ending, &CloseRule::Sent { answers: Vec::new(), clean: false }).1
            );
        }
        judgement
    }

    /// Makes a step; false if the conversation is over.
    fn step(&self, step: &Step, talk: &mut Talk) -> bool {
        match step {
            Step::Frames(frames) => talk.send(frames, self.chop),
            Step::Bytes(what, bytes) => talk.send_bytes(what, bytes, self.chop),
            Step::Pause(tag, wait) => {
                let time = match wait {
                    Wait::Quiet => talk.pace.quiet,
                    Wait::Prompt => talk.pace.prompt,
                };
                talk.read_until(after(time), Talk::is_over);
                if talk.is_over() {
                    return false;
                }
                talk.events.push(Event::Quiet(tag));
            }
            Step::Await(count) => {
                let enough = |talk: &Talk| talk.is_over() || talk.events.len() >= *count;
                talk.read_until(after(talk.pace.prompt), enough);
                if talk.events.len() < *count && !talk.is_over() {
                    talk.events.push(Event::Quiet("without the answer"));
                }
            }
        }
        true
    }

    /// Waits for the best outcome; for a worse one that is there already, not for long.
    fn await_events(&self, talk: &mut Talk, limit: Duration) {
        let best = self.outcomes.first().map(|outcome| outcome.events.clone());
        let best = best.unwrap_or_default();
        let is_there = |talk: &Talk| self.outcomes.iter().any(|o| o.events == talk.events);
        let settled =
            |talk: &Talk| talk.is_over() || talk.events == best || !verdict::is_hopeful(&talk.events, &self.outcomes);
        talk.read_until(after(limit), |talk| settled(talk) || is_there(talk));
        if !settled(talk) && is_there(talk) {
            talk.read_until(after(talk.pace.prompt), settled);
        }
    }

    fn outcome(mut self, grade: Grade, events: impl IntoIterator<Item = Event>, note: &'static str) -> Self {
        let events = events.into_iter().collect();
        self.outcomes.push(Outcome { events, grade, note });
        self
    }
}
