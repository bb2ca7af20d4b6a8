//! Extended CONNECT: how a protocol begins on a stream of HTTP/2 or HTTP/3.

use crate::error::excerpt;
use crate::{Error, Headers, Limits, Request, Response, is_token};

/// The head of an extended CONNECT, which asks for another protocol on one stream of HTTP/2 (`RFC 8441 §4`) or HTTP/3
/// (`RFC 9220 §3`): the pseudo-headers, and the headers.
///
/// HTTP/2 and HTTP/3 themselves, with their frames and header compression, are the matter of a library that gives a list of
/// fields and takes one.
///
/// ```
/// use hybi_http::{ExtendedConnect, Limits};
///
/// let arrived = [
///     (":method", "CONNECT"),
///     (":protocol", "websocket"),
///     (":scheme", "https"),
///     (":path", "/chat"),
///     (":authority", "server.example.com"),
///     ("sec-websocket-version", "13"),
/// ];
/// let connect = ExtendedConnect::from_fields(arrived, &Limits::default())?;
/// assert_eq!((connect.protocol(), connect.authority(), connect.path()), ("websocket", "server.example.com", "/chat"));
/// assert_eq!(connect.headers().get_str("sec-websocket-version"), Some("13"));
/// # Ok::<(), hybi_http::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtendedConnect {
    protocol: Box<str>,
    scheme: Box<str>,
    /// The rest as a head of HTTP/1.1 would say it: the path as the target, the authority as `host`.
    request: Request<'static>,
}

impl ExtendedConnect {
    /// One to be sent, without headers.
    ///
    /// # Errors
    ///
    /// [`Error::Token`], [`Error::Target`] and [`Error::HeaderValue`] for what cannot be sent.
    pub fn new(protocol: &str, scheme: &str, authority: &str, path: &str) -> Result<Self, Error> {
        for token in [protocol, scheme] {
            if !is_token(token.as_bytes()) {
                return Err(Error::Token { got: excerpt(token.as_bytes()) });
            }
        }
        let mut request = Request::new(METHOD, path)?;
        request.push_header(HOST, authority)?;
        Ok(Self { protocol: protocol.into(), scheme: scheme.into(), request })
    }

    /// One that was received, from its list of fields: names and values, the pseudo-headers first.
    ///
    /// # Errors
    ///
    /// [`Error::ConnectMethod`] for another method, and [`Error::MissingPseudoHeader`] for a CONNECT that asks for no
    /// protocol; [`Error::PseudoHeader`], [`Error::HeaderNameCase`], [`Error::ConnectionHeader`] and
    /// [`Error::HostDiffers`] for what makes a request malformed; what is wrong with a header's name or value; and the
    /// limits.
    pub fn from_fields<N, V>(fields: impl IntoIterator<Item = (N, V)>, limits: &Limits) -> Result<Self, Error>
    where
        N: AsRef<[u8]>,
        V: AsRef<[u8]>,
    {
        let mut fields = Fields::new(fields.into_iter(), limits);
        let mut found: [Option<String>; 5] = Default::default();
        let first = fields.pseudo_headers(NAMES, &mut found)?;
        let [method, protocol, scheme, authority, path] = found;
        if method.as_deref() != Some(METHOD) {
            return Err(Error::ConnectMethod { got: excerpt(method.unwrap_or_default().as_bytes()) });
        }
        let there = |value: Option<String>, name| value.ok_or(Error::MissingPseudoHeader { name });
        let (protocol, scheme, path) =
            (there(protocol, ":protocol")?, there(scheme, ":scheme")?, there(path, ":path")?);
        if path.len() > limits.target_bytes {
            return Err(Error::TargetTooLong { got: path.len(), limit: limits.target_bytes });
        }
        let mut request = Request::new(METHOD, &path)?;
        if let Some(authority) = &authority {
            request.push_received(HOST.as_bytes(), authority.as_bytes())?;
        }
        let mut next = first;
        while let Some((name, value)) = next {
            match (&authority, is(&name, HOST)) {
                (Some(authority), true) if value.as_ref().eq_ignore_ascii_case(authority.as_bytes()) => {}
                (Some(_), true) => return Err(Error::HostDiffers { got: excerpt(value.as_ref()) }),
                _ => request.push_received(name.as_ref(), value.as_ref())?,
            }
            next = fields.header()?;
        }
        if !request.headers().contains(HOST) {
            return Err(Error::MissingPseudoHeader { name: ":authority" });
        }
        Ok(Self { protocol: protocol.into(), scheme: scheme.into(), request })
    }

