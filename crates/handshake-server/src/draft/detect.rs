//! Which version a request asks for.

use hybi_http::Request;
use hybi_version::Version;

use crate::Error;
use crate::error::excerpt;
use crate::fields::Fields;

/// The version of the protocol that a request asks for, whether it is compiled in or not; `None` for a request that asks
/// for no WebSocket.
///
/// A `Sec-WebSocket-Version` or a `Sec-WebSocket-Key` means one of the versions that have a number; else one of
/// `Sec-WebSocket-Key1` and `-Key2` means draft-ietf-hybi-00; else the token `websocket` in `Upgrade` means draft-hixie-75.
/// Nothing else of the request is looked at.
///
/// ```
/// use hybi_handshake_server::detect;
/// use hybi_http::Request;
/// use hybi_version::Version;
///
/// let mut request = Request::new("GET", "/")?;
/// assert_eq!(detect(&request), Ok(None));
/// request.push_header("Sec-WebSocket-Version", "13")?;
/// assert_eq!(detect(&request), Ok(Some(Version::Hybi17)));
/// # Ok::<(), hybi_http::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::VersionUnknown`], [`Error::MissingVersion`] and [`Error::Repeated`] about `Sec-WebSocket-Version`.
pub fn detect(request: &Request<'_>) -> Result<Option<Version>, Error> {
    detect_fields(request, &Fields::of(request))
}

/// [`detect`] after the walk over the headers.
pub(crate) fn detect_fields(request: &Request<'_>, fields: &Fields) -> Result<Option<Version>, Error> {
    if fields.version.is_there() || fields.key.is_there() {
        detect_numbered(request, fields).map(Some)
    } else if fields.key1.is_there() || fields.key2.is_there() {
        Ok(Some(Version::Hybi00))
    } else if fields.websocket {
        Ok(Some(Version::Hixie75))
    } else {
        Ok(None)
    }
}

/// The version that has the number of `Sec-WebSocket-Version`.
pub(crate) fn detect_numbered(request: &Request<'_>, fields: &Fields) -> Result<Version, Error> {
    let Some(value) = fields.version.once(request, "Sec-WebSocket-Version")? else { return Err(Error::MissingVersion) };
    number(value).and_then(Version::from_number).ok_or_else(|| Error::VersionUnknown { got: excerpt(value) })
}

/// A number up to 255 without leading zeros (RFC 6455 §4.3).
fn number(text: &[u8]) -> Option<u8> {
    match text {
        [b'0', _, ..] => None,
        _ => text.iter().try_fold(0_u8, |number, digit| {
            let digit = digit.is_ascii_digit().then(|| digit.wrapping_sub(b'0'))?;
            number.checked_mul(10)?.checked_add(digit)
        }),
    }
}
