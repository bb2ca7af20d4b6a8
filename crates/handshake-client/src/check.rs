//! What every version asks of the head of an answer with status 101.

use hybi_http::{Extension, HttpVersion, Request, Response};
use hybi_version::Facts;

use crate::draft::Draft;
use crate::error::excerpt;
use crate::{Agreed, Error};

/// Checks the head in the order of `RFC 6455 §4.1`.
pub(crate) fn check(
    draft: &Draft,
    request: &Request<'_>,
    location: &str,
    response: &Response<'_>,
) -> Result<Agreed, Error> {
    let facts = draft.version.facts();
    check_upgrade(response)?;
    if let Some(name) = facts.origin_response {
        check_origin(name, request, facts, response)?;
    }
    if let Some(name) = facts.location_response {
        check_location(name, location, response)?;
    }
    (draft.check)(request, response)?;
    let extensions = if facts.can.extensions { check_extensions(request, response)? } else { Vec::new() };
    let subprotocol = check_subprotocol(request, facts, response)?;
    Ok(Agreed { version: draft.version, subprotocol, extensions })
}

/// The value of a header that may be there once at most.
pub(crate) fn once<'r>(response: &'r Response<'_>, name: &'static str) -> Result<Option<&'r [u8]>, Error> {
    response.headers().only_one(name).map_err(|_| Error::Repeated { name })
}

/// `RFC 6455 §4.1`, items 1 to 3. `Upgrade` is one protocol, not a list.
fn check_upgrade(response: &Response<'_>) -> Result<(), Error> {
    if response.status() != 101 {
        return Err(Error::Status { got: response.status() });
    }
    if response.http_version() < HttpVersion::Http11 {
        return Err(Error::HttpVersion);
    }
    let upgrade = once(response, "Upgrade")?.ok_or(Error::MissingUpgrade)?;
    if !upgrade.eq_ignore_ascii_case(b"websocket") {
        return Err(Error::Upgrade { got: excerpt(upgrade) });
    }
    if !response.headers().contains_token("Connection", "Upgrade") {
        return Err(Error::MissingConnection);
    }
    Ok(())
}

/// `hybi-00 §4.1`: the origin that was sent, in any case.
fn check_origin(
    name: &'static str,
    request: &Request<'_>,
    facts: &Facts,
    response: &Response<'_>,
) -> Result<(), Error> {
    let sent = request.headers().get(facts.origin_request).unwrap_or_default();
    let got = once(response, name)?.ok_or(Error::MissingOrigin)?;
    if got.eq_ignore_ascii_case(sent) {
        return Ok(());
    }
    Err(Error::Origin { got: excerpt(got), expected: excerpt(sent) })
}

/// `hybi-00 §4.1`: the URL that was dialled, to the letter.
fn check_location(name: &'static str, dialled: &str, response: &Response<'_>) -> Result<(), Error> {
    let got = once(response, name)?.ok_or(Error::MissingLocation)?;
    if got == dialled.as_bytes() {
        return Ok(());
    }
    Err(Error::Location { got: excerpt(got), expected: excerpt(dialled.as_bytes()) })
}

/// `RFC 6455 §4.1`, item 5: none that was not offered.
pub(crate) fn check_extensions(
    request: &Request<'_>,
    response: &Response<'_>,
) -> Result<Vec<Extension<'static>>, Error> {
    let name = "Sec-WebSocket-Extensions";
    let mut agreed = Vec::new();
    for extension in response.headers().extensions(name) {
        let extension = extension.map_err(Error::Extensions)?;
        let mut offered = request.headers().extensions(name).filter_map(Result::ok);
        if !offered.any(|offered| offered.name() == extension.name()) {
            return Err(Error::ExtensionNotOffered { got: excerpt(extension.name().as_bytes()) });
        }
        agreed.push(extension.into_owned());
    }
    Ok(agreed)
}

/// `RFC 6455 §4.1`, item 6: none or one that was offered. `hybi-00 §4.1`: the one that was asked for, and where none was
/// asked for the header has no meaning.
pub(crate) fn check_subprotocol(
    request: &Request<'_>,
    facts: &Facts,
    response: &Response<'_>,
) -> Result<Option<String>, Error> {
    let name = facts.protocol_header;
    let sent = request.headers();
    if !facts.can.many_subprotocols && !sent.contains(name) {
        return Ok(None);
    }
    let Some(got) = once(response, name)? else {
        return if facts.can.many_subprotocols { Ok(None) } else { Err(Error::MissingSubprotocol) };
    };
    let offered = if facts.can.many_subprotocols {
        sent.tokens(name).find(|offered| offered.as_bytes() == got)
    } else {
        sent.get_str(name).filter(|asked| asked.as_bytes() == got)
    };
    offered
        .map(|subprotocol| Some(subprotocol.to_owned()))
        .ok_or_else(|| Error::SubprotocolNotOffered { got: excerpt(got) })
}
