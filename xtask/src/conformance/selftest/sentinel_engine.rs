//! An echo peer after its opening handshake, in the versions with `00 … FF`.

use core::time::Duration;

use crate::conformance::selftest::defect::Defect;
use crate::conformance::socket::{Arrived, Socket};
use crate::conformance::talk::after;
use crate::conformance::version::Version;
use crate::conformance::wire::sentinel::{CLOSE, Decoded, decode, text};

/// Echoes until the connection ends. A first message is given back instead, if `keeps`.
pub(crate) fn run(mut socket: Socket, version: Version, defect: Defect, mut keeps: bool) -> Option<Vec<u8>> {
    let patience = Duration::from_secs(5);
    let mut kept = None;
    loop {
        match decode(socket.bytes()) {
            Decoded::Partial => {
                if !matches!(socket.fill(after(Duration::from_secs(60))), Arrived::Bytes) {
                    break;
                }
            }
            Decoded::TooLong => break,
            Decoded::Frame(frame) => {
                socket.take(frame.size);
                match frame.kind {
                    0xFF if version == Version::Hybi00 && frame.payload.is_empty() => {
                        if defect != Defect::NoSentinelClose {
                            let _ = socket.write(&CLOSE, patience);
                        }
                        break;
                    }
                    0 if keeps => {
                        keeps = false;
                        kept = Some(frame.payload);
                    }
                    kind if kind == 0 || defect == Defect::AnyType => {
                        let message = String::from_utf8_lossy(&frame.payload).into_owned();
                        let _ = socket.write(&text(message.as_bytes()), patience);
                    }
                    _ => {}
                }
            }
        }
    }
    socket.finish();
    let deadline = after(Duration::from_millis(500));
    while socket.fill(deadline) == Arrived::Bytes {
        socket.take(usize::MAX / 2);
    }
    kept
}
