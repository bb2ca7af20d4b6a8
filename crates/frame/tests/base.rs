//! What hybi-10 and RFC 6455 have in common: who masks, what may follow what, reserved bits, the limit.

#![cfg(feature = "base")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_frame::{Decoder, Error, Header, Opcode, mask};
use hybi_testkit::{Random, rfc6455, same_for_all_cuts, thinned};
use hybi_version::{Role, Wire};
use support::{
    Frame, OPCODES, ROLES, decoder, expected, fragment_for, frame, frame_for, header_bytes, header_for, run, run_whole,
    versions,
};

/// Every decoder there is, with the role for which it decodes.
fn decoders() -> impl Iterator<Item = (Role, Decoder)> {
    thinned(versions(Wire::Base).flat_map(|version| ROLES.map(|role| (role, decoder(version, role)))), 3)
}

#[test]
fn the_samples_of_the_rfc() {
    for version in versions(Wire::Base) {
        let (client, server) = (decoder(version, Role::Client), decoder(version, Role::Server));
        let half = expected(Opcode::Text, b"Hel");
        assert_eq!(run_whole(client.clone(), rfc6455::TEXT).frames(), [expected(Opcode::Text, b"Hello")]);
        assert_eq!(run_whole(server.clone(), rfc6455::TEXT_MASKED).frames(), [expected(Opcode::Text, b"Hello")]);
        let fragments = run_whole(client.clone(), &rfc6455::TEXT_FRAGMENTED.concat()).frames();
        assert_eq!(fragments, [Frame { fin: false, ..half }, expected(Opcode::Continuation, b"lo")]);
        assert_eq!(run_whole(client.clone(), rfc6455::PING).frames(), [expected(Opcode::Ping, b"Hello")]);
        assert_eq!(run_whole(server, rfc6455::PONG_MASKED).frames(), [expected(Opcode::Pong, b"Hello")]);
        for (header, length) in thinned([(rfc6455::BINARY_256_HEADER, 256), (rfc6455::BINARY_65536_HEADER, 65536)], 2) {
            let payload = Random::new(1).bytes(length);
            let frames = run_whole(client.clone(), &[header, &payload].concat()).frames();
            assert_eq!(frames, [expected(Opcode::Binary, &payload)]);
        }
    }
}

#[test]
fn every_length_comes_out_as_it_was() {
    for (role, decoder) in decoders() {
        for length in thinned((0..=300).chain([65534, 65535, 65536, 65537, 100_000]), 60) {
            let payload = Random::new(2).bytes(length);
            let bytes = frame_for(role, Opcode::Binary, &payload);
            assert_eq!(run_whole(decoder.clone(), &bytes).frames(), [expected(Opcode::Binary, &payload)]);
        }
    }
}

#[test]
fn many_frames_in_one_read_come_out_one_after_the_other() {
    for (role, decoder) in decoders() {
        let payloads: Vec<Vec<u8>> = thinned(0..130, 33).map(|length| Random::new(3).bytes(length)).collect();
        let bytes: Vec<u8> = payloads.iter().flat_map(|payload| frame_for(role, Opcode::Binary, payload)).collect();
        let expected: Vec<Frame> = payloads.iter().map(|payload| expected(Opcode::Binary, payload)).collect();
        assert_eq!(run_whole(decoder, &bytes).frames(), expected);
    }
}

#[test]
fn payloads_stay_where_they_came_in() {
    for (role, mut decoder) in decoders() {
        let mut bytes = frame_for(role, Opcode::Binary, b"in place");
        bytes.extend(b"\x82");
        let range = bytes.as_ptr_range();
        let mut input = &mut bytes[..];
        let piece = decoder.decode(&mut input).unwrap().unwrap();
        assert_eq!(&*piece.payload, b"in place");
        assert_eq!(piece.payload.as_ptr_range().end, range.end.wrapping_sub(1));
        assert_eq!(*input, *b"\x82", "what is behind the frame is left");
    }
}

