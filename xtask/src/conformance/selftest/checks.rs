//! How the server of the self-tests looks at a request: strictly, line by line.

use crate::conformance::selftest::defect::Defect;
use crate::conformance::version::Version;
use crate::conformance::wire::digest;
use crate::conformance::wire::head::Head;

/// The version of a good request, or the status of a refusal.
pub(crate) fn check(raw: &[u8], head: &Head, defect: Defect) -> Result<Version, u16> {
    syntax(raw)?;
    let mut words = head.first.split(' ');
    let line = (words.next(), words.next(), words.next(), words.next());
    let (Some("GET"), Some(target), Some("HTTP/1.1"), None) = line else { return Err(400) };
    if !target.starts_with('/') && !target.starts_with("http://") {
        return Err(400);
    }
    let named = |name: &str| match defect {
        Defect::CaseOfNames => head.fields.iter().filter(|field| field.0 == name).count(),
        _ => head.all(name).count(),
    };
    if named("Host") != 1 {
        return Err(400);
    }
    if named("Upgrade") == 0 || !head.has_token("Upgrade", "websocket") || !head.has_token("Connection", "upgrade") {
        return Err(426);
    }
    let has = |name| head.get(name).is_some();
    if !has("Sec-WebSocket-Version") && !has("Sec-WebSocket-Key") {
        return old(head, defect);
    }
    let key = head.get("Sec-WebSocket-Key").unwrap_or_default();
    let key_is_good = named("Sec-WebSocket-Key") == 1 && digest::nonce(key).is_some();
    if !key_is_good && defect != Defect::NoKeyNeeded {
        return Err(400);
    }
    let versions: Vec<_> = head.all("Sec-WebSocket-Version").collect();
    let version = match versions.as_slice() {
        ["13"] => Version::Hybi17,
        ["7" | "8"] => Version::Hybi10,
        [other] if other.parse::<u8>().is_ok() && !other.starts_with('0') => return Err(426),
        _ => return Err(400),
    };
    lists(head)?;
    Ok(version)
}

fn old(head: &Head, defect: Defect) -> Result<Version, u16> {
    let keys = [head.exact("Sec-WebSocket-Key1"), head.exact("Sec-WebSocket-Key2")];
    match keys {
        [None, None] if head.get("Origin").is_some() => Ok(Version::Hixie75),
        [Some(_), Some(_)] if defect == Defect::AnyKey => Ok(Version::Hybi00),
        [Some(key1), Some(key2)] => match digest::checksum(key1, key2, [0; 8]) {
            Some(_) => Ok(Version::Hybi00),
            None => Err(400),
        },
        _ => Err(400),
    }
}

fn syntax(raw: &[u8]) -> Result<(), u16> {
    let text = raw.strip_suffix(b"\r\n\r\n").ok_or(400u16)?;
    if text.contains(&0) {
        return Err(400);
    }
    for line in text.split(|&byte| byte == b'\n').skip(1) {
        let name = line.split(|&byte| byte == b':').next().unwrap_or_default();
        let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
        if name.is_empty() || name.len() == line.len() || !name.iter().all(is_token) {
            return Err(400);
        }
    }
    Ok(())
}

/// Lists of subprotocols and extensions.
fn lists(head: &Head) -> Result<(), u16> {
    let is_token = |text: &str| {
        let special = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        !text.is_empty() && text.chars().all(special)
    };
    let protocols = head.all("Sec-WebSocket-Protocol").flat_map(|value| value.split(','));
    let extensions = head.all("Sec-WebSocket-Extensions").flat_map(|value| value.split([',', ';']));
    let names = extensions.map(|part| part.split('=').next().unwrap_or_default());
    match protocols.chain(names).all(|name| is_token(name.trim())) {
        true => Ok(()),
        false => Err(400),
    }
}
