//! Frames that real peers sent to each other come out as what they said.

// There are no files under Miri.
#![cfg(not(miri))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_frame::{CloseReason, Decoder, Opcode, SUPPORTED};
use hybi_testkit::{Side, Transcript, same_for_all_cuts};
use hybi_version::{Role, Version, Wire};
use support::{Frame, decoder, run};

/// What one side sent behind its head, and in hybi-00 behind the proof.
fn frames_of(transcript: &Transcript, version: Version, side: Side) -> Vec<u8> {
    let bytes = transcript.bytes(side);
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    let proof = match side {
        _ if version != Version::Hybi00 => 0,
        Side::Client => 8,
        Side::Server => 16,
    };
    bytes[head + proof..].to_vec()
}

/// The decoder of the other end.
fn decoder_for(version: Version, side: Side) -> Decoder {
    // What the recordings with permessage-deflate need: its bit.
    let role = if side == Side::Client { Role::Server } else { Role::Client };
    decoder(version, role).extension_bits(0b100)
}

#[test]
fn both_sides_said_the_same() {
    let mut count = 0;
    for version in SUPPORTED.iter() {
        for transcript in Transcript::of(version.feature()) {
            let [client, server] = [Side::Client, Side::Server].map(|side| {
                let bytes = frames_of(&transcript, version, side);
                same_for_all_cuts(&bytes, |reads| run(decoder_for(version, side), reads)).frames()
            });
            let name = transcript.name();
            let (said, echoed) = (messages(&client), messages(&server));
            if !transcript.peer.contains("deflate") {
                assert_eq!(said, echoed, "{name}");
            }
            // The browser sent a second one.
            assert_eq!(said.len(), if transcript.peer.contains("chromium") { 2 } else { 1 }, "{name}");
            for (frame, payload) in said {
                assert_eq!(frame, (Opcode::Text, true));
                if client[0].rsv == 0 {
                    let greetings = ["hello".to_owned(), format!("hello {}", spoken(version))];
                    assert!(greetings.iter().any(|greeting| greeting.as_bytes() == payload), "{name}");
                }
            }
            check_closes(version, &client, &server, &name);
            count += 1;
        }
    }
    let expected: usize = SUPPORTED.iter().map(|version| Transcript::of(version.feature()).len()).sum();
    assert_eq!(count, expected);
}

/// The data frames: what each was, and its payload.
fn messages(frames: &[Frame]) -> Vec<((Opcode, bool), Vec<u8>)> {
    let data = frames.iter().filter(|frame| !frame.opcode.is_control());
    data.map(|frame| ((frame.opcode, frame.fin), frame.payload.clone())).collect()
}

/// How the peers called the version when they greeted.
fn spoken(version: Version) -> &'static str {
    match version {
        Version::Hixie75 => "hixie-75",
        Version::Hybi00 => "hybi-00",
        Version::Hybi10 => "hybi-10",
        Version::Hybi17 => "hybi-17",
    }
}

/// The closing frames stand at the end, and say what may be said.
fn check_closes(version: Version, client: &[Frame], server: &[Frame], name: &str) {
    for frames in [client, server] {
        let closes: Vec<&Frame> = frames.iter().filter(|frame| frame.opcode == Opcode::Close).collect();
        assert!(closes.len() <= usize::from(version.can().close_handshake), "{name}");
        for close in closes {
            assert_eq!(frames.last(), Some(close), "{name}");
            let reason = CloseReason::decode(&close.payload, version).unwrap();
            assert!(reason.is_none_or(|reason| reason.code.get() == 1000), "{name}");
            assert!(version.wire() == Wire::Base || reason.is_none(), "{name}");
        }
    }
    let closed = client.last().is_some_and(|frame| frame.opcode == Opcode::Close);
    assert_eq!(closed, version.can().close_handshake, "{name}");
}
