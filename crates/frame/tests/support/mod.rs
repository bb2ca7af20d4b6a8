//! What the tests of this crate share: a decoder that is run over the reads of a transport, and frames made the slow way.

#![allow(dead_code, reason = "each test file takes what it needs")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use hybi_frame::{Decoder, Error, Header, Opcode, Piece, SUPPORTED};
use hybi_testkit::naive_mask;
use hybi_version::{Role, Version, Wire};

/// A frame as it was decoded, put together from its pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) opcode: Opcode,
    pub(crate) fin: bool,
    pub(crate) rsv: u8,
    pub(crate) length: Option<u64>,
    pub(crate) payload: Vec<u8>,
}

/// What came of some bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The complete frames.
    pub(crate) frames: Vec<Frame>,
    /// The last one, if its end has not come. Where there is an error this is `None`, for how much of it came out depends
    /// on the cuts.
    pub(crate) unfinished: Option<Frame>,
    /// Whether the bytes end between two frames, or what is wrong with them.
    pub(crate) end: Result<bool, Error>,
}

/// The versions on a wire that this build has.
pub(crate) fn versions(wire: Wire) -> impl Iterator<Item = Version> {
    SUPPORTED.iter().filter(move |version| version.wire() == wire)
}

pub(crate) fn decoder(version: Version, role: Role) -> Decoder {
    Decoder::new(version, role).unwrap()
}

/// Runs the decoder over the reads, and checks what holds for all input: that it takes bytes for each piece that it gives,
/// that it asks for more only when it has taken all, that pieces follow each other, and that an error is there to stay.
pub(crate) fn run(mut decoder: Decoder, reads: &[Vec<u8>]) -> Outcome {
    let mut outcome = Outcome { frames: Vec::new(), unfinished: None, end: Ok(true) };
    for read in reads {
        let mut read = read.clone();
        let mut input = &mut read[..];
        loop {
            let before = input.len();
            match decoder.decode(&mut input) {
                Ok(Some(piece)) => {
                    outcome.take(&piece);
                    assert!(input.len() < before, "a piece came out of nothing");
                }
                Ok(None) => break assert!(input.is_empty(), "not all was taken"),
                Err(error) => {
                    fails_for_good(&mut decoder, error, input);
                    return Outcome { unfinished: None, end: Err(error), ..outcome };
                }
            }
        }
    }
    outcome.end = Ok(decoder.is_between_frames());
    assert!(!decoder.is_between_frames() || outcome.unfinished.is_none(), "between two frames and inside of one");
    outcome
}

/// As [`run`] over one read.
pub(crate) fn run_whole(decoder: Decoder, bytes: &[u8]) -> Outcome {
    run(decoder, &[bytes.to_vec()])
}

/// The error stays, and what comes after it is not touched.
fn fails_for_good(decoder: &mut Decoder, error: Error, rest: &mut [u8]) {
    let mut hello = *b"\x81\x05Hello";
    for later in [rest, &mut hello, &mut []] {
        let before = later.to_vec();
        let mut input = &mut *later;
        assert_eq!(decoder.decode(&mut input), Err(error));
        assert_eq!(*input, before, "a decoder that failed took bytes");
    }
    assert!(!decoder.is_between_frames());
}

impl Outcome {
    /// The complete frames, where all is well and nothing is open.
    #[track_caller]
    pub(crate) fn frames(self) -> Vec<Frame> {
        assert_eq!((self.end, self.unfinished), (Ok(true), None));
        self.frames
    }

    fn take(&mut self, piece: &Piece<'_>) {
        let Piece { opcode, fin, rsv, length, first, last, .. } = *piece;
        assert_eq!(first, self.unfinished.is_none(), "the first piece, and only that, says so");
        let empty = || Frame { opcode, fin, rsv, length, payload: Vec::new() };
        let mut frame = self.unfinished.take().unwrap_or_else(empty);
        assert_eq!((frame.opcode, frame.fin, frame.rsv, frame.length), (opcode, fin, rsv, length));
        frame.payload.extend_from_slice(piece.payload);
        if let Some(length) = length {
            assert_eq!(last, frame.payload.len() as u64 == length);
        }
        let whole = first && last && fin && opcode != Opcode::Continuation;
        assert_eq!(piece.is_whole_message(), whole);
        if last {
            self.frames.push(frame);
        } else {
            self.unfinished = Some(frame);
        }
    }
}

/// A frame that is expected: final, without reserved bits.
pub(crate) fn expected(opcode: Opcode, payload: &[u8]) -> Frame {
    let length = Some(payload.len() as u64);
    Frame { opcode, fin: true, rsv: 0, length, payload: payload.to_vec() }
}

/// A text message that is expected on the sentinel wire.
pub(crate) fn sentinel_text(payload: &[u8]) -> Frame {
    Frame { length: None, ..expected(Opcode::Text, payload) }
}

/// The closing frame that is expected on the sentinel wire.
pub(crate) fn sentinel_close() -> Frame {
    Frame { length: None, ..expected(Opcode::Close, b"") }
}

/// The header's bytes, put together as RFC 6455 §5.2 draws them.
pub(crate) fn header_bytes(header: &Header) -> Vec<u8> {
    let first = u8::from(header.fin) * 128 + header.rsv * 16 + header.opcode.bits();
    let masked = u8::from(header.mask.is_some()) * 128;
    let mut bytes = vec![first];
    let length = header.length.to_be_bytes();
    match header.length {
        0..=125 => bytes.push(masked + length[7]),
        126..=65535 => {
            bytes.push(masked + 126);
            bytes.extend(&length[6..]);
        }
        _ => {
            bytes.push(masked + 127);
            bytes.extend(length);
        }
    }
    bytes.extend(header.mask.into_iter().flatten());
    bytes
}

/// A frame's bytes, put together the slow way. The header's length is that of the payload.
pub(crate) fn frame(header: &Header, payload: &[u8]) -> Vec<u8> {
    let header = Header { length: payload.len() as u64, ..*header };
    let mut bytes = header_bytes(&header);
    let start = bytes.len();
    bytes.extend_from_slice(payload);
    if let Some(key) = header.mask {
        naive_mask(&mut bytes[start..], key, 0);
    }
    bytes
}

/// A final frame as the peer of this role sends it.
pub(crate) fn frame_for(role: Role, opcode: Opcode, payload: &[u8]) -> Vec<u8> {
    frame(&header_for(role, opcode), payload)
}

/// The same as the first or a middle part of a message.
pub(crate) fn fragment_for(role: Role, opcode: Opcode, payload: &[u8]) -> Vec<u8> {
    frame(&Header { fin: false, ..header_for(role, opcode) }, payload)
}

/// The header of a final frame as the peer of this role sends it, but for the length.
pub(crate) fn header_for(role: Role, opcode: Opcode) -> Header {
    let header = Header::new(opcode, 0);
    if role.peer().masks() { header.masked([0x37, 0xFA, 0x21, 0x3D]) } else { header }
}

pub(crate) const ROLES: [Role; 2] = [Role::Client, Role::Server];

pub(crate) const OPCODES: [Opcode; 6] =
    [Opcode::Continuation, Opcode::Text, Opcode::Binary, Opcode::Close, Opcode::Ping, Opcode::Pong];
