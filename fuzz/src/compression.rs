//! What checks of compression share.

use hybi::deflate::{Config, Level, WindowBits};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::{TINFL_FLAG_HAS_MORE_INPUT, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use crate::input::Input;

/// Any configuration.
pub(crate) fn config(input: &mut Input<'_>) -> Config {
    let (choice, bits, work) = (input.byte(), input.byte(), input.byte());
    let window = |bits: u8| WindowBits::new(8 + (bits & 7)).expect("8 to 15");
    Config::new()
        .server_no_context_takeover(choice & 1 == 1)
        .client_no_context_takeover(choice & 2 == 2)
        .server_max_window_bits(window(!bits))
        .client_max_window_bits((choice & 4 == 0).then(|| window(!bits >> 3)))
        .threshold(usize::from(work >> 4))
        .level(Level::new(1 + work % 9).expect("1 to 9"))
}

/// A message: some bytes, mostly repeated so that there is something to compress.
pub(crate) fn message(input: &mut Input<'_>) -> Vec<u8> {
    let times = input.byte();
    input.bytes().repeat(match times {
        0..200 => 1,
        200..250 => usize::from(times - 198),
        _ => 500,
    })
}

/// What another library makes of a message in a window of 32 KiB; nothing if it takes it for corrupt.
pub(crate) fn second_opinion(payload: &[u8], limit: usize) -> Option<Vec<u8>> {
    let stream = [payload, &[0, 0, 0xFF, 0xFF]].concat();
    let (mut rest, mut output, mut at) = (&stream[..], vec![0; limit + 300], 0);
    let flags = TINFL_FLAG_HAS_MORE_INPUT | TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    loop {
        // Behind a block with BFINAL set the next one begins at a byte (RFC 7692 §7.2.3.4).
        let mut state = Box::<DecompressorOxide>::default();
        let (status, read, written) = decompress(&mut state, rest, &mut output, at, flags);
        at += written;
        rest = &rest[read..];
        match status {
            TINFLStatus::Done if !rest.is_empty() => {}
            TINFLStatus::Done | TINFLStatus::NeedsMoreInput => break,
            _ => return None,
        }
    }
    output.truncate(at);
    Some(output)
}
