//! Extension lists, such as the value of `Sec-WebSocket-Extensions`.

use core::fmt;
use std::borrow::Cow;

use crate::error::excerpt;
use crate::grammar::{is_token, is_token_byte};
use crate::list::quoted_string;
use crate::{Error, Limits};

/// One extension of a list: a name and parameters, all of them tokens. `RFC 6455 §9.1`.
///
/// Repeated parameters are kept; the extension decides what they mean.
///
/// ```
/// use hybi_http::Extension;
///
/// let offer = Extension::new("permessage-deflate")?.with_flag("client_max_window_bits")?;
/// let answer = Extension::parse("permessage-deflate; client_max_window_bits=\"12\"")?;
/// assert_eq!(offer.to_string(), "permessage-deflate; client_max_window_bits");
/// assert_eq!(offer.get("client_max_window_bits"), Some(None));
/// assert_eq!(answer.get("client_max_window_bits"), Some(Some("12")));
/// # Ok::<(), hybi_http::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Extension<'a> {
    name: Cow<'a, str>,
    params: Vec<Param<'a>>,
}

/// One parameter of an extension: a name, or a name and a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Param<'a> {
    name: Cow<'a, str>,
    value: Option<Cow<'a, str>>,
}

impl<'a> Extension<'a> {
    /// How many bytes it holds on the heap; texts that it borrows are none of them.
    #[must_use]
    pub fn retained_bytes(&self) -> usize {
        let values = |param: &Param<'_>| owned(&param.name).saturating_add(param.value.as_ref().map_or(0, owned));
        let params = self.params.capacity().saturating_mul(size_of::<Param<'_>>());
        self.params.iter().map(values).fold(owned(&self.name).saturating_add(params), usize::saturating_add)
    }

    /// An extension without parameters.
    ///
    /// # Errors
    ///
    /// [`Error::Token`] if the name is none.
    pub fn new(name: impl Into<Cow<'a, str>>) -> Result<Self, Error> {
        Ok(Self { name: checked(name.into())?, params: Vec::new() })
    }

    /// Appends a parameter without a value.
    ///
    /// # Errors
    ///
    /// [`Error::Token`] if the name is none; [`Error::TooManyParams`].
    pub fn with_flag(self, name: impl Into<Cow<'a, str>>) -> Result<Self, Error> {
        let name = checked(name.into())?;
        self.with(Param { name, value: None })
    }

    /// Appends a parameter with a value.
    ///
    /// # Errors
    ///
    /// [`Error::Token`] if the name or the value is none; [`Error::TooManyParams`].
    pub fn with_param(self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Result<Self, Error> {
        let (name, value) = (checked(name.into())?, checked(value.into())?);
        self.with(Param { name, value: Some(value) })
    }

    /// Parses one extension.
    ///
    /// # Errors
    ///
    /// As [`extensions`]; and [`Error::Extension`] if there is none or more than one.
    pub fn parse(text: &'a str) -> Result<Self, Error> {
        let mut list = extensions([text.as_bytes()]);
        match (list.next(), list.next()) {
            (Some(extension), None) => extension,
            (_, Some(Err(error))) => Err(error),
            _ => Err(Error::Extension { got: excerpt(text.as_bytes()) }),
        }
    }

    /// The name, such as `permessage-deflate`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The parameters, in their order.
    #[must_use]
    pub fn params(&self) -> &[Param<'a>] {
        &self.params
    }

    /// The value of the first parameter of this name: `None` if there is none, `Some(None)` if it has no value.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Option<&str>> {
        self.params.iter().find(|param| param.name == name).map(Param::value)
    }

    /// The same extension with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> Extension<'static> {
        let owned = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        let params = self.params.into_iter();
        Extension {
            name: owned(self.name),
            params: params.map(|param| Param { name: owned(param.name), value: param.value.map(owned) }).collect(),
        }
    }

    fn with(mut self, param: Param<'a>) -> Result<Self, Error> {
        if self.params.len() >= Limits::PARAMS {
            return Err(Error::TooManyParams { limit: Limits::PARAMS });
        }
        self.params.push(param);
        Ok(self)
    }
}

impl Param<'_> {
    /// The name, such as `client_max_window_bits`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value, out of its quotes, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }
}

/// As it stands in a list.
impl fmt::Display for Extension<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        self.params.iter().try_for_each(|param| write!(f, "; {param}"))
    }
}

/// As it stands in a list. A value is a token, so it needs no quotes.
impl fmt::Display for Param<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        self.value.iter().try_for_each(|value| write!(f, "={value}"))
    }
}

impl core::str::FromStr for Extension<'static> {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Extension::parse(text).map(Extension::into_owned)
    }
}

