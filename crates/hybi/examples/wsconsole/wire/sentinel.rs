//! Frames as hixie-75 and hybi-00 have them: text between a byte `00` and a byte `FF` (hybi-00 §4.2).

use hybi::frame::{SENTINEL_CLOSE, SENTINEL_END};

use super::row::{Payload, Rows};

/// Where in a frame the stream is.
pub(super) struct Sentinel {
    frame: Option<Frame>,
}

/// A frame whose first byte was shown: it has a length, or it ends with a byte `FF`.
struct Frame {
    left: Option<u64>,
    payload: Payload,
}

impl Sentinel {
    pub(super) const fn new() -> Self {
        Self { frame: None }
    }

    pub(super) fn show_next(&mut self, bytes: &[u8], rows: &mut Rows) -> Option<usize> {
        match &mut self.frame {
            None => {
                let (size, frame) = show_beginning(bytes, rows)?;
                self.frame = frame;
                Some(size)
            }
            Some(frame) => {
                let (size, ended) = frame.show(bytes, rows);
                if ended {
                    self.frame = None;
                }
                Some(size)
            }
        }
    }
}

impl Frame {
    /// Shows what is there of the payload; tells its size, and whether the frame ends with it.
    fn show(&mut self, bytes: &[u8], rows: &mut Rows) -> (usize, bool) {
        let end = match self.left {
            Some(left) => usize::try_from(left).ok(),
            None => bytes.iter().position(|byte| *byte == SENTINEL_END),
        };
        let (payload, rest) = end.and_then(|end| bytes.split_at_checked(end)).unwrap_or((bytes, &[]));
        self.payload.show(payload, payload, rows);
        if let Some(left) = &mut self.left {
            *left -= payload.len() as u64;
            return (payload.len(), *left == 0);
        }
        let Some(last) = rest.get(..1) else { return (payload.len(), false) };
        self.payload.end(rows);
        rows.bytes(last, "a frame ends");
        (payload.len() + last.len(), true)
    }
}

/// Shows the first bytes of a frame; tells their size, and what follows them.
fn show_beginning(bytes: &[u8], rows: &mut Rows) -> Option<(usize, Option<Frame>)> {
    let (kind, rest) = bytes.split_first()?;
    if kind & 0x80 == 0 {
        rows.gap();
        rows.bytes(&[*kind], &format!("a frame begins, type {kind:02x}{}", if *kind == 0 { ": text" } else { "" }));
        return Some((1, Some(Frame { left: None, payload: Payload::new("payload") })));
    }
    let end = rest.iter().position(|byte| byte & 0x80 == 0)? + 1;
    let (number, _) = rest.split_at_checked(end)?;
    let length = number.iter().fold(0_u64, |length, byte| length << 7 | u64::from(byte & 0x7F));
    let size = 1 + number.len();
    rows.gap();
    if bytes.starts_with(&SENTINEL_CLOSE) {
        rows.bytes(&SENTINEL_CLOSE, "close");
    } else {
        rows.bytes(bytes.get(..size.min(MAX))?, &format!("a frame begins, type {kind:02x}, length {length}"));
    }
    Some((size, (length > 0).then(|| Frame { left: Some(length), payload: Payload::new("no meaning") })))
}

/// As much as a row shows of a length.
const MAX: usize = 16;
