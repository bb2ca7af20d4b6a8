//! Cookies that a response sets.

use std::borrow::Cow;

use crate::Error;
use crate::error::excerpt;
use crate::grammar::{is_token, trim};

/// A cookie that a response sets, with its attributes: the value of one `Set-Cookie` header. `RFC 6265 §4.1`.
///
/// ```
/// use hybi_http::{Response, SameSite, SetCookie};
///
/// let cookie = SetCookie::new("session", "31d4").with_path("/chat").with_http_only().with_same_site(SameSite::Lax);
/// let mut response = Response::new(101)?;
/// response.push_cookie(&cookie)?;
/// assert_eq!(
///     response.headers().get_str("Set-Cookie"),
///     Some("session=31d4; Path=/chat; HttpOnly; SameSite=Lax"),
/// );
/// assert_eq!(response.set_cookies().collect::<Result<Vec<_>, _>>()?, [cookie]);
/// # Ok::<(), hybi_http::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetCookie<'a> {
    name: Cow<'a, str>,
    value: Cow<'a, str>,
    expires: Option<Cow<'a, str>>,
    max_age: Option<i64>,
    domain: Option<Cow<'a, str>>,
    path: Option<Cow<'a, str>>,
    secure: bool,
    http_only: bool,
    same_site: Option<SameSite>,
}

/// Which requests of other sites a cookie goes with.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSite {
    /// None.
    Strict,
    /// Those that follow a link.
    Lax,
    /// All; browsers ask for `Secure` as well.
    None,
}