    /// What to speak on the stream, the value of `:protocol`: `websocket`.
    #[must_use]
    pub fn protocol(&self) -> &str {
        &self.protocol
    }

    /// The value of `:scheme`: `https` or `http`.
    #[must_use]
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// The value of `:authority`, or of `Host` where there is none.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.request.headers().get_str(HOST).unwrap_or_default()
    }

    /// The value of `:path`.
    #[must_use]
    pub fn path(&self) -> &str {
        self.request.target()
    }

    /// The headers, with the authority as `host`.
    #[must_use]
    pub const fn headers(&self) -> &Headers<'static> {
        self.request.headers()
    }

    /// Appends a header, its name in lower case (`RFC 9113 §8.2`).
    ///
    /// # Errors
    ///
    /// [`Error::HeaderName`] and [`Error::HeaderValue`] for what cannot be sent, [`Error::ConnectionHeader`] for what
    /// HTTP/2 has not.
    pub fn push_header(&mut self, name: &str, value: &str) -> Result<(), Error> {
        check_not_of_connection(name.as_bytes(), value.as_bytes())?;
        self.request.push_header(&name.to_ascii_lowercase(), value)
    }

    /// The list of fields to be sent, names and values: the pseudo-headers, then the headers.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &[u8])> + Clone {
        let values = [METHOD, self.protocol(), self.scheme(), self.authority(), self.path()];
        let pseudo = NAMES.iter().copied().zip(values.map(str::as_bytes));
        pseudo.chain(self.headers().iter().filter(|(name, _)| *name != HOST))
    }

    /// The same as a head of HTTP/1.1 would say it: the method CONNECT, the path as the target, the authority as `host`.
    #[must_use]
    pub const fn request(&self) -> &Request<'static> {
        &self.request
    }

    /// As [`request`](Self::request), by value.
    #[must_use]
    pub fn into_request(self) -> Request<'static> {
        self.request
    }
}

impl Response<'static> {
    /// The head of a response of HTTP/2 or HTTP/3, from its list of fields: `:status` first (`RFC 9113 §8.3.2`).
    ///
    /// # Errors
    ///
    /// [`Error::MissingPseudoHeader`] and [`Error::Status`] about `:status`; else as [`ExtendedConnect::from_fields`].
    pub fn from_fields<N, V>(fields: impl IntoIterator<Item = (N, V)>, limits: &Limits) -> Result<Self, Error>
    where
        N: AsRef<[u8]>,
        V: AsRef<[u8]>,
    {
        let mut fields = Fields::new(fields.into_iter(), limits);
        let mut found = [None];
        let mut next = fields.pseudo_headers([":status"], &mut found)?;
        let [status] = found;
        let status = status.ok_or(Error::MissingPseudoHeader { name: ":status" })?;
        let digits = status.len() == 3 && status.bytes().all(|byte| byte.is_ascii_digit());
        let mut response = Self::new(if digits { status.parse().unwrap_or_default() } else { 0 })?;
        while let Some((name, value)) = next {
            response.push_received(name.as_ref(), value.as_ref())?;
            next = fields.header()?;
        }
        Ok(response)
    }
}

/// A list of fields that is read and counted.
struct Fields<I> {
    fields: I,
    limits: Limits,
    bytes: usize,
    headers: usize,
}

