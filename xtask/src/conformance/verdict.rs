//! What the suite thinks of what it saw. No bytes and no sockets here.

use core::fmt;

use crate::conformance::event::{Ending, Event, Tcp, Who};

/// How the peer behaved, before the closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grade {
    /// As the specification wants it.
    Ok,
    /// Allowed, but not the best that could be done.
    NonStrict,
    /// The specification leaves it open.
    Informational,
    /// The peer does not have what the case is about.
    Unimplemented,
    Failed,
}

/// How the connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CloseGrade {
    Ok,
    /// The case does not judge it.
    Informational,
    /// A closing handshake was due and was not made.
    Unclean,
    /// The peer's close frame had another code than those that fit.
    WrongCode,
    /// The wrong end closed, or none.
    Failed,
}

/// The result of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) grade: Grade,
    pub(crate) close: CloseGrade,
    /// The peer's close code.
    pub(crate) code: Option<u16>,
    /// What was seen, in words.
    pub(crate) why: String,
}

/// Both grades in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    Ok,
    NonStrict,
    Informational,
    Skipped,
    Failed,
}

impl Judgement {
    /// A grade for a case that does not look at how the connection closes.
    pub(crate) fn of(grade: Grade, why: impl Into<String>) -> Self {
        Self { grade, close: CloseGrade::Informational, code: None, why: why.into() }
    }

    pub(crate) fn ok(why: impl Into<String>) -> Self {
        Self::of(Grade::Ok, why)
    }

    pub(crate) fn non_strict(why: impl Into<String>) -> Self {
        Self::of(Grade::NonStrict, why)
    }

    pub(crate) fn failed(why: impl Into<String>) -> Self {
        Self::of(Grade::Failed, why)
    }

    pub(crate) fn unimplemented(why: impl Into<String>) -> Self {
        Self::of(Grade::Unimplemented, why)
    }

    pub(crate) fn verdict(&self) -> Verdict {
        match (self.grade, self.close) {
            (Grade::Unimplemented, _) => Verdict::Skipped,
            (Grade::Failed, _) => Verdict::Failed,
            (Grade::Informational, _) => Verdict::Informational,
            (_, CloseGrade::Unclean | CloseGrade::WrongCode | CloseGrade::Failed) => Verdict::Failed,
            (Grade::NonStrict, _) => Verdict::NonStrict,
            (Grade::Ok, _) => Verdict::Ok,
        }
    }
}

/// Events that a case allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) events: Vec<Event>,
    pub(crate) grade: Grade,
    pub(crate) note: &'static str,
}

/// How a connection is to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CloseRule {
    /// We close with this code once the events are there; the peer answers with one of these codes, or with none.
    Ours { code: u16, answers: Vec<u16> },
    /// The script has sent a close frame, which the peer answers with one of these codes, or with none.
    Sent { answers: Vec<u16>, clean: bool },
    /// The peer fails the connection, with one of these codes or without one.
    Peers { codes: Vec<u16> },
    /// Nothing is judged.
    Any,
}

/// Finds the outcome that the events are.
pub(crate) fn grade(events: &[Event], outcomes: &[Outcome]) -> (Grade, String) {
    match outcomes.iter().find(|outcome| outcome.events == events) {
        Some(outcome) if outcome.note.is_empty() && !events.is_empty() => (outcome.grade, list(events)),
        Some(outcome) => (outcome.grade, outcome.note.to_owned()),
        None => {
            let expected = outcomes.first().map(|outcome| outcome.events.as_slice());
            let why = format!("expected {}, got {}", list(expected.unwrap_or_default()), list(events));
            (Grade::Failed, why)
        }
    }
}

/// Whether more events can still make this an outcome.
pub(crate) fn is_hopeful(events: &[Event], outcomes: &[Outcome]) -> bool {
    outcomes.iter().any(|outcome| outcome.events.starts_with(events))
}

