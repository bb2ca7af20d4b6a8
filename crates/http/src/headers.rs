//! The headers of a head: an index into its text.

use std::borrow::Cow;

use memchr::memchr;

use crate::error::excerpt;
use crate::span::Span;
use crate::{Error, Extension, extensions, grammar, list};

/// The headers of a request or a response, in their order and their case; names are compared in any case.
///
/// They are the text of the head and an index into it. Values come without the spaces and tabs at their ends.
#[derive(Clone, PartialEq, Eq)]
pub struct Headers<'a> {
    /// The whole head, from the first line to the empty line.
    text: Cow<'a, [u8]>,
    fields: Vec<Field>,
}

/// Where one header stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: Span,
    /// Without spaces at its ends.
    pub(crate) value: Span,
}

impl<'a> Headers<'a> {
    /// The headers of a parsed head.
    pub(crate) const fn new(text: Cow<'a, [u8]>, fields: Vec<Field>) -> Self {
        Self { text, fields }
    }

    /// No headers yet, in the text of a head that is to be sent.
    pub(crate) fn built(text: Vec<u8>) -> Headers<'static> {
        Headers { text: Cow::Owned(text), fields: Vec::with_capacity(BUILD_FIELDS) }
    }

    /// See [`Request::retained_bytes`](crate::Request::retained_bytes).
    pub(crate) const fn retained_bytes(&self) -> usize {
        let text = match &self.text {
            Cow::Owned(text) => text.capacity(),
            Cow::Borrowed(_) => 0,
        };
        text.saturating_add(self.fields.capacity().saturating_mul(size_of::<Field>()))
    }

    /// How many headers there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Name and value of each header, in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &[u8])> + Clone {
        self.fields.iter().map(|field| (self.str(field.name), field.value.get(&self.text)))
    }

    /// As [`Headers::iter`], with names as bytes: for who compares names and has no use for a `str`. It is faster.
    pub fn iter_bytes(&self) -> impl ExactSizeIterator<Item = (&[u8], &[u8])> + Clone {
        let text = self.text();
        self.fields.iter().map(move |field| (field.name.get(text), field.value.get(text)))
    }

    /// Shows name and value of each header, and where in the text of the head the value begins, as
    /// [`Request::take_whole_and_show`](crate::Request::take_whole_and_show) does.
    pub fn show(&self, mut show: impl FnMut(&[u8], &[u8], usize)) {
        let text = self.text();
        for field in &self.fields {
            show(field.name.get(text), field.value.get(text), field.value.start());
        }
    }

    /// The value of the first header of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.named(name).next().map(|field| field.value.get(&self.text))
    }

    /// The value of the first header of this name, if it is ASCII.
    #[must_use]
    pub fn get_str(&self, name: &str) -> Option<&str> {
        let value = self.get(name)?;
        if value.is_ascii() { core::str::from_utf8(value).ok() } else { None }
    }

    /// The value of the first header of this name as it stands on the wire, less the one space behind the colon.
    ///
    /// For values in which spaces count, such as the keys of `draft-ietf-hybi-00`.
    #[must_use]
    pub fn get_raw(&self, name: &str) -> Option<&[u8]> {
        let field = self.named(name).next()?;
        let raw = self.text.get(field.name.end()..self.line_end(*field))?;
        let raw = raw.strip_suffix(b"\n").unwrap_or(raw);
        let raw = raw.strip_suffix(b"\r").unwrap_or(raw);
        let raw = raw.strip_prefix(b":").unwrap_or(raw);
        Some(raw.strip_prefix(b" ").unwrap_or(raw))
    }

    /// The values of all headers of this name, in their order.
    pub fn get_all(&self, name: &str) -> impl Iterator<Item = &[u8]> + Clone {
        self.named(name).map(|field| field.value.get(&self.text))
    }

    /// Whether there is a header of this name.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.named(name).next().is_some()
    }

    /// The value of a header that may be there once at most.
    ///
    /// # Errors
    ///
    /// [`Error::RepeatedHeader`] if there is more than one of this name.
    pub fn only_one(&self, name: &str) -> Result<Option<&[u8]>, Error> {
        let mut values = self.get_all(name);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Error::RepeatedHeader { name: excerpt(name.as_bytes()) }),
            (value, None) => Ok(value),
        }
    }

    /// The tokens of a comma list that may go on in further headers of the same name. Other elements are passed over;
    /// [`Headers::checked_tokens`] reports them.
    pub fn tokens(&self, name: &str) -> impl Iterator<Item = &str> + Clone {
        self.get_all(name).flat_map(list::tokens)
    }

    /// The tokens of a comma list that may go on in further headers of the same name, or what stands there instead of
    /// one: [`Error::Token`].
    pub fn checked_tokens(&self, name: &str) -> impl Iterator<Item = Result<&str, Error>> + Clone {
        self.get_all(name).flat_map(list::checked_tokens)
    }

    /// Whether a token is in the comma list of this name, in any case.
    #[must_use]
    pub fn contains_token(&self, name: &str, token: &str) -> bool {
        let token = token.as_bytes();
        self.get_all(name).any(|value| {
            value.eq_ignore_ascii_case(token)
                || list::elements(value).any(|element| element.eq_ignore_ascii_case(token))
        })
    }

    /// The extensions of a list that may go on in further headers of the same name. See [`extensions`].
    pub fn extensions(&self, name: &str) -> impl Iterator<Item = Result<Extension<'_>, Error>> {
        extensions(self.get_all(name))
    }

    /// The length of the body as the head tells it, or `None` if it tells none.
    ///
    /// # Errors
    ///
    /// [`Error::RepeatedHeader`], and [`Error::ContentLength`] for what is not one number. Both are refused, since two
    /// ends of a connection may read them in two ways. `RFC 9110 §8.6`.
    pub fn content_length(&self) -> Result<Option<u64>, Error> {
        let Some(value) = self.only_one("Content-Length")? else { return Ok(None) };
        let digits = if value.iter().all(u8::is_ascii_digit) { core::str::from_utf8(value).ok() } else { None };
        match digits.and_then(|digits| digits.parse().ok()) {
            Some(length) => Ok(Some(length)),
            None => Err(Error::ContentLength { got: excerpt(value) }),
        }
    }

    /// The whole head.
    pub(crate) fn text(&self) -> &[u8] {
        &self.text
    }

    /// A piece of the head that was checked to be ASCII.
    pub(crate) fn str(&self, span: Span) -> &str {
        core::str::from_utf8(span.get(&self.text)).unwrap_or_default()
    }

    /// The same with a text of its own.
    pub(crate) fn into_owned(self) -> Headers<'static> {
        Headers { text: Cow::Owned(self.text.into_owned()), fields: self.fields }
    }

    /// Appends a header that is to be sent.
    pub(crate) fn push(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let value = checked(name, value)?;
        self.append(name.as_bytes(), value)
    }

    /// Appends a header that another program received; any byte above ASCII is allowed in its value.
    pub(crate) fn push_received(&mut self, name: &[u8], value: &[u8]) -> Result<(), Error> {
        if !grammar::is_token(name) {
            return Err(Error::HeaderName { got: excerpt(name) });
        }
        let value = grammar::trim(value);
        if let Some(&got) = value.iter().find(|byte| !grammar::is_value_byte(**byte)) {
            return Err(Error::HeaderValue { name: excerpt(name), got });
        }
        self.append(name, value)
    }

    /// Puts one header in the place of all of this name, where the first of them was.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let value = checked(name, value)?;
        if !self.contains(name) {
            return self.append(name.as_bytes(), value);
        }
        self.rewrite(name, Some(value))
    }

    /// Takes out all headers of this name.
    pub(crate) fn remove(&mut self, name: &str) -> bool {
        self.contains(name) && self.rewrite(name, None).is_ok()
    }

    /// Appends a header that was checked, before the empty line.
    fn append(&mut self, name: &[u8], value: &[u8]) -> Result<(), Error> {
        let added = name.len().saturating_add(value.len()).saturating_add(LINE_EXTRA);
        if self.text.len().saturating_add(added) > Span::LIMIT {
            return Err(Error::HeadTooLarge { limit: Span::LIMIT });
        }
        let text = self.text.to_mut();
        text.truncate(text.len().saturating_sub(if text.ends_with(b"\r\n") { 2 } else { 1 }));
        text.reserve(added);
        self.fields.push(append_line(text, name, value));
        text.extend_from_slice(b"\r\n");
        Ok(())
    }

    /// Writes the text anew in one pass, with `value` in the first header of this name and without the others.
    fn rewrite(&mut self, name: &str, mut value: Option<&[u8]>) -> Result<(), Error> {
        let more = value.map_or(0, <[u8]>::len);
        if self.text.len().saturating_add(more).saturating_add(LINE_EXTRA) > Span::LIMIT {
            return Err(Error::HeadTooLarge { limit: Span::LIMIT });
        }
        let mut text = Vec::with_capacity(self.text.len().saturating_add(more).saturating_add(LINE_EXTRA));
        let mut fields = Vec::with_capacity(self.fields.len());
        let first = self.fields.first().map_or(0, |field| field.name.start());
        text.extend_from_slice(self.text.get(..first).unwrap_or_default());
        for field in &self.fields {
            if !is_named(*field, &self.text, name) {
                let by = field.name.start().wrapping_sub(text.len());
                fields.push(Field { name: field.name.moved(by), value: field.value.moved(by) });
                text.extend_from_slice(self.text.get(field.name.start()..self.line_end(*field)).unwrap_or_default());
            } else if let Some(value) = value.take() {
                fields.push(append_line(&mut text, field.name.get(&self.text), value));
            }
        }
        text.extend_from_slice(b"\r\n");
        self.text = Cow::Owned(text);
        self.fields = fields;
        Ok(())
    }

    /// The headers of a name. The length is compared first, so few bytes are looked at.
    fn named(&self, name: &str) -> impl Iterator<Item = &Field> + Clone {
        let text = self.text();
        self.fields.iter().filter(move |field| is_named(**field, text, name))
    }

    /// The offset behind the line of a header.
    fn line_end(&self, field: Field) -> usize {
        let from = field.value.end();
        let rest = self.text.get(from..).unwrap_or_default();
        memchr(b'\n', rest).map_or(self.text.len(), |line_feed| from.saturating_add(line_feed).saturating_add(1))
    }
}

