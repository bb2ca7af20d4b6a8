//! Frames with opcode, length and mask: RFC 6455 §5.2, and hybi-10, which has the same.

use crate::conformance::event::preview;
use crate::conformance::version::Side;

/// A frame to send. Every field can be wrong on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) fin: bool,
    /// The three reserved bits as a number; 4 is RSV1.
    pub(crate) rsv: u8,
    pub(crate) opcode: u8,
    pub(crate) payload: Vec<u8>,
    pub(crate) form: Form,
    pub(crate) masking: Masking,
    /// A length to announce instead of that of the payload.
    pub(crate) claim: Option<u64>,
}

/// How the length is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// In as few bytes as possible, as the RFC wants it.
    Shortest,
    /// 126, then two bytes.
    Two,
    /// 127, then eight bytes.
    Eight,
}

/// Whether the payload is masked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Masking {
    /// By a client, not by a server.
    Right,
    /// By a server, not by a client.
    Wrong,
    /// As it is right, but with this key if there is one.
    Key([u8; 4]),
}

pub(crate) const CONTINUATION: u8 = 0;
pub(crate) const TEXT: u8 = 1;
pub(crate) const BINARY: u8 = 2;
pub(crate) const CLOSE: u8 = 8;
pub(crate) const PING: u8 = 9;
pub(crate) const PONG: u8 = 10;

/// No frame may announce more than this; it keeps the suite's own memory bounded.
pub(crate) const MAX_PAYLOAD: u64 = 64 << 20;

impl Frame {
    pub(crate) fn new(opcode: u8, payload: impl Into<Vec<u8>>) -> Self {
        Self {
            fin: true,
            rsv: 0,
            opcode,
            payload: payload.into(),
            form: Form::Shortest,
            masking: Masking::Right,
            claim: None,
        }
    }

    pub(crate) fn text(payload: impl Into<Vec<u8>>) -> Self {
        Self::new(TEXT, payload)
    }

    pub(crate) fn binary(payload: impl Into<Vec<u8>>) -> Self {
        Self::new(BINARY, payload)
    }

    pub(crate) fn ping(payload: impl Into<Vec<u8>>) -> Self {
        Self::new(PING, payload)
    }

    pub(crate) fn pong(payload: impl Into<Vec<u8>>) -> Self {
        Self::new(PONG, payload)
    }

    /// A continuation with FIN; see [`more`](Self::more).
    pub(crate) fn last(payload: impl Into<Vec<u8>>) -> Self {
        Self::new(CONTINUATION, payload)
    }

    /// A close frame with a code.
    pub(crate) fn close(code: u16) -> Self {
        Self::new(CLOSE, code.to_be_bytes())
    }

    /// A close frame with a code and a reason.
    pub(crate) fn close_reason(code: u16, reason: impl AsRef<[u8]>) -> Self {
        Self::new(CLOSE, [&code.to_be_bytes(), reason.as_ref()].concat())
    }

    /// Without FIN: more fragments follow.
    pub(crate) fn more(mut self) -> Self {
        self.fin = false;
        self
    }

    pub(crate) fn rsv(mut self, bits: u8) -> Self {
        self.rsv = bits;
        self
    }

    pub(crate) fn form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    pub(crate) fn masking(mut self, masking: Masking) -> Self {
        self.masking = masking;
        self
    }

    pub(crate) fn claim(mut self, length: u64) -> Self {
        self.claim = Some(length);
        self
    }

    /// Appends the frame as `side` writes it, with `key` where it is masked.
    pub(crate) fn encode(&self, side: Side, key: [u8; 4], output: &mut Vec<u8>) {
        let (masked, key) = match self.masking {
            Masking::Right => (side == Side::Client, key),
            Masking::Wrong => (side == Side::Server, key),
            Masking::Key(key) => (side == Side::Client, key),
        };
        let fin = if self.fin { 0x80 } else { 0 };
        output.push(fin | (self.rsv & 7) << 4 | self.opcode & 0x0F);
        let mask_bit = if masked { 0x80 } else { 0 };
        let length = self.claim.unwrap_or(self.payload.len() as u64);
        let form = match self.form {
            Form::Shortest => shortest(length),
            form => form,
        };
        match (form, u16::try_from(length)) {
            (Form::Two, Ok(length)) => {
                output.push(mask_bit | 126);
                output.extend_from_slice(&length.to_be_bytes());
            }
            (Form::Shortest, Ok(length)) => output.push(mask_bit | (length & 0x7F) as u8),
            _ => {
                output.push(mask_bit | 127);
                output.extend_from_slice(&length.to_be_bytes());
            }
        }
        if masked {
            output.extend_from_slice(&key);
        }
        let start = output.len();
        output.extend_from_slice(&self.payload);
        if masked {
            mask(output.get_mut(start..).unwrap_or_default(), key);
        }
    }

    /// One line for a log.
    pub(crate) fn describe(&self) -> String {
        let mut text = describe(self.fin, self.rsv, self.opcode, &self.payload);
        if self.masking == Masking::Wrong {
            text.push_str(", masked in the wrong direction");
        }
        if self.form != Form::Shortest {
            text.push_str(if self.form == Form::Two { ", length in 2 bytes" } else { ", length in 8 bytes" });
        }
        if let Some(claim) = self.claim {
            text.push_str(&format!(", announces {claim} bytes"));
        }
        text
    }
}

