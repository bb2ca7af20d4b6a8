//! Decodes a message in each version that is compiled in, without std and without an allocator. The exit status is 100 and
//! the number of those versions.

#![no_std]
#![no_main]

use core::ffi::c_int;
use core::panic::PanicInfo;

use hybi_frame::{CloseCode, CloseReason, Decoder, Error, Header, Opcode, SUPPORTED, Utf8, mask};
use hybi_version::{Role, Version, Wire};

/// What the C runtime, which starts the program, looks for.
#[unsafe(no_mangle)]
extern "C" fn main() -> c_int {
    let mut status = 100;
    for version in SUPPORTED.iter() {
        match says_hello(version) {
            Ok(true) => status += 1,
            Ok(false) | Err(_) => return 1,
        }
    }
    status
}

/// Whether a message comes out as it went in, in reads of one byte.
fn says_hello(version: Version) -> Result<bool, Error> {
    let mut wire = [0; 64];
    let wire = write("hällo", version, &mut wire);
    let mut decoder = Decoder::new(version, Role::Server)?;
    let mut utf8 = Utf8::new();
    let mut text = "hällo".chars();
    let mut said = true;
    for byte in wire {
        let mut input = core::slice::from_mut(byte);
        while let Some(piece) = decoder.decode(&mut input)? {
            let checked = utf8.check(piece.payload)?;
            said &= piece.opcode == Opcode::Text;
            said &= checked.joined.into_iter().chain(checked.text.chars()).all(|c| text.next() == Some(c));
        }
    }
    utf8.finish()?;
    let reason = CloseReason { code: CloseCode::NORMAL, text: "bye" };
    said &= version.wire() == Wire::Sentinel || CloseReason::decode(&reason.encode(), version)? == Some(reason);
    Ok(said && text.next().is_none() && decoder.is_between_frames())
}

/// A text as a client sends it.
fn write<'a>(text: &str, version: Version, buffer: &'a mut [u8]) -> &'a mut [u8] {
    let key = [0x37, 0xFA, 0x21, 0x3D];
    let header = Header::new(Opcode::Text, text.len() as u64).masked(key).encode();
    let (front, back): (&[u8], &[u8]) = match version.wire() {
        Wire::Base => (&header, &[]),
        Wire::Sentinel => (&[0x00], &[0xFF]),
    };
    let start = front.len();
    let parts = front.iter().chain(text.as_bytes()).chain(back);
    for (to, from) in buffer.iter_mut().zip(parts) {
        *to = *from;
    }
    if version.wire() == Wire::Base {
        mask::apply(key, buffer.get_mut(start..start + text.len()).unwrap_or_default());
    }
    buffer.get_mut(..start + text.len() + back.len()).unwrap_or_default()
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    abort()
}

#[link(name = "c")]
unsafe extern "C" {
    safe fn abort() -> !;
}
