//! Writers of single lines, straight into an output, for answers that need no [`Response`](crate::Response) between.

use crate::error::excerpt;
use crate::request::{checked_method, checked_target};
use crate::{Error, HttpVersion, grammar, headers};

/// Appends the first line of an HTTP/1.1 request to `output`.
///
/// # Errors
///
/// [`Error::Method`] and [`Error::Target`]; then nothing was appended.
pub fn write_request_line(output: &mut Vec<u8>, method: &str, target: &str) -> Result<(), Error> {
    request_line(output, method, target, HttpVersion::Http11)
}

/// Appends the first line of an HTTP/1.1 response to `output`.
///
/// # Errors
///
/// [`Error::Status`] and [`Error::Reason`]; then nothing was appended.
pub fn write_status_line(output: &mut Vec<u8>, status: u16, reason: &str) -> Result<(), Error> {
    if !(100..600).contains(&status) {
        return Err(Error::Status { got: status });
    }
    if !grammar::is_sent_value(reason.as_bytes()) {
        return Err(Error::Reason { got: excerpt(reason.as_bytes()) });
    }
    output.extend_from_slice(b"HTTP/1.1 ");
    let digits = [status / 100, status / 10 % 10, status % 10];
    output.extend(digits.map(|digit| b'0'.wrapping_add(digit.to_le_bytes()[0])));
    output.push(b' ');
    output.extend_from_slice(reason.as_bytes());
    output.extend_from_slice(b"\r\n");
    Ok(())
}

/// Appends the line of one header to `output`. Spaces and tabs at the ends of the value are dropped.
///
/// ```
/// let mut output = Vec::new();
/// hybi_http::write_status_line(&mut output, 101, "Switching Protocols")?;
/// hybi_http::write_header(&mut output, "Upgrade", "websocket")?;
/// output.extend_from_slice(b"\r\n");
/// assert_eq!(output, b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");
/// # Ok::<(), hybi_http::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::HeaderName`] and [`Error::HeaderValue`]; then nothing was appended.
pub fn write_header(output: &mut Vec<u8>, name: &str, value: &str) -> Result<(), Error> {
    let value = headers::checked(name, value)?;
    headers::append_line(output, name.as_bytes(), value);
    Ok(())
}

/// Appends the first line of a request.
pub(crate) fn request_line(
    output: &mut Vec<u8>,
    method: &str,
    target: &str,
    version: HttpVersion,
) -> Result<(), Error> {
    let (method, target) = (checked_method(method)?, checked_target(target)?);
    output.extend_from_slice(method.as_bytes());
    output.push(b' ');
    output.extend_from_slice(target.as_bytes());
    output.push(b' ');
    output.extend_from_slice(version.as_str().as_bytes());
    output.extend_from_slice(b"\r\n");
    Ok(())
}
