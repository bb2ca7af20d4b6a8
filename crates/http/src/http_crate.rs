//! From and to the types of the crate `http`, in which HTTP libraries speak.

use ::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, Version, request, response};

use crate::error::excerpt;
use crate::{Error, ExtendedConnect, Headers, HttpVersion, Limits, Request, Response};

/// The head of a request that an HTTP library received over HTTP/1.1.
///
/// ```
/// use hybi_http::Request;
///
/// let received = http::Request::get("/chat?room=7").header("host", "example.com").body("any type")?;
/// let request = Request::try_from(&received)?;
/// assert_eq!((request.method(), request.target()), ("GET", "/chat?room=7"));
/// assert_eq!(request.headers().get_str("Host"), Some("example.com"));
///
/// let back = http::Request::try_from(&request)?;
/// assert_eq!(back.uri(), "/chat?room=7");
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Error::VersionUnsupported`] for HTTP/2 and HTTP/3, where it is an [`ExtendedConnect`]; [`Error::Target`] and
/// [`Error::HeaderValue`] for what those types allow and a head does not.
impl<T> TryFrom<&::http::Request<T>> for Request<'static> {
    type Error = Error;

    fn try_from(request: &::http::Request<T>) -> Result<Self, Error> {
        received(request.method(), request.uri(), request.version(), request.headers())
    }
}

/// As from a whole request.
impl TryFrom<&request::Parts> for Request<'static> {
    type Error = Error;

    fn try_from(parts: &request::Parts) -> Result<Self, Error> {
        received(&parts.method, &parts.uri, parts.version, &parts.headers)
    }
}

/// The head of a response that an HTTP library received, of any version of HTTP.
///
/// # Errors
///
/// [`Error::Status`] above 599, [`Error::HeaderValue`].
impl<T> TryFrom<&::http::Response<T>> for Response<'static> {
    type Error = Error;

    fn try_from(response: &::http::Response<T>) -> Result<Self, Error> {
        received_response(response.status(), response.version(), response.headers())
    }
}

/// As from a whole response.
impl TryFrom<&response::Parts> for Response<'static> {
    type Error = Error;

    fn try_from(parts: &response::Parts) -> Result<Self, Error> {
        received_response(parts.status, parts.version, &parts.headers)
    }
}

/// A request for an HTTP library to send.
///
/// # Errors
///
/// [`Error::Target`] for what is no URI, or longer than the type allows.
impl TryFrom<&Request<'_>> for ::http::Request<()> {
    type Error = Error;

    fn try_from(request: &Request<'_>) -> Result<Self, Error> {
        let mut to = Self::new(());
        *to.method_mut() = method(request.method())?;
        *to.uri_mut() = uri(request.target())?;
        *to.version_mut() = version(request.http_version());
        append(request.headers(), to.headers_mut())?;
        Ok(to)
    }
}

/// A response for an HTTP library to send.
///
/// # Errors
///
/// [`Error::Status`] below 100, which only a response that was parsed can have.
impl TryFrom<&Response<'_>> for ::http::Response<()> {
    type Error = Error;

    fn try_from(response: &Response<'_>) -> Result<Self, Error> {
        let got = response.status();
        let mut to = Self::new(());
        *to.status_mut() = StatusCode::from_u16(got).map_err(|_| Error::Status { got })?;
        *to.version_mut() = version(response.http_version());
        append(response.headers(), to.headers_mut())?;
        Ok(to)
    }
}

/// An extended CONNECT for an HTTP library to send, over HTTP/2 unless its version is changed.
///
/// `:protocol` is no part of the type. The library takes it apart from that, as an extension of its own:
/// `request.extensions_mut().insert(h2::ext::Protocol::from_static("websocket"))`.
///
/// ```
/// use hybi_http::ExtendedConnect;
///
/// let connect = ExtendedConnect::new("websocket", "https", "server.example.com", "/chat")?;
/// let request = http::Request::try_from(&connect)?;
/// assert_eq!((request.method(), request.version()), (&http::Method::CONNECT, http::Version::HTTP_2));
/// assert_eq!(request.uri(), "https://server.example.com/chat");
/// # Ok::<(), hybi_http::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Target`] for what is no URI.
impl TryFrom<&ExtendedConnect> for ::http::Request<()> {
    type Error = Error;

    fn try_from(connect: &ExtendedConnect) -> Result<Self, Error> {
        let mut to = Self::new(());
        *to.method_mut() = Method::CONNECT;
        *to.uri_mut() = uri(&format!("{}://{}{}", connect.scheme(), connect.authority(), connect.path()))?;
        *to.version_mut() = Version::HTTP_2;
        append(connect.headers(), to.headers_mut())?;
        to.headers_mut().remove(::http::header::HOST);
        Ok(to)
    }
}

