//! From the text of a complete head to its index, through httparse; and what is wrong where httparse refuses.

use core::mem::MaybeUninit;

use httparse::{Header, ParserConfig, Status};

use crate::error::excerpt;
use crate::grammar::{is_target, is_token, is_value_byte, trim};
use crate::headers::Field;
use crate::scan::Kind;
use crate::span::Span;
use crate::{Error, HttpVersion, Limits};

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

/// Indexes a complete request head.
pub(crate) fn request(text: &[u8], limits: &Limits) -> Result<RequestIndex, Error> {
    with_slots(text, limits, |slots| {
        let mut request = httparse::Request::new(&mut []);
        let Ok(Status::Complete(_)) = request.parse_with_uninit_headers(text, slots) else { return None };
        let (method, target) = (request.method?.as_bytes(), request.path?.as_bytes());
        if !target.is_ascii() {
            return None;
        }
        Some(RequestIndex {
            method: Span::of(method, text),
            target: Span::of(target, text),
            version: HttpVersion::from_minor(request.version),
            fields: index(request.headers, text),
        })
    })
    .filter(|index| index.target.len() <= limits.target_bytes)
    .ok_or_else(|| fault(Kind::Request, text, limits))
}

/// Indexes a complete response head.
pub(crate) fn response(text: &[u8], limits: &Limits) -> Result<ResponseIndex, Error> {
    let config = ParserConfig::default();
    with_slots(text, limits, |slots| {
        let mut response = httparse::Response::new(&mut []);
        let parsed = config.parse_response_with_uninit_headers(&mut response, text, slots);
        let Ok(Status::Complete(_)) = parsed else { return None };
        Some(ResponseIndex {
            version: HttpVersion::from_minor(response.version),
            status: response.code?,
            reason: Span::of(response.reason?.as_bytes(), text),
            fields: index(response.headers, text),
        })
    })
    .ok_or_else(|| fault(Kind::Response, text, limits))
}

/// Lends as many slots for headers as the limit says: from the stack, or, if the limit is above what the stack holds
/// and that was too little, from the heap, no more than the text has lines.
fn with_slots<'t, T>(
    text: &'t [u8],
    limits: &Limits,
    mut parse: impl FnMut(&mut [MaybeUninit<Header<'t>>]) -> Option<T>,
) -> Option<T> {
    let mut slots = [const { MaybeUninit::uninit() }; STACK_SLOTS];
    let parsed = parse(slots.get_mut(..limits.headers.min(STACK_SLOTS)).unwrap_or_default());
    if parsed.is_some() || limits.headers <= STACK_SLOTS {
        return parsed;
    }
    let lines = memchr::memchr_iter(b'\n', text).count();
    parse(&mut vec![MaybeUninit::uninit(); lines.min(limits.headers)])
}

fn index(headers: &[Header<'_>], text: &[u8]) -> Vec<Field> {
    headers
        .iter()
        .map(|header| Field { name: Span::of(header.name.as_bytes(), text), value: Span::of(header.value, text) })
        .collect()
}

/// What is wrong with a head that was refused: the first fault, from its start.
#[cold]
fn fault(kind: Kind, text: &[u8], limits: &Limits) -> Error {
    let mut lines = text.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let first = lines.next().unwrap_or_default();
    let fault = if first.contains(&b'\r') {
        Some(Error::BareCarriageReturn { got: excerpt(first) })
    } else {
        match kind {
            Kind::Request => request_line_fault(first, limits),
            Kind::Response => status_line_fault(first),
        }
    };
    fault
        .or_else(|| {
            lines.take_while(|line| !line.is_empty()).enumerate().find_map(|(nth, line)| {
                header_fault(line)
                    .or_else(|| (nth >= limits.headers).then_some(Error::TooManyHeaders { limit: limits.headers }))
            })
        })
        .unwrap_or_else(|| match kind {
            Kind::Request => Error::RequestLine { got: excerpt(first) },
            Kind::Response => Error::StatusLine { got: excerpt(first) },
        })
}

fn request_line_fault(line: &[u8], limits: &Limits) -> Option<Error> {
    let mut parts = line.split(|byte| *byte == b' ');
    let (Some(method), Some(target), Some(version), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Some(Error::RequestLine { got: excerpt(line) });
    };
    if !is_token(method) || !is_target(target) {
        return Some(Error::RequestLine { got: excerpt(line) });
    }
    HttpVersion::parse(version).err().or_else(|| {
        let (got, limit) = (target.len(), limits.target_bytes);
        (got > limit).then_some(Error::TargetTooLong { got, limit })
    })
}

fn status_line_fault(line: &[u8]) -> Option<Error> {
    let version = line.split(|byte| *byte == b' ').next().unwrap_or_default();
    HttpVersion::parse(version).err().or_else(|| match line.get(version.len()..).unwrap_or_default() {
        [b' ', a, b, c] if [a, b, c].iter().all(|digit| digit.is_ascii_digit()) => None,
        [b' ', a, b, c, b' ', reason @ ..]
            if [a, b, c].iter().all(|digit| digit.is_ascii_digit()) && reason.iter().copied().all(is_value_byte) =>
        {
            None
        }
        _ => Some(Error::StatusLine { got: excerpt(line) }),
    })
}

fn header_fault(line: &[u8]) -> Option<Error> {
    if matches!(line, [b' ' | b'\t', ..]) {
        return Some(Error::FoldedHeader { got: excerpt(line) });
    }
    if line.contains(&b'\r') {
        return Some(Error::BareCarriageReturn { got: excerpt(line) });
    }
    let Some((name, value)) = memchr::memchr(b':', line).and_then(|colon| line.split_at_checked(colon)) else {
        return Some(Error::HeaderName { got: excerpt(line) });
    };
    if !is_token(name) {
        let trimmed = trim(name);
        return Some(if is_token(trimmed) {
            Error::SpaceBeforeColon { name: excerpt(trimmed) }
        } else {
            Error::HeaderName { got: excerpt(name) }
        });
    }
    let got = value.iter().copied().find(|byte| !is_value_byte(*byte))?;
    Some(Error::HeaderValue { name: excerpt(name), got })
}

/// How many headers are indexed without a second allocation.
const STACK_SLOTS: usize = 100;
