//! A URL from its parts.

use core::net::Ipv6Addr;

use crate::{Error, Url, percent};

/// The parts of a URL. Made by [`Url::builder`].
///
/// ```
/// use hybi_url::Url;
///
/// let url = Url::builder("example.com").secure(true).resource_name("/chat?room=7").userinfo("alice", Some("a/b")).build()?;
/// assert_eq!(url.as_str(), "wss://alice:a%2Fb@example.com/chat?room=7");
/// # Ok::<(), hybi_url::Error>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct UrlBuilder<'a> {
    host: &'a str,
    secure: bool,
    port: Option<u16>,
    resource_name: &'a str,
    username: &'a str,
    password: Option<&'a str>,
}

impl<'a> UrlBuilder<'a> {
    pub(crate) const fn new(host: &'a str) -> Self {
        Self { host, secure: false, port: None, resource_name: "/", username: "", password: None }
    }

    /// Whether the scheme is `wss`, and not `ws`, which is the default.
    pub const fn secure(mut self, secure: bool) -> Self {
        self.secure = secure;
        self
    }

    /// The port, if it is not the default one of the scheme.
    pub const fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Path and query, as in [`Url::resource_name`]. It begins with `/`, or with `?` where the path is `/`, or is empty. It
    /// is percent-encoded where it must be; what is encoded already stays as it is.
    pub const fn resource_name(mut self, resource_name: &'a str) -> Self {
        self.resource_name = resource_name;
        self
    }

    /// User name and password, not yet percent-encoded: a `%` means itself.
    pub const fn userinfo(mut self, username: &'a str, password: Option<&'a str>) -> Self {
        self.username = username;
        self.password = password;
        self
    }

    /// Checks the parts and puts them together.
    ///
    /// # Errors
    ///
    /// If the host is none, if the resource name begins with another character, or if the whole breaks a rule that
    /// [`Url::parse`] checks.
    pub fn build(self) -> Result<Url, Error> {
        let mut text = String::from(if self.secure { "wss://" } else { "ws://" });
        percent::encode(self.username, &mut text);
        if let Some(password) = self.password {
            text.push(':');
            percent::encode(password, &mut text);
        }
        if !self.username.is_empty() || self.password.is_some() {
            text.push('@');
        }
        push_host(self.host, &mut text)?;
        if let Some(port) = self.port {
            text.push(':');
            text.push_str(&port.to_string());
        }
        if !matches!(self.resource_name.chars().next(), None | Some('/' | '?' | '#')) {
            return Err(Error::ResourceName { got: self.resource_name.to_owned() });
        }
        text.push_str(self.resource_name);
        Url::parse(&text)
    }
}

/// The parts, without the password.
impl core::fmt::Debug for UrlBuilder<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("UrlBuilder")
            .field("host", &self.host)
            .field("secure", &self.secure)
            .field("port", &self.port)
            .field("resource_name", &self.resource_name)
            .field("username", &self.username)
            .field("password", &self.password.map(|_| "***"))
            .finish()
    }
}

/// Writes the host if it is one, and nothing that would end the authority or be another part of it.
fn push_host(host: &str, text: &mut String) -> Result<(), Error> {
    if host.is_empty() {
        return Err(Error::MissingHost);
    }
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    if bare.parse::<Ipv6Addr>().is_ok() {
        text.push('[');
        text.push_str(bare);
        text.push(']');
        return Ok(());
    }
    if host.contains(['/', '\\', '?', '#', '@', ':', '[', ']'])
        || host.contains(|c: char| c.is_whitespace() || c.is_control())
    {
        return Err(Error::Host { got: host.to_owned() });
    }
    text.push_str(host);
    Ok(())
}
