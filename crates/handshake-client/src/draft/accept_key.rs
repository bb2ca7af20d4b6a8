//! The key and the value that answers it, which the versions with a number share.

use hybi_challenge::{AcceptValue, Key};
use hybi_http::{Request, Response};

use crate::build::push;
use crate::check::once;
use crate::error::excerpt;
use crate::{Error, Offer};

/// `RFC 6455 §4.1`, items 7 and 9 of the request.
pub(super) fn push_keys(request: &mut Request<'static>, offer: &Offer) -> Result<Option<[u8; 8]>, Error> {
    push(request, "Sec-WebSocket-Key", Key::generate(offer.random).as_str())?;
    let number = offer.version.facts().numbers.first();
    number.map_or(Ok(()), |number| push(request, "Sec-WebSocket-Version", &number.to_string()))?;
    Ok(None)
}

/// `RFC 6455 §4.1`, item 4 of what is checked.
pub(super) fn check(request: &Request<'_>, response: &Response<'_>) -> Result<(), Error> {
    let got = once(response, "Sec-WebSocket-Accept")?.ok_or(Error::MissingAccept)?;
    let accept = AcceptValue::of(request.headers().get("Sec-WebSocket-Key").unwrap_or_default());
    if accept.matches(got) {
        return Ok(());
    }
    Err(Error::Accept { got: excerpt(got), expected: accept.as_str().into() })
}
