//! Many messages, each sent when the one before has come back.

use core::time::Duration;
use std::time::Instant;

use crate::conformance::data::Data;
use crate::conformance::event::Event;
use crate::conformance::opening::{Deflate, Opening};
use crate::conformance::talk::{Chop, Talk, after};
use crate::conformance::verdict::{self, CloseRule, Grade, Judgement};
use crate::conformance::wire::base::{self, Frame};

/// A loop of messages.
#[derive(Clone, Debug)]
pub(crate) struct EchoLoop {
    pub(crate) count: usize,
    pub(crate) size: usize,
    pub(crate) data: Data,
    pub(crate) is_text: bool,
    /// Bytes of a fragment; 0 for a message in one frame.
    pub(crate) fragment: usize,
    pub(crate) deflate: Option<Deflate>,
    /// How long all of it may take.
    pub(crate) seconds: u64,
}

impl EchoLoop {
    pub(crate) fn opening(&self) -> Opening {
        Opening { deflate: self.deflate.clone() }
    }

    pub(crate) fn expects(&self) -> String {
        let compressed = if self.deflate.is_some() {
            "compressed if the peer agrees to permessage-deflate (else the case is skipped)"
        } else {
            "not compressed"
        };
        format!(
            "{} messages of {} bytes come back as they were sent, within {} s, {compressed}; then we \
             close, and the peer answers with 1000 or no code",
            self.count, self.size, self.seconds
        )
    }

    pub(crate) fn play(&self, talk: &mut Talk) -> Judgement {
        if self.deflate.is_some() && talk.codec.is_none() {
            talk.close(1000);
            talk.read_until(after(talk.pace.timeout), Talk::is_over);
            talk.finish();
            return Judgement::unimplemented("the peer did not agree to permessage-deflate as offered");
        }
        let start = Instant::now();
        let deadline = start + Duration::from_secs(self.seconds);
        let mut at = 0;
        let mut wire = 0;
        for count in 0..self.count {
            if count == SHOWN {
                talk.log.note("the messages that follow are not logged");
                talk.log.pause(true);
            }
            let message = self.data.slice(&mut at, self.size);
            let sent = match self.send(&message, talk) {
                Ok(sent) => sent,
                Err(error) => return Judgement::failed(error),
            };
            wire += sent;
            talk.read_until(deadline, |talk| talk.is_over() || !talk.events.is_empty());
            let expected = if self.is_text { Event::Text(message) } else { Event::Binary(message) };
            let event = talk.events.pop();
            if event.as_ref() != Some(&expected) {
                talk.log.pause(false);
                let why = match event {
                    Some(event) => format!("message {count}: expected {expected:?}, got {event:?}"),
                    None => format!("message {count} of {} did not come back", self.size),
                };
                talk.log.note(&why);
                talk.close(1000);
                return Judgement::failed(why);
            }
        }
        let time = start.elapsed();
        talk.log.pause(false);
        talk.close(1000);
        talk.read_until(after(talk.pace.timeout), Talk::is_over);
        talk.finish();
        let rule = CloseRule::Ours { code: 1000, answers: vec![1000] };
        let mut judgement = verdict::judge(&talk.events, &talk.ending, &[nothing()], &rule);
        if judgement.grade == Grade::Ok {
            let ratio = wire as f64 / (self.count * self.size).max(1) as f64;
            let sent = if self.deflate.is_some() {
                format!(", sent at {:.0} % of their size", ratio * 100.0)
            } else {
                String::new()
            };
            judgement.why = format!("{} messages in {} ms{sent}; {}", self.count, time.as_millis(), judgement.why);
        }
        judgement
    }

    /// Sends a message, and tells how many bytes of payload it took.
    fn send(&self, message: &[u8], talk: &mut Talk) -> Result<usize, String> {
        let (payload, rsv) = match &mut talk.codec {
            Some(codec) => (codec.compress(message)?, 4),
            None => (message.to_vec(), 0),
        };
        let opcode = if self.is_text { base::TEXT } else { base::BINARY };
        let sent = payload.len();
        let frames = fragments(opcode, rsv, payload, self.fragment);
        talk.send(&frames, Chop::Whole);
        Ok(sent)
    }
}

/// A message in frames of `size` bytes; 0 for one frame.
pub(crate) fn fragments(opcode: u8, rsv: u8, payload: Vec<u8>, size: usize) -> Vec<Frame> {
    if size == 0 || payload.len() <= size {
        return vec![Frame::new(opcode, payload).rsv(rsv)];
    }
    let count = payload.len().div_ceil(size);
    let pieces = payload.chunks(size).enumerate();
    pieces
        .map(|(at, piece)| {
            let (opcode, rsv) = if at == 0 { (opcode, rsv) } else { (base::CONTINUATION, 0) };
            let frame = Frame::new(opcode, piece).rsv(rsv);
            if at + 1 < count { frame.more() } else { frame }
        })
        .collect()
}

fn nothing() -> verdict::Outcome {
    verdict::Outcome { events: Vec::new(), grade: Grade::Ok, note: "" }
}

/// How many messages of a loop are logged.
const SHOWN: usize = 3;