impl<N: AsRef<[u8]>, V: AsRef<[u8]>, I: Iterator<Item = (N, V)>> Fields<I> {
    const fn new(fields: I, limits: &Limits) -> Self {
        Self { fields, limits: *limits, bytes: 0, headers: 0 }
    }

    /// Takes the pseudo-headers from the front, each of them once at most, and gives the header behind them. `RFC 9113 §8.3`.
    fn pseudo_headers<const C: usize>(
        &mut self,
        names: [&str; C],
        found: &mut [Option<String>; C],
    ) -> Result<Option<(N, V)>, Error> {
        while let Some((name, value)) = self.next()? {
            if !name.as_ref().starts_with(b":") {
                return self.checked(name, value).map(Some);
            }
            let known = names.iter().zip(found.iter_mut()).find(|(known, _)| known.as_bytes() == name.as_ref());
            let Some((_, place @ None)) = known else {
                return Err(Error::PseudoHeader { got: excerpt(name.as_ref()) });
            };
            let text = value.as_ref();
            if let Some(&got) = text.iter().find(|byte| !byte.is_ascii_graphic()) {
                return Err(Error::HeaderValue { name: excerpt(name.as_ref()), got });
            }
            *place = Some(String::from_utf8_lossy(text).into_owned());
        }
        Ok(None)
    }

    /// The next header.
    fn header(&mut self) -> Result<Option<(N, V)>, Error> {
        match self.next()? {
            Some((name, value)) => self.checked(name, value).map(Some),
            None => Ok(None),
        }
    }

    fn next(&mut self) -> Result<Option<(N, V)>, Error> {
        let Some((name, value)) = self.fields.next() else { return Ok(None) };
        let more = name.as_ref().len().saturating_add(value.as_ref().len()).saturating_add(LINE_EXTRA);
        self.bytes = self.bytes.saturating_add(more);
        if self.bytes > self.limits.head_bytes {
            return Err(Error::HeadTooLarge { limit: self.limits.head_bytes });
        }
        Ok(Some((name, value)))
    }

    /// What HTTP/2 asks of a header beyond its grammar.
    fn checked(&mut self, name: N, value: V) -> Result<(N, V), Error> {
        self.headers = self.headers.saturating_add(1);
        if self.headers > self.limits.headers {
            return Err(Error::TooManyHeaders { limit: self.limits.headers });
        }
        if name.as_ref().starts_with(b":") {
            return Err(Error::PseudoHeader { got: excerpt(name.as_ref()) });
        }
        if name.as_ref().iter().any(u8::is_ascii_uppercase) {
            return Err(Error::HeaderNameCase { name: excerpt(name.as_ref()) });
        }
        check_not_of_connection(name.as_ref(), value.as_ref())?;
        Ok((name, value))
    }
}

/// Refuses what is about a connection of HTTP/1.1. `RFC 9113 §8.2.2`, `RFC 9114 §4.2`.
fn check_not_of_connection(name: &[u8], value: &[u8]) -> Result<(), Error> {
    let te = is(name, "te") && !value.trim_ascii().eq_ignore_ascii_case(b"trailers");
    if te || OF_CONNECTION.iter().any(|of_connection| is(name, of_connection)) {
        return Err(Error::ConnectionHeader { name: excerpt(name) });
    }
    Ok(())
}

fn is(name: impl AsRef<[u8]>, known: &str) -> bool {
    name.as_ref().eq_ignore_ascii_case(known.as_bytes())
}

/// `RFC 8441 §4`: what an extended CONNECT has.
const NAMES: [&str; 5] = [":method", ":protocol", ":scheme", ":authority", ":path"];
const METHOD: &str = "CONNECT";
const HOST: &str = "host";
const OF_CONNECTION: [&str; 5] = ["connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade"];

/// What a line has beside name and value, counted as in a head of HTTP/1.1.
const LINE_EXTRA: usize = 4;
