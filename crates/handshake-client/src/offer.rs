//! What to ask a server for.

use core::fmt;

use hybi_challenge::random_bytes;
use hybi_http::{Extension, Limits};
use hybi_url::Url;
use hybi_version::Version;

use crate::{ClientHandshake, ConnectHandshake, Error, build};

/// What to ask a server for. It can be used again to connect anew.
///
/// The setters collect; what is wrong with what they got, [`start`](Self::start) says.
///
/// ```
/// use hybi_handshake_client::Offer;
/// use hybi_url::Url;
///
/// let offer = Offer::new(Url::parse("ws://example.com/chat")?)
///     .subprotocol("chat.v2")
///     .subprotocol("chat.v1")
///     .origin("http://example.com")
///     .header("User-Agent", "hybi");
/// # #[cfg(feature = "hybi17")]
/// let handshake = offer.start()?;
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct Offer {
    pub(crate) url: Url,
    pub(crate) version: Version,
    pub(crate) subprotocols: Vec<String>,
    pub(crate) origin: Option<String>,
    pub(crate) extensions: Vec<Extension<'static>>,
    pub(crate) cookies: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) basic_auth: bool,
    pub(crate) announce_key3: bool,
    pub(crate) random: fn(&mut [u8]),
    pub(crate) limits: Limits,
}

impl Offer {
    /// To connect to this URL, in the latest version, and nothing else.
    pub fn new(url: Url) -> Self {
        Self {
            url,
            version: Version::default(),
            subprotocols: Vec::new(),
            origin: None,
            extensions: Vec::new(),
            cookies: Vec::new(),
            headers: Vec::new(),
            basic_auth: false,
            announce_key3: false,
            random: random_bytes,
            limits: Limits::default(),
        }
    }

    /// The version to speak. Default: the latest.
    pub const fn version(mut self, version: Version) -> Self {
        self.version = version;
        self
    }

    /// Offers a subprotocol, behind those that were offered before. The two old drafts can offer one alone.
    pub fn subprotocol(mut self, subprotocol: impl Into<String>) -> Self {
        self.subprotocols.push(subprotocol.into());
        self
    }

    /// The origin of the page that connects. Default: none, but for the two old drafts, which require one: that of the
    /// URL.
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.origin = Some(origin.into());
        self
    }

    /// Offers an extension, behind those that were offered before. The two old drafts have none.
    pub fn extension(mut self, extension: Extension<'static>) -> Self {
        self.extensions.push(extension);
        self
    }

    /// Sends a cookie along.
    pub fn cookie(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.cookies.push((name.into(), value.into()));
        self
    }

    /// Sends a header along. Those that the handshake writes itself are refused.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends the user name and the password of the URL as `Authorization: Basic`, if it has any. Without this they are not
    /// sent, and in the request line they never are.
    pub const fn basic_auth_from_url(mut self) -> Self {
        self.basic_auth = true;
        self
    }

    /// Sends `Content-Length: 8` in draft-ietf-hybi-00, so that a proxy forwards the eight bytes behind the head without
    /// waiting for the answer. The draft has no such header, and some servers of the day fail with it.
    pub const fn announce_key3(mut self) -> Self {
        self.announce_key3 = true;
        self
    }

    /// Where the bytes of keys come from. Default: the thread's generator of the crate `rand`; `RFC 6455 §10.3` wants them
    /// unpredictable.
    pub const fn random(mut self, fill: fn(&mut [u8])) -> Self {
        self.random = fill;
        self
    }

    /// What the head of an answer may cost.
    pub fn limits(mut self, limits: impl Into<Limits>) -> Self {
        self.limits = limits.into();
        self
    }

    /// The URL to connect to.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// Begins a handshake, with a new key.
    ///
    /// # Errors
    ///
    /// [`Error::VersionDisabled`] if the version is not compiled in; and what is wrong with what the setters got.
    pub fn start(&self) -> Result<ClientHandshake, Error> {
        build::start(self)
    }

    /// Begins a handshake on a stream of HTTP/2 or HTTP/3, as an extended CONNECT.
    ///
    /// # Errors
    ///
    /// [`Error::ConnectVersion`] for a version that has no such thing; else as [`start`](Self::start).
    pub fn start_connect(&self) -> Result<ConnectHandshake, Error> {
        build::start_connect(self)
    }
}

/// Without passwords: the values of headers and cookies are left out.
impl fmt::Debug for Offer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |pairs: &[(String, String)]| pairs.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        f.debug_struct("Offer")
            .field("url", &self.url)
            .field("version", &self.version)
            .field("subprotocols", &self.subprotocols)
            .field("origin", &self.origin)
            .field("extensions", &self.extensions)
            .field("cookies", &names(&self.cookies))
            .field("headers", &names(&self.headers))
            .field("basic_auth", &self.basic_auth)
            .field("announce_key3", &self.announce_key3)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