#[test]
fn a_frame_of_which_only_the_header_came_is_told() {
    for (role, mut decoder) in decoders() {
        let mut bytes = frame_for(role, Opcode::Binary, &[7; 300]);
        let header = bytes.len() - 300;
        let mut input = &mut bytes[..header];
        let piece = decoder.decode(&mut input).unwrap().unwrap();
        assert_eq!((piece.opcode, piece.length, piece.payload.len()), (Opcode::Binary, Some(300), 0));
        assert!(piece.first && !piece.last);
        assert_eq!(decoder.decode(&mut input), Ok(None));
        assert!(!decoder.is_between_frames());
    }
}

#[test]
fn clients_mask_and_servers_do_not() {
    for (role, decoder) in decoders() {
        for opcode in [Opcode::Text, Opcode::Binary, Opcode::Close, Opcode::Ping, Opcode::Pong] {
            // As the wrong end sends it.
            let wrong = frame_for(role.peer(), opcode, b"");
            let error = if role == Role::Server { Error::MaskMissing } else { Error::MaskUnexpected };
            assert_eq!(run_whole(decoder.clone(), &wrong).end, Err(error));
        }
    }
}

#[test]
fn a_mask_of_zeros_is_a_mask() {
    for version in versions(Wire::Base) {
        let bytes = frame(&Header::new(Opcode::Text, 0).masked([0; 4]), b"plain");
        assert_eq!(run_whole(decoder(version, Role::Server), &bytes).frames(), [expected(Opcode::Text, b"plain")]);
        assert_eq!(run_whole(decoder(version, Role::Client), &bytes).end, Err(Error::MaskUnexpected));
    }
}

#[test]
fn reserved_bits_are_for_extensions() {
    for (role, decoder) in decoders() {
        for rsv in 0..8 {
            let bytes = frame(&Header { rsv, ..header_for(role, Opcode::Binary) }, b"x");
            for allowed in thinned(0..=0xF, 7) {
                let outcome = run_whole(decoder.clone().extension_bits(allowed), &bytes);
                if rsv & !allowed == 0 {
                    assert_eq!(outcome.frames(), [Frame { rsv, ..expected(Opcode::Binary, b"x") }]);
                } else {
                    assert_eq!((outcome.end, outcome.frames), (Err(Error::ReservedBits(rsv)), vec![]));
                }
            }
            assert_eq!(run_whole(decoder.clone(), &bytes).end.is_ok(), rsv == 0, "none is allowed by itself");
        }
    }
}

#[test]
fn control_frames_are_short_and_whole() {
    for (role, decoder) in decoders() {
        for opcode in [Opcode::Close, Opcode::Ping, Opcode::Pong] {
            let longest = frame_for(role, opcode, &[0; 125]);
            assert_eq!(run_whole(decoder.clone(), &longest).frames(), [expected(opcode, &[0; 125])]);
            let longer = frame_for(role, opcode, &[0; 126]);
            assert_eq!(run_whole(decoder.clone(), &longer).end, Err(Error::ControlTooLong(126)));
            let fragment = fragment_for(role, opcode, b"");
            assert_eq!(run_whole(decoder.clone(), &fragment).end, Err(Error::ControlFragmented(opcode)));
        }
    }
}

#[test]
fn reserved_opcodes_are_refused() {
    for (role, decoder) in decoders() {
        for opcode in (0x3..=0x7).chain(0xB..=0xF) {
            let mut bytes = frame_for(role, Opcode::Ping, b"");
            bytes[0] = 0x80 | opcode;
            assert_eq!(run_whole(decoder.clone(), &bytes).end, Err(Error::ReservedOpcode(opcode)));
        }
    }
}

