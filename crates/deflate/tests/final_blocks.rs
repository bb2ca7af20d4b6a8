//! Blocks with BFINAL set (RFC 7692 §7.2.3.4): they end neither the message nor the context.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_deflate::{Decompressor, Error, Pool, WindowBits};
use hybi_testkit::same_for_all_cuts;
use support::{compress, decompress, decompress_pieces, direction, inflate::inflate, json};

/// `Hello`, in a block with BFINAL set.
const HELLO: [u8; 7] = [0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00];
/// `Hello` as a reference to the five bytes before, in a block without, and with BFINAL.
const AGAIN: [u8; 4] = [0xf2, 0x00, 0x11, 0x00];
const AGAIN_LAST: [u8; 4] = [0xf3, 0x00, 0x11, 0x00];

#[test]
fn more_blocks_follow_in_the_same_message() {
    let rows: [(&[&[u8]], &str); 6] = [
        (&[&HELLO, &[0x00]], "Hello"),
        (&[&HELLO, &AGAIN, &[0x00]], "HelloHello"),
        (&[&HELLO, &AGAIN_LAST, &[0x00]], "HelloHello"),
        (&[&HELLO, &AGAIN_LAST, &AGAIN_LAST, &AGAIN, &[0x00]], "HelloHelloHelloHello"),
        (&[&HELLO, &[0x01, 0x00, 0x00, 0xff, 0xff], &AGAIN_LAST, &[0x00]], "HelloHello"),
        (&[&HELLO, &[0x01]], "Hello"),
    ];
    for context_takeover in [true, false] {
        for (blocks, expected) in rows {
            let payload = blocks.concat();
            let twin = inflate(&[], &[&payload[..], &[0, 0, 0xff, 0xff]].concat()).expect("valid");
            assert_eq!(twin.bytes, expected.as_bytes());
            let outcome = same_for_all_cuts(&payload, |pieces| {
                let (_, mut decompressor) = direction(WindowBits::MAX, context_takeover);
                decompress_pieces(&mut decompressor, pieces, expected.len())
            });
            assert_eq!(outcome, (expected.as_bytes().to_vec(), Ok(())));
        }
    }
}

/// The message that follows may refer to what came before the final block.
#[test]
fn the_context_goes_on() {
    let text = json(1, 3000);
    let (mut compressor, mut decompressor) = direction(WindowBits::MAX, true);
    assert_eq!(decompress(&mut decompressor, &compress(&mut compressor, &text)).unwrap(), text);
    // A message of which the compressor knows nothing, and which is empty.
    assert_eq!(decompress(&mut decompressor, &[0x03, 0x00, 0x00]).unwrap(), b"");
    let payload = compress(&mut compressor, &text);
    assert!(payload.len() < 40);
    assert_eq!(decompress(&mut decompressor, &payload).unwrap(), text);

    let mut decompressor = Decompressor::new(WindowBits::MAX, true, &Pool::new(1));
    for payload in
        [&[&HELLO[..], &[0x00]].concat(), &[&AGAIN[..], &[0x00]].concat(), &[&AGAIN_LAST[..], &[0x00]].concat()]
    {
        assert_eq!(decompress(&mut decompressor, payload).unwrap(), b"Hello");
    }
}

/// A peer that leaves out the empty block behind its final one breaks RFC 7692 §7.2.1, but what it means is clear.
#[test]
fn a_message_that_ends_with_a_final_block() {
    let (_, mut decompressor) = direction(WindowBits::MAX, true);
    for payload in [&HELLO[..], &AGAIN_LAST] {
        assert_eq!(decompress(&mut decompressor, payload).unwrap(), b"Hello");
    }
    // In two frames, of which the second is empty.
    let mut message = Vec::new();
    decompressor.decompress(&AGAIN_LAST, false, 5, &mut message).unwrap();
    decompressor.decompress(&[], true, 5, &mut message).unwrap();
    assert_eq!(message, b"Hello");
    // Anything that stands behind it must be a block.
    assert_eq!(decompress(&mut decompressor, &[&HELLO[..], b"\x00trailer"].concat()), Err(Error::Corrupt));
}

/// Tens of thousands of them: each costs a copy of the window at most, and the output stays bounded.
#[test]
fn a_flood_of_final_blocks() {
    let (mut compressor, mut decompressor) = direction(WindowBits::MAX, true);
    decompress(&mut decompressor, &compress(&mut compressor, &json(1, 40_000))).unwrap();
    let mut flood = [0x03, 0x00].repeat(50_000);
    flood.push(0x00);
    assert_eq!(decompress(&mut decompressor, &flood).unwrap(), b"");
    let mut flood = AGAIN_LAST.repeat(10_000);
    flood.push(0x00);
    let mut message = Vec::new();
    assert_eq!(decompressor.decompress(&flood, true, 1000, &mut message), Err(Error::TooLarge { limit: 1000 }));
    assert_eq!(message.len(), 1000);
}