impl core::fmt::Debug for Headers<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_map().entries(self.iter().map(|(name, value)| (name, value.escape_ascii().to_string()))).finish()
    }
}

/// The value of a header that is to be sent, trimmed, if name and value may be sent.
pub(crate) fn checked<'v>(name: &str, value: &'v str) -> Result<&'v [u8], Error> {
    if !grammar::is_token(name.as_bytes()) {
        return Err(Error::HeaderName { got: excerpt(name.as_bytes()) });
    }
    let value = grammar::trim(value.as_bytes());
    if grammar::is_sent_value(value) {
        return Ok(value);
    }
    let got = value.iter().copied().find(|byte| !grammar::is_sent_value(&[*byte])).unwrap_or_default();
    Err(Error::HeaderValue { name: excerpt(name.as_bytes()), got })
}

/// Writes the line of a header.
pub(crate) fn append_line(text: &mut Vec<u8>, name: &[u8], value: &[u8]) -> Field {
    let start = text.len();
    text.extend_from_slice(name);
    let name = Span::new(start, text.len());
    text.extend_from_slice(b": ");
    let start = text.len();
    text.extend_from_slice(value);
    let value = Span::new(start, text.len());
    text.extend_from_slice(b"\r\n");
    Field { name, value }
}

fn is_named(field: Field, text: &[u8], name: &str) -> bool {
    field.name.len() == name.len() && is_same(field.name.get(text), name.as_bytes())
}

/// Whether two names of one length are the same in any case. Most are written in the same case.
#[inline(never)]
fn is_same(one: &[u8], other: &[u8]) -> bool {
    one == other || one.eq_ignore_ascii_case(other)
}

/// What a header's line has beside name and value: colon, space and line end.
const LINE_EXTRA: usize = 4;

/// Room for the headers of a common request that is built.
const BUILD_FIELDS: usize = 12;
