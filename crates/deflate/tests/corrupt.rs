//! What is no compressed message, and what is none that has an end.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_deflate::{Config, Error, WindowBits};
use hybi_testkit::Random;
use support::{bits, compress, decompress, direction, json};

#[test]
fn invalid_blocks() {
    let rows: [&[u8]; 9] = [
        // A block type that does not exist, not final and final.
        &[0x06],
        &[0x07],
        // A stored block whose length does not fit its complement.
        &[0x00, 0x05, 0x00, 0xfa, 0xfe, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00],
        // A reference where nothing was sent yet.
        &[0xf2, 0x00, 0x11, 0x00, 0x00],
        // Too many codes for lengths, for distances.
        &[0xfc, 0x00, 0x00],
        &[0x04, 0xfe, 0x00, 0x00],
        // A set of code lengths that is over-subscribed.
        &[0x04, 0x00, 0xfe, 0xff, 0xff, 0xff, 0xff],
        // A symbol that does not exist: length 286, distance 30.
        &[0x1b, 0xc3, 0x00],
        &[0x4b, 0x84, 0x3f, 0x00],
    ];
    for payload in rows {
        let (_, mut decompressor) = direction(WindowBits::MAX, true);
        let error = decompress(&mut decompressor, payload).expect_err("corrupt");
        assert_eq!(error, Error::Corrupt, "{payload:02x?}");
        assert_eq!(error.close_code(), 1007);
        // It stays broken.
        assert_eq!(decompress(&mut decompressor, &[0x00]), Err(Error::Corrupt));
        assert_eq!(decompressor.decompress(&[], false, 1, &mut Vec::new()), Err(Error::Corrupt));
        assert_eq!(decompressor.decompress_some(&mut &[][..], false, 1, &mut Vec::new()), Err(Error::Corrupt));
        assert_eq!(decompressor.retained_bytes(), 0);
    }
}

#[test]
fn every_message_that_is_cut_off() {
    for text in [json(1, 30), json(2, 500), json(3, 5000), vec![b'a'; 5000], Random::new(1).bytes(300)] {
        let (mut compressor, _) = direction(WindowBits::MAX, false);
        let payload = compress(&mut compressor, &text);
        // The first byte of a stored block alone is an empty message.
        let first = if payload[0] == 0 { 2 } else { 1 };
        for length in first..payload.len() {
            let (_, mut decompressor) = direction(WindowBits::MAX, false);
            let error = decompress(&mut decompressor, &payload[..length]).expect_err("cut off");
            assert!(matches!(error, Error::Unfinished | Error::Corrupt), "{error} at {length}");
            assert_eq!(error.close_code(), 1007);
        }
    }
}

/// With what a peer may hand over if it forgets to cut the last four bytes off, or cuts one byte more or less.
#[test]
fn the_wrong_end() {
    type Row = (&'static [u8], Result<&'static [u8], Error>);
    let rows: [Row; 9] = [
        (&[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00], Ok(b"Hello")),
        // Nothing cut off: another stored block begins, without its header.
        (&[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00, 0x00, 0xff, 0xff], Err(Error::Unfinished)),
        (&[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00], Err(Error::Unfinished)),
        (&[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07], Err(Error::Unfinished)),
        (&[0xf2, 0x48, 0xcd, 0xc9, 0xc9], Err(Error::Unfinished)),
        // In the middle of a stored block, so that what is put back would be read as part of the message.
        (&[0x00, 0x05, 0x00, 0xfa, 0xff, 0x48], Err(Error::Unfinished)),
        (&[0x00, 0x05, 0x00, 0xfa, 0xff], Err(Error::Unfinished)),
        // A final block that is not complete.
        (&[0xf3, 0x48, 0xcd, 0xc9, 0xc9], Err(Error::Unfinished)),
        (&[0x01, 0x05, 0x00, 0xfa, 0xff, 0x48], Err(Error::Unfinished)),
    ];
    for (payload, expected) in rows {
        let (_, mut decompressor) = direction(WindowBits::MAX, true);
        assert_eq!(decompress(&mut decompressor, payload), expected.map(<[u8]>::to_vec), "{payload:02x?}");
    }
}

/// A peer whose window is larger than agreed is found out when it refers to what nobody had to keep.
#[test]
fn references_beyond_the_window() {
    let text = json(1, 150);
    // The window that was agreed, the one that is used, how much comes in between, and whether all is well.
    let rows = [
        (15, 15, 20_000, true),
        (14, 15, 20_000, false),
        (9, 15, 600, false),
        (9, 15, 200, true),
        (9, 9, 200, true),
        (9, 9, 600, true),
        (8, 10, 200, false),
        (8, 9, 200, true),
        (8, 8, 200, true),
    ];
    for (agreed, used, between, fits) in rows {
        let (mut compressor, _) = direction(bits(used), true);
        let (_, mut decompressor) = direction(bits(agreed), true);
        let noise: Vec<u8> = Random::new(1).bytes(between).iter().map(|byte| byte | 0x80).collect();
        for message in [&text, &noise] {
            assert_eq!(&decompress(&mut decompressor, &compress(&mut compressor, message)).unwrap(), message);
        }
        let result = decompress(&mut decompressor, &compress(&mut compressor, &text));
        let expected = if fits { Ok(text.clone()) } else { Err(Error::Corrupt) };
        assert_eq!(result, expected, "{agreed} {used} {between}");
    }
}

/// Who keeps context though it was agreed to keep none is found out.
#[test]
fn references_without_context_takeover() {
    let (mut compressor, _) = direction(WindowBits::MAX, true);
    let (_, mut decompressor) = direction(WindowBits::MAX, false);
    let text = json(1, 400);
    assert_eq!(decompress(&mut decompressor, &compress(&mut compressor, &text)).unwrap(), text);
    assert_eq!(decompress(&mut decompressor, &compress(&mut compressor, &text)), Err(Error::Corrupt));
}

#[test]
fn every_error_has_a_text_and_a_close_code() {
    let name = "server_max_window_bits";
    let rows = [
        (Error::Corrupt, 1007, "not valid DEFLATE"),
        (Error::Unfinished, 1007, "ends inside"),
        (Error::TooLarge { limit: 5 }, 1009, "5 bytes"),
        (Error::Compressor, 1011, "compressor"),
        (Error::OtherExtension("x".to_owned()), 1002, Config::NAME),
        (Error::UnknownParameter("x".to_owned()), 1002, "\"x\""),
        (Error::RepeatedParameter(name), 1002, "twice"),
        (Error::InvalidValue { name, value: None }, 1002, "without a value; expected a number from 8 to 15"),
        (Error::InvalidValue { name, value: Some("7".to_owned()) }, 1002, "\"7\""),
        (
            Error::InvalidValue { name: "server_no_context_takeover", value: Some("7".to_owned()) },
            1002,
            "expected no value",
        ),
        (Error::MissingParameter(name), 1002, name),
        (Error::NotOffered(name), 1002, "not offered"),
        (Error::WindowTooLarge { name, offered: bits(9), answered: bits(10) }, 1002, "10 bits"),
        (WindowBits::try_from(7).unwrap_err(), 1011, "7 bits"),
        (hybi_deflate::Level::try_from(10).unwrap_err(), 1011, "level 10"),
    ];
    for (error, code, text) in rows {
        assert_eq!(error.close_code(), code, "{error:?}");
        assert!(error.to_string().contains(text), "{error}");
    }
}
