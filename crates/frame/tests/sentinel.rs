//! What hixie-75 and hybi-00 have in common: text between `00` and `FF`, and frames that have no meaning (hybi-00 §4.2).

#![cfg(feature = "sentinel")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_frame::{Decoder, Error, Opcode, SENTINEL_CLOSE, SENTINEL_END, SENTINEL_TEXT};
use hybi_testkit::{same_for_all_cuts, thinned};
use hybi_version::Wire;
use support::{Frame, ROLES, decoder, run, run_whole, sentinel_text, versions};

/// Every decoder there is. The roles are alike on this wire.
fn decoders() -> impl Iterator<Item = Decoder> {
    thinned(versions(Wire::Sentinel).flat_map(|version| ROLES.map(|role| decoder(version, role))), 3)
}

/// The same frames from every decoder, however the bytes are cut.
fn expect(bytes: &[u8], expected: &[&str]) {
    let expected: Vec<Frame> = expected.iter().map(|text| sentinel_text(text.as_bytes())).collect();
    for decoder in decoders() {
        let outcome = same_for_all_cuts(bytes, |reads| run(decoder.clone(), reads));
        assert_eq!(outcome.frames(), expected);
    }
}

/// The same error from every decoder, however the bytes are cut, behind these texts.
fn expect_error(decoders: impl Iterator<Item = Decoder>, bytes: &[u8], texts: &[&str], error: Error) {
    for decoder in decoders {
        let outcome = same_for_all_cuts(bytes, |reads| run(decoder.clone(), reads));
        let got: Vec<&[u8]> = outcome.frames.iter().map(|frame| &frame.payload[..]).collect();
        assert_eq!(got, texts.iter().map(|text| text.as_bytes()).collect::<Vec<_>>());
        assert_eq!(outcome.end, Err(error));
    }
}

#[test]
fn the_bytes_of_the_wire() {
    assert_eq!((SENTINEL_TEXT, SENTINEL_END, SENTINEL_CLOSE), (0x00, 0xFF, [0xFF, 0x00]));
}

#[test]
fn text_stands_between_the_sentinels() {
    expect(b"", &[]);
    expect(b"\x00\xff", &[""]);
    expect(b"\x00hello\xff", &["hello"]);
    expect(b"\x00one\xff\x00two\xff\x00\xff\x00four\xff", &["one", "two", "", "four"]);
    expect(&["\0κόσμε 𝄞".as_bytes(), b"\xff"].concat(), &["κόσμε 𝄞"]);
    // A text frame begins with 00, and may hold more of them.
    expect(b"\x00a\x00b\x00\xff", &["a\0b\0"]);
}

#[test]
fn a_text_comes_in_pieces_as_it_arrives() {
    for mut decoder in decoders() {
        let mut bytes = *b"\x00he";
        let range = bytes.as_ptr_range();
        let mut input = &mut bytes[..];
        let piece = decoder.decode(&mut input).unwrap().unwrap();
        assert_eq!((piece.opcode, &*piece.payload, piece.length), (Opcode::Text, &b"he"[..], None));
        assert!(piece.first && !piece.last && piece.fin && !piece.is_whole_message());
        assert_eq!(piece.payload.as_ptr_range().end, range.end, "in place");
        assert!(!decoder.is_between_frames());
        let mut bytes = *b"llo\xff\x00";
        let mut input = &mut bytes[..];
        let piece = decoder.decode(&mut input).unwrap().unwrap();
        assert_eq!((&*piece.payload, piece.first, piece.last), (&b"llo"[..], false, true));
        assert_eq!(*input, *b"\x00", "what is behind the frame is left");
        assert!(decoder.is_between_frames());
    }
}

#[test]
fn bytes_that_are_no_utf8_come_out_as_they_are() {
    // The versions say to replace them, which is for whoever puts the text together (hybi-00 §5.3).
    for decoder in decoders() {
        let frames = run_whole(decoder, b"\x00\xc3\x28\x80\xfe\xff").frames();
        assert_eq!(frames, [sentinel_text(b"\xc3\x28\x80\xfe")]);
    }
}

#[test]
fn frames_of_unknown_types_below_80_are_passed_over() {
    for kind in thinned(0x01..=0x7F, 126) {
        expect(&[&[kind][..], b"\x00nothing\xff\x00text\xff"].concat(), &["text"]);
        expect(&[b"\x00a\xff", &[kind, 0xFF, kind][..], b"x\xff\x00b\xff"].concat(), &["a", "b"]);
    }
}

#[test]
fn frames_with_a_length_are_passed_over() {
    // (kind, length as it is written, bytes): the lengths that a server of the day was tested with, and others.
    let lengths: [(&[u8], usize); 10] = [
        (&[0x01], 1),
        (&[0x7F], 0x7F),
        (&[0x81, 0x00], 0x80),
        (&[0x80, 0xA4, 0x34], 0x1234),
        (&[0xA4, 0x34], 0x1234),
        (&[0x80, 0x80, 0x80, 0x05], 5),
        (&[0x80, 0x00], 0),
        (&[0x81, 0x80, 0x00], 0x4000),
        (&[0xFF, 0x7F], 0x3FFF),
        (&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x03], 3),
    ];
    for kind in [0x80, 0x81, 0xC3, 0xFE] {
        for (length, size) in thinned(lengths, 5) {
            // What is passed over looks like frames, so that a wrong count shows.
            let body: Vec<u8> = b"\x00phantom\xff".iter().copied().cycle().take(size).collect();
            let bytes = [b"\x00a\xff", &[kind][..], length, &body, b"\x00b\xff"].concat();
            for decoder in decoders() {
                let frames = run_whole(decoder.clone(), &bytes).frames();
                assert_eq!(frames, [sentinel_text(b"a"), sentinel_text(b"b")], "{kind:x} {length:x?}");
                let one_by_one: Vec<Vec<u8>> = bytes.iter().map(|byte| vec![*byte]).collect();
                assert_eq!(run(decoder, &one_by_one).frames(), frames);
            }
        }
    }
}

