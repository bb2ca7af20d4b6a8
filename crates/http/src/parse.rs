//! From the text of a head to its index, through httparse.

use core::mem::MaybeUninit;

use httparse::{Header, ParserConfig, Status};

use crate::headers::Field;
use crate::span::Span;
use crate::{HttpVersion, Limits, steps};

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
pub(crate) fn request(text: &[u8], limits: &Limits) -> Option<(RequestIndex, usize)> {
    with_slots(text, limits, |slots| {
        let mut request = httparse::Request::new(&mut []);
        let Ok(Status::Complete(length)) = request.parse_with_uninit_headers(text, slots) else { return None };
        let (method, target) = (request.method?.as_bytes(), request.path?.as_bytes());
        if !target.is_ascii() || target.len() > limits.target_bytes {
            return None;
        }
        let index = RequestIndex {
            method: Span::of(method, text),
            target: Span::of(target, text),
            version: HttpVersion::from_minor(request.version),
            fields: fields(request.headers, text),
        };
        Some((index, length))
    })
}

/// Indexes the response head at the front of `text` and tells its length, or nothing if it is not a good one.
pub(crate) fn response(text: &[u8], limits: &Limits) -> Option<(ResponseIndex, usize)> {
    let config = ParserConfig::default();
    with_slots(text, limits, |slots| {
        let mut response = httparse::Response::new(&mut []);
        let parsed = config.parse_response_with_uninit_headers(&mut response, text, slots);
        let Ok(Status::Complete(length)) = parsed else { return None };
        // One that is not ASCII comes as an empty text from somewhere else.
        let reason = response.reason.filter(|reason| !reason.is_empty());
        let index = ResponseIndex {
            version: HttpVersion::from_minor(response.version),
            status: response.code?,
            reason: reason.map_or_else(Span::default, |reason| Span::of(reason.as_bytes(), text)),
            fields: fields(response.headers, text),
        };
        Some((index, length))
    })
}

/// Lends as many slots for headers as the limit says: from the stack, or, if the limit is above what the stack holds
/// and that was too little, from the heap, no more than the text has lines.
fn with_slots<'t, T>(
    text: &'t [u8],
    limits: &Limits,
    mut parse: impl FnMut(&mut [MaybeUninit<Header<'t>>]) -> Option<T>,
) -> Option<T> {
    let mut slots = [const { MaybeUninit::uninit() }; STACK_SLOTS];
    steps::count(text.len());
    let parsed = parse(slots.get_mut(..limits.headers.min(STACK_SLOTS)).unwrap_or_default());
    if parsed.is_some() || limits.headers <= STACK_SLOTS {
        return parsed;
    }
    // For the lines, and to parse anew.
    steps::count(text.len().saturating_mul(2));
    let lines = memchr::memchr_iter(b'\n', text).count();
    parse(&mut vec![MaybeUninit::uninit(); lines.min(limits.headers)])
}

/// The index of the headers: the one allocation of a head that is borrowed.
fn fields(headers: &[Header<'_>], text: &[u8]) -> Vec<Field> {
    headers
        .iter()
        .map(|header| Field { name: Span::of(header.name.as_bytes(), text), value: Span::of(header.value, text) })
        .collect()
}

/// How many headers are indexed without a second allocation.
const STACK_SLOTS: usize = 100;