/// The extensions of a list that stands in one value or, one part each, in several. `RFC 6455 §9.1`.
///
/// The list is read in one pass, as the iterator goes; repeated extensions and parameters come out as often as they
/// stand there. Empty elements are passed over. Behind an error there is nothing.
///
/// ```
/// let values: [&[u8]; 2] = [b"permessage-deflate; client_max_window_bits, permessage-deflate", b"x-test; a=\"1\""];
/// let names = hybi_http::extensions(values).map(|extension| Ok(extension?.name().to_owned()));
/// assert_eq!(names.collect::<Result<Vec<_>, _>>()?, ["permessage-deflate", "permessage-deflate", "x-test"]);
/// # Ok::<(), hybi_http::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Extension`] for what is no extension, a value that is no token when its quotes are off included;
/// [`Error::QuotedString`] for a quote that is not closed; [`Error::TooManyExtensions`] and [`Error::TooManyParams`].
pub fn extensions<'a>(
    values: impl IntoIterator<Item = &'a [u8]>,
) -> impl Iterator<Item = Result<Extension<'a>, Error>> {
    let mut values = values.into_iter();
    let mut rest = "";
    let mut count = 0_usize;
    let mut failed = false;
    core::iter::from_fn(move || {
        if failed {
            return None;
        }
        let next = next_element(&mut rest, &mut values).and_then(|more| {
            if !more {
                return Ok(None);
            }
            count = count.saturating_add(1);
            if count > Limits::EXTENSIONS {
                return Err(Error::TooManyExtensions { limit: Limits::EXTENSIONS });
            }
            take_extension(&mut rest).map(Some)
        });
        failed = !matches!(next, Ok(Some(_)));
        next.transpose()
    })
}

/// Moves `rest` to the next element that is not empty, in this value or a further one. False if there is none.
fn next_element<'a>(rest: &mut &'a str, values: &mut impl Iterator<Item = &'a [u8]>) -> Result<bool, Error> {
    loop {
        *rest = rest.trim_start_matches([',', ' ', '\t']);
        if !rest.is_empty() {
            return Ok(true);
        }
        let Some(value) = values.next() else { return Ok(false) };
        *rest = core::str::from_utf8(value).map_err(|_| Error::Extension { got: excerpt(value) })?;
    }
}

/// Takes one extension and the comma behind it from the front of `rest`.
fn take_extension<'a>(rest: &mut &'a str) -> Result<Extension<'a>, Error> {
    let mut extension = Extension { name: take_token(rest)?.into(), params: Vec::new() };
    loop {
        skip_spaces(rest);
        let Some(more) = rest.strip_prefix(';') else { break };
        *rest = more;
        skip_spaces(rest);
        let name = take_token(rest)?;
        skip_spaces(rest);
        let value = match rest.strip_prefix('=') {
            Some(more) => {
                *rest = more;
                skip_spaces(rest);
                Some(take_value(rest)?)
            }
            None => None,
        };
        extension = extension.with(Param { name: name.into(), value })?;
    }
    match rest.strip_prefix(',') {
        Some(more) => *rest = more,
        None if rest.is_empty() => {}
        None => return Err(Error::Extension { got: excerpt(rest.as_bytes()) }),
    }
    Ok(extension)
}

/// Takes the value of a parameter: a token, plain or in quotes.
fn take_value<'a>(rest: &mut &'a str) -> Result<Cow<'a, str>, Error> {
    if !rest.starts_with('"') {
        return take_token(rest).map(Cow::Borrowed);
    }
    let (value, more) = quoted_string(rest)?;
    if !is_token(value.as_bytes()) {
        return Err(Error::Extension { got: excerpt(rest.as_bytes()) });
    }
    *rest = more;
    Ok(value)
}

/// Takes a token from the front of `rest`.
fn take_token<'a>(rest: &mut &'a str) -> Result<&'a str, Error> {
    let length = rest.bytes().take_while(|byte| is_token_byte(*byte)).count();
    match rest.split_at_checked(length) {
        Some((token, more)) if !token.is_empty() => {
            *rest = more;
            Ok(token)
        }
        _ => Err(Error::Extension { got: excerpt(rest.as_bytes()) }),
    }
}

fn skip_spaces(rest: &mut &str) {
    *rest = rest.trim_start_matches([' ', '\t']);
}

fn checked(text: Cow<'_, str>) -> Result<Cow<'_, str>, Error> {
    if is_token(text.as_bytes()) { Ok(text) } else { Err(Error::Token { got: excerpt(text.as_bytes()) }) }
}

/// The bytes of a text on the heap.
#[expect(clippy::ptr_arg, reason = "whether it is owned is the question")]
const fn owned(text: &Cow<'_, str>) -> usize {
    match text {
        Cow::Owned(text) => text.capacity(),
        Cow::Borrowed(_) => 0,
    }
}
