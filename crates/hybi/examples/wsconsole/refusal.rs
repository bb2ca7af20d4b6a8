//! An answer that is no WebSocket: head and body of an HTTP response.

use hybi::http::Response;

/// What the server said instead of yes.
pub(crate) struct Refusal {
    head: Response<'static>,
    body: Vec<u8>,
    length: Length,
}

/// How the end of the body is known (RFC 9112 §6.3).
enum Length {
    Bytes(u64),
    Chunked,
    UntilEnd,
}

impl Refusal {
    pub(crate) fn new(head: Response<'_>) -> Self {
        let length = length(&head);
        Self { head: head.into_owned(), body: Vec::new(), length }
    }

    /// Takes bytes of the body, up to a limit.
    pub(crate) fn receive(&mut self, bytes: &[u8]) {
        let room = LIMIT.saturating_sub(self.body.len());
        self.body.extend(bytes.iter().take(room));
    }

    /// Whether the body, or as much of it as we want, is there. If not, it ends with the connection.
    pub(crate) fn is_complete(&self) -> bool {
        let size = self.body.len();
        let complete = match self.length {
            Length::Bytes(length) => size as u64 >= length,
            Length::Chunked => unchunk(&self.body).is_some(),
            Length::UntilEnd => false,
        };
        complete || size >= LIMIT
    }

    pub(crate) fn status(&self) -> u16 {
        self.head.status()
    }

    /// Status line and headers.
    pub(crate) fn head(&self) -> String {
        String::from_utf8_lossy(self.head.as_bytes()).into_owned()
    }

    /// The body as text.
    pub(crate) fn body(&self) -> String {
        let body = match self.length {
            Length::Bytes(length) => self.body.get(..usize::try_from(length).unwrap_or(LIMIT)),
            Length::Chunked => return lossy(&unchunk(&self.body).unwrap_or_else(|| self.body.clone())),
            Length::UntilEnd => None,
        };
        lossy(body.unwrap_or(&self.body))
    }
}

fn length(head: &Response<'_>) -> Length {
    let headers = head.headers();
    if matches!(head.status(), 204 | 304) {
        Length::Bytes(0)
    } else if headers.contains_token("Transfer-Encoding", "chunked") {
        Length::Chunked
    } else if let Ok(Some(length)) = headers.content_length() {
        Length::Bytes(length)
    } else {
        Length::UntilEnd
    }
}

/// The body without the lengths between its chunks (RFC 9112 §7.1). `None`: the last chunk is not there.
fn unchunk(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = bytes.windows(2).position(|pair| pair == b"\r\n")?;
        let (line, rest) = bytes.split_at_checked(end)?;
        let digits = line.split(|byte| *byte == b';').next()?;
        let length = usize::from_str_radix(str::from_utf8(digits).ok()?.trim(), 16).ok()?;
        if length == 0 {
            return Some(body);
        }
        let (chunk, rest) = rest.get(2..)?.split_at_checked(length)?;
        body.extend_from_slice(chunk);
        bytes = rest.strip_prefix(b"\r\n")?;
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// More of a body is not shown.
const LIMIT: usize = 64 * 1024;
