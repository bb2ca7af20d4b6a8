//! Requests from the variables of a gateway: CGI, and what took its names over, such as PSGI and WSGI.

use std::borrow::Cow;

use crate::{Error, HttpVersion, Request};

impl Request<'static> {
    /// A request from the variables in which a gateway hands it on: CGI's (`RFC 3875 §4.1`), which PSGI, WSGI, Rack and
    /// FastCGI use as well.
    ///
    /// The target is `REQUEST_URI`, which is what the client sent, if the gateway has it; else it is put together from
    /// `SCRIPT_NAME`, `PATH_INFO` and `QUERY_STRING`, and what a path cannot hold is percent-encoded. `HTTP_*`,
    /// `CONTENT_TYPE` and `CONTENT_LENGTH` become headers, in the order in which they come; other variables are passed
    /// over. No body is looked for: what follows the head, as in a handshake of `draft-ietf-hybi-00`, is read from the
    /// stream.
    ///
    /// ```
    /// use hybi_http::Request;
    ///
    /// let variables = [
    ///     ("REQUEST_METHOD", "GET"),
    ///     ("SCRIPT_NAME", "/app"),
    ///     ("PATH_INFO", "/chat room"),
    ///     ("QUERY_STRING", "id=7"),
    ///     ("HTTP_HOST", "example.com"),
    ///     ("SERVER_PROTOCOL", "HTTP/1.1"),
    /// ];
    /// let request = Request::from_env(variables)?;
    /// assert_eq!(request.as_bytes(), b"GET /app/chat%20room?id=7 HTTP/1.1\r\nHost: example.com\r\n\r\n");
    /// # Ok::<(), hybi_http::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::MissingVariable`] without `REQUEST_METHOD`; [`Error::VersionUnsupported`] and [`Error::Version`] for a
    /// `SERVER_PROTOCOL` other than HTTP/1.0 and HTTP/1.1 (none means HTTP/1.1); [`Error::Method`], [`Error::Target`],
    /// [`Error::HeaderName`] and [`Error::HeaderValue`] for what cannot stand in a head.
    pub fn from_env<N: AsRef<str>, V: AsRef<str>>(variables: impl IntoIterator<Item = (N, V)>) -> Result<Self, Error> {
        let variables: Vec<(N, V)> = variables.into_iter().collect();
        let get = |name: &str| {
            let found = variables.iter().find(|(found, _)| found.as_ref() == name);
            found.map(|(_, value)| value.as_ref()).filter(|value| !value.is_empty())
        };
        let method = get("REQUEST_METHOD").ok_or(Error::MissingVariable { name: "REQUEST_METHOD" })?;
        let target = match get("REQUEST_URI") {
            Some(uri) => Cow::Borrowed(uri),
            None => target(get("SCRIPT_NAME"), get("PATH_INFO"), get("QUERY_STRING")).into(),
        };
        let version =
            get("SERVER_PROTOCOL").map_or(Ok(HttpVersion::Http11), |text| HttpVersion::parse(text.as_bytes()))?;
        let mut request = Self::with_version(method, &target, version)?;
        for (name, value) in &variables {
            let Some(name) = header_name(name.as_ref(), value.as_ref()) else { continue };
            request.push_received(name.as_bytes(), value.as_ref().as_bytes())?;
        }
        Ok(request)
    }
}

/// The name of the header that a variable holds, each word with a capital, or `None` if it holds none.
///
/// Gateways give the two variables of the body without the prefix. They are often there but empty, which means that the
/// request has no such header.
fn header_name(variable: &str, value: &str) -> Option<String> {
    let name = match variable {
        "CONTENT_TYPE" | "CONTENT_LENGTH" if !value.is_empty() => variable,
        _ => variable.strip_prefix("HTTP_").filter(|name| !matches!(*name, "CONTENT_TYPE" | "CONTENT_LENGTH"))?,
    };
    let mut first = true;
    let letters = name.chars().map(|character| {
        let letter = if first { character.to_ascii_uppercase() } else { character.to_ascii_lowercase() };
        first = matches!(character, '_' | '-');
        if first { '-' } else { letter }
    });
    Some(letters.collect())
}

/// The target that was split up into path and query.
fn target(script_name: Option<&str>, path_info: Option<&str>, query: Option<&str>) -> String {
    let mut target = String::new();
    let path = [script_name, path_info].into_iter().flatten().flat_map(str::bytes);
    for byte in path {
        if is_path_byte(byte) {
            target.push(char::from(byte));
        } else {
            let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or('0').to_ascii_uppercase();
            target.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    if !target.starts_with('/') {
        target.insert(0, '/');
    }
    if let Some(query) = query {
        target.push('?');
        target.push_str(query);
    }
    target
}

/// Whether a decoded path shows this byte as it is: `pchar` and the slash of `RFC 3986 §3.3`.
const fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'/' | b'-'
                | b'.'
                | b'_'
                | b'~'
                | b'!'
                | b'$'
                | b'&'
                | b'\''
                | b'('
                | b')'
                | b'*'
                | b'+'
                | b','
                | b';'
                | b'='
                | b':'
                | b'@'
        )
}
