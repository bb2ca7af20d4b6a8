//! From an offer to the request.

use hybi_http::{ExtendedConnect, Request, SetCookie, is_token};
use hybi_version::Facts;

use crate::basic_auth::basic_auth;
use crate::error::excerpt;
use crate::{ClientHandshake, ConnectHandshake, Error, Offer, draft};

/// Checks the offer and makes the request: the headers of the version in its order, then those of the caller.
pub(crate) fn start(offer: &Offer) -> Result<ClientHandshake, Error> {
    let version = offer.version;
    let draft = draft::find(version).ok_or(Error::VersionDisabled { version })?;
    let facts = version.facts();
    let mut request = Request::new("GET", offer.url.resource_name()).map_err(Error::Request)?;
    if draft.host_first {
        push(&mut request, "Host", offer.url.host_header())?;
    }
    push(&mut request, "Upgrade", facts.upgrade)?;
    push(&mut request, "Connection", "Upgrade")?;
    if !draft.host_first {
        push(&mut request, "Host", offer.url.host_header())?;
    }
    push_origin(&mut request, offer, facts)?;
    push_subprotocols(&mut request, offer, facts)?;
    let key3 = (draft.push_keys)(&mut request, offer)?;
    push_extensions(&mut request, offer, facts)?;
    push_callers_headers(&mut request, offer)?;
    Ok(ClientHandshake::new(draft, request, key3, offer))
}

/// Checks the offer and makes an extended CONNECT: the same without what is about the connection, and without a key.
pub(crate) fn start_connect(offer: &Offer) -> Result<ConnectHandshake, Error> {
    let version = offer.version;
    let facts = version.facts();
    let protocol = facts.connect_protocol.ok_or(Error::ConnectVersion { version })?;
    if draft::find(version).is_none() {
        return Err(Error::VersionDisabled { version });
    }
    let (url, scheme) = (&offer.url, if offer.url.is_secure() { "https" } else { "http" });
    let mut headers = Request::new("GET", url.resource_name()).map_err(Error::Request)?;
    push_origin(&mut headers, offer, facts)?;
    push_subprotocols(&mut headers, offer, facts)?;
    let number = facts.numbers.first();
    number.map_or(Ok(()), |number| push(&mut headers, "Sec-WebSocket-Version", &number.to_string()))?;
    push_extensions(&mut headers, offer, facts)?;
    push_callers_headers(&mut headers, offer)?;
    let connect = ExtendedConnect::new(protocol, scheme, url.host_header(), url.resource_name());
    let mut connect = connect.map_err(Error::Request)?;
    for (name, value) in headers.headers().iter() {
        // What is to be sent is ASCII.
        let value = core::str::from_utf8(value).unwrap_or_default();
        connect.push_header(name, value).map_err(Error::Request)?;
    }
    Ok(ConnectHandshake { version, connect })
}

/// Appends a header, if it can be sent.
pub(crate) fn push(request: &mut Request<'static>, name: &str, value: &str) -> Result<(), Error> {
    request.push_header(name, value).map_err(Error::Request)
}

/// The origin, which is required where the answer repeats it.
fn push_origin(request: &mut Request<'static>, offer: &Offer, facts: &Facts) -> Result<(), Error> {
    let required = facts.origin_response.is_some();
    let default = (required && offer.origin.is_none()).then(|| offer.url.origin());
    match offer.origin.as_ref().or(default.as_ref()) {
        Some(origin) => push(request, facts.origin_request, origin),
        None => Ok(()),
    }
}

fn push_subprotocols(request: &mut Request<'static>, offer: &Offer, facts: &Facts) -> Result<(), Error> {
    let offered = &offer.subprotocols;
    if offered.is_empty() {
        return Ok(());
    }
    check_subprotocols(offered, facts)?;
    push(request, facts.protocol_header, &offered.join(", "))
}

fn push_extensions(request: &mut Request<'static>, offer: &Offer, facts: &Facts) -> Result<(), Error> {
    let offered = &offer.extensions;
    if offered.is_empty() {
        return Ok(());
    }
    if !facts.can.extensions {
        return Err(Error::NoExtensions { version: facts.version });
    }
    let list: Vec<_> = offered.iter().map(ToString::to_string).collect();
    push(request, "Sec-WebSocket-Extensions", &list.join(", "))
}

/// Credentials, cookies and what else the caller sends.
fn push_callers_headers(request: &mut Request<'static>, offer: &Offer) -> Result<(), Error> {
    let own_credentials = offer.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("Authorization"));
    if offer.basic_auth
        && !own_credentials
        && let Some(credentials) = basic_auth(&offer.url)
    {
        push(request, "Authorization", &credentials)?;
    }
    if !offer.cookies.is_empty() {
        let cookie = |(name, value): &(String, String)| SetCookie::new(name, value).header_value();
        let cookies: Vec<_> = offer.cookies.iter().map(cookie).collect::<Result<_, _>>().map_err(Error::Request)?;
        push(request, "Cookie", &cookies.join("; "))?;
    }
    offer.headers.iter().try_for_each(|(name, value)| {
        check_not_reserved(name)?;
        push(request, name, value)
    })
}

/// Tokens, each of them once (RFC 6455 §4.1); or one text alone, U+0020 to U+007E (hybi-00 §4.1).
fn check_subprotocols(offered: &[String], facts: &Facts) -> Result<(), Error> {
    if !facts.can.many_subprotocols && offered.len() > 1 {
        return Err(Error::ManySubprotocols { version: facts.version });
    }
    for (place, subprotocol) in offered.iter().enumerate() {
        let text = subprotocol.as_bytes();
        let good = if facts.can.many_subprotocols {
            is_token(text)
        } else {
            // A space at an end would not arrive.
            text.iter().all(|byte| matches!(byte, b' '..=b'~')) && !text.is_empty() && text.trim_ascii() == text
        };
        if !good {
            return Err(Error::Subprotocol { got: excerpt(text) });
        }
        if offered.iter().take(place).any(|before| before == subprotocol) {
            return Err(Error::RepeatedSubprotocol { got: excerpt(text) });
        }
    }
    Ok(())
}

/// Refuses a header that the handshake writes, or that would announce a body.
fn check_not_reserved(name: &str) -> Result<(), Error> {
    let known = RESERVED.iter().any(|reserved| reserved.eq_ignore_ascii_case(name));
    let family = RESERVED_FAMILIES
        .iter()
        .any(|family| name.get(..family.len()).is_some_and(|start| start.eq_ignore_ascii_case(family)));
    if known || family { Err(Error::ReservedHeader { got: excerpt(name.as_bytes()) }) } else { Ok(()) }
}

const RESERVED: [&str; 6] = ["Host", "Upgrade", "Connection", "Origin", "Content-Length", "Transfer-Encoding"];
const RESERVED_FAMILIES: [&str; 2] = ["Sec-WebSocket-", "WebSocket-"];
