//! What httparse makes of a head, so that ours can be compared with it.

use httparse::{EMPTY_HEADER, Header, Request, Response, Status};

/// A head that httparse takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many bytes it has, with empty lines before it and the one that ends it.
    pub length: usize,
    /// Of a request the method and the target, of a response the status and the reason.
    pub first: (String, String),
    /// Whether the version is HTTP/1.1, and not HTTP/1.0.
    pub is_http11: bool,
    /// Name and value of each header.
    pub headers: Vec<(String, Vec<u8>)>,
}

/// The request at the front of the bytes; `None` if it is not complete, or wrong.
#[must_use]
pub fn request(bytes: &[u8]) -> Option<Head> {
    let mut slots = vec![EMPTY_HEADER; SLOTS];
    let mut request = Request::new(&mut slots);
    let Ok(Status::Complete(length)) = request.parse(bytes) else { return None };
    let first = (request.method?.to_owned(), request.path?.to_owned());
    Some(Head { length, first, is_http11: request.version == Some(1), headers: owned(request.headers) })
}

/// The response at the front of the bytes; `None` if it is not complete, or wrong.
#[must_use]
pub fn response(bytes: &[u8]) -> Option<Head> {
    let mut slots = vec![EMPTY_HEADER; SLOTS];
    let mut response = Response::new(&mut slots);
    let Ok(Status::Complete(length)) = response.parse(bytes) else { return None };
    let first = (response.code?.to_string(), response.reason?.to_owned());
    Some(Head { length, first, is_http11: response.version == Some(1), headers: owned(response.headers) })
}

fn owned(headers: &[Header<'_>]) -> Vec<(String, Vec<u8>)> {
    headers.iter().map(|header| (header.name.to_owned(), header.value.to_vec())).collect()
}

/// More headers than any head has that is compared.
const SLOTS: usize = 1000;
