//! Percent-encoding of user info (RFC 3986 §2.1).

use std::borrow::Cow;

/// Decodes; `None` if the result is not UTF-8. A `%` without two hexadecimal digits stands for itself.
pub(crate) fn decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        match escape(*byte, behind) {
            Some((decoded, behind)) => {
                bytes.push(decoded);
                rest = behind;
            }
            None => bytes.push(*byte),
        }
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

/// Appends the text so that it is one part of user info, and so that decoding gives it back. What the URL standard leaves as
/// it is in user info stays as it is here too, except for `%`.
pub(crate) fn encode(text: &str, output: &mut String) {
    for byte in text.bytes() {
        let char = char::from(byte);
        if byte.is_ascii_alphanumeric() || "-._~!$&'()*+,".contains(char) {
            output.push(char);
        } else {
            output.push('%');
            output.extend(
                [byte >> 4, byte & 15]
                    .map(|digit| char::from_digit(digit.into(), 16).unwrap_or_default().to_ascii_uppercase()),
            );
        }
    }
}

/// The byte that an escape at the front stands for, and what is behind it.
fn escape(first: u8, behind: &[u8]) -> Option<(u8, &[u8])> {
    let ([high, low], behind) = behind.split_first_chunk().filter(|_| first == b'%')?;
    Some((hex(*high)? << 4 | hex(*low)?, behind))
}

fn hex(digit: u8) -> Option<u8> {
    u8::try_from(char::from(digit).to_digit(16)?).ok()
}