/// Judges the ending.
pub(crate) fn close_grade(ending: &Ending, rule: &CloseRule) -> (CloseGrade, String) {
    let code = ending.close.as_ref().and_then(|close| close.code);
    let (codes, first, clean) = match rule {
        CloseRule::Any => return (CloseGrade::Informational, String::new()),
        CloseRule::Ours { answers, .. } => (answers, Who::Us, true),
        CloseRule::Sent { answers, clean } => (answers, Who::Us, *clean),
        CloseRule::Peers { codes } => (codes, Who::Peer, false),
    };
    if let Some(what) = &ending.bad_close {
        return (CloseGrade::Failed, format!("the peer sent {what}"));
    }
    if ending.first != Some(first) {
        let why = match first {
            Who::Us => "the peer closed the connection before we did",
            Who::Peer => "the peer did not fail the connection",
        };
        let with = code.map_or_else(String::new, |code| format!(", with {code}"));
        return (CloseGrade::Failed, format!("{why}{with}"));
    }
    if clean && !ending.is_clean() {
        return (CloseGrade::Unclean, "the peer did not answer our close frame".to_owned());
    }
    if ending.close.is_none() && ending.tcp == Tcp::GivenUp {
        return (CloseGrade::Failed, "the peer did not close the connection".to_owned());
    }
    match code {
        Some(code) if !codes.contains(&code) => {
            let codes: Vec<_> = codes.iter().map(u16::to_string).collect();
            let why = format!("closed with {code} instead of {} or no code", codes.join(" or "));
            (CloseGrade::WrongCode, why)
        }
        Some(code) => (CloseGrade::Ok, format!("closed with {code}")),
        None if ending.close.is_some() => (CloseGrade::Ok, "closed without a code".to_owned()),
        None => (CloseGrade::Ok, "the connection was dropped without a close frame".to_owned()),
    }
}

/// Joins the two grades of a conversation.
pub(crate) fn judge(events: &[Event], ending: &Ending, outcomes: &[Outcome], rule: &CloseRule) -> Judgement {
    let (grade, seen) = grade(events, outcomes);
    let (close, closed) = close_grade(ending, rule);
    let parts = [seen.as_str(), closed.as_str()];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Judgement { grade, close, code: ending.close.as_ref().and_then(|close| close.code), why: parts.join("; ") }
}

/// Events in words.
pub(crate) fn list(events: &[Event]) -> String {
    match events {
        [] => "nothing".to_owned(),
        _ => {
            let shown = events.iter().take(6).map(|event| format!("{event:?}"));
            let mut text = shown.collect::<Vec<_>>().join(", ");
            if events.len() > 6 {
                text.push_str(&format!(" and {} more", events.len() - 6));
            }
            text
        }
    }
}

/// As Autobahn's reports have it.
impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ok => "OK",
            Self::NonStrict => "NON-STRICT",
            Self::Informational => "INFORMATIONAL",
            Self::Unimplemented => "UNIMPLEMENTED",
            Self::Failed => "FAILED",
        })
    }
}

/// As Autobahn's reports have it.
impl fmt::Display for CloseGrade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ok => "OK",
            Self::Informational => "INFORMATIONAL",
            Self::Unclean => "UNCLEAN",
            Self::WrongCode => "WRONG CODE",
            Self::Failed => "FAILED",
        })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ok => "ok",
            Self::NonStrict => "non-strict",
            Self::Informational => "info",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::wire::close::Close;

    #[test]
    fn endings_are_judged_by_who_closed_and_how() {
        let close = |code| Some(Close { code, reason: Vec::new() });
        let ours = CloseRule::Ours { code: 1000, answers: vec![1000] };
        let peers = CloseRule::Peers { codes: vec![1002] };
        let mut ending = Ending {
            first: Some(Who::Us),
            close: close(Some(1000)),
            we_closed: true,
            tcp: Tcp::Ended,
            ..Ending::default()
        };
        assert_eq!(close_grade(&ending, &ours).0, CloseGrade::Ok);
        assert_eq!(close_grade(&ending, &peers).0, CloseGrade::Failed);
        ending.close = close(Some(1001));
        assert_eq!(close_grade(&ending, &ours).0, CloseGrade::WrongCode);
        ending.close = close(None);
        assert_eq!(close_grade(&ending, &ours).0, CloseGrade::Ok);
        ending.close = None;
        assert_eq!(close_grade(&ending, &ours).0, CloseGrade::Unclean);
        ending.first = Some(Who::Peer);
        assert_eq!(close_grade(&ending, &peers).0, CloseGrade::Ok);
        ending.close = close(Some(1007));
        assert_eq!(close_grade(&ending, &peers).0, CloseGrade::WrongCode);
    }
}
