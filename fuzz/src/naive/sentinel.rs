//! hybi-00 §4.2 and §5.3, read once more.

use hybi::frame::{Error, Opcode};

use super::{Frame, Outcome};

/// What these bytes say, where `FF 00` closes or does not.
pub(crate) fn sentinel(bytes: &[u8], closes: bool, limit: u64) -> Outcome {
    let mut outcome = Outcome { frames: Vec::new(), end: Ok(true) };
    let mut rest = bytes;
    let frame = |opcode, payload: &[u8]| Frame { opcode, fin: true, rsv: 0, payload: payload.to_vec() };
    while let Some((&kind, behind)) = rest.split_first() {
        if kind < 0x80 {
            let end = behind.iter().position(|byte| *byte == 0xFF);
            let payload = &behind[..end.unwrap_or(behind.len())];
            if payload.len() as u64 > limit {
                return Outcome { end: Err(Error::FrameTooLarge { size: limit + 1, limit }), ..outcome };
            }
            if end.is_none() {
                return Outcome { end: Ok(false), ..outcome };
            }
            if kind == 0 {
                outcome.frames.push(frame(Opcode::Text, payload));
            }
            rest = &behind[payload.len() + 1..];
            continue;
        }
        let last = behind.iter().position(|byte| *byte < 0x80);
        let size = last.map_or(behind.len(), |last| last + 1);
        if last.is_some_and(|last| last >= 9) || last.is_none() && size >= 9 {
            return Outcome { end: Err(Error::SentinelLength), ..outcome };
        }
        if last.is_none() {
            return Outcome { end: Ok(false), ..outcome };
        }
        let length = behind[..size].iter().fold(0_u64, |length, byte| length << 7 | u64::from(byte & 0x7F));
        if length > limit {
            return Outcome { end: Err(Error::FrameTooLarge { size: length, limit }), ..outcome };
        }
        if kind == 0xFF && length == 0 && closes {
            outcome.frames.push(frame(Opcode::Close, b""));
        }
        match usize::try_from(length).ok().and_then(|length| behind.get(size + length..)) {
            Some(behind) => rest = behind,
            None => return Outcome { end: Ok(false), ..outcome },
        }
    }
    outcome
}
