//! What the URL standard would repair in silence and we refuse, and the reasons for which it refuses.

use crate::Error;

/// Refuses what the parser of the URL standard would take, but not as it was written; and schemes other than ours.
pub(crate) fn before_parsing(text: &str) -> Result<(), Error> {
    if let Some(got) = stripped_character(text) {
        return Err(Error::Whitespace { got });
    }
    let (scheme, rest) = text.split_once(':').filter(|(scheme, _)| is_scheme(scheme)).ok_or(Error::MissingScheme)?;
    if scheme.eq_ignore_ascii_case("http") {
        return Err(Error::HttpScheme { secure: false });
    }
    if scheme.eq_ignore_ascii_case("https") {
        return Err(Error::HttpScheme { secure: true });
    }
    if !scheme.eq_ignore_ascii_case("ws") && !scheme.eq_ignore_ascii_case("wss") {
        return Err(Error::Scheme { got: scheme.to_owned() });
    }
    if rest.contains('#') {
        return Err(Error::Fragment);
    }
    // In a query a backslash stands for itself.
    if rest.split('?').next().is_some_and(|front| front.contains('\\')) {
        return Err(Error::Backslash);
    }
    // The parser takes any number of slashes, so that the first step of a path could become the host.
    let rest = rest.strip_prefix("//").ok_or(Error::MissingSlashes)?;
    if matches!(rest.chars().next(), None | Some('/' | '?')) {
        return Err(Error::MissingHost);
    }
    Ok(())
}

/// Our name for what the parser did not like.
pub(crate) fn explain(error: url::ParseError, text: &str) -> Error {
    let host_and_port = host_and_port(text);
    match error {
        url::ParseError::EmptyHost => Error::MissingHost,
        url::ParseError::InvalidPort => {
            Error::Port { got: host_and_port.rsplit_once(':').map_or("", |(_, port)| port).to_owned() }
        }
        url::ParseError::Overflow => Error::TooLong,
        _ => Error::Host { got: host_and_port.to_owned() },
    }
}

/// A character that the parser would strip: a space or control character at an end, a tab or line break anywhere.
fn stripped_character(text: &str) -> Option<char> {
    // Most have no such character anywhere, which is seen of many bytes at once.
    if text.bytes().fold(true, |good, byte| good & (byte > b' ')) {
        return None;
    }
    let strips_at_ends = |c: &char| *c <= ' ';
    let at_ends =
        text.chars().next().filter(strips_at_ends).or_else(|| text.chars().next_back().filter(strips_at_ends));
    at_ends.or_else(|| text.chars().find(|c| matches!(c, '\t' | '\n' | '\r')))
}

/// RFC 3986 §3.1: a letter, then letters, digits, `+`, `-` and `.`.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// The authority without the user info.
fn host_and_port(text: &str) -> &str {
    let rest = text.split_once("//").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    authority.rsplit_once('@').map_or(authority, |(_, host)| host)
}
