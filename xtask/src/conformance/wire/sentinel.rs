//! Frames between `00` and `FF`: hybi-00 §4.2 and hixie-75.

/// A frame that the peer sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Received {
    pub(crate) kind: u8,
    pub(crate) payload: Vec<u8>,
    /// Bytes that the frame took on the wire.
    pub(crate) size: usize,
}

impl Received {
    /// One line for a log.
    pub(crate) fn describe(&self) -> String {
        let length = self.payload.len();
        match (self.kind, length) {
            (0, _) => format!("text (00 … FF), {length} bytes"),
            (0xFF, 0) => "close (FF 00)".to_owned(),
            (kind, _) => format!("type {kind:02X}, {length} bytes"),
        }
    }
}

/// What is at the front of some bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Decoded {
    Partial,
    Frame(Received),
    /// A length that no one needs.
    TooLong,
}

/// The bytes that start and answer the closing handshake of hybi-00.
pub(crate) const CLOSE: [u8; 2] = [0xFF, 0x00];

/// A text frame.
pub(crate) fn text(payload: &[u8]) -> Vec<u8> {
    [&[0x00], payload, &[0xFF]].concat()
}

/// A frame with a length, which receivers throw away.
pub(crate) fn counted(kind: u8, payload: &[u8]) -> Vec<u8> {
    let mut length = payload.len();
    let digit = |length: usize| u8::try_from(length & 0x7F).unwrap_or_default();
    let mut digits = vec![digit(length)];
    while length > 0x7F {
        length >>= 7;
        digits.push(0x80 | digit(length));
    }
    digits.reverse();
    [&[kind], digits.as_slice(), payload].concat()
}

/// Reads one frame.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    let Some((&kind, rest)) = bytes.split_first() else {
        return Decoded::Partial;
    };
    if kind & 0x80 == 0 {
        let Some(end) = rest.iter().position(|&byte| byte == 0xFF) else {
            return Decoded::Partial;
        };
        let payload = rest.get(..end).unwrap_or_default().to_vec();
        return Decoded::Frame(Received { kind, payload, size: end + 2 });
    }
    let mut length = 0usize;
    for (at, &digit) in rest.iter().enumerate() {
        if at >= 5 {
            return Decoded::TooLong;
        }
        length = length << 7 | usize::from(digit & 0x7F);
        if digit & 0x80 == 0 {
            let start = at + 1;
            return match rest.get(start..start + length) {
                Some(payload) => Decoded::Frame(Received { kind, payload: payload.to_vec(), size: 1 + start + length }),
                None => Decoded::Partial,
            };
        }
    }
    Decoded::Partial
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_in_sevens() {
        assert_eq!(counted(0x80, &[0; 0x7F]).get(..2), Some(&[0x80, 0x7F][..]));
        assert_eq!(counted(0x80, &[0; 0x80]).get(..3), Some(&[0x80, 0x81, 0x00][..]));
        assert_eq!(counted(0xFF, &[]), CLOSE);
        let frame = counted(0x81, &[7; 0x1234]);
        let Decoded::Frame(read) = decode(&frame) else { panic!("a whole frame") };
        assert_eq!((read.kind, read.payload.len(), read.size), (0x81, 0x1234, frame.len()));
    }
}