#[test]
fn fragments_follow_each_other() {
    for (role, decoder) in decoders() {
        let fragments = [
            fragment_for(role, Opcode::Binary, b"one"),
            fragment_for(role, Opcode::Continuation, b""),
            frame_for(role, Opcode::Continuation, b"two"),
            frame_for(role, Opcode::Text, b"another"),
        ];
        let part = |opcode, payload| Frame { fin: false, ..expected(opcode, payload) };
        let expected = [
            part(Opcode::Binary, b"one"),
            part(Opcode::Continuation, b""),
            expected(Opcode::Continuation, b"two"),
            expected(Opcode::Text, b"another"),
        ];
        assert_eq!(run_whole(decoder, &fragments.concat()).frames(), expected);
    }
}

#[test]
fn control_frames_come_between_fragments() {
    for (role, decoder) in decoders() {
        let fragments = [
            fragment_for(role, Opcode::Text, b"a"),
            frame_for(role, Opcode::Ping, b"p"),
            frame_for(role, Opcode::Pong, b""),
            fragment_for(role, Opcode::Continuation, b"b"),
            frame_for(role, Opcode::Close, b""),
            frame_for(role, Opcode::Continuation, b"c"),
        ];
        let frames = run_whole(decoder, &fragments.concat()).frames();
        let opcodes: Vec<String> = frames.iter().map(|frame| frame.opcode.to_string()).collect();
        assert_eq!(opcodes, ["text", "ping", "pong", "continuation", "close", "continuation"]);
    }
}

#[test]
fn a_continuation_needs_a_beginning_and_an_end() {
    for (role, decoder) in decoders() {
        let start = fragment_for(role, Opcode::Text, b"a");
        let end = frame_for(role, Opcode::Continuation, b"b");
        let ping = frame_for(role, Opcode::Ping, b"");
        let end_of = |frames: &[&Vec<u8>]| {
            let reads: Vec<Vec<u8>> = frames.iter().copied().cloned().collect();
            run(decoder.clone(), &reads).end
        };
        // Without a beginning, also behind a whole message and behind one that has ended.
        let whole = frame_for(role, Opcode::Binary, b"c");
        for before in [&[][..], &[&ping], &[&whole], &[&start, &end], &[&start, &ping, &end]] {
            for orphan in [&end, &fragment_for(role, Opcode::Continuation, b"")] {
                assert_eq!(end_of(&[before, &[orphan]].concat()), Err(Error::ContinuationUnexpected));
            }
        }
        // Without an end.
        for opcode in [Opcode::Text, Opcode::Binary] {
            for next in [frame_for(role, opcode, b""), fragment_for(role, opcode, b"")] {
                assert_eq!(end_of(&[&start, &next]), Err(Error::ContinuationExpected(opcode)));
                assert_eq!(end_of(&[&start, &ping, &next]), Err(Error::ContinuationExpected(opcode)));
            }
        }
        assert_eq!(end_of(&[&start, &ping]), Ok(true), "between frames, although not between messages");
    }
}

#[test]
fn longer_forms_of_the_length_are_refused_also_where_the_frame_is_complete() {
    for (role, decoder) in decoders() {
        for (form, digits, lengths) in [(126, 2, 0..=125), (127, 8, 0..=300)] {
            for length in thinned(lengths, 97) {
                let header = header_bytes(&header_for(role, Opcode::Binary));
                let mut bytes = vec![header[0], header[1] | form];
                bytes.extend(&u64::try_from(length).unwrap().to_be_bytes()[8 - digits..]);
                bytes.extend(&header[2..]);
                bytes.extend(vec![0; length]);
                let error = Error::LengthNotMinimal(length as u64);
                assert_eq!(run_whole(decoder.clone(), &bytes).end, Err(error));
            }
        }
    }
}

