//! The close frames that we send: to close, to agree, and to tell what was wrong (RFC 6455 §5.5.1, §7.1.7; hybi-00 §5.3).

use hybi_frame::{CloseCode, CloseReason, Opcode, SENTINEL_CLOSE};
use hybi_version::Wire;

use crate::connection::Shared;
use crate::{Close, Error, State};

/// Appends a close frame as the version has it. hixie-75 has none.
pub(crate) fn send(shared: &Shared, reason: Option<CloseReason<'_>>, output: &mut Vec<u8>) {
    match shared.version.wire() {
        Wire::Base => {
            let payload = reason.map(|reason| reason.encode());
            shared.encode(Opcode::Close, payload.as_deref().unwrap_or_default(), output);
        }
        Wire::Sentinel if shared.version.can().close_handshake => output.extend_from_slice(&SENTINEL_CLOSE),
        Wire::Sentinel => {}
    }
}

/// Answers the peer's close frame with its own code, unless ours went out before it.
pub(crate) fn answer(shared: &Shared, close: Option<&Close<'_>>, output: &mut Vec<u8>) {
    if shared.state == State::Open {
        let code = close.map(|close| sendable(close.code, shared));
        send(shared, code.map(|code| CloseReason { code, text: "" }), output);
    }
}

/// Tells the peer what it did wrong, unless a close frame went out before.
pub(crate) fn tell(shared: &Shared, error: Error, output: &mut Vec<u8>) {
    if shared.state == State::Open {
        let text = error.to_string();
        send(shared, Some(CloseReason { code: sendable(error.close_code(), shared), text: &text }), output);
    }
}

/// The code, or the nearest one that the version has.
fn sendable(code: CloseCode, shared: &Shared) -> CloseCode {
    if code.may_be_sent(shared.version) {
        code
    } else if code == CloseCode::TOO_BIG {
        CloseCode::new(shared.version.facts().close_code_too_big)
    } else if code == CloseCode::POLICY_VIOLATION {
        CloseCode::PROTOCOL_ERROR
    } else {
        CloseCode::NORMAL
    }
}
