//! What a client's own request has to have.

use crate::conformance::guest::Guest;
use crate::conformance::wire::digest;

/// Checks a request of RFC 6455 §4.1.
pub(crate) fn check(guest: &Guest) -> Result<(), String> {
    let head = &guest.head;
    if !head.first.starts_with("GET /") || !head.first.ends_with(" HTTP/1.1") {
        return Err(format!("the request line is {:?}", head.first));
    }
    for (name, value) in [("Upgrade", "websocket"), ("Connection", "upgrade")] {
        if !head.has_token(name, value) {
            return Err(format!("{name} is {:?}", head.get(name).unwrap_or_default()));
        }
    }
    for name in ["Host", "Sec-WebSocket-Key", "Sec-WebSocket-Version"] {
        let count = head.all(name).count();
        if count != 1 {
            return Err(format!("{count} fields {name}"));
        }
    }
    let host = head.get("Host").unwrap_or_default();
    if !host.contains(':') {
        return Err(format!("Host is {host:?}, without the port"));
    }
    let key = head.get("Sec-WebSocket-Key").unwrap_or_default();
    match digest::nonce(key) {
        Some(_) => Ok(()),
        None => Err(format!("the key {key:?} is not 16 bytes in base64")),
    }
}
