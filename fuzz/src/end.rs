//! One end of a connection that is given reads, and what came of them.

use hybi::{Client, Connection, Error, Event, Kind, ReadBuffer, Receiver, State};

/// What can be given reads.
pub(crate) trait End {
    /// The most bytes that one call may owe the peer.
    const MOST_OWED: usize;

    fn receive<'a>(&mut self, input: &mut &'a mut [u8], output: &mut Vec<u8>) -> Result<Option<Event<'a>>, Error>;

    /// What the application does about an event.
    fn act(&mut self, _event: &Event<'_>, _output: &mut Vec<u8>) {}

    fn receive_eof(&mut self) -> Result<(), Error>;

    fn state(&self) -> Option<State>;

    fn retained_bytes(&mut self) -> usize;
}

/// What came of some reads.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) said: Vec<Said>,
    /// A message of which the end has not come; nothing where there is an error, for how much of it comes out before that
    /// depends on the cuts.
    pub(crate) unfinished: Option<Said>,
    pub(crate) error: Option<Error>,
    pub(crate) output: Vec<u8>,
    pub(crate) state: Option<State>,
    pub(crate) eof: Result<(), Error>,
}

/// An event, the same for all cuts: parts are put together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Said {
    Message {
        kind: Kind,
        reserved: u8,
        data: Vec<u8>,
    },
    Ping(Vec<u8>),
    Pong(Vec<u8>),
    Close(Option<(u16, String)>),
    /// Of a refusal.
    Body(Vec<u8>),
    /// Of a handshake.
    Other(String),
}

/// Gives the reads to the end, and checks what holds for all input: that all of it is taken, that what is held and what is
/// owed stay in their bounds, and that an end that failed stays so.
pub(crate) fn run<E: End>(mut end: E, reads: &[Vec<u8>], most_retained: usize) -> Outcome {
    let (mut said, mut open, mut output) = (Vec::new(), None, Vec::new());
    let mut error = None;
    'reads: for read in reads {
        let mut read = read.clone();
        let most_events = read.len() + 4;
        let (mut input, mut events) = (&mut read[..], 0);
        loop {
            let written = output.len();
            let event = end.receive(&mut input, &mut output);
            assert!(output.len() - written <= E::MOST_OWED, "{} bytes are owed at once", output.len() - written);
            let retained = end.retained_bytes();
            assert!(retained <= most_retained, "{retained} bytes are held");
            match event {
                Ok(Some(event)) => {
                    end.act(&event, &mut output);
                    note(event, &mut said, &mut open);
                }
                Ok(None) => break,
                Err(failure) => {
                    let written = output.len();
                    let again = end.receive(&mut &mut [0x81, 0x00][..], &mut output).err();
                    assert_eq!((again, output.len()), (Some(failure.clone()), written), "it stays broken");
                    error = Some(failure);
                    open = None;
                    break 'reads;
                }
            }
            events += 1;
            assert!(events <= most_events, "events come out of nothing");
        }
        assert!(input.is_empty(), "not all was taken");
    }
    let state = end.state();
    Outcome { said, unfinished: open, error, output, state, eof: end.receive_eof() }
}

fn note(event: Event<'_>, said: &mut Vec<Said>, open: &mut Option<Said>) {
    let whole = |kind, data: &[u8]| Said::Message { kind, reserved: 0, data: data.to_vec() };
    match event {
        Event::Text(text) => said.push(whole(Kind::Text, text.as_bytes())),
        Event::Binary(data) => said.push(whole(Kind::Binary, &data)),
        Event::Part(part) => {
            assert_eq!(part.first, open.is_none());
            let empty = Said::Message { kind: part.kind, reserved: part.rsv, data: Vec::new() };
            let Said::Message { kind, reserved, data } = open.get_or_insert(empty) else {
                unreachable!("only messages are open")
            };
            assert_eq!((*kind, *reserved), (part.kind, part.rsv));
            data.extend_from_slice(&part.data);
            said.extend(open.take_if(|_| part.last));
        }
        Event::Ping(data) => said.push(Said::Ping(data.into_owned())),
        Event::Pong(data) => said.push(Said::Pong(data.into_owned())),
        Event::Close(close) => said.push(Said::Close(close.map(|close| (close.code.get(), close.text.into_owned())))),
        // The pieces of a body depend on the cuts.
        Event::Body(bytes) => match said.last_mut() {
            Some(Said::Body(body)) => body.extend_from_slice(bytes),
            _ => said.push(Said::Body(bytes.to_vec())),
        },
        other => said.push(Said::Other(format!("{other:?}"))),
    }
}

/// A header with a key, and the payload of a control frame.
const CONTROL: usize = 6 + 125;

impl End for Connection {
    const MOST_OWED: usize = CONTROL;

    fn receive<'a>(&mut self, input: &mut &'a mut [u8], output: &mut Vec<u8>) -> Result<Option<Event<'a>>, Error> {
        Ok(Self::receive(self, input, output)?.map(Event::from))
    }

    fn receive_eof(&mut self) -> Result<(), Error> {
        Ok(Self::receive_eof(self)?)
    }

    fn state(&self) -> Option<State> {
        Some(Self::state(self))
    }

    fn retained_bytes(&mut self) -> usize {
        Self::retained_bytes(self)
    }
}

/// A connection behind a buffer in which messages wait until they are whole.
pub(crate) struct Held(pub(crate) Connection, pub(crate) ReadBuffer);

impl End for Held {
    const MOST_OWED: usize = CONTROL;

    fn receive<'a>(&mut self, input: &mut &'a mut [u8], output: &mut Vec<u8>) -> Result<Option<Event<'a>>, Error> {
        loop {
            let event = self.0.receive_from(&mut self.1.unread(), output)?;
            if event.is_some() || input.is_empty() {
                return Ok(event.map(|event| Event::from(event.into_owned())));
            }
            let space = self.1.space();
            let count = space.len().min(input.len());
            let (taken, rest) = core::mem::take(input).split_at_mut(count);
            space[..count].copy_from_slice(taken);
            *input = rest;
            drop(self.1.filled(count));
        }
    }

    fn receive_eof(&mut self) -> Result<(), Error> {
        Ok(self.0.receive_eof()?)
    }

    fn state(&self) -> Option<State> {
        Some(self.0.state())
    }

    fn retained_bytes(&mut self) -> usize {
        self.0.retained_bytes()
    }
}

impl End for Receiver {
    const MOST_OWED: usize = CONTROL;

    fn receive<'a>(&mut self, input: &mut &'a mut [u8], output: &mut Vec<u8>) -> Result<Option<Event<'a>>, Error> {
        Ok(Self::receive(self, input, output)?.map(Event::from))
    }

    fn receive_eof(&mut self) -> Result<(), Error> {
        Ok(Self::receive_eof(self)?)
    }

    fn state(&self) -> Option<State> {
        Some(Self::state(self))
    }

    fn retained_bytes(&mut self) -> usize {
        0
    }
}

impl End for Client {
    const MOST_OWED: usize = CONTROL;

    fn receive<'a>(&mut self, input: &mut &'a mut [u8], output: &mut Vec<u8>) -> Result<Option<Event<'a>>, Error> {
        Self::receive(self, input, output)
    }

    fn receive_eof(&mut self) -> Result<(), Error> {
        Self::receive_eof(self)
    }

    fn state(&self) -> Option<State> {
        Self::state(self)
    }

    fn retained_bytes(&mut self) -> usize {
        self.connection().map_or(0, |connection| connection.retained_bytes())
    }
}
