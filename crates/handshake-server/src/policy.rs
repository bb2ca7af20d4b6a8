//! Which web pages may connect.

use crate::authority;

/// Which web pages may connect to the server.
///
/// Browsers let any page open a WebSocket to any host, with the user's cookies, and leave it to the server to look at the
/// origin (RFC 6455 §10.2). A request without an origin comes from no web page, and every policy lets it pass; see
/// [`Upgrade::origin`](crate::Upgrade::origin) where that is not wanted. draft-hixie-75 requires an origin.
#[non_exhaustive]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OriginPolicy {
    /// Pages that were served by the host and port which the request names. The default.
    ///
    /// An `http` page is another origin for a server that knows the connection to be [secure]; an `https` page is the same
    /// for a server that does not know, as a proxy may stand before it.
    ///
    /// [secure]: crate::Upgrade::is_secure
    #[default]
    SameOrigin,
    /// Pages of these origins, each written as browsers do: `https://example.com`, `http://localhost:8080`, `null`.
    List(Vec<String>),
    /// Any page. For public services that no cookie or network position gives more rights.
    Any,
}

impl OriginPolicy {
    /// Whether a page of this origin may connect to this authority.
    ///
    /// ```
    /// use hybi_handshake_server::OriginPolicy;
    ///
    /// let same = OriginPolicy::SameOrigin;
    /// assert!(same.allows("http://example.com:8080", "example.com:8080", false));
    /// assert!(!same.allows("http://evil.example", "example.com:8080", false));
    ///
    /// let list = OriginPolicy::List(vec!["https://example.com".into()]);
    /// assert!(list.allows("https://example.com", "api.example.com", false));
    /// ```
    #[must_use]
    pub fn allows(&self, origin: &str, host: &str, secure: bool) -> bool {
        self.allows_bytes(origin.as_bytes(), host.as_bytes(), secure)
    }

    /// The same for what a request says, which is ASCII.
    pub(crate) fn allows_bytes(&self, origin: &[u8], host: &[u8], secure: bool) -> bool {
        match self {
            Self::Any => true,
            Self::List(origins) => origins.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(origin)),
            Self::SameOrigin => same_origin(origin, host, secure),
        }
    }
}

/// `RFC 6454 §5`, with the host and port that the request names in place of our own.
fn same_origin(origin: &[u8], host: &[u8], secure: bool) -> bool {
    let (authority, port) = match strip_scheme(origin, b"http://") {
        Some(_) if secure => return false,
        Some(authority) => (authority, authority::HTTP),
        None => match strip_scheme(origin, b"https://") {
            Some(authority) => (authority, authority::HTTPS),
            None => return false,
        },
    };
    // Mostly they are the same as they stand.
    if authority == host {
        return true;
    }
    let (theirs, ours) = (authority::without_port(authority, port), authority::without_port(host, port));
    theirs == ours || theirs.eq_ignore_ascii_case(ours)
}

fn strip_scheme<'o, const N: usize>(origin: &'o [u8], scheme: &[u8; N]) -> Option<&'o [u8]> {
    let (start, rest) = origin.split_first_chunk::<N>()?;
    // Browsers write it so.
    (start == scheme || start.eq_ignore_ascii_case(scheme)).then_some(rest)
}
