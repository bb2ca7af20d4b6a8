//! Frames of hybi-00 and hixie-75, in any cuts, against the slow twin.

use hybi::frame::{Decoder, Opcode, encode_sentinel_text};
use hybi::{Role, Version};
use hybi_testkit::same_for_random_cuts;

use crate::frame_base::decode;
use crate::input::Input;
use crate::naive::sentinel;

/// Version and limit, a seed for cuts, and then frames.
pub fn check_frame_sentinel(data: &[u8]) {
    let mut input = Input::new(data);
    let (choice, seed) = (input.byte(), input.byte());
    let bytes = input.rest();
    let version = if choice & 1 == 0 { Version::Hybi00 } else { Version::Hixie75 };
    let role = if choice & 2 == 0 { Role::Server } else { Role::Client };
    let limit = [16 << 20, 100, 1 << 62, 0][usize::from(choice >> 2 & 3)];
    let decoder = Decoder::new(version, role).expect("compiled in").frame_bytes(limit);
    let outcome = same_for_random_cuts(bytes, seed.into(), 4, |reads| decode(decoder.clone(), reads));
    assert_eq!(outcome, sentinel(bytes, version.can().close_handshake, limit));

    // What was received can be sent, and is then received as the same.
    let (mut wire, mut sent) = (Vec::new(), Vec::new());
    for frame in outcome.frames.iter().filter(|frame| frame.opcode == Opcode::Text) {
        if let Ok(text) = core::str::from_utf8(&frame.payload) {
            encode_sentinel_text(text, &mut wire);
            sent.push(frame.clone());
        }
    }
    let again = decode(decoder, &[wire]);
    assert_eq!((again.frames, again.end), (sent, Ok(true)));
}