#[test]
fn a_frame_above_the_limit_is_refused_by_its_header() {
    for (role, decoder) in decoders() {
        for length in thinned([1, 5, 124, 125, 126, 127, 1000], 4) {
            let complete = frame_for(role, Opcode::Binary, &vec![7; length]);
            let (size, limit) = (length as u64, length as u64 - 1);
            let outcome = run_whole(decoder.clone().frame_bytes(limit), &complete);
            assert_eq!((outcome.frames, outcome.end), (vec![], Err(Error::FrameTooLarge { size, limit })));
            assert_eq!(run_whole(decoder.clone().frame_bytes(size), &complete).frames().len(), 1);
        }
        let borders = [(0, 1), (1, 2), (125, 126), (1000, 1001), (70_000, 70_001), (5, u64::MAX >> 1)];
        for (limit, size) in thinned(borders, 5) {
            let limited = decoder.clone().frame_bytes(limit);
            let header = Header { length: size, ..header_for(role, Opcode::Binary) };
            let outcome = run_whole(limited.clone(), &header_bytes(&header));
            assert_eq!((outcome.frames, outcome.end), (vec![], Err(Error::FrameTooLarge { size, limit })));
            let fits = vec![1; usize::try_from(limit).unwrap()];
            let frames = run_whole(limited, &frame_for(role, Opcode::Binary, &fits)).frames();
            assert_eq!(frames, [expected(Opcode::Binary, &fits)]);
        }
        let limit = Decoder::DEFAULT_FRAME_LIMIT;
        let header = Header { length: limit + 1, ..header_for(role, Opcode::Binary) };
        let outcome = run_whole(decoder.clone(), &header_bytes(&header));
        assert_eq!(outcome.end, Err(Error::FrameTooLarge { size: limit + 1, limit }));
        let header = Header { length: limit, ..header };
        assert_eq!(run_whole(decoder, &header_bytes(&header)).end, Ok(false));
    }
}

#[test]
fn lengths_that_no_memory_has_room_for_are_counted_down() {
    // No machine word of 32 bits holds these, and the last one fits no machine. They pass through in pieces all the same.
    for length in [0xFFFF_FFFF, 0x1_0000_0000, 0x1_0000_0003, u64::MAX >> 1] {
        for (role, decoder) in decoders() {
            let mut decoder = decoder.frame_bytes(u64::MAX);
            let header = Header { length, ..header_for(role, Opcode::Binary) };
            let mut bytes = header_bytes(&header);
            let mut input = &mut bytes[..];
            let piece = decoder.decode(&mut input).unwrap().unwrap();
            assert_eq!((piece.length, piece.payload.len(), piece.last), (Some(length), 0, false));
            let mut key = header.mask.unwrap_or_default();
            for size in [3, 5, if cfg!(miri) { 64 } else { 4096 }] {
                let mut read = vec![0x55; size];
                let mut sent = read.clone();
                key = mask::apply(key, &mut sent);
                let mut input = &mut read[..];
                let piece = decoder.decode(&mut input).unwrap().unwrap();
                assert_eq!((&*piece.payload, piece.first, piece.last), (&sent[..], false, false));
                assert!(input.is_empty());
            }
            assert!(!decoder.is_between_frames());
        }
    }
}

#[test]
fn all_rules_hold_however_the_bytes_are_cut() {
    for (role, decoder) in decoders() {
        let decoder = decoder.frame_bytes(200);
        let good = [fragment_for(role, Opcode::Text, b"abc"), frame_for(role, Opcode::Ping, b"p")].concat();
        let header = header_for(role, Opcode::Continuation);
        let mut bad: Vec<Vec<u8>> = OPCODES.map(|opcode| frame_for(role, opcode, &[1; 126])).into();
        bad.push(frame(&Header { rsv: 5, ..header }, b"x"));
        bad.push(frame_for(role.peer(), Opcode::Continuation, b"wrong mask"));
        bad.push(frame_for(role, Opcode::Continuation, &[0; 201]));
        bad.push([header_bytes(&header)[0], 127, 0x80, 0, 0, 0, 0, 0, 0, 0].into());
        bad.push([header_bytes(&header)[0], 127, 0, 0, 0, 0, 0, 0, 0, 200].into());
        for bad in thinned(bad, 6) {
            same_for_all_cuts(&[&good[..], &bad].concat(), |reads| run(decoder.clone(), reads));
        }
    }
}
