//! Frames and close reasons that are encoded and decoded again.

use hybi::frame::{CloseCode, CloseReason, Decoder, Header, Opcode, encode_frame, mask};
use hybi::{Role, Version};
use hybi_testkit::{cuts, naive_mask, same_for_cuts, same_for_random_cuts};

use crate::frame_base::decode;
use crate::input::Input;
use crate::naive::Frame;

/// A seed for cuts and a role, and then what frames are made of.
pub fn check_frame_round_trip(data: &[u8]) {
    let mut input = Input::new(data);
    let (seed, role) = (input.byte(), if input.flag() { Role::Client } else { Role::Server });
    let (mut wire, mut frames, mut in_message) = (Vec::new(), Vec::new(), false);
    while !input.is_empty() && frames.len() < 32 {
        let (choice, payload) = (input.byte(), payload(&mut input));
        let frame = frame(choice, payload, &mut in_message);
        let header = Header { fin: frame.fin, rsv: frame.rsv, ..Header::new(frame.opcode, frame.payload.len() as u64) };
        // What is to be decoded by a server comes from a client.
        let header = if role == Role::Server { header.masked([choice, 0, input.byte(), 0xFF]) } else { header };
        assert_eq!(Header::decode(&header.encode()), Ok(Some((header, header.encode().len()))));
        let start = wire.len();
        encode_frame(&header, &frame.payload, &mut wire);
        masked(&header, &frame.payload, &wire[start..]);
        if frame.opcode == Opcode::Close {
            reason(&frame.payload);
        }
        frames.push(frame);
    }
    let decoder = Decoder::new(Version::Hybi17, role).expect("compiled in").frame_bytes(u64::MAX).extension_bits(7);
    // Byte by byte, what is long takes long.
    let outcome = if wire.len() < 2000 {
        same_for_random_cuts(&wire, seed.into(), 3, |reads| decode(decoder.clone(), reads))
    } else {
        same_for_cuts(&wire, cuts::random(&wire, u64::from(seed) | 0xFF00, 3), |reads| decode(decoder.clone(), reads))
    };
    assert_eq!((outcome.frames, outcome.end), (frames, Ok(true)));
}

/// Bytes, which a few choices make long enough for the longer forms of a length.
fn payload(input: &mut Input<'_>) -> Vec<u8> {
    let bytes = input.bytes();
    match bytes {
        [0xFE, rest @ ..] => rest.repeat(300),
        [0xFD, rest @ ..] => [rest, &[7; 65_536]].concat(),
        _ => bytes.to_vec(),
    }
}

/// A frame that may stand here.
fn frame(choice: u8, mut payload: Vec<u8>, in_message: &mut bool) -> Frame {
    let opcode = match (choice & 7, *in_message) {
        (5, _) => Opcode::Close,
        (6, _) => Opcode::Ping,
        (7, _) => Opcode::Pong,
        (_, true) => Opcode::Continuation,
        (0..2, false) => Opcode::Text,
        (_, false) => Opcode::Binary,
    };
    let mut fin = choice & 8 == 0;
    if opcode.is_control() {
        payload.truncate(125);
        fin = true;
    } else {
        *in_message = !fin;
    }
    Frame { opcode, fin, rsv: choice >> 4 & 7, payload }
}

/// The payload on the wire is what the slow twin makes of it, also where it is masked in two parts.
fn masked(header: &Header, payload: &[u8], wire: &[u8]) {
    let mut slow = payload.to_vec();
    let mut parts = payload.to_vec();
    if let Some(key) = header.mask {
        naive_mask(&mut slow, key, 0);
        let (front, back) = parts.split_at_mut(payload.len() / 3);
        mask::apply(mask::apply(key, front), back);
    }
    assert_eq!(parts, slow);
    assert!(wire.ends_with(&slow) && wire.len() == header.encode().len() + slow.len());
}

fn reason(payload: &[u8]) {
    for version in [Version::Hybi10, Version::Hybi17] {
        if let Ok(Some(reason)) = CloseReason::decode(payload, version) {
            assert!(reason.code.may_be_received(version));
            assert_eq!(*reason.encode(), *payload, "what is a reason is written as it was");
        }
    }
    // A text of any length is cut at the end of a character.
    let text = String::from_utf8_lossy(payload).repeat(3);
    let reason = CloseReason { code: CloseCode::NORMAL, text: &text };
    let encoded = reason.encode();
    let decoded = CloseReason::decode(&encoded, Version::Hybi17).expect("a good one").expect("a code");
    assert!(encoded.len() <= 125 && text.starts_with(decoded.text));
    assert!(decoded.text == text || decoded.text.len() > CloseReason::MAX_TEXT - 4);
}
