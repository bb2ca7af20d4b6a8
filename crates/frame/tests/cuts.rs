//! However bytes are cut into reads, the same comes out: for streams of frames, broken ones, and plain noise.

// Hundreds of cases are too many for Miri; what they lead through has tests of its own.
#![cfg(not(miri))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_frame::{Decoder, Header, Opcode, SUPPORTED};
use hybi_testkit::{Random, cuts, same_for_cuts, same_for_random_cuts};
use hybi_version::{Role, Wire};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use support::{
    Frame, OPCODES, ROLES, decoder, expected, frame, frame_for, run, sentinel_close, sentinel_text, versions,
};

/// A payload; lengths at the border of the one-byte form come often.
fn payload() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![8 => vec(any::<u8>(), 0..40), 1 => vec(any::<u8>(), 120..132), 1 => vec(any::<u8>(), 250..260)]
}

/// Frames of any kind, in an order that need not make sense.
fn any_frames() -> impl Strategy<Value = Vec<(Header, Vec<u8>)>> {
    let header = (select(&OPCODES[..]), any::<bool>(), prop_oneof![9 => Just(0_u8), 1 => 1..8_u8], any::<[u8; 4]>());
    let header = header.prop_map(|(opcode, fin, rsv, key)| Header { fin, rsv, ..Header::new(opcode, 0).masked(key) });
    vec((header, payload()), 0..8)
}

/// Frames that make whole messages, with control frames between the fragments.
fn good_frames() -> impl Strategy<Value = Vec<(Header, Vec<u8>)>> {
    any_frames().prop_map(|mut frames| {
        let mut in_message = false;
        let last = frames.len().saturating_sub(1);
        for (index, (header, payload)) in frames.iter_mut().enumerate() {
            header.rsv = 0;
            if header.opcode.is_control() && index < last {
                header.fin = true;
                payload.truncate(125);
                continue;
            }
            let control = header.opcode.is_control();
            header.opcode = match in_message {
                true => OPCODES[0],
                false => OPCODES[if control { 1 } else { usize::from(header.opcode.bits()).clamp(1, 2) }],
            };
            header.fin |= index == last;
            in_message = !header.fin;
        }
        frames
    })
}

/// The bytes of the frames, masked or not as the peer of this role has to.
fn wire(frames: &[(Header, Vec<u8>)], role: Role) -> Vec<u8> {
    let as_sent = |header: &Header| if role.peer().masks() { *header } else { Header { mask: None, ..*header } };
    frames.iter().flat_map(|(header, payload)| frame(&as_sent(header), payload)).collect()
}

/// A piece of a stream of the sentinel wire, and what is to come of it: a text, a close, or nothing.
#[derive(Clone, Debug)]
enum Sentinel {
    Text(Vec<u8>),
    Close,
    /// A frame of this type below `80`.
    Other(u8, Vec<u8>),
    /// A frame of this type with a length, and so much zeros before that.
    Sized(u8, usize, Vec<u8>),
}

fn sentinel_frames() -> impl Strategy<Value = Vec<Sentinel>> {
    let body = || {
        payload().prop_map(|mut body| {
            body.retain(|byte| *byte != 0xFF);
            body
        })
    };
    let frame = prop_oneof![
        4 => body().prop_map(Sentinel::Text),
        1 => Just(Sentinel::Close),
        1 => (1..=0x7F_u8, body()).prop_map(|(kind, body)| Sentinel::Other(kind, body)),
        1 => (0x80..=0xFE_u8, 0..4_usize, payload()).prop_map(|(kind, more, body)| Sentinel::Sized(kind, more, body)),
    ];
    vec(frame, 0..8)
}

fn sentinel_wire(frames: &[Sentinel]) -> Vec<u8> {
    let bytes = |frame: &Sentinel| match frame {
        Sentinel::Text(body) => [b"\0", &body[..], b"\xff"].concat(),
        Sentinel::Close => vec![0xFF, 0],
        Sentinel::Other(kind, body) => [&[*kind][..], body, b"\xff"].concat(),
        Sentinel::Sized(kind, more, body) => {
            let length = body.len();
            let digit = |shift: u32| u8::try_from(length >> shift & 0x7F).unwrap();
            let length = [0x80 | digit(14), 0x80 | digit(7), digit(0)];
            [&[*kind][..], &vec![0x80; *more], &length, body].concat()
        }
    };
    frames.iter().flat_map(bytes).collect()
}

/// Some of the payloads are larger.
const LIMIT: u64 = 125;

/// Every decoder of this build.
fn decoders() -> impl Iterator<Item = Decoder> {
    SUPPORTED.iter().flat_map(|version| ROLES.map(|role| decoder(version, role).frame_bytes(LIMIT)))
}

