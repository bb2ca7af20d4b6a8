//! The URL, and its views that go into a handshake.

use core::fmt;
use core::str::FromStr;
use std::borrow::Cow;

use url::Position;

use crate::{Error, UrlBuilder, check, percent};

/// A `ws:` or `wss:` URL. It has a host and no fragment (RFC 6455 §3), and its user info is UTF-8.
///
/// Two URLs are equal if their normal forms are, which [`as_str`](Self::as_str) gives.
///
/// ```
/// use hybi_url::Url;
///
/// let url = Url::parse("WS://Example.com:80")?;
/// assert_eq!(url.as_str(), "ws://example.com/");
/// assert_eq!(url.host_header(), "example.com");
/// # Ok::<(), hybi_url::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url(url::Url);

impl Url {
    /// Parses an absolute URL.
    ///
    /// # Errors
    ///
    /// Each rule that the text may break has its variant of [`Error`].
    pub fn parse(text: &str) -> Result<Self, Error> {
        check::before_parsing(text)?;
        let url = url::Url::parse(text).map_err(|error| check::explain(error, text))?;
        if percent::decode(url.username()).is_none() || url.password().is_some_and(|it| percent::decode(it).is_none()) {
            return Err(Error::Userinfo);
        }
        Ok(Self(url))
    }

    /// Begins a URL from its parts. The host is a name, also an internationalized one, or an address; an IPv6 address may
    /// stand in brackets or not.
    pub const fn builder(host: &str) -> UrlBuilder<'_> {
        UrlBuilder::new(host)
    }

    /// The whole URL in its normal form, the user info included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// `ws` or `wss`.
    #[must_use]
    pub fn scheme(&self) -> &str {
        self.0.scheme()
    }

    /// Whether the connection is to use TLS: the scheme is `wss` (RFC 6455 §3).
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.scheme() == "wss"
    }

    /// The host: a name in its ASCII form, an IPv4 address, or an IPv6 address without brackets. This is the form for
    /// resolving it and for checking a certificate.
    #[must_use]
    pub fn host(&self) -> &str {
        let host = &self.0[Position::BeforeHost..Position::AfterHost];
        host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
    }

    /// The port to connect to: the one that was given, else the default one.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.explicit_port().unwrap_or_else(|| self.default_port())
    }

    /// The port, if it is another than the default one.
    #[must_use]
    pub fn explicit_port(&self) -> Option<u16> {
        self.0.port()
    }

    /// The default port of the scheme: 80 for `ws`, 443 for `wss` (RFC 6455 §3).
    #[must_use]
    pub fn default_port(&self) -> u16 {
        if self.is_secure() { 443 } else { 80 }
    }

    /// Host and port to connect to, in the form that `TcpStream::connect` takes.
    #[must_use]
    pub fn address(&self) -> (&str, u16) {
        (self.host(), self.port())
    }

    /// The value of the `Host` header: the host, in brackets if it is an IPv6 address, and the port unless it is the default
    /// one (RFC 6455 §4.1).
    #[must_use]
    pub fn host_header(&self) -> &str {
        &self.0[Position::BeforeHost..Position::AfterPort]
    }

    /// What stands in the request line: the path, `/` if there is none, and the query behind a `?` if there is one
    /// (RFC 6455 §3). It consists of visible ASCII characters.
    #[must_use]
    pub fn resource_name(&self) -> &str {
        &self.0[Position::BeforePath..Position::AfterQuery]
    }

    /// The path; it begins with `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.path()
    }

    /// The query without the `?`.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.0.query()
    }

    /// The origin of a web page that was served by the same host and port, as a browser names it in its request
    /// (RFC 6454 §6.2): `http` for `ws` and `https` for `wss`.
    #[must_use]
    pub fn origin(&self) -> String {
        let scheme = if self.is_secure() { "https" } else { "http" };
        format!("{scheme}://{}", self.host_header())
    }

    /// The user name, percent-decoded; empty if there is a password alone. User info never goes into the request line.
    #[must_use]
    pub fn username(&self) -> Option<Cow<'_, str>> {
        let name = self.0.username();
        if name.is_empty() && self.0.password().is_none() { None } else { percent::decode(name) }
    }

    /// The password, percent-decoded. An empty one counts as none.
    #[must_use]
    pub fn password(&self) -> Option<Cow<'_, str>> {
        percent::decode(self.0.password()?)
    }
}

impl FromStr for Url {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for Url {
    type Error = Error;

    fn try_from(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Url {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        Self::parse(&text)
    }
}

impl AsRef<str> for Url {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// The whole URL, which parses to an equal one. A password is part of it.
impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The URL with `***` for the password.
impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.password() {
            Some(_) => {
                let (front, back) = (&self.0[..Position::BeforePassword], &self.0[Position::AfterPassword..]);
                write!(f, "Url({front}***{back})")
            }
            // The positions of a password are to be asked only where there is one.
            None => write!(f, "Url({})", self.as_str()),
        }
    }
}
