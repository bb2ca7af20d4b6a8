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
    let mut cursor = Cursor::new(text);
    let method = cursor.take(run::name(text))?;
    cursor.skip(b" ")?;
    let target = cursor.take(run::target(cursor.rest))?;
    cursor.skip(b" ")?;
    let version = cursor.version()?;
    cursor.skip_line_end()?;
    if method.len() == 0 || target.len() == 0 || target.len() > limits.target_bytes {
        return None;
    }
    let fields = cursor.fields(limits)?;
    Some((RequestIndex { method, target, version, fields }, cursor.at()))
}

/// Indexes the response head at the front of `text` and tells its length, or nothing if it is not a good one.
/// `RFC 9112 §4`.
pub(crate) fn response(text: &[u8], limits: &Limits) -> Option<(ResponseIndex, usize)> {
    let mut cursor = Cursor::new(text);
    let version = cursor.version()?;
    cursor.skip(b" ")?;
    let status = cursor.status()?;
    let reason = match cursor.skip(b" ") {
        Some(()) => cursor.take(run::value(cursor.rest))?,
        None => Span::default(),
    };
    cursor.skip_line_end()?;
    let is_text = reason.len() > 0 && reason.get(text).is_ascii();
    let reason = if is_text { reason } else { Span::default() };
    let fields = cursor.fields(limits)?;
    Some((ResponseIndex { version, status, reason, fields }, cursor.at()))
}

/// A text, and what of it is still to be parsed.
struct Cursor<'t> {
    text: &'t [u8],
    rest: &'t [u8],
}

impl<'t> Cursor<'t> {
    fn new(text: &'t [u8]) -> Self {
        steps::count(text.len());
        Self { text, rest: text }
    }

    /// How far it is.
    const fn at(&self) -> usize {
        self.text.len().wrapping_sub(self.rest.len())
    }

    /// Passes over `length` bytes, and tells where they are.
    #[inline]
    fn take(&mut self, length: usize) -> Option<Span> {
        let span = Span::new(self.at(), self.at().wrapping_add(length));
        self.rest = self.rest.get(length..)?;
        Some(span)
    }

    /// Passes over these bytes, if they are next.
    #[inline]
    fn skip(&mut self, bytes: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(bytes)?;
        Some(())
    }

    /// Passes over the end of a line. A line feed alone is one too, as `RFC 9112 §2.2` lets a recipient take it.
    #[inline]
    fn skip_line_end(&mut self) -> Option<()> {
        self.skip(b"\r\n").or_else(|| self.skip(b"\n"))
    }

    fn version(&mut self) -> Option<HttpVersion> {
        let (version, rest) = self.rest.split_first_chunk::<8>()?;
        self.rest = rest;
        match version {
            b"HTTP/1.1" => Some(HttpVersion::Http11),
            b"HTTP/1.0" => Some(HttpVersion::Http10),
            _ => None,
        }
    }

    /// Three digits.
    fn status(&mut self) -> Option<u16> {
        let (digits, rest) = self.rest.split_first_chunk::<3>()?;
        self.rest = rest;
        let digit = |digit: &u8| digit.is_ascii_digit().then(|| u16::from(digit.wrapping_sub(b'0')));
        digits.iter().try_fold(0_u16, |status, byte| status.checked_mul(10)?.checked_add(digit(byte)?))
    }

    /// The headers, and the empty line behind them. The index is the one allocation of a head that is borrowed.
    fn fields(&mut self, limits: &Limits) -> Option<Vec<Field>> {
        let guess = self.rest.len() / COMMON_LINE;
        let mut fields = Vec::with_capacity(guess.min(limits.headers));
        loop {
            let name = self.take(run::name(self.rest))?;
            if name.len() == 0 {
                self.skip_line_end()?;
                return Some(fields);
            }
            self.skip(b":")?;
            let value = self.value()?;
            self.skip_line_end()?;
            if fields.len() >= limits.headers {
                return None;
            }
            fields.push(Field { name, value });
        }
    }

    /// A value, without the spaces and tabs at its ends. `RFC 9112 §5`.
    #[inline]
    fn value(&mut self) -> Option<Span> {
        while let [b' ' | b'\t', rest @ ..] = self.rest {
            self.rest = rest;
        }
        let (mut value, rest) = self.rest.split_at_checked(run::value(self.rest))?;
        let start = self.at();
        self.rest = rest;
        while let [shorter @ .., b' ' | b'\t'] = value {
            value = shorter;
        }
        Some(Span::new(start, start.wrapping_add(value.len())))
    }
}

/// How long the line of a header is in requests of browsers, on the short side.
const COMMON_LINE: usize = 24;
