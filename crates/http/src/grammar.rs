//! Which bytes may stand where.

/// Whether the text is a token: one visible ASCII character or more, none of them a delimiter.
///
/// `RFC 9110 §5.6.2`. Methods, header names, cookie names, subprotocols and the names of extensions are tokens.
#[must_use]
pub fn is_token(text: &[u8]) -> bool {
    text.iter().fold(!text.is_empty(), |good, &byte| good & is_token_byte(byte))
}

/// Whether the byte may stand in a token. `RFC 9110 §5.6.2`.
pub(crate) fn is_token_byte(byte: u8) -> bool {
    TOKEN.get(usize::from(byte)).is_some_and(|good| *good)
}

/// Whether the byte may stand in a header value that was received: no control characters but tab, any byte above
/// ASCII. `RFC 9110 §5.5`.
pub(crate) const fn is_value_byte(byte: u8) -> bool {
    (byte >= b' ' && byte != 0x7F) || byte == b'\t'
}

/// Whether the text can be a header value or a reason that we send: visible ASCII, spaces and tabs.
/// `RFC 9110 §5.5`.
pub(crate) fn is_sent_value(text: &[u8]) -> bool {
    // Without the tab, which is rare, it is one comparison a byte.
    let is_plain = text.iter().fold(true, |good, byte| good & (byte.wrapping_sub(b' ') <= b'~' - b' '));
    is_plain || text.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\t'))
}

/// Whether the text can be the target of a request: visible ASCII. `RFC 9112 §3.2`.
pub(crate) fn is_target(text: &[u8]) -> bool {
    text.iter().fold(!text.is_empty(), |good, byte| good & byte.is_ascii_graphic())
}

/// The text without spaces and tabs at its ends. `RFC 9110 §5.6.3`.
pub(crate) const fn trim(text: &[u8]) -> &[u8] {
    let mut text = text;
    while let [b' ' | b'\t', rest @ ..] = text {
        text = rest;
    }
    while let [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text
}

/// For each byte whether it may stand in a token.
static TOKEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut bytes: &mut [bool] = &mut table;
    let mut byte = 0_u8;
    while let [first, rest @ ..] = bytes {
        *first = byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~'
            );
        byte = byte.wrapping_add(1);
        bytes = rest;
    }
    table
};
