//! Hosts with ports, and what stands in a request line.

/// The default port of `http` and `ws`.
pub(crate) const HTTP: &[u8] = b":80";

/// The default port of `https` and `wss`.
pub(crate) const HTTPS: &[u8] = b":443";

/// The authority without its port, if that is the default one.
pub(crate) fn without_port<'a>(authority: &'a [u8], default: &[u8]) -> &'a [u8] {
    authority.strip_suffix(default).or_else(|| authority.strip_suffix(b":")).unwrap_or(authority)
}

/// Whether the text is a host, and a port perhaps. `RFC 9110 §7.2`; empty hosts name nothing and are none.
pub(crate) fn is_authority(text: &[u8]) -> bool {
    match text {
        [b'[', rest @ ..] => {
            let (address, port) = split_where(rest, |byte| !is_name(byte) && byte != b':');
            !address.is_empty() && port.strip_prefix(b"]").is_some_and(is_port)
        }
        // Most have no port. Without an exit in the middle these are looked at faster.
        [_, ..] if text.iter().fold(true, |good, byte| good & is_name(*byte)) => true,
        _ => {
            let (host, port) = split_where(text, |byte| !is_name(byte));
            !host.is_empty() && is_port(port)
        }
    }
}

/// What a request line's target says: the authority, if it is an absolute URL, and the resource name.
///
/// `RFC 6455 §4.2.1` takes a path with a query, and a whole http or https URL.
pub(crate) fn split_target(target: &[u8]) -> Option<(Option<&[u8]>, &[u8])> {
    if target.contains(&b'#') {
        return None;
    }
    if target.starts_with(b"/") {
        return Some((None, target));
    }
    let (scheme, rest) = split_where(target, |byte| byte == b':');
    let rest = rest.strip_prefix(b"://")?;
    if ![&b"http"[..], b"https", b"ws", b"wss"].iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
        return None;
    }
    let (authority, resource_name) = match split_where(rest, |byte| matches!(byte, b'/' | b'?')) {
        (all, b"") => (all, &b"/"[..]),
        parts => parts,
    };
    (resource_name.starts_with(b"/") && is_authority(authority)).then_some((Some(authority), resource_name))
}

/// The bytes before the first of this kind, and the others.
fn split_where(text: &[u8], is: impl Fn(u8) -> bool) -> (&[u8], &[u8]) {
    let at = text.iter().position(|byte| is(*byte)).unwrap_or(text.len());
    text.split_at_checked(at).unwrap_or_default()
}

/// What may stand in a registered name or an IPv4 address, and with colons between brackets (RFC 3986 §3.2.2). Underscores
/// are in real names.
fn is_name(byte: u8) -> bool {
    NAME.get(usize::from(byte)).copied().unwrap_or_default()
}

/// For each byte whether it may stand in a name.
static NAME: [bool; 256] = {
    let mut table = [false; 256];
    let mut bytes: &mut [bool] = &mut table;
    let mut byte = 0_u8;
    while let [first, rest @ ..] = bytes {
        *first = byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'%')
            || matches!(byte, b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=');
        byte = byte.wrapping_add(1);
        bytes = rest;
    }
    table
};

fn is_port(text: &[u8]) -> bool {
    match text {
        [] => true,
        [b':', digits @ ..] => is_digits(digits),
        _ => false,
    }
}

fn is_digits(text: &[u8]) -> bool {
    text.len() <= 5 && text.iter().all(u8::is_ascii_digit)
}
