//! User name and password as a header's value.

use hybi_url::Url;

/// The value of `Authorization` for the user info of a URL, if it has one. `RFC 7617 §2`.
pub(crate) fn basic_auth(url: &Url) -> Option<String> {
    let (name, password) = (url.username()?, url.password().unwrap_or_default());
    Some(format!("Basic {}", base64(format!("{name}:{password}").as_bytes())))
}

/// `RFC 4648 §4`. Written here, as a version without a key brings no other need of it.
fn base64(bytes: &[u8]) -> String {
    let digit = |bits: u32| ALPHABET.get(usize::try_from(bits & 63).unwrap_or_default()).copied().unwrap_or_default();
    let mut text = String::with_capacity(bytes.len().div_ceil(3).saturating_mul(4));
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
            << 3_usize.saturating_sub(group.len()).saturating_mul(8);
        let digits = [18, 12, 6, 0].map(|shift| char::from(digit(bits >> shift)));
        let used = group.len().saturating_add(1);
        text.extend(digits.iter().take(used));
        text.extend(core::iter::repeat_n('=', 4_usize.saturating_sub(used)));
    }
    text
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn published_vectors() {
        let vectors = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("Aladdin:open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        ];
        for (bytes, text) in vectors {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
