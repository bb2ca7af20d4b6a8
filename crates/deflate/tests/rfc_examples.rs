//! The examples of RFC 7692 §7.2.3, byte for byte.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_deflate::{Decompressor, Pool, WindowBits};
use support::{compress, decompress, direction};

fn new_decompressor() -> Decompressor {
    Decompressor::new(WindowBits::MAX, true, &Pool::new(1))
}

/// §7.2.3.1
#[test]
fn a_message_compressed_using_one_compressed_block() {
    let (mut compressor, mut decompressor) = direction(WindowBits::MAX, true);
    let payload = [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00];
    assert_eq!(compress(&mut compressor, b"Hello"), payload);
    assert_eq!(decompress(&mut decompressor, &payload).unwrap(), b"Hello");
}

/// §7.2.3.1: the same in two frames.
#[test]
fn the_same_message_in_two_fragments() {
    let mut message = Vec::new();
    let mut decompressor = new_decompressor();
    decompressor.decompress(&[0xf2, 0x48, 0xcd], false, 5, &mut message).unwrap();
    decompressor.decompress(&[0xc9, 0xc9, 0x07, 0x00], true, 5, &mut message).unwrap();
    assert_eq!(message, b"Hello");
}

/// §7.2.3.2
#[test]
fn sharing_lz77_sliding_window() {
    let (mut compressor, mut decompressor) = direction(WindowBits::MAX, true);
    let first = [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00];
    let second = [0xf2, 0x00, 0x11, 0x00, 0x00];
    assert_eq!(compress(&mut compressor, b"Hello"), first);
    assert_eq!(compress(&mut compressor, b"Hello"), second);
    assert_eq!(decompress(&mut decompressor, &first).unwrap(), b"Hello");
    assert_eq!(decompress(&mut decompressor, &second).unwrap(), b"Hello");
}

/// §7.2.3.2: without the window, the second message is the same as the first.
#[test]
fn not_sharing_lz77_sliding_window() {
    let (mut compressor, mut decompressor) = direction(WindowBits::MAX, false);
    for _ in 0..3 {
        let payload = compress(&mut compressor, b"Hello");
        assert_eq!(payload, [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]);
        assert_eq!(decompress(&mut decompressor, &payload).unwrap(), b"Hello");
    }
}

/// §7.2.3.3
#[test]
fn a_deflate_block_with_no_compression() {
    let payload = [0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00];
    assert_eq!(decompress(&mut new_decompressor(), &payload).unwrap(), b"Hello");
}

/// §7.2.3.4
#[test]
fn a_deflate_block_with_bfinal_set_to_1() {
    let payload = [0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00];
    assert_eq!(decompress(&mut new_decompressor(), &payload).unwrap(), b"Hello");
}

/// §7.2.3.5
#[test]
fn two_deflate_blocks_in_one_message() {
    let payload = [0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00];
    assert_eq!(decompress(&mut new_decompressor(), &payload).unwrap(), b"Hello");
}

/// §7.2.3.6
#[test]
fn generating_an_empty_fragment() {
    let (mut compressor, mut decompressor) = direction(WindowBits::MAX, true);
    assert_eq!(compress(&mut compressor, b""), [0x00]);
    assert_eq!(decompress(&mut decompressor, &[0x00]).unwrap(), b"");

    // As the last fragment of a message that was flushed before.
    let mut payload = Vec::new();
    compressor.compress(b"Hello", false, &mut payload).unwrap();
    compressor.flush(&mut payload).unwrap();
    let first = payload.len();
    compressor.compress(b"", true, &mut payload).unwrap();
    assert_eq!(payload[first..], [0x00]);
    assert_eq!(decompress(&mut decompressor, &payload).unwrap(), b"Hello");
}
