//! Messages in, frames out.

use hybi_frame::{CloseReason, Header, Opcode, encode_frame, encode_sentinel_text, mask};
use hybi_version::Wire;

use crate::connection::Shared;
use crate::extension::{Deflate, RSV1};
use crate::state::Step;
use crate::{Kind, Prepared, SendError, closing};

/// The sending half.
#[derive(Debug, Default)]
pub(crate) struct Outbound {
    /// The message in parts that was begun and not ended.
    message: Option<Kind>,
    /// Whether that one is compressed.
    compressed: bool,
    /// Where compression was agreed on.
    pub(crate) deflate: Option<Box<Deflate>>,
}

impl Outbound {
    pub(crate) fn compress(&mut self, on: bool) {
        if let Some(deflate) = &mut self.deflate {
            deflate.switch(on);
        }
    }

    pub(crate) fn retained_bytes(&self) -> usize {
        self.deflate.as_ref().map_or(0, |deflate| deflate.retained_bytes())
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "all of sending that is no call is to be a part of the caller")]
    pub(crate) fn send_text(&mut self, shared: &Shared, text: &str, output: &mut Vec<u8>) -> Result<(), SendError> {
        self.may_begin(shared)?;
        match shared.version.wire() {
            Wire::Base => self.send_whole(shared, Opcode::Text, text.as_bytes(), output),
            Wire::Sentinel => encode_sentinel_text(text, output),
        }
        Ok(())
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "all of sending that is no call is to be a part of the caller")]
    pub(crate) fn send_binary(&mut self, shared: &Shared, data: &[u8], output: &mut Vec<u8>) -> Result<(), SendError> {
        self.may_begin(shared)?;
        needs(shared, shared.version.can().binary, "binary messages")?;
        self.send_whole(shared, Opcode::Binary, data, output);
        Ok(())
    }

    /// The bytes of a message that was encoded before.
    pub(crate) fn send_prepared<'p, B: AsRef<[u8]> + From<Vec<u8>>>(
        &self,
        shared: &Shared,
        message: &'p Prepared<B>,
    ) -> Result<&'p B, SendError> {
        self.may_begin(shared)?;
        match (message.kind(), shared.version.wire()) {
            (_, Wire::Base) if shared.role.masks() => Err(SendError::PreparedByClient),
            (_, Wire::Base) => Ok(message.base()),
            (Kind::Text, Wire::Sentinel) => Ok(message.sentinel()),
            (Kind::Binary, Wire::Sentinel) => {
                needs(shared, shared.version.can().binary, "binary messages").map(|()| message.base())
            }
        }
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "all of sending that is no call is to be a part of the caller")]
    fn send_whole(&mut self, shared: &Shared, opcode: Opcode, message: &[u8], output: &mut Vec<u8>) {
        if self.deflate.is_some() && self.send_compressed(shared, opcode, message, output) {
            return;
        }
        shared.encode(opcode, message, output);
    }

    /// Appends the message compressed, if that pays.
    #[cold]
    #[inline(never)]
    fn send_compressed(&mut self, shared: &Shared, opcode: Opcode, message: &[u8], output: &mut Vec<u8>) -> bool {
        let start = output.len();
        let compressed = self.deflate.as_mut().is_some_and(|deflate| deflate.whole(message, output));
        if compressed {
            encode_around(Header { rsv: RSV1, ..shared.header(opcode, 0) }, start, output);
        }
        compressed
    }

    pub(crate) fn send_part(
        &mut self,
        shared: &Shared,
        kind: Kind,
        data: &[u8],
        last: bool,
        output: &mut Vec<u8>,
    ) -> Result<(), SendError> {
        let begins = self.message.is_none();
        let header = self.part_header(shared, kind, data.len() as u64, last)?;
        match &mut self.deflate {
            Some(deflate) if if begins { deflate.begin() } else { self.compressed } => {
                let start = output.len();
                deflate.part(data, last, output);
                encode_around(Header { rsv: if begins { RSV1 } else { 0 }, ..header }, start, output);
                self.compressed = !last;
            }
            _ => encode_frame(&header, data, output),
        }
        Ok(())
    }

    /// The header of a part, and the note that it goes out.
    pub(crate) fn part_header(
        &mut self,
        shared: &Shared,
        kind: Kind,
        length: u64,
        last: bool,
    ) -> Result<Header, SendError> {
        if !shared.state.may_send() {
            return Err(SendError::Closed);
        }
        needs(shared, shared.version.can().fragments, "messages in parts")?;
        let opcode = match (self.message, kind) {
            (None, Kind::Text) => Opcode::Text,
            (None, Kind::Binary) => Opcode::Binary,
            (Some(begun), kind) if begun == kind => Opcode::Continuation,
            (Some(begun), _) => return Err(SendError::InMessage(begun)),
        };
        self.message = if last { None } else { Some(kind) };
        Ok(Header { fin: last, ..shared.header(opcode, length) })
    }

    pub(crate) fn send_control(
        &self,
        shared: &Shared,
        opcode: Opcode,
        payload: &[u8],
        output: &mut Vec<u8>,
    ) -> Result<(), SendError> {
        if !shared.state.may_send() {
            return Err(SendError::Closed);
        }
        needs(shared, shared.version.can().ping, "ping and pong")?;
        if payload.len() as u64 > Header::MAX_CONTROL {
            return Err(SendError::ControlTooLong(payload.len()));
        }
        shared.encode(opcode, payload, output);
        Ok(())
    }

    pub(crate) fn send_close(
        &mut self,
        shared: &mut Shared,
        reason: Option<CloseReason<'_>>,
        output: &mut Vec<u8>,
    ) -> Result<(), SendError> {
        if !shared.state.may_send() {
            return Err(SendError::Closed);
        }
        if let Some(CloseReason { code, .. }) = reason {
            let version = shared.version;
            needs(shared, version.can().close_codes, "close codes")?;
            if !code.may_be_sent(version) {
                return Err(SendError::InvalidCloseCode { code, version });
            }
        }
        closing::send(shared, reason, output);
        self.message = None;
        let step = if shared.version.can().close_handshake { Step::SendClose } else { Step::Leave };
        shared.state = shared.state.after(step);
        Ok(())
    }

    /// Whether a new message may begin.
    #[inline]
    fn may_begin(&self, shared: &Shared) -> Result<(), SendError> {
        match self.message {
            _ if !shared.state.may_send() => Err(SendError::Closed),
            Some(kind) => Err(SendError::InMessage(kind)),
            None => Ok(()),
        }
    }
}

/// Whether the version has it.
const fn needs(shared: &Shared, has: bool, what: &'static str) -> Result<(), SendError> {
    if has { Ok(()) } else { Err(SendError::Unsupported { what, version: shared.version }) }
}

/// Makes a frame of the payload that lies in `output` from `start` on, by putting the header before it.
fn encode_around(header: Header, start: usize, output: &mut Vec<u8>) {
    let Some(payload) = output.get_mut(start..) else { return };
    if let Some(key) = header.mask {
        mask::apply(key, payload);
    }
    let head = Header { length: payload.len() as u64, ..header }.encode();
    output.extend_from_slice(&head);
    if let Some(frame) = output.get_mut(start..) {
        frame.rotate_right(head.len());
    }
}
