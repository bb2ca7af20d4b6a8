//! What is wrong with a head that the parser refused.

use crate::error::excerpt;
use crate::grammar::{is_target, is_token, is_value_byte, trim};
use crate::scan::Kind;
use crate::{Error, HttpVersion, Limits, steps};

/// What is wrong with a head that was refused: the first fault, from its start.
#[cold]
pub(crate) fn fault(kind: Kind, text: &[u8], limits: &Limits) -> Error {
    steps::count(text.len());
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
    if !is_token(method) || !is_target(target) || version.is_empty() {
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
