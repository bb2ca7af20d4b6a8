//! Keys, and what answers them.

use hybi_challenge::{AcceptValue, Checksum, Error, Key, KeyPair, key_part};

use crate::input::Input;

/// A key of either kind, which is also where random bytes come from.
pub fn check_challenge(data: &[u8]) {
    let bytes = Input::new(data).rest();
    if let Ok(key) = Key::parse(bytes) {
        assert_eq!(key.as_str().as_bytes(), bytes);
        assert!(key.accept() == AcceptValue::of(bytes) && key.accept().matches(key.accept().as_str().as_bytes()));
    }
    assert_eq!(key_part(bytes).ok(), naive_part(bytes));
    if let Err(Error::NotAMultiple { number, spaces }) = key_part(bytes) {
        assert_ne!(number % spaces, 0);
    }
    generated(bytes);
}

/// Whatever the random bytes are, a server takes the keys, and answers what the client expects (hybi-00 §5.2).
fn generated(random: &[u8]) {
    let mut source = Input::new(random);
    let pair = KeyPair::generate(|buffer| buffer.fill_with(|| source.byte()));
    let parts = [pair.key1(), pair.key2()].map(|key| {
        assert!(!key.starts_with(' ') && !key.ends_with(' ') && key.bytes().all(|byte| matches!(byte, b' '..=b'~')));
        key_part(key.as_bytes()).expect("a good key")
    });
    assert_eq!(Checksum::new(parts[0], parts[1], pair.key3()), pair.checksum());
    let mut source = Input::new(random);
    let key = Key::generate(|buffer| buffer.fill_with(|| source.byte()));
    assert_eq!(Key::parse(key.as_str().as_bytes()), Ok(key));
}

/// hybi-00 §5.2 with a number as text, so that no arithmetic can overflow.
fn naive_part(key: &[u8]) -> Option<u32> {
    let digits: String = key.iter().filter(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect();
    let spaces = u128::try_from(key.iter().filter(|byte| **byte == b' ').count()).ok().filter(|spaces| *spaces > 0)?;
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return key.iter().any(u8::is_ascii_digit).then_some(0);
    }
    let number: u128 = digits.get(..30.min(digits.len())).filter(|it| it.len() == digits.len())?.parse().ok()?;
    number.is_multiple_of(spaces).then(|| u32::try_from(number / spaces).ok()).flatten()
}
