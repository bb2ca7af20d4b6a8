//! Why a text or a set of parts is not a URL of ours.

use core::fmt;

/// Why a text or a set of parts is not a `ws:` or `wss:` URL.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A URL begins with its scheme (RFC 3986 §3.1); this one has none.
    MissingScheme,
    /// The schemes are `ws` and `wss` (RFC 6455 §3).
    Scheme {
        /// The scheme that was found.
        got: String,
    },
    /// The scheme is `http` or `https`, where RFC 6455 §3 has `ws` and `wss`.
    HttpScheme {
        /// Whether it is `https`, so that `wss` is meant.
        secure: bool,
    },
    /// Behind the scheme stand two slashes (RFC 6455 §3).
    MissingSlashes,
    /// A host is required (RFC 6455 §3) and may not be empty (RFC 9110 §4.2.1).
    MissingHost,
    /// The host is neither a domain name nor an address (RFC 3986 §3.2.2).
    Host {
        /// Host, and port if one was given.
        got: String,
    },
    /// The port is a decimal number up to 65535 (RFC 3986 §3.2.3).
    Port {
        /// What stands in the place of the port.
        got: String,
    },
    /// User name and password are UTF-8 in percent-encoding (RFC 3986 §3.2.1, RFC 7617 §2.1).
    Userinfo,
    /// A resource name begins with the `/` of a path or with the `?` of a query (RFC 6455 §3).
    ResourceName {
        /// The resource name that was given.
        got: String,
    },
    /// Fragments must not be used; a `#` that begins none is written `%23` (RFC 6455 §3).
    Fragment,
    /// There is no space or control character around a URL, and no tab or line break inside (RFC 3986 §2). The URL standard
    /// would strip it.
    Whitespace {
        /// The first one that was found.
        got: char,
    },
    /// There is no backslash in a host or a path (RFC 3986 §2). The URL standard would take it for a slash.
    Backslash,
    /// The URL has 4 GiB or more; RFC 9110 §4.1 recommends support for 8000 octets.
    TooLong,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingScheme => f.write_str("got no scheme, expected a URL that begins with ws:// or wss://"),
            Self::Scheme { got } => {
                write!(f, "got the scheme {got:?}, expected a URL that begins with ws:// or wss://")
            }
            Self::HttpScheme { secure: false } => f.write_str("got an http: URL, expected ws:"),
            Self::HttpScheme { secure: true } => f.write_str("got an https: URL, expected wss:"),
            Self::MissingSlashes => f.write_str("got no slashes behind the scheme, expected ws:// or wss://"),
            Self::MissingHost => f.write_str("got no host, expected one behind ws:// or wss://"),
            Self::Host { got } => write!(f, "got the host {got:?}, expected a domain name or an IP address"),
            Self::Port { got } => write!(f, "got the port {got:?}, expected a number up to 65535"),
            Self::Userinfo => f.write_str("got user info that is not UTF-8, expected UTF-8 in percent-encoding"),
            Self::ResourceName { got } => write!(f, "got the resource name {got:?}, expected it to begin with / or ?"),
            Self::Fragment => f.write_str("got a fragment, expected none (a # that begins none is written %23)"),
            Self::Whitespace { got } => {
                write!(
                    f,
                    "got {got:?} where the URL standard would strip it, expected no white space in or around the URL"
                )
            }
            Self::Backslash => f.write_str("got a backslash before the query, expected / or %5C"),
            Self::TooLong => f.write_str("got a URL of 4 GiB or more, expected a shorter one"),
        }
    }
}

impl core::error::Error for Error {}
