//! The list of extensions that a client offers.

use hybi_http::Request;

use crate::Error;
use crate::fields::Field;

/// `RFC 6455 §9.1`: a list that is malformed fails the handshake. An empty one is what clients without an offer may send.
pub(crate) fn check(field: Field, request: &Request<'_>) -> Result<(), Error> {
    let Some(first) = field.first(request) else { return Ok(()) };
    if BROWSERS.contains(&first) && !field.is_repeated() {
        return Ok(());
    }
    let mut extensions = request.headers().extensions("Sec-WebSocket-Extensions");
    extensions.try_for_each(|extension| extension.map(drop)).map_err(Error::Extensions)
}

/// The lists that browsers send, and with them most other clients. There is no need to take them apart.
const BROWSERS: [&[u8]; 2] = [b"permessage-deflate; client_max_window_bits", b"permessage-deflate"];
