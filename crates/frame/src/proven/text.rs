//! Bytes that were found to be UTF-8 are text, without another look at them.
//!
//! Most text is ASCII, and most of it is short. The check of the standard library takes some 80 instructions for 16 bytes,
//! as many as all the rest of a message; to see that they are ASCII takes ten, and none where it is done while unmasking.

#![expect(unsafe_code, reason = "there is no other way from bytes to text that doesn't look at them again")]

use hybi_version::steps;

use super::{is_utf8, unmask_utf8};
use crate::ascii::{begins_as_ascii, unmask_64_if_ascii, unmask_if_ascii, unmask_while_ascii};
use crate::mask::{self, Key, turned};
use crate::utf8::is_utf8_on_any_cpu;

/// The bytes as text, if they are UTF-8.
#[inline]
pub(crate) fn text(bytes: &[u8]) -> Option<&str> {
    // A call into vector code costs more than it saves on short text, most of which is ASCII.
    let seems_ascii = bytes.len() < LONG && bytes.first_chunk::<16>().is_none_or(|first| first.is_ascii());
    let valid = seems_ascii && bytes.is_ascii() || is_utf8_mixed(bytes);
    // SAFETY: see `unmask_text`.
    valid.then(|| unsafe { str::from_utf8_unchecked(bytes) })
}

/// Unmasks the bytes, and gives them as text, if they are UTF-8 then; else as they are then.
#[inline]
pub(crate) fn unmask_text(key: Key, bytes: &mut [u8]) -> Result<&str, &mut [u8]> {
    if !unmask_and_check(key, bytes) {
        return Err(bytes);
    }
    // SAFETY: of these bytes, as they are now, one of six said that they are UTF-8. `is_ascii`, `unmask_if_ascii` and
    // `unmask_64_if_ascii` see each byte below 0x80, and such bytes are UTF-8, each a character (RFC 3629 §3). So does
    // `unmask_while_ascii`, which says of how many; the others are then asked about as a text of their own. `is_utf8_on_any_cpu`
    // asks the standard library or simdutf8. `is_utf8` and `unmask_utf8` check the rules that stand in `avx512/rules.rs` and
    // `avx2/rules.rs`, which are the syntax of RFC 3629 §4. The tests in `ways.rs`, `text.rs` and `utf8.rs`, and
    // `what_is_said_to_be_ascii_is`, compare all of them with the standard library: for every length, every second byte behind
    // every first one, and every order of the kinds of bytes at the borders of blocks.
    Ok(unsafe { str::from_utf8_unchecked(bytes) })
}

/// Unmasks the bytes, and tells whether they are UTF-8 then.
#[inline]
fn unmask_and_check(key: Key, bytes: &mut [u8]) -> bool {
    if bytes.len() < SHORT {
        unmask_if_ascii(key, bytes) || unmask_mixed(key, bytes)
    } else if bytes.len() < mask::MANY && begins_as_ascii(key, bytes) {
        unmask_few(key, bytes)
    } else {
        unmask_mixed(key, bytes)
    }
}

/// Text that begins as ASCII mostly is ASCII.
#[inline(never)]
fn unmask_few(key: Key, bytes: &mut [u8]) -> bool {
    unmask_64_if_ascii(key, bytes) || unmask_mixed(key, bytes)
}

/// Whether the bytes are UTF-8. It is not inlined, so that what is for ASCII can be, all the way to the caller.
#[inline(never)]
fn is_utf8_mixed(bytes: &[u8]) -> bool {
    is_utf8(bytes).unwrap_or_else(|| is_utf8_on_any_cpu(bytes))
}

/// The same while they are unmasked, which saves most where they are few: to load what was just stored in other pieces takes
/// long.
#[inline(never)]
fn unmask_mixed(key: Key, bytes: &mut [u8]) -> bool {
    steps::count(bytes.len());
    unmask_utf8(key, bytes).unwrap_or_else(|| unmask_on_any_cpu(key, bytes))
}

/// The same: what is ASCII at the front in one pass, the rest in two. It is not inlined, so that the registers which it needs are
/// saved only here.
#[inline(never)]
pub(super) fn unmask_on_any_cpu(key: Key, bytes: &mut [u8]) -> bool {
    let done = unmask_while_ascii(key, bytes);
    let rest = bytes.get_mut(done..).unwrap_or_default();
    mask::apply(turned(key, done), rest);
    is_utf8_on_any_cpu(rest)
}

/// Shorter text is asked first whether it is ASCII, if it is masked.
const SHORT: usize = 64;

/// The same if it is not, and begins as ASCII.
const LONG: usize = 256;
