//! Comma lists, tokens, quoted strings.

use std::borrow::Cow;

use crate::Error;
use crate::error::excerpt;
use crate::grammar::{is_token, is_value_byte, trim};

/// The tokens of a comma list. Empty elements are passed over, as `RFC 9110 §5.6.1.2` asks, and those that are no
/// tokens.
///
/// ```
/// let tokens: Vec<_> = hybi_http::tokens(b"keep-alive,, Upgrade").collect();
/// assert_eq!(tokens, ["keep-alive", "Upgrade"]);
/// ```
pub fn tokens(value: &[u8]) -> impl Iterator<Item = &str> + Clone {
    checked_tokens(value).filter_map(Result::ok)
}

/// The tokens of a comma list, and an error in the place of each element that is no token.
pub(crate) fn checked_tokens(value: &[u8]) -> impl Iterator<Item = Result<&str, Error>> + Clone {
    elements(value).map(|element| match core::str::from_utf8(element) {
        Ok(token) if is_token(element) => Ok(token),
        _ => Err(Error::Token { got: excerpt(element) }),
    })
}

/// The elements of a comma list, without empty ones.
pub(crate) fn elements(value: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    value.split(|byte| *byte == b',').map(trim).filter(|element| !element.is_empty())
}

/// The text as a token if it is one, else as a quoted string. `RFC 9110 §5.6.4`.
///
/// ```
/// assert_eq!(hybi_http::quote("15"), "15");
/// assert_eq!(hybi_http::quote("a \"b\""), r#""a \"b\"""#);
/// ```
#[must_use]
pub fn quote(text: &str) -> Cow<'_, str> {
    if is_token(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut quoted = String::with_capacity(text.len().saturating_add(2));
    quoted.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    quoted.push('"');
    Cow::Owned(quoted)
}

/// The text that a quoted string stands for; what is not quoted is given as it is. `RFC 9110 §5.6.4`.
///
/// ```
/// assert_eq!(hybi_http::unquote(r#""a \"b\"""#)?, "a \"b\"");
/// # Ok::<(), hybi_http::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::QuotedString`] if the closing quote is missing or is not the end, or for a byte that none may have.
pub fn unquote(text: &str) -> Result<Cow<'_, str>, Error> {
    if !text.starts_with('"') {
        return Ok(Cow::Borrowed(text));
    }
    match quoted_string(text)? {
        (unquoted, "") => Ok(unquoted),
        _ => Err(Error::QuotedString { got: excerpt(text.as_bytes()) }),
    }
}

/// Takes a quoted string from the front of `text`, which begins with the quote. Gives what it stands for, and the rest.
pub(crate) fn quoted_string(text: &str) -> Result<(Cow<'_, str>, &str), Error> {
    let fault = || Error::QuotedString { got: excerpt(text.as_bytes()) };
    let inner = text.strip_prefix('"').ok_or_else(fault)?;
    let mut unescaped: Option<String> = None;
    let mut from = 0;
    let mut bytes = inner.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => {
                let piece = inner.get(from..at).ok_or_else(fault)?;
                let rest = inner.get(at.saturating_add(1)..).ok_or_else(fault)?;
                let whole = match unescaped {
                    Some(mut whole) => {
                        whole.push_str(piece);
                        Cow::Owned(whole)
                    }
                    None => Cow::Borrowed(piece),
                };
                return Ok((whole, rest));
            }
            b'\\' => {
                unescaped.get_or_insert_default().push_str(inner.get(from..at).ok_or_else(fault)?);
                from = at.saturating_add(1);
                if !bytes.next().is_some_and(|(_, escaped)| is_value_byte(escaped)) {
                    break;
                }
            }
            _ if is_value_byte(byte) => {}
            _ => break,
        }
    }
    Err(fault())
}
