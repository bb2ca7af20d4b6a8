//! Tokens and quoted strings.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use hybi_http::{Error, is_token, quote, tokens, unquote};
use proptest::prelude::*;

#[test]
fn tokens_are_visible_ascii_without_delimiters() {
    for byte in 0..=u8::MAX {
        let delimiter = b"\"(),/:;<=>?@[\\]{}".contains(&byte);
        assert_eq!(is_token(&[byte]), byte.is_ascii_graphic() && !delimiter, "{byte:#04x}");
        assert_eq!(is_token(&[b'a', byte, b'z']), is_token(&[byte]));
    }
    assert!(!is_token(b""));
}

#[test]
fn elements_that_are_empty_are_passed_over() {
    for (value, expected) in [
        ("", &[][..]),
        (",", &[]),
        (" \t,, ", &[]),
        ("a", &["a"]),
        (" a ", &["a"]),
        ("a,b", &["a", "b"]),
        (",a,\t, b ,", &["a", "b"]),
        ("a b, c", &["c"]),
    ] {
        assert_eq!(tokens(value.as_bytes()).collect::<Vec<_>>(), expected, "{value}");
    }
}

#[test]
fn quoted_strings() {
    for (quoted, text) in [
        ("\"\"", ""),
        ("\"a b\"", "a b"),
        (r#""a\"b""#, "a\"b"),
        (r#""\\""#, "\\"),
        (r#""\a\b""#, "ab"),
        ("\"é\\é\"", "éé"),
        ("\"a\tb\"", "a\tb"),
        ("plain", "plain"),
        ("", ""),
    ] {
        assert_eq!(unquote(quoted).as_deref(), Ok(text), "{quoted}");
    }
    for text in ["\"", "\"a", "\"a\\", "\"a\\\"", "\"a\"b", "\"a\" ", "\"\n\"", "\"\0\"", "\"\\\r\"", "\"\x7f\""] {
        assert!(matches!(unquote(text), Err(Error::QuotedString { .. })), "{text:?}");
    }
    assert_eq!(quote(""), "\"\"");
}

proptest! {
    #[test]
    fn what_is_quoted_is_unquoted(text in "[^\\x00-\\x08\\x0A-\\x1F\\x7F]{0,30}") {
        let quoted = quote(&text);
        let unquoted = unquote(&quoted);
        prop_assert_eq!(unquoted.as_deref(), Ok(&*text));
    }

    #[test]
    fn any_text_is_unquoted_or_refused(text in any::<String>()) {
        let _ = unquote(&text);
        let _ = unquote(&format!("\"{text}"));
    }
}