/// A frame that the peer sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Received {
    pub(crate) fin: bool,
    pub(crate) rsv: u8,
    pub(crate) opcode: u8,
    /// Already unmasked.
    pub(crate) payload: Vec<u8>,
    pub(crate) mask: Option<[u8; 4]>,
    /// Whether the length was written in as few bytes as possible.
    pub(crate) shortest: bool,
    /// Bytes that the frame took on the wire.
    pub(crate) size: usize,
}

impl Received {
    /// One line for a log.
    pub(crate) fn describe(&self) -> String {
        let mut text = describe(self.fin, self.rsv, self.opcode, &self.payload);
        if let Some([a, b, c, d]) = self.mask {
            text.push_str(&format!(", mask {a:02x}{b:02x}{c:02x}{d:02x}"));
        }
        if !self.shortest {
            text.push_str(", length not in its shortest form");
        }
        text
    }
}

/// What is in front of a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) fin: bool,
    pub(crate) rsv: u8,
    pub(crate) opcode: u8,
    pub(crate) length: u64,
    pub(crate) mask: Option<[u8; 4]>,
    /// Whether the length was written in as few bytes as possible.
    pub(crate) shortest: bool,
    /// Bytes that the header took on the wire.
    pub(crate) size: usize,
}

/// What is at the front of some bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Decoded {
    /// Only a part of a frame.
    Partial,
    Frame(Received),
    /// A frame that announces more than [`MAX_PAYLOAD`].
    TooLong(u64),
}

/// Reads a header, once all of it is there.
pub(crate) fn header(bytes: &[u8]) -> Option<Header> {
    let (&[first, second], rest) = bytes.split_first_chunk::<2>()?;
    let (length, shortest, rest) = match second & 0x7F {
        126 => {
            let (length, rest) = rest.split_first_chunk::<2>()?;
            let length = u64::from(u16::from_be_bytes(*length));
            (length, shortest(length) == Form::Two, rest)
        }
        127 => {
            let (length, rest) = rest.split_first_chunk::<8>()?;
            let length = u64::from_be_bytes(*length);
            (length, shortest(length) == Form::Eight, rest)
        }
        length => (u64::from(length), true, rest),
    };
    let (mask, rest) = if second & 0x80 == 0 {
        (None, rest)
    } else {
        let (key, rest) = rest.split_first_chunk::<4>()?;
        (Some(*key), rest)
    };
    Some(Header {
        fin: first & 0x80 != 0,
        rsv: first >> 4 & 7,
        opcode: first & 0x0F,
        length,
        mask,
        shortest,
        size: bytes.len() - rest.len(),
    })
}

/// Reads one frame. Nothing is refused here: who reads decides what is wrong.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    let Some(Header { fin, rsv, opcode, length, mask: key, shortest, size }) = header(bytes) else {
        return Decoded::Partial;
    };
    if length > MAX_PAYLOAD {
        return Decoded::TooLong(length);
    }
    let end = usize::try_from(length).ok().and_then(|length| size.checked_add(length));
    let Some(payload) = end.and_then(|end| bytes.get(size..end)) else {
        return Decoded::Partial;
    };
    let mut payload = payload.to_vec();
    if let Some(key) = key {
        mask(&mut payload, key);
    }
    let size = size + payload.len();
    Decoded::Frame(Received { fin, rsv, opcode, payload, mask: key, shortest, size })
}

/// Masks or unmasks.
pub(crate) fn mask(bytes: &mut [u8], key: [u8; 4]) {
    let [a, b, c, d] = key;
    let wide = u64::from_ne_bytes([a, b, c, d, a, b, c, d]);
    let (chunks, rest) = bytes.as_chunks_mut::<8>();
    for chunk in chunks {
        *chunk = (u64::from_ne_bytes(*chunk) ^ wide).to_ne_bytes();
    }
    for (byte, key) in rest.iter_mut().zip(key.iter().cycle()) {
        *byte ^= key;
    }
}

/// The name of an opcode.
pub(crate) fn name(opcode: u8) -> &'static str {
    match opcode {
        CONTINUATION => "continuation",
        TEXT => "text",
        BINARY => "binary",
        CLOSE => "close",
        PING => "ping",
        PONG => "pong",
        _ => "reserved",
    }
}

fn shortest(length: u64) -> Form {
    match length {
        0..=125 => Form::Shortest,
        126..=0xFFFF => Form::Two,
        _ => Form::Eight,
    }
}

fn describe(fin: bool, rsv: u8, opcode: u8, payload: &[u8]) -> String {
    let mut text = format!("{} ({opcode})", name(opcode));
    if !fin {
        text.push_str(", more follows");
    }
    if rsv != 0 {
        text.push_str(&format!(", rsv {rsv:03b}"));
    }
    match (opcode, payload) {
        (CLOSE, &[high, low, ..]) => {
            let code = u16::from_be_bytes([high, low]);
            text.push_str(&format!(", code {code}"));
            match payload.get(2..) {
                Some(reason) if !reason.is_empty() => text.push_str(&format!(", reason {}", preview(reason))),
                _ => {}
            }
        }
        _ => text.push_str(&format!(", {}", preview(payload))),
    }
    text
}
