//! From the text of a head to its index, in one pass.
//!
//! It says no where anything is wrong, and leaves it to [`fault`](crate::fault) to find out what.

use crate::headers::Field;
use crate::span::Span;
use crate::{HttpVersion, Limits, run, steps};

/// What the text of a request holds.
#[derive(Debug)]
pub(crate) struct RequestIndex {
    pub(crate) method: Span,
    pub(crate) target: Span,
    pub(crate) version: HttpVersion,
    pub(crate) fields: Vec<Field>,
}

/// What the text of a response holds.
#[derive(Debug)]
pub(crate) struct ResponseIndex {
    pub(crate) version: HttpVersion,
    pub(crate) status: u16,
    pub(crate) reason: Span,
    pub(crate) fields: Vec<Field>,
}

/// Indexes the request head at the front of `text` and tells its length, or nothing if it is not a good one.
/// `RFC 9112 §3`.
pub(crate) fn request(text: &[u8], limits: &Limits) -> Option<(RequestIndex, usize)> {
    steps::count(text.len());
    let rest = run::behind_name(text);
    let method = between(text, text, rest);
    let begin = rest.strip_prefix(b" ")?;
    let rest = run::behind_target(begin);
    let target = between(text, begin, rest);
    if method.len() == 0 || target.len() == 0 || target.len() > limits.target_bytes {
        return None;
    }
    let (version, rest) = version(rest.strip_prefix(b" ")?)?;
    let (fields, length) = fields(text, behind_line_end(rest)?, limits)?;
    Some((RequestIndex { method, target, version, fields }, length))
}

/// Indexes the response head at the front of `text` and tells its length, or nothing if it is not a good one.
/// `RFC 9112 §4`.
pub(crate) fn response(text: &[u8], limits: &Limits) -> Option<(ResponseIndex, usize)> {
    steps::count(text.len());
    let (version, rest) = version(text)?;
    let (status, rest) = status(rest.strip_prefix(b" ")?)?;
    let (reason, rest) = match rest.strip_prefix(b" ") {
        Some(begin) => {
            let end = run::behind_value(begin);
            (between(text, begin, end), end)
        }
        None => (Span::default(), rest),
    };
    // It is shown as a `str`, so one that is not ASCII is left out.
    let is_text = reason.len() > 0 && reason.get(text).is_ascii();
    let reason = if is_text { reason } else { Span::default() };
    let (fields, length) = fields(text, behind_line_end(rest)?, limits)?;
    Some((ResponseIndex { version, status, reason, fields }, length))
}

/// The headers that `rest` begins with, which is the end of `text`, and where the empty line behind them ends. The index is the one
/// allocation of a head that is borrowed.
fn fields(text: &[u8], mut rest: &[u8], limits: &Limits) -> Option<(Vec<Field>, usize)> {
    let guess = (rest.len() / COMMON_LINE).saturating_add(1);
    let mut fields = Vec::with_capacity(guess.min(limits.headers));
    loop {
        let colon = run::behind_name(rest);
        let name = between(text, rest, colon);
        if name.len() == 0 {
            let good = fields.len() <= limits.headers;
            return good.then_some((fields, offset(text, behind_line_end(rest)?)));
        }
        let begin = match colon {
            [b':', b' ', begin @ ..] if begin.first() > Some(&b' ') => begin,
            [b':', begin @ ..] => trim_start(begin),
            _ => return None,
        };
        let end = run::behind_value(begin);
        let value = between(text, begin, end);
        let value = match begin.get(value.len().wrapping_sub(1)) {
            Some(..=b' ') => trimmed_end(value, text),
            _ => value,
        };
        // There is room for no more than twice the limit. So it is looked at where that is at an end, and behind the last one.
        if fields.len() == fields.capacity() && fields.len() >= limits.headers {
            return None;
        }
        fields.push(Field { name, value });
        rest = behind_line_end(end)?;
    }
}

/// What is behind the end of a line. A line feed alone is one too, as `RFC 9112 §2.2` lets a recipient take it.
#[inline]
fn behind_line_end(bytes: &[u8]) -> Option<&[u8]> {
    bytes.strip_prefix(b"\r\n").or_else(|| bytes.strip_prefix(b"\n"))
}

fn version(bytes: &[u8]) -> Option<(HttpVersion, &[u8])> {
    match bytes.split_first_chunk()? {
        (b"HTTP/1.1", rest) => Some((HttpVersion::Http11, rest)),
        (b"HTTP/1.0", rest) => Some((HttpVersion::Http10, rest)),
        _ => None,
    }
}

/// Three digits.
fn status(bytes: &[u8]) -> Option<(u16, &[u8])> {
    let (digits, rest) = bytes.split_first_chunk::<3>()?;
    let digit = |digit: &u8| digit.is_ascii_digit().then(|| u16::from(digit.wrapping_sub(b'0')));
    let status = digits.iter().try_fold(0_u16, |status, byte| status.checked_mul(10)?.checked_add(digit(byte)?))?;
    Some((status, rest))
}

/// The bytes without the spaces and tabs before them. `RFC 9112 §5`. Most have one space, which is looked for first.
#[cold]
fn trim_start(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = bytes {
        bytes = rest;
    }
    bytes
}

/// The piece of the text without the spaces and tabs behind it. `RFC 9112 §5`. Most have none.
#[cold]
fn trimmed_end(span: Span, text: &[u8]) -> Span {
    let mut bytes = span.get(text);
    while let [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    Span::new(span.start(), span.start().wrapping_add(bytes.len()))
}

/// The piece of the text from the beginning of one of its ends to that of a shorter one.
#[inline]
const fn between(text: &[u8], begin: &[u8], end: &[u8]) -> Span {
    Span::new(offset(text, begin), offset(text, end))
}

/// Where `end`, which is the end of `text`, begins in it.
#[inline]
const fn offset(text: &[u8], end: &[u8]) -> usize {
    text.len().wrapping_sub(end.len())
}

/// How long the line of a header is in requests of browsers, on the short side.
const COMMON_LINE: usize = 24;