impl<'a> SetCookie<'a> {
    /// A cookie without attributes. What cannot be sent is reported when it is written.
    #[must_use]
    pub fn new(name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
            expires: None,
            max_age: None,
            domain: None,
            path: None,
            secure: false,
            http_only: false,
            same_site: None,
        }
    }

    /// Parses the value of a `Set-Cookie` header as a client does: attributes that it does not know, or that make no
    /// sense, are passed over. `RFC 6265 §5.2`.
    ///
    /// # Errors
    ///
    /// [`Error::Cookie`] if there is no name with an equals sign, or the value is not UTF-8.
    pub fn parse(value: &'a [u8]) -> Result<Self, Error> {
        let fault = || Error::Cookie { got: excerpt(value) };
        let text = core::str::from_utf8(trim(value)).map_err(|_| fault())?;
        let mut parts = text.split(';').map(|part| {
            let (name, value) = part.split_once('=').map_or((part, None), |(name, value)| (name, Some(value)));
            (name.trim_matches(SPACES), value.map(|value| value.trim_matches(SPACES)))
        });
        let Some((name, Some(value))) = parts.next().filter(|(name, _)| !name.is_empty()) else {
            return Err(fault());
        };
        let mut cookie = Self::new(name, value);
        for (name, value) in parts {
            cookie.attribute(name, value.unwrap_or_default());
        }
        Ok(cookie)
    }

    /// Sets `Expires`, a date as `RFC 9110 §5.6.7` writes it: `Sun, 06 Nov 1994 08:49:37 GMT`. It is taken as it is.
    #[must_use]
    pub fn with_expires(mut self, date: impl Into<Cow<'a, str>>) -> Self {
        self.expires = Some(date.into());
        self
    }

    /// Sets `Max-Age`: for how many seconds the cookie is kept; 0 takes it away.
    #[must_use]
    pub const fn with_max_age(mut self, seconds: i64) -> Self {
        self.max_age = Some(seconds);
        self
    }

    /// Sets `Domain`: the host, and all below it, that gets the cookie.
    #[must_use]
    pub fn with_domain(mut self, domain: impl Into<Cow<'a, str>>) -> Self {
        self.domain = Some(domain.into());
        self
    }

    /// Sets `Path`: the path, and all below it, that gets the cookie.
    #[must_use]
    pub fn with_path(mut self, path: impl Into<Cow<'a, str>>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Sets `Secure`: the cookie goes over TLS only.
    #[must_use]
    pub const fn with_secure(mut self) -> Self {
        self.secure = true;
        self
    }

    /// Sets `HttpOnly`: scripts do not see the cookie.
    #[must_use]
    pub const fn with_http_only(mut self) -> Self {
        self.http_only = true;
        self
    }

    /// Sets `SameSite`.
    #[must_use]
    pub const fn with_same_site(mut self, same_site: SameSite) -> Self {
        self.same_site = Some(same_site);
        self
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value, with its quotes if it has any.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The text of `Expires`.
    #[must_use]
    pub fn expires(&self) -> Option<&str> {
        self.expires.as_deref()
    }

    /// The seconds of `Max-Age`.
    #[must_use]
    pub const fn max_age(&self) -> Option<i64> {
        self.max_age
    }

    /// The host of `Domain`, without the dots that some put before it.
    #[must_use]
    pub fn domain(&self) -> Option<&str> {
        self.domain.as_deref()
    }

    /// The path of `Path`.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// Whether `Secure` is set.
    #[must_use]
    pub const fn is_secure(&self) -> bool {
        self.secure
    }

    /// Whether `HttpOnly` is set.
    #[must_use]
    pub const fn is_http_only(&self) -> bool {
        self.http_only
    }

    /// What `SameSite` says.
    #[must_use]
    pub const fn same_site(&self) -> Option<SameSite> {
        self.same_site
    }

    /// The value of the `Set-Cookie` header that sets this cookie.
    ///
    /// # Errors
    ///
    /// [`Error::Cookie`] if the name is no token or the value has spaces, quotes inside, commas, semicolons,
    /// backslashes or what is not ASCII; [`Error::CookieAttribute`] if the text of an attribute has a semicolon or what
    /// is not ASCII text. `RFC 6265 §4.1.1`.
    pub fn header_value(&self) -> Result<String, Error> {
        let value = self.value.as_bytes();
        let bare = value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\"")).unwrap_or(value);
        for (text, good) in [(&self.name, is_token(self.name.as_bytes())), (&self.value, is_cookie_value(bare))] {
            if !good {
                return Err(Error::Cookie { got: excerpt(text.as_bytes()) });
            }
        }
        let mut text = format!("{}={}", self.name, self.value);
        let max_age = self.max_age.map(|seconds| Cow::Owned(seconds.to_string()));
        let same_site = self.same_site.map(|same_site| Cow::Borrowed(same_site.as_str()));
        let flag = |set: bool| set.then_some(Cow::Borrowed(""));
        for (name, value) in [
            ("; Expires=", &self.expires),
            ("; Max-Age=", &max_age),
            ("; Domain=", &self.domain),
            ("; Path=", &self.path),
            ("; Secure", &flag(self.secure)),
            ("; HttpOnly", &flag(self.http_only)),
            ("; SameSite=", &same_site),
        ] {
            let Some(value) = value else { continue };
            if !value.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b';') {
                return Err(Error::CookieAttribute { got: excerpt(value.as_bytes()) });
            }
            text.push_str(name);
            text.push_str(value);
        }
        Ok(text)
    }

    /// The same cookie with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> SetCookie<'static> {
        let owned = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        SetCookie {
            name: owned(self.name),
            value: owned(self.value),
            expires: self.expires.map(owned),
            max_age: self.max_age,
            domain: self.domain.map(owned),
            path: self.path.map(owned),
            secure: self.secure,
            http_only: self.http_only,
            same_site: self.same_site,
        }
    }

    /// Takes over an attribute that was received; of two of a name the last one counts. `RFC 6265 §5.2.1` to `§5.2.6`.
    fn attribute(&mut self, name: &str, value: &'a str) {
        match name.to_ascii_lowercase().as_str() {
            "expires" if !value.is_empty() => self.expires = Some(value.into()),
            "max-age" => self.max_age = seconds(value).or(self.max_age),
            "domain" if !value.is_empty() => {
                // Nothing but dots says that the cookie is for the host itself, as no domain does (RFC 6265 §5.3).
                let domain = value.trim_start_matches(['.', ' ', '\t']);
                self.domain = (!domain.is_empty()).then(|| domain.to_ascii_lowercase().into());
            }
            "path" => self.path = value.starts_with('/').then_some(value.into()),
            "secure" => self.secure = true,
            "httponly" => self.http_only = true,
            "samesite" => self.same_site = SameSite::parse(value),
            _ => {}
        }
    }
}

impl SameSite {
    /// The value as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Strict => "Strict",
            Self::Lax => "Lax",
            Self::None => "None",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Strict, Self::Lax, Self::None].into_iter().find(|value| value.as_str().eq_ignore_ascii_case(text))
    }
}

/// A number of seconds, `RFC 6265 §5.2.2`; one that is too large is the largest.
fn seconds(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(text.parse().unwrap_or(if digits.len() < text.len() { i64::MIN } else { i64::MAX }))
}

/// `cookie-octet` of `RFC 6265 §4.1.1`.
fn is_cookie_value(text: &[u8]) -> bool {
    text.iter().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\'))
}

const SPACES: [char; 2] = [' ', '\t'];
