//! The proofs of the opening handshakes: `Sec-WebSocket-Accept` and the 16 bytes of hybi-00.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::Digest;

/// The value of `Sec-WebSocket-Accept` for a key: RFC 6455 §1.3.
pub(crate) fn accept(key: &str) -> String {
    let mut sha1 = sha1::Sha1::new();
    sha1.update(key.as_bytes());
    sha1.update(b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    STANDARD.encode(sha1.finalize())
}

/// A key made of 16 bytes.
pub(crate) fn key(nonce: &[u8]) -> String {
    STANDARD.encode(nonce)
}

/// The 16 bytes that a key decodes to, if it does.
pub(crate) fn nonce(key: &str) -> Option<Vec<u8>> {
    STANDARD.decode(key).ok().filter(|bytes| bytes.len() == 16)
}

/// The 16 bytes that answer a hybi-00 request: hybi-00 §5.2.
pub(crate) fn checksum(key1: &str, key2: &str, key3: [u8; 8]) -> Option<[u8; 16]> {
    let mut md5 = md5::Md5::new();
    md5.update(number(key1)?.to_be_bytes());
    md5.update(number(key2)?.to_be_bytes());
    md5.update(key3);
    Some(md5.finalize().into())
}

/// The digits of a key as a number, divided by the count of its spaces.
fn number(key: &str) -> Option<u32> {
    let spaces = u64::try_from(key.matches(' ').count()).ok()?;
    let digits: String = key.chars().filter(char::is_ascii_digit).collect();
    let number: u64 = digits.parse().ok()?;
    if spaces == 0 || !number.is_multiple_of(spaces) {
        return None;
    }
    u32::try_from(number / spaces).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proofs_of_the_specifications() {
        assert_eq!(accept("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        let sum = checksum("4 @1  46546xW%0l 1 5", "12998 5 Y3 1  .P00", *b"^n:ds[4U");
        assert_eq!(sum.as_ref().map(|s| &s[..]), Some(&b"8jKS'y:G*Co,Wxa-"[..]));
        assert_eq!(number("3e6b6341780"), None);
        assert_eq!(number("17  9 G`ZD9   2 2b 7X 3 /r91"), None);
    }
}
