//! Frames of hybi-10 and RFC 6455, in any cuts, against the slow twin.

use hybi::frame::{Decoder, Header, encode_frame};
use hybi::{Role, Version};
use hybi_testkit::same_for_random_cuts;

use crate::input::Input;
use crate::naive::{Frame, Outcome, base};

/// Role and limits, a seed for cuts, and then frames.
pub fn check_frame_base(data: &[u8]) {
    let mut input = Input::new(data);
    let (choice, seed) = (input.byte(), input.byte());
    let bytes = input.rest();
    let role = if choice & 1 == 0 { Role::Server } else { Role::Client };
    let version = if choice & 2 == 0 { Version::Hybi17 } else { Version::Hybi10 };
    let limit = [16 << 20, 200, u64::MAX, 0][usize::from(choice >> 2 & 3)];
    let allowed = choice >> 4 & 7;
    let decoder = Decoder::new(version, role).expect("compiled in").frame_bytes(limit).extension_bits(allowed);
    let outcome = same_for_random_cuts(bytes, seed.into(), 4, |reads| decode(decoder.clone(), reads));
    assert_eq!(outcome, base(bytes, role, limit, allowed));
    let collected = same_for_random_cuts(bytes, seed.into(), 4, |reads| collect(decoder.clone(), reads));
    assert_eq!(collected, outcome);
    encoded_again(bytes, &outcome.frames);
}

/// The frames that come out where what is missing of a payload is unmasked on its way to where it is collected.
fn collect(mut decoder: Decoder, reads: &[Vec<u8>]) -> Outcome {
    let mut outcome = Outcome { frames: Vec::new(), end: Ok(true) };
    let mut open: Option<Frame> = None;
    for read in reads {
        let mut read = read.clone();
        let mut input = &mut read[..];
        loop {
            if let Some(frame) = &mut open
                && let Some(collected) = decoder.collect(&mut input, &mut frame.payload)
            {
                assert_eq!(collected.fin, frame.fin);
                if collected.last {
                    outcome.frames.extend(open.take());
                }
                continue;
            }
            let piece = match decoder.decode(&mut input) {
                Ok(Some(piece)) => piece,
                Ok(None) => break,
                Err(error) => return Outcome { end: Err(error), ..outcome },
            };
            let (opcode, fin, rsv, last) = (piece.opcode, piece.fin, piece.rsv, piece.last);
            let frame = open.get_or_insert_with(|| Frame { opcode, fin, rsv, payload: Vec::new() });
            frame.payload.extend_from_slice(piece.payload);
            if last {
                outcome.frames.extend(open.take());
            }
        }
    }
    Outcome { end: Ok(decoder.is_between_frames()), ..outcome }
}

/// The frames that come out of the pieces.
pub(crate) fn decode(mut decoder: Decoder, reads: &[Vec<u8>]) -> Outcome {
    let mut outcome = Outcome { frames: Vec::new(), end: Ok(true) };
    let mut open: Option<Frame> = None;
    for read in reads {
        let mut read = read.clone();
        let mut input = &mut read[..];
        loop {
            let before = input.len();
            let piece = match decoder.decode(&mut input) {
                Ok(Some(piece)) => piece,
                Ok(None) => break,
                Err(error) => {
                    assert_eq!(decoder.decode(&mut &mut [0x81, 0][..]), Err(error), "it stays broken");
                    return Outcome { end: Err(error), ..outcome };
                }
            };
            assert!(input.len() < before, "a piece came out of nothing");
            assert_eq!(piece.first, open.is_none());
            let last = piece.last;
            let frame = open.get_or_insert_with(|| Frame {
                opcode: piece.opcode,
                fin: piece.fin,
                rsv: piece.rsv,
                payload: Vec::new(),
            });
            assert_eq!((frame.opcode, frame.fin, frame.rsv), (piece.opcode, piece.fin, piece.rsv));
            frame.payload.extend_from_slice(piece.payload);
            if last {
                assert!(piece.length.is_none_or(|length| length == frame.payload.len() as u64));
                outcome.frames.extend(open.take());
            }
        }
        assert!(input.is_empty(), "not all was taken");
    }
    assert!(!decoder.is_between_frames() || open.is_none());
    Outcome { end: Ok(decoder.is_between_frames()), ..outcome }
}

/// There is one way only to write a frame, so that what was read comes out again.
fn encoded_again(bytes: &[u8], frames: &[Frame]) {
    let mut rest = bytes;
    for frame in frames {
        let (header, size) = Header::decode(rest).expect("a good header").expect("a whole one");
        let expected = (frame.opcode, frame.fin, frame.rsv, frame.payload.len() as u64);
        assert_eq!((header.opcode, header.fin, header.rsv, header.length), expected);
        let (front, behind) = rest.split_at(size + frame.payload.len());
        let mut again = Vec::new();
        encode_frame(&header, &frame.payload, &mut again);
        assert_eq!(again, front);
        rest = behind;
    }
}
