//! The answer that accepts a handshake.

use core::fmt::Write as _;

use hybi_http::{Extension, Limits, Response, write_header};

use crate::draft::{self, Proof};
use crate::error::excerpt;
use crate::{Error, Upgrade};

/// What the application says when it accepts: subprotocol, extensions, headers. [`Accept::new`] needs no memory.
///
/// ```
/// use hybi_handshake_server::Accept;
///
/// let accept = Accept::new().subprotocol("chat.v1").header("Server", "hybi");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Accept<'a> {
    subprotocol: Subprotocol<'a>,
    extensions: Vec<Extension<'a>>,
    headers: Vec<(&'a str, &'a str)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Subprotocol<'a> {
    /// What the configuration chooses.
    #[default]
    Chosen,
    None,
    Named(&'a str),
}

impl<'a> Accept<'a> {
    /// The [subprotocol](Upgrade::subprotocol) that the configuration chooses, no extension, no header.
    pub const fn new() -> Self {
        Self { subprotocol: Subprotocol::Chosen, extensions: Vec::new(), headers: Vec::new() }
    }

    /// Answers this subprotocol, which must have been offered.
    pub const fn subprotocol(mut self, subprotocol: &'a str) -> Self {
        self.subprotocol = Subprotocol::Named(subprotocol);
        self
    }

    /// Answers no subprotocol. A browser that offered some then gives up.
    pub const fn no_subprotocol(mut self) -> Self {
        self.subprotocol = Subprotocol::None;
        self
    }

    /// Answers this extension, whose name must have been offered. What its parameters may be is for the extension to
    /// know.
    pub fn extension(mut self, extension: Extension<'a>) -> Self {
        self.extensions.push(extension);
        self
    }

    /// Adds a header, `Set-Cookie` for example. Those that the handshake writes itself are refused.
    pub fn header(mut self, name: &'a str, value: &'a str) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl Accept<'_> {
    /// The subprotocol that this answers to a request, which may be the one that the configuration chooses.
    #[must_use]
    pub fn subprotocol_for<'s>(&'s self, upgrade: &'s Upgrade<'_>) -> Option<&'s str> {
        match self.subprotocol {
            Subprotocol::Chosen => upgrade.subprotocol(),
            Subprotocol::None => None,
            Subprotocol::Named(named) => Some(named),
        }
    }

    /// The extensions that this answers.
    #[must_use]
    pub fn extensions(&self) -> &[Extension<'_>] {
        &self.extensions
    }
}

