//! The machine: a request out, an answer in.

use hybi_http::{HeadReader, Request, Response};
use hybi_version::Version;

use crate::draft::Draft;
use crate::{Agreed, Answer, Error, Offer, check};

/// The client's side of one opening handshake. Made by [`Offer::start`].
///
/// 1. [`send_request`](Self::send_request) writes the request.
/// 2. [`receive`](Self::receive) takes what arrives until it gives the answer, checked.
///
/// What is left in the input then is the first frame, or the body of a refusal. After an error, `receive` gives that error
/// again.
#[derive(Debug)]
pub struct ClientHandshake {
    draft: &'static Draft,
    request: Request<'static>,
    /// The bytes that follow the head of the request (hybi-00 §4.1).
    key3: Option<[u8; 8]>,
    /// The URL that was dialled, as the two old drafts have it repeated in the answer.
    location: Box<str>,
    reader: HeadReader,
    /// Answers before the answer, such as 103.
    interim: u8,
    state: State,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    /// Bytes of a head are awaited.
    Head,
    /// The head keeps the rules, and bytes of the sixteen behind it are awaited.
    Checksum(Box<Pending>),
    /// The answer was given.
    Answered,
    /// Something was wrong, and stays so.
    Broken(Box<Error>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Pending {
    agreed: Agreed,
    response: Response<'static>,
    bytes: [u8; 16],
    length: usize,
}

impl ClientHandshake {
    pub(crate) fn new(draft: &'static Draft, request: Request<'static>, key3: Option<[u8; 8]>, offer: &Offer) -> Self {
        let url = &offer.url;
        let location = match draft.version.facts().location_response {
            Some(_) => format!("{}://{}{}", url.scheme(), url.host_header(), url.resource_name()).into(),
            None => Box::default(),
        };
        let reader = HeadReader::new(offer.limits);
        Self { draft, request, key3, location, reader, interim: 0, state: State::Head }
    }

    /// The version that is offered.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.draft.version
    }

    /// The head of the request.
    #[must_use]
    pub const fn request(&self) -> &Request<'static> {
        &self.request
    }

    /// The eight bytes that follow the head of the request in draft-ietf-hybi-00.
    #[must_use]
    pub const fn key3(&self) -> Option<[u8; 8]> {
        self.key3
    }

    /// Appends the request to `output`, with the bytes that follow its head if there are any.
    pub fn send_request(&self, output: &mut Vec<u8>) {
        self.request.build(output);
        output.extend(self.key3.into_iter().flatten());
    }

    /// Takes bytes from the front of `input`. Gives the answer when it is complete, and `None` when more bytes must come, or
    /// when the answer was given already; bytes behind it are left.
    ///
    /// Answers before the answer, such as 103, are passed over.
    ///
    /// # Errors
    ///
    /// The rule that the answer breaks; then the same again. The connection is to be closed.
    pub fn receive<'a>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<Answer<'a>>, Error> {
        let answer = match &mut self.state {
            State::Head => self.receive_head(input),
            State::Checksum(pending) => {
                let complete = pending.take(input);
                if complete { self.finish() } else { Ok(None) }
            }
            State::Answered => Ok(None),
            State::Broken(error) => return Err(Error::clone(error)),
        };
        if let Err(error) = &answer {
            self.state = State::Broken(Box::new(error.clone()));
        }
        answer
    }

    /// Checks an answer with status 101 whose head someone else parsed. In draft-ietf-hybi-00 the sixteen bytes behind the
    /// head are not part of this.
    ///
    /// # Errors
    ///
    /// The rule that the answer breaks; [`Error::Status`] for another status.
    pub fn check(&self, response: &Response<'_>) -> Result<Agreed, Error> {
        check::check(self.draft, &self.request, &self.location, response)
    }

    /// Whether the answer was given.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        matches!(self.state, State::Answered)
    }

    /// How many bytes are held on the heap: the request, and what came of the answer. The text of an error is not counted.
    #[must_use]
    pub fn retained_bytes(&self) -> usize {
        let state = match &self.state {
            State::Checksum(pending) => pending.retained_bytes(),
            State::Broken(_) => size_of::<Error>(),
            State::Head | State::Answered => 0,
        };
        let request = self.request.retained_bytes().saturating_add(self.location.len());
        request.saturating_add(self.reader.retained_bytes()).saturating_add(state)
    }

    fn receive_head<'a>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<Answer<'a>>, Error> {
        let response = loop {
            let Some(response) = self.reader.response(input).map_err(Error::Http)? else { return Ok(None) };
            if response.status() == 101 || !(100..200).contains(&response.status()) {
                break response;
            }
            self.interim = self.interim.saturating_add(1);
            if self.interim > MOST_INTERIM {
                return Err(Error::TooManyInterim { limit: MOST_INTERIM });
            }
        };
        if response.status() != 101 {
            self.state = State::Answered;
            return Ok(Some(Answer::Refused(response)));
        }
        let agreed = self.check(&response)?;
        if self.draft.checksum.is_none() {
            self.state = State::Answered;
            return Ok(Some(Answer::Accepted { agreed, response }));
        }
        if let Some(bytes) = input.first_chunk::<16>().copied() {
            self.prove(bytes)?;
            let rest = core::mem::take(input);
            *input = rest.get_mut(bytes.len()..).unwrap_or_default();
            self.state = State::Answered;
            return Ok(Some(Answer::Accepted { agreed, response }));
        }
        let mut pending = Pending { agreed, response: response.into_owned(), bytes: [0; 16], length: 0 };
        pending.take(input);
        self.state = State::Checksum(Box::new(pending));
        Ok(None)
    }

    fn finish<'a>(&mut self) -> Result<Option<Answer<'a>>, Error> {
        let State::Checksum(pending) = core::mem::replace(&mut self.state, State::Answered) else { return Ok(None) };
        self.prove(pending.bytes)?;
        Ok(Some(Answer::Accepted { agreed: pending.agreed, response: pending.response }))
    }

    /// Checks the sixteen bytes behind the head.
    fn prove(&self, bytes: [u8; 16]) -> Result<(), Error> {
        match (self.draft.checksum, self.key3) {
            (Some(checksum), Some(key3)) => checksum(&self.request, key3, bytes),
            _ => Ok(()),
        }
    }
}

impl Pending {
    fn retained_bytes(&self) -> usize {
        let own = size_of::<Self>().saturating_add(self.response.retained_bytes());
        own.saturating_add(self.agreed.retained_bytes())
    }

    /// Takes what is missing of the sixteen bytes from the front of `input`. Says whether they are complete.
    fn take(&mut self, input: &mut &mut [u8]) -> bool {
        let wanted = self.bytes.get_mut(self.length..).unwrap_or_default();
        let count = wanted.len().min(input.len());
        let (taken, rest) = core::mem::take(input).split_at_mut_checked(count).unwrap_or_default();
        for (to, from) in wanted.iter_mut().zip(taken) {
            *to = *from;
        }
        *input = rest;
        self.length = self.length.saturating_add(count);
        self.length == self.bytes.len()
    }
}

/// How many answers may come before the answer. `RFC 9110 §15.2` names no limit.
const MOST_INTERIM: u8 = 8;