impl ExtendedConnect {
    /// An extended CONNECT that an HTTP library received over HTTP/2 or HTTP/3, and `:protocol`, which the library gives
    /// apart from it: hyper as an extension, `request.extensions().get::<hyper::ext::Protocol>()`, h2 as its own.
    ///
    /// ```
    /// use hybi_http::ExtendedConnect;
    ///
    /// let received = http::Request::connect("https://server.example.com/chat").version(http::Version::HTTP_2).body(())?;
    /// let connect = ExtendedConnect::from_http(&received, Some("websocket"))?;
    /// assert_eq!((connect.authority(), connect.path()), ("server.example.com", "/chat"));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`from_fields`](Self::from_fields), without limits: the library has some.
    pub fn from_http<T>(request: &::http::Request<T>, protocol: Option<&str>) -> Result<Self, Error> {
        received_connect(request.method(), request.uri(), request.headers(), protocol)
    }

    /// As [`from_http`](Self::from_http).
    ///
    /// # Errors
    ///
    /// As there.
    pub fn from_http_parts(parts: &request::Parts, protocol: Option<&str>) -> Result<Self, Error> {
        received_connect(&parts.method, &parts.uri, &parts.headers, protocol)
    }
}

fn received(method: &Method, uri: &Uri, version: Version, headers: &HeaderMap) -> Result<Request<'static>, Error> {
    let version = http_version(version)?;
    let mut request = match uri.scheme() {
        // As it stood on the wire, without a string between.
        None if uri.authority().is_none() => {
            Request::with_version(method.as_str(), uri.path_and_query().map_or("/", |target| target.as_str()), version)
        }
        _ => Request::with_version(method.as_str(), &uri.to_string(), version),
    }?;
    headers.iter().try_for_each(|(name, value)| request.push_received(name.as_ref(), value.as_bytes()))?;
    Ok(request)
}

fn received_response(status: StatusCode, version: Version, headers: &HeaderMap) -> Result<Response<'static>, Error> {
    let mut response = Response::new(status.as_u16())?;
    response.version = if version == Version::HTTP_10 { HttpVersion::Http10 } else { HttpVersion::Http11 };
    headers.iter().try_for_each(|(name, value)| response.push_received(name.as_ref(), value.as_bytes()))?;
    Ok(response)
}

fn received_connect(
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    protocol: Option<&str>,
) -> Result<ExtendedConnect, Error> {
    let pseudo = [
        (":method", Some(method.as_str())),
        (":protocol", protocol),
        (":scheme", uri.scheme_str()),
        (":authority", uri.authority().map(|authority| authority.as_str())),
        (":path", uri.path_and_query().map(|path| path.as_str())),
    ];
    let pseudo = pseudo.into_iter().filter_map(|(name, value)| Some((name.as_bytes(), value?.as_bytes())));
    let headers = headers.iter().map(|(name, value)| (name.as_str().as_bytes(), value.as_bytes()));
    ExtendedConnect::from_fields(pseudo.chain(headers), &UNLIMITED)
}

fn append(headers: &Headers<'_>, to: &mut HeaderMap) -> Result<(), Error> {
    for (name, value) in headers.iter_bytes() {
        let name = HeaderName::from_bytes(name).map_err(|_| Error::HeaderName { got: excerpt(name) })?;
        let value = HeaderValue::from_bytes(value).map_err(|_| Error::HeaderValue {
            name: excerpt(name.as_ref()),
            got: value.iter().copied().find(u8::is_ascii_control).unwrap_or_default(),
        })?;
        to.try_append(name, value).map_err(|_| Error::TooManyHeaders { limit: to.len() })?;
    }
    Ok(())
}

fn method(text: &str) -> Result<Method, Error> {
    Method::from_bytes(text.as_bytes()).map_err(|_| Error::Method { got: excerpt(text.as_bytes()) })
}

fn uri(text: &str) -> Result<Uri, Error> {
    Uri::try_from(text).map_err(|_| Error::Target { got: excerpt(text.as_bytes()) })
}

const fn version(version: HttpVersion) -> Version {
    match version {
        HttpVersion::Http10 => Version::HTTP_10,
        HttpVersion::Http11 => Version::HTTP_11,
    }
}

fn http_version(version: Version) -> Result<HttpVersion, Error> {
    match version {
        Version::HTTP_10 => Ok(HttpVersion::Http10),
        Version::HTTP_11 => Ok(HttpVersion::Http11),
        other => Err(Error::VersionUnsupported { got: excerpt(format!("{other:?}").as_bytes()) }),
    }
}

/// For what another library has counted already.
const UNLIMITED: Limits = Limits::new().head_bytes(usize::MAX).headers(usize::MAX).target_bytes(usize::MAX);