#[test]
fn large_frames_come_back() {
    let payloads = [65_535, 0, 65_536, 100_000].map(|length| Random::new(11).bytes(length));
    for version in versions(Wire::Base) {
        for role in ROLES {
            let bytes: Vec<u8> = payloads.iter().flat_map(|payload| frame_for(role, Opcode::Binary, payload)).collect();
            let outcome =
                same_for_cuts(&bytes, cuts::random(&bytes, 12, 32), |reads| run(decoder(version, role), reads));
            assert_eq!(outcome.frames(), payloads.each_ref().map(|payload| expected(Opcode::Binary, payload)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn good_frames_come_back(frames in good_frames(), seed: u64) {
        for version in versions(Wire::Base) {
            for role in ROLES {
                let outcome = same_for_random_cuts(&wire(&frames, role), seed, 6, |reads| run(decoder(version, role), reads));
                let expected = |(header, payload): &(Header, Vec<u8>)| Frame { fin: header.fin, ..expected(header.opcode, payload) };
                prop_assert_eq!(outcome.frames(), frames.iter().map(expected).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn frames_in_any_order_are_judged_the_same(frames in any_frames(), seed: u64, allowed in 0..8_u8) {
        for version in versions(Wire::Base) {
            for role in ROLES {
                let decoder = decoder(version, role).extension_bits(allowed);
                let outcome = same_for_random_cuts(&wire(&frames, role), seed, 6, |reads| run(decoder.clone(), reads));
                // What came before the error is what was sent.
                for (frame, (header, payload)) in outcome.frames.iter().zip(&frames) {
                    prop_assert_eq!((frame.opcode, frame.fin, frame.rsv), (header.opcode, header.fin, header.rsv));
                    prop_assert_eq!(&frame.payload, payload);
                }
                prop_assert_eq!(outcome.end.is_ok(), outcome.frames.len() == frames.len());
            }
        }
    }

    #[test]
    fn frames_with_a_byte_changed_are_judged_the_same(
        frames in good_frames(), seed: u64, at: Index, byte: u8, cut: Index,
    ) {
        for version in versions(Wire::Base) {
            for role in ROLES {
                let mut bytes = wire(&frames, role);
                bytes.truncate(cut.index(bytes.len() + 1));
                if !bytes.is_empty() {
                    let at = at.index(bytes.len().min(400));
                    bytes[at] = byte;
                }
                same_for_random_cuts(&bytes, seed, 6, |reads| run(decoder(version, role).frame_bytes(LIMIT), reads));
            }
        }
    }

    #[test]
    fn sentinel_frames_come_back(frames in sentinel_frames(), seed: u64) {
        for version in versions(Wire::Sentinel) {
            let outcome = same_for_random_cuts(&sentinel_wire(&frames), seed, 6, |reads| run(decoder(version, Role::Server), reads));
            let closes = version.can().close_handshake;
            let expected = frames.iter().filter_map(|frame| match frame {
                Sentinel::Text(body) => Some(sentinel_text(body)),
                Sentinel::Close if closes => Some(sentinel_close()),
                _ => None,
            });
            prop_assert_eq!(outcome.frames(), expected.collect::<Vec<_>>());
        }
    }

    #[test]
    fn sentinel_frames_with_a_byte_changed_are_judged_the_same(
        frames in sentinel_frames(), seed: u64, at: Index, byte: u8, cut: Index,
    ) {
        let mut bytes = sentinel_wire(&frames);
        bytes.truncate(cut.index(bytes.len() + 1));
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        for version in versions(Wire::Sentinel) {
            same_for_random_cuts(&bytes, seed, 6, |reads| run(decoder(version, Role::Server).frame_bytes(LIMIT), reads));
        }
    }

    #[test]
    fn noise_is_judged_the_same(bytes in vec(any::<u8>(), 0..300), seed: u64) {
        for decoder in decoders() {
            same_for_random_cuts(&bytes, seed, 6, |reads| run(decoder.clone(), reads));
        }
    }

    #[test]
    fn noise_of_bytes_that_mean_something_is_judged_the_same(
        bytes in vec(select(&[0x00, 0x01, 0x02, 0x05, 0x7E, 0x7F, 0x80, 0x81, 0x82, 0x88, 0x89, 0xFE, 0xFF][..]), 0..60),
        seed: u64,
    ) {
        for decoder in decoders() {
            same_for_random_cuts(&bytes, seed, 6, |reads| run(decoder.clone(), reads));
        }
        let header = Header::decode(&bytes);
        if let Ok(Some((header, size))) = header {
            prop_assert_eq!(&*header.encode(), &bytes[..size]);
        }
    }
}