#[test]
fn an_ff_frame_with_a_payload_is_passed_over() {
    expect(b"\xff\x01\x00\x00a\xff", &["a"]);
    expect(b"\xff\x03\xff\x00\xff\x00a\xff", &["a"]);
}

#[test]
fn a_length_takes_nine_bytes_at_most() {
    let decoders = || decoders().map(|decoder| decoder.frame_bytes(u64::MAX));
    // A run of bytes that say "more follows" would be a frame without an end.
    for (kind, byte) in [(0x80, 0x80), (0xFF, 0x80), (0x80, 0xFF), (0xFE, 0x81)] {
        let endless = [b"\x00a\xff", &[kind][..], &[byte; 40]].concat();
        expect_error(decoders(), &endless, &["a"], Error::SentinelLength);
        // The ninth decides.
        for decoder in decoders() {
            let begun = [&[kind][..], &[byte; 8]].concat();
            assert_eq!(run_whole(decoder.clone(), &begun).end, Ok(false));
            assert_eq!(run_whole(decoder, &[&begun[..], &[byte]].concat()).end, Err(Error::SentinelLength));
        }
    }
    // 63 bits, all of them set.
    for decoder in decoders() {
        let longest = [&[0x80][..], &[0xFF; 8], &[0x7F], &[0; 100]].concat();
        assert_eq!(run_whole(decoder, &longest).end, Ok(false));
    }
}

#[test]
fn a_length_above_the_limit_is_refused_at_once() {
    let limited = || decoders().map(|decoder| decoder.frame_bytes(0x80));
    expect_error(limited(), b"\x80\x81\x01", &[], Error::FrameTooLarge { size: 0x81, limit: 0x80 });
    let longest = b"\x00a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f";
    expect_error(limited(), longest, &["a"], Error::FrameTooLarge { size: (1 << 63) - 1, limit: 0x80 });
    for decoder in limited() {
        let fits = [&b"\x80\x81\x00"[..], &[0; 0x80], b"\x00a\xff"].concat();
        assert_eq!(run_whole(decoder, &fits).frames(), [sentinel_text(b"a")]);
    }
}

#[test]
fn text_and_what_is_passed_over_have_the_limit_too() {
    let limited = || decoders().map(|decoder| decoder.frame_bytes(5));
    for kind in [0x00, 0x01, 0x7F] {
        let body: &[&str] = if kind == 0 { &["12345"] } else { &[] };
        let fits = [&[kind][..], b"12345\xff"].concat();
        for decoder in limited() {
            let frames = run_whole(decoder, &fits).frames();
            assert_eq!(frames, body.iter().map(|text| sentinel_text(text.as_bytes())).collect::<Vec<_>>());
        }
        let error = Error::FrameTooLarge { size: 6, limit: 5 };
        // With an end, and without one that would ever come.
        expect_error(limited(), &[&fits[..], &[kind], b"123456\xff"].concat(), body, error);
        expect_error(limited(), &[&fits[..], &[kind], b"123456789"].concat(), body, error);
    }
    let none = || decoders().map(|decoder| decoder.frame_bytes(0));
    expect_error(none(), b"\x00\xff\x00a", &[""], Error::FrameTooLarge { size: 1, limit: 0 });
}

#[test]
#[cfg_attr(miri, ignore = "16 MiB are too much for an interpreter")]
fn the_limit_by_itself_is_that_of_the_other_wire() {
    for decoder in decoders() {
        let mut bytes = vec![b'x'; usize::try_from(Decoder::DEFAULT_FRAME_LIMIT).unwrap() + 2];
        bytes[0] = SENTINEL_TEXT;
        let limit = Decoder::DEFAULT_FRAME_LIMIT;
        let error = Error::FrameTooLarge { size: limit + 1, limit };
        assert_eq!(run_whole(decoder.clone(), &bytes).end, Err(error));
        *bytes.last_mut().unwrap() = SENTINEL_END;
        assert_eq!(run_whole(decoder, &bytes).end, Ok(true));
    }
}

#[test]
fn reserved_bits_mean_nothing_here() {
    for decoder in decoders() {
        let frames = run_whole(decoder.extension_bits(0b111), b"\x70x\xff\x00a\xff").frames();
        assert_eq!(frames, [sentinel_text(b"a")]);
    }
}

#[test]
fn it_is_between_frames_where_nothing_is_open() {
    for decoder in decoders() {
        let ends = |bytes: &[u8]| run_whole(decoder.clone(), bytes).end;
        for whole in [&b""[..], b"\x00\xff", b"\x00a\xff", b"\x01a\xff", b"\x80\x02ab", b"\xff\x00"] {
            assert_eq!(ends(whole), Ok(true), "{whole:x?}");
        }
        for open in [&b"\x00"[..], b"\x00a", b"\x01", b"\x7fa", b"\x80", b"\x80\x80", b"\x80\x02a", b"\xff"] {
            assert_eq!(ends(open), Ok(false), "{open:x?}");
        }
    }
}
