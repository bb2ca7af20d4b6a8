//! Frames as hybi-10 and RFC 6455 have them (RFC 6455 §5.2).

use hybi::CloseCode;
use hybi::frame::{Opcode, mask};

use super::row::{Payload, Rows};

/// Where in a frame the stream is.
pub(super) struct Base {
    frame: Option<Frame>,
}

/// A frame whose header was shown.
struct Frame {
    left: u64,
    key: Option<mask::Key>,
    /// A close frame, of which nothing of the payload was shown.
    close: bool,
    payload: Payload,
}

impl Base {
    pub(super) const fn new() -> Self {
        Self { frame: None }
    }

    pub(super) fn show_next(&mut self, bytes: &[u8], rows: &mut Rows) -> Option<usize> {
        let (size, frame) = match self.frame.take() {
            None => show_header(bytes, rows)?,
            Some(mut frame) => {
                let size = frame.show(bytes, rows);
                if size.is_none() {
                    self.frame = Some(frame);
                    return None;
                }
                (size?, frame)
            }
        };
        if frame.left > 0 {
            self.frame = Some(frame);
        } else {
            frame.payload.end(rows);
        }
        Some(size)
    }
}

impl Frame {
    /// Shows what is there of the payload.
    fn show(&mut self, bytes: &[u8], rows: &mut Rows) -> Option<usize> {
        let limit = if self.close { CODE } else { bytes.len() };
        let size = usize::try_from(self.left).unwrap_or(limit).min(limit);
        let wire = bytes.get(..size)?;
        let mut plain = wire.to_vec();
        if let Some(key) = self.key {
            self.key = Some(mask::apply(key, &mut plain));
        }
        match plain.first_chunk() {
            Some(code) if self.close => {
                rows.bytes(wire, &format!("close code {}", CloseCode::new(u16::from_be_bytes(*code))));
            }
            _ => self.payload.show(wire, &plain, rows),
        }
        self.close = false;
        self.left -= size as u64;
        Some(size)
    }
}

/// Shows the fields of a header, and tells its size and what follows it.
fn show_header(bytes: &[u8], rows: &mut Rows) -> Option<(usize, Frame)> {
    let ([first, second], rest) = bytes.split_first_chunk()?;
    let (long, rest) = rest.split_at_checked(match second & 0x7F {
        126 => 2,
        127 => 8,
        _ => 0,
    })?;
    let masked = second & 0x80 != 0;
    let (key, rest) = rest.split_at_checked(if masked { 4 } else { 0 })?;
    let length = match long {
        [] => u64::from(second & 0x7F),
        long => long.iter().fold(0, |length, byte| length << 8 | u64::from(*byte)),
    };

    rows.gap();
    rows.bytes(&[*first], &describe_first(*first));
    rows.bytes(&[*second], &describe_second(*second));
    if !long.is_empty() {
        rows.bytes(long, &format!("length {length}"));
    }
    if masked {
        rows.bytes(key, "masking key");
    }
    let opcode = Opcode::from_bits(first & 0x0F);
    let frame = Frame {
        left: length,
        key: key.first_chunk().copied(),
        close: opcode == Some(Opcode::Close),
        payload: Payload::new(match opcode {
            Some(Opcode::Close) => "reason",
            _ if first & 0x40 != 0 => "compressed",
            _ => "payload",
        }),
    };
    Some((bytes.len() - rest.len(), frame))
}

/// `FIN 1, RSV 000, opcode 1: text`
fn describe_first(byte: u8) -> String {
    let (fin, rsv, opcode) = (byte >> 7, byte >> 4 & 0b111, byte & 0x0F);
    let name = Opcode::from_bits(opcode).map_or_else(|| "reserved".to_owned(), |opcode| opcode.to_string());
    format!("FIN {fin}, RSV {rsv:03b}, opcode {opcode:x}: {name}")
}

/// `MASK 1, length 5`
fn describe_second(byte: u8) -> String {
    let (mask, length) = (byte >> 7, byte & 0x7F);
    match length {
        126 => format!("MASK {mask}, length in the next 2 bytes"),
        127 => format!("MASK {mask}, length in the next 8 bytes"),
        length => format!("MASK {mask}, length {length}"),
    }
}

/// The size of a close code.
const CODE: usize = 2;