impl Upgrade<'_> {
    /// The head of the answer: status 101, or 200 for an [extended CONNECT](Self::is_connect), whose answer has no `Upgrade`,
    /// no `Connection` and no `Sec-WebSocket-Accept` (RFC 8441 §5). For HTTP libraries that take status and headers.
    ///
    /// # Errors
    ///
    /// As [`write_answer`](Self::write_answer).
    pub fn answer(&self, accept: &Accept<'_>) -> Result<Response<'static>, Error> {
        let mut head = Vec::new();
        self.write_answer(accept, &mut head)?;
        let limits = Limits::new().head_bytes(usize::MAX).headers(usize::MAX);
        let parsed = Response::parse(&head, &limits).map_err(Error::Answer)?;
        let (response, _) = parsed.ok_or(Error::NothingToAnswer)?;
        if self.is_connect() { in_lower_case(&response).map_err(Error::Answer) } else { Ok(response.into_owned()) }
    }

    /// Appends the head of the answer, status 101, to `output`, as HTTP/1.1 has it. [`ServerHandshake::accept`](crate::ServerHandshake::accept)
    /// is the same for a handshake that it received.
    ///
    /// The order of the headers, and their case, are what the clients of each version compared.
    ///
    /// # Errors
    ///
    /// If the answer names what was not offered, or a header that can not be sent; then nothing was appended.
    pub fn write_answer(&self, accept: &Accept<'_>, output: &mut Vec<u8>) -> Result<(), Error> {
        let start = output.len();
        output.reserve(ROOM);
        let written = self.write_head(accept, output);
        if written.is_err() {
            output.truncate(start);
        }
        written
    }

    fn write_head(&self, accept: &Accept<'_>, output: &mut Vec<u8>) -> Result<(), Error> {
        let (facts, version) = (self.facts(), self.version());
        let draft = draft::find(version).ok_or(Error::VersionDisabled { version })?;
        if self.is_connect() {
            output.extend_from_slice(b"HTTP/1.1 200 OK\r\n");
        } else {
            output.extend_from_slice(draft.answer.as_bytes());
            if let Proof::Accept(value) = &self.findings.proof {
                output.extend_from_slice(b"Sec-WebSocket-Accept: ");
                output.extend_from_slice(value);
                output.extend_from_slice(b"\r\n");
            }
        }
        // What came from the client goes through a writer that checks it.
        let mut line = |name: &str, value: &str| write_header(output, name, value).map_err(Error::Answer);
        if let Some(name) = facts.origin_response
            && let Some(origin) = self.origin()
        {
            line(name, origin)?;
        }
        if let Some(name) = facts.location_response {
            line(name, &self.location())?;
        }
        if let Some(subprotocol) = self.answered_subprotocol(accept)? {
            line(facts.protocol_header, subprotocol)?;
        }
        self.write_extensions(accept, output)?;
        for &(name, value) in &accept.headers {
            check_not_reserved(name)?;
            write_header(output, name, value).map_err(Error::Answer)?;
        }
        output.extend_from_slice(b"\r\n");
        Ok(())
    }

    fn answered_subprotocol<'s>(&'s self, accept: &Accept<'s>) -> Result<Option<&'s str>, Error> {
        match accept.subprotocol {
            Subprotocol::Chosen => Ok(self.subprotocol()),
            Subprotocol::None => Ok(None),
            Subprotocol::Named(named) if self.subprotocols().any(|offered| offered == named) => Ok(Some(named)),
            Subprotocol::Named(named) => Err(Error::SubprotocolNotOffered { got: excerpt(named.as_bytes()) }),
        }
    }

    fn write_extensions(&self, accept: &Accept<'_>, output: &mut Vec<u8>) -> Result<(), Error> {
        for (index, extension) in accept.extensions.iter().enumerate() {
            let name = extension.name();
            if !self.extensions().any(|offered| offered.name() == name) {
                return Err(Error::ExtensionNotOffered { got: excerpt(name.as_bytes()) });
            }
            output.extend_from_slice(if index == 0 { b"Sec-WebSocket-Extensions: " } else { b", " });
            // An extension consists of tokens, whoever made it.
            write!(Text(output), "{extension}").map_err(|_| Error::NothingToAnswer)?;
        }
        if !accept.extensions.is_empty() {
            output.extend_from_slice(b"\r\n");
        }
        Ok(())
    }
}

/// The same with names as HTTP/2 has them. `RFC 9113 §8.2`.
fn in_lower_case(response: &Response<'_>) -> Result<Response<'static>, hybi_http::Error> {
    let mut lower = Response::new(response.status())?;
    for (name, value) in response.headers().iter() {
        // What was written is ASCII.
        lower.push_header(&name.to_ascii_lowercase(), core::str::from_utf8(value).unwrap_or_default())?;
    }
    Ok(lower)
}

/// Text that is appended to bytes.
struct Text<'a>(&'a mut Vec<u8>);

impl core::fmt::Write for Text<'_> {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

/// Refuses a header that the handshake writes, or that an answer without a body has not.
fn check_not_reserved(name: &str) -> Result<(), Error> {
    let known = RESERVED.iter().any(|reserved| reserved.eq_ignore_ascii_case(name));
    let family = RESERVED_FAMILIES
        .iter()
        .any(|family| name.get(..family.len()).is_some_and(|start| start.eq_ignore_ascii_case(family)));
    if known || family { Err(Error::ReservedHeader { got: excerpt(name.as_bytes()) }) } else { Ok(()) }
}

const RESERVED: [&str; 4] = ["Upgrade", "Connection", "Content-Length", "Transfer-Encoding"];
const RESERVED_FAMILIES: [&str; 2] = ["Sec-WebSocket-", "WebSocket-"];

/// Room for a common answer, so that one that goes into an empty output is written without moving.
const ROOM: usize = 192;
