//! The machine: a request in, an answer out.

use std::sync::Arc;

use hybi_http::{HeadReader, Request, Response};
use hybi_version::Version;

use crate::fields::Fields;
use crate::upgrade::{checksum, examine};
use crate::{Accept, Error, HandshakeConfig, Upgrade};

/// The server's side of one opening handshake.
///
/// 1. [`receive`](Self::receive) takes what arrives until it gives a request.
/// 2. [`accept`](Self::accept) or [`refuse`](Self::refuse) writes the answer. A request that broke a rule came out of
///    `receive` as an error, which has its answer with it: [`Error::write_response`].
/// 3. [`receive_key3`](Self::receive_key3) is called until it says that the handshake is complete. It is so at once, but for
///    draft-ietf-hybi-00, whose client is owed sixteen bytes for the eight that follow its head.
///
/// What is left in the input then is the first frame. After an error, `receive` gives that error again.
#[derive(Debug)]
pub struct ServerHandshake {
    config: Arc<HandshakeConfig>,
    /// Collects a head that is cut. Most are not.
    reader: Option<Box<HeadReader>>,
    state: State,
}

/// What [`ServerHandshake::receive`] gives.
#[expect(clippy::exhaustive_enums, reason = "a request asks for a WebSocket or it does not")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received<'a> {
    /// An opening handshake that keeps all the rules, to be accepted or refused.
    Upgrade(Upgrade<'a>),
    /// A well-formed request that asks for no WebSocket: a health check, a page. Answer it with
    /// [`ServerHandshake::refuse`], or write what you like to your output; its body, if it has one, is what follows in the
    /// input. Unless refused, the handshake then takes the next request.
    Http(Request<'a>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    /// Bytes of a head are awaited.
    Head,
    /// The application is to accept or to refuse.
    Decision { version: Version, parts: Option<[u32; 2]> },
    /// The head of the answer is written, and bytes of key3 are awaited.
    Key3 { version: Version, parts: [u32; 2], key3: [u8; 8], length: u8 },
    /// Frames follow.
    Complete,
    /// The connection is to be closed.
    Refused,
    /// Something was wrong, and stays so.
    Broken(Box<Error>),
}

impl State {
    /// What follows the head of the answer.
    const fn after_answer(version: Version, parts: Option<[u32; 2]>) -> Self {
        match parts {
            Some(parts) => Self::Key3 { version, parts, key3: [0; 8], length: 0 },
            None => Self::Complete,
        }
    }
}

impl ServerHandshake {
    /// A handshake for one connection.
    #[must_use]
    pub const fn new(config: Arc<HandshakeConfig>) -> Self {
        Self { config, reader: None, state: State::Head }
    }

    /// A handshake whose request someone else received, and whose [answer](Upgrade::answer) someone else writes. It is
    /// complete, but for draft-ietf-hybi-00, where the bytes of key3 are still to come: see
    /// [`receive_key3`](Self::receive_key3).
    #[must_use]
    pub fn answered(config: Arc<HandshakeConfig>, upgrade: &Upgrade<'_>) -> Self {
        let state = State::after_answer(upgrade.version(), upgrade.parts());
        Self { state, ..Self::new(config) }
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &HandshakeConfig {
        &self.config
    }

    /// Takes bytes from the front of `input`. Gives a request when its head is complete, and `None` when more bytes must
    /// come, or when it is for something else than a head that the handshake waits.
    ///
    /// # Errors
    ///
    /// The rule that the request breaks, with the answer that goes with it: [`Error::write_response`]. Then the same again.
    pub fn receive<'a>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<Received<'a>>, Error> {
        match &self.state {
            State::Head => {}
            State::Broken(error) => return Err(Error::clone(error)),
            _ => return Ok(None),
        }
        let mut fields = Fields::default();
        let request = match self.head(input, &mut fields) {
            Ok(Some(request)) => request,
            Ok(None) => return Ok(None),
            Err(error) => return Err(self.fail(Error::Http(error))),
        };
        match examine(&request, &fields, &self.config) {
            Ok(Some(findings)) => {
                let upgrade = Upgrade { request, findings };
                self.state = State::Decision { version: upgrade.version(), parts: upgrade.parts() };
                Ok(Some(Received::Upgrade(upgrade)))
            }
            Ok(None) => Ok(Some(Received::Http(request))),
            Err(error) => Err(self.fail(error)),
        }
    }

    /// A head: where it lies, if it came whole, or else collected; and its fields.
    fn head<'a>(
        &mut self,
        input: &mut &'a mut [u8],
        fields: &mut Fields,
    ) -> Result<Option<Request<'a>>, hybi_http::Error> {
        if input.is_empty() {
            return Ok(None);
        }
        if self.reader.is_none() {
            let note = |name: &[u8], value: &[u8], at| fields.note(name, value, at);
            if let Some(request) = Request::take_whole_and_show(input, &self.config.limits, note) {
                return Ok(Some(request));
            }
        }
        let reader = self.reader.get_or_insert_with(|| Box::new(HeadReader::for_pieces(self.config.limits)));
        let Some(request) = reader.request(input)? else { return Ok(None) };
        self.reader = None;
        *fields = Fields::of(&request);
        Ok(Some(request))
    }

    /// Accepts the handshake that was received: appends the head of the answer to `output`.
    ///
    /// # Errors
    ///
    /// [`Error::NothingToAnswer`] if none waits; and if the answer names what was not offered, or a header that can not be
    /// sent. Then nothing was appended, and another answer is possible.
    pub fn accept(&mut self, upgrade: &Upgrade<'_>, accept: &Accept<'_>, output: &mut Vec<u8>) -> Result<(), Error> {
        let &State::Decision { version, parts } = &self.state else { return Err(Error::NothingToAnswer) };
        upgrade.write_answer(accept, output)?;
        self.state = State::after_answer(version, parts);
        Ok(())
    }

    /// Takes the bytes of key3 from the front of `input`, and when there are eight appends the sixteen that answer them to
    /// `output`. Bytes behind them are left: they belong to frames. Says whether the handshake is complete.
    ///
    /// A proxy may hold the eight bytes back until it has seen the head of the answer, so write that to the client before
    /// you wait for more. Only draft-ietf-hybi-00 has them; for the others nothing is taken.
    pub fn receive_key3(&mut self, input: &mut &mut [u8], output: &mut Vec<u8>) -> bool {
        let State::Key3 { version, parts, key3, length } = &mut self.state else { return self.is_complete() };
        let wanted = key3.get_mut(usize::from(*length)..).unwrap_or_default();
        let count = wanted.len().min(input.len());
        let (taken, rest) = core::mem::take(input).split_at_mut_checked(count).unwrap_or_default();
        for (to, from) in wanted.iter_mut().zip(taken) {
            *to = *from;
        }
        *input = rest;
        *length = length.saturating_add(u8::try_from(count).unwrap_or(u8::MAX));
        if usize::from(*length) < key3.len() {
            return false;
        }
        output.extend(checksum(*version, *parts, *key3).into_iter().flatten());
        self.state = State::Complete;
        true
    }

    /// Refuses the handshake, or answers a request that asks for no WebSocket: appends a response and its body to
    /// `output`. The connection is to be closed when they are written, which the response says unless it has a
    /// `Connection` of its own; `Content-Length` is added where none is.
    ///
    /// # Errors
    ///
    /// [`Error::NothingToAnswer`] if the handshake was answered already; [`Error::Answer`] for a status that is none of a
    /// final answer. Then nothing was appended.
    pub fn refuse(&mut self, response: &Response<'_>, body: &[u8], output: &mut Vec<u8>) -> Result<(), Error> {
        if !matches!(self.state, State::Head | State::Decision { .. }) {
            return Err(Error::NothingToAnswer);
        }
        let got = response.status();
        if got < 200 {
            return Err(Error::Answer(hybi_http::Error::Status { got }));
        }
        let mut response = response.clone();
        let headers = response.headers();
        let (has_connection, has_length) = (
            headers.contains("Connection"),
            headers.contains("Content-Length") || headers.contains("Transfer-Encoding"),
        );
        if !has_connection {
            response.push_header("Connection", "close").map_err(Error::Answer)?;
        }
        if !has_length && !matches!(got, 204 | 304) {
            response.push_header("Content-Length", &body.len().to_string()).map_err(Error::Answer)?;
        }
        response.build(output);
        output.extend_from_slice(body);
        self.state = State::Refused;
        Ok(())
    }

    /// Whether the answer is written in full, so that frames follow.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        matches!(self.state, State::Complete)
    }

    /// Whether the head of the answer is written and bytes of key3 are awaited (hybi-00 §5.2). The deadline of the handshake
    /// goes on.
    #[must_use]
    pub const fn awaits_key3(&self) -> bool {
        matches!(self.state, State::Key3 { .. })
    }

    /// Whether a part of a head came, and not yet the rest.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.reader.as_ref().is_some_and(|reader| reader.retained_bytes() > 0)
    }

    /// How many bytes are held on the heap: what came of a head. The text of an error is not counted.
    #[must_use]
    pub const fn retained_bytes(&self) -> usize {
        let state = match &self.state {
            State::Broken(_) => size_of::<Error>(),
            _ => 0,
        };
        let reader = match &self.reader {
            Some(reader) => size_of::<HeadReader>().saturating_add(reader.retained_bytes()),
            None => 0,
        };
        reader.saturating_add(state)
    }

    fn fail(&mut self, error: Error) -> Error {
        self.reader = None;
        self.state = State::Broken(Box::new(error.clone()));
        error
    }
}
