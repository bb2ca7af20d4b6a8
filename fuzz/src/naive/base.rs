//! RFC 6455 §5.2, read once more.

use hybi::Role;
use hybi::frame::{Error, Opcode};
use hybi_testkit::naive_mask;

use super::{Frame, Outcome};

/// What these bytes say to an end of this role, which takes frames up to the limit and these reserved bits.
pub(crate) fn base(bytes: &[u8], role: Role, limit: u64, allowed: u8) -> Outcome {
    let mut outcome = Outcome { frames: Vec::new(), end: Ok(true) };
    let (mut rest, mut in_message) = (bytes, false);
    while !rest.is_empty() {
        match frame(&mut rest, role, limit, allowed, &mut in_message) {
            Ok(Some(frame)) => outcome.frames.push(frame),
            Ok(None) => return Outcome { end: Ok(false), ..outcome },
            Err(error) => return Outcome { end: Err(error), ..outcome },
        }
    }
    outcome
}

/// The next frame; `None` if its end is missing.
fn frame(rest: &mut &[u8], role: Role, limit: u64, allowed: u8, in_message: &mut bool) -> Result<Option<Frame>, Error> {
    let bytes = *rest;
    if bytes.len() < 2 {
        return Ok(None);
    }
    let (fin, rsv, code, masked) = (bytes[0] & 0x80 != 0, bytes[0] >> 4 & 7, bytes[0] & 15, bytes[1] & 0x80 != 0);
    let extra = [0, 2, 8][usize::from((bytes[1] & 0x7F).saturating_sub(125))];
    let header = 2 + extra + if masked { 4 } else { 0 };
    // What is known of a header is judged at once; what the rest of it could still say is not.
    let opcode = Opcode::from_bits(code).ok_or(Error::ReservedOpcode(code))?;
    if opcode.is_control() && !fin {
        return Err(Error::ControlFragmented(opcode));
    }
    let Some(digits) = bytes.get(2..2 + extra) else { return Ok(None) };
    let length = match extra {
        0 => u64::from(bytes[1] & 0x7F),
        _ => digits.iter().fold(0, |length, digit| length << 8 | u64::from(*digit)),
    };
    if length >= 1 << 63 {
        return Err(Error::LengthOutOfRange(length));
    }
    if extra == 2 && length <= 125 || extra == 8 && length <= 0xFFFF {
        return Err(Error::LengthNotMinimal(length));
    }
    if opcode.is_control() && length > 125 {
        return Err(Error::ControlTooLong(length));
    }
    if bytes.len() < header {
        return Ok(None);
    }
    if rsv & !allowed != 0 {
        return Err(Error::ReservedBits(rsv));
    }
    match (role, masked) {
        (Role::Server, false) => return Err(Error::MaskMissing),
        (Role::Client, true) => return Err(Error::MaskUnexpected),
        _ => {}
    }
    if length > limit {
        return Err(Error::FrameTooLarge { size: length, limit });
    }
    match (opcode, *in_message) {
        (Opcode::Continuation, false) => return Err(Error::ContinuationUnexpected),
        (Opcode::Text | Opcode::Binary, true) => return Err(Error::ContinuationExpected(opcode)),
        _ => {}
    }
    if !opcode.is_control() {
        *in_message = !fin;
    }
    let end = usize::try_from(length).ok().and_then(|length| header.checked_add(length));
    let Some(payload) = end.and_then(|end| bytes.get(header..end)) else { return Ok(None) };
    let mut payload = payload.to_vec();
    if masked {
        let key: [u8; 4] = bytes[header - 4..header].try_into().expect("four bytes");
        naive_mask(&mut payload, key, 0);
    }
    *rest = &bytes[header + payload.len()..];
    Ok(Some(Frame { opcode, fin, rsv, payload }))
}
