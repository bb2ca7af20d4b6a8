//! From the text of a head to its index, in one pass.
//!
//! It says no where anything is wrong, and leaves it to [`fault`](crate::fault) to find out what.

use crate::headers::Field;
use crate::span::{Span, nothing};
use crate::{HttpVersion, Limits, grammar, run, steps};

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

/// Indexes the request head at the front of `text` and tells its length, or nothing if it is not a good one. Shows each header on
/// the way: name, value, and where that begins. `RFC 9112 §3`.
#[inline]
pub(crate) fn request(
    text: &[u8],
    limits: &Limits,
    show: impl FnMut(&[u8], &[u8], usize),
) -> Option<(RequestIndex, usize)> {
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
    let (fields, length) = fields(text, behind_line_end(rest)?, limits, show)?;
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
    let (fields, length) = fields(text, behind_line_end(rest)?, limits, |_, _, _| {})?;
    Some((ResponseIndex { version, status, reason, fields }, length))
}

/// The headers that `rest` begins with, which is the end of `text`, and where the empty line behind them ends. The index is the one
/// allocation of a head that is borrowed.
#[inline(never)]
fn fields(
    text: &[u8],
    mut rest: &[u8],
    limits: &Limits,
    mut show: impl FnMut(&[u8], &[u8], usize),
) -> Option<(Vec<Field>, usize)> {
    let guess = (rest.len() / COMMON_LINE).saturating_add(1);
    let mut fields = Vec::with_capacity(guess.min(limits.headers));
    loop {
        let colon = run::behind_name(rest);
        let name = before(rest, colon);
        if name.is_empty() {
            let good = fields.len() <= limits.headers;
            return good.then_some((fields, offset(text, behind_line_end(rest)?)));
        }
        let begin = match colon {
            [b':', b' ', begin @ ..] if begin.first() > Some(&b' ') => begin,
            [b':', begin @ ..] => trim_start(begin),
            _ => return None,
        };
        let end = run::behind_value(begin);
        let value = before(begin, end);
        let value = match value.last() {
            Some(..=b' ') => grammar::trim(value),
            _ => value,
        };
        // There is room for no more than twice the limit. So it is looked at where that is at an end, and behind the last one.
        if fields.len() == fields.capacity() && !make_room(&mut fields, limits) {
            return None;
        }
        let at = offset(text, begin);
        fields.push(Field { name: between(text, rest, colon), value: Span::new(at, at.wrapping_add(value.len())) });
        show(name, value, at);
        rest = behind_line_end(end)?;
    }
}

/// Room for more headers, unless there are as many as there may be.
#[cold]
#[inline(never)]
fn make_room(fields: &mut Vec<Field>, limits: &Limits) -> bool {
    let may = fields.len() < limits.headers;
    if may {
        fields.reserve(1);
    }
    may
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

/// The bytes before one of their ends.
#[inline]
fn before<'t>(bytes: &'t [u8], end: &[u8]) -> &'t [u8] {
    bytes.get(..offset(bytes, end)).unwrap_or_else(nothing)
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
