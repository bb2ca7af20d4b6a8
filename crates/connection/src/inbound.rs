//! Frames in, events out.

use core::mem;
use std::borrow::Cow;

use hybi_frame::{CloseReason, Decoder, Hold, Opcode, Piece, Unread, WholeMessage, validate_utf8};
use hybi_version::{Wire, steps};

use crate::connection::Shared;
use crate::extension::Inflate;
use crate::pending::{Message, Pending, tidy};
use crate::state::Step;
use crate::{Close, Delivery, Error, Event, Limits, Part, State, closing};

/// The receiving half.
#[derive(Debug)]
pub(crate) struct Inbound {
    pub(crate) decoder: Decoder,
    /// What is incomplete; nothing most of the time.
    pending: Option<Box<Pending>>,
    /// Where compression was agreed on.
    pub(crate) inflate: Option<Box<Inflate>>,
    /// Whether messages are handed out whole.
    whole: bool,
    /// The pings that came since the input was used up.
    pings: u32,
}

impl Inbound {
    pub(crate) fn new(shared: &Shared) -> Result<Self, Error> {
        let (limits, whole) = (&shared.config.limits, shared.config.delivery == Delivery::Whole);
        let decoder = Decoder::new(shared.version, shared.role)?
            .frame_bytes(limits.frame_bytes)
            .whole_message_bytes(limits.message_bytes)
            .extension_bits(shared.config.extension_bits);
        Ok(Self { decoder, pending: None, inflate: None, whole, pings: 0 })
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "else the event of a message goes through memory at each layer")]
    pub(crate) fn receive<'a, T: From<Event<'a>>, E: From<Error>>(
        &mut self,
        shared: &mut Shared,
        input: &mut &'a mut [u8],
        output: &mut Vec<u8>,
    ) -> Result<Option<T>, E> {
        if self.whole
            && shared.state.may_receive()
            && let Some(message) = self.decoder.whole_message(input)
        {
            return self.message(shared, message, output);
        }
        self.receive_pieces(shared, input, output)
    }

    /// The same, but a message that is cut waits in the buffer.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "else the event of a message goes through memory at each layer")]
    pub(crate) fn receive_from<'a, T: From<Event<'a>>, E: From<Error>>(
        &mut self,
        shared: &mut Shared,
        unread: &mut Unread<'a>,
        output: &mut Vec<u8>,
    ) -> Result<Option<T>, E> {
        if self.whole
            && shared.state.may_receive()
            && let Some(message) = unread.whole_message(&self.decoder)
        {
            return self.message(shared, message, output);
        }
        self.receive_held(shared, unread, output)
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "else the event of a message goes through memory at each layer")]
    fn message<'a, T: From<Event<'a>>, E: From<Error>>(
        &mut self,
        shared: &mut Shared,
        message: WholeMessage<'a>,
        output: &mut Vec<u8>,
    ) -> Result<Option<T>, E> {
        match message {
            WholeMessage::Text(text) => Ok(Some(T::from(Event::Text(Cow::Borrowed(text))))),
            WholeMessage::Binary(data) => Ok(Some(T::from(Event::Binary(Cow::Borrowed(data))))),
            WholeMessage::InvalidText(bytes) => self.invalid_text(shared, bytes, output),
        }
    }

    /// A text that is not UTF-8: an error, but in the two old versions (hybi-00 §5.3).
    #[cold]
    fn invalid_text<'a, T: From<Event<'a>>, E: From<Error>>(
        &mut self,
        shared: &mut Shared,
        payload: &'a [u8],
        output: &mut Vec<u8>,
    ) -> Result<Option<T>, E> {
        match shared.version.wire() {
            Wire::Base => Err(self.fail(shared, hybi_frame::Error::InvalidUtf8.into(), output).into()),
            Wire::Sentinel => Ok(Some(T::from(Event::Text(String::from_utf8_lossy(payload))))),
        }
    }

    /// All but good messages that come whole.
    #[cold]
    #[inline(never)]
    fn receive_pieces<'a, T: From<Event<'a>>, E: From<Error>>(
        &mut self,
        shared: &mut Shared,
        input: &mut &'a mut [u8],
        output: &mut Vec<u8>,
    ) -> Result<Option<T>, E> {
        Ok(self.pieces(shared, input, output)?.map(T::from))
    }

    /// All but good messages that came in one read.
    #[inline(never)]
    fn receive_held<'a, T: From<Event<'a>>, E: From<Error>>(
        &mut self,
        shared: &mut Shared,
        unread: &mut Unread<'a>,
        output: &mut Vec<u8>,
    ) -> Result<Option<T>, E> {
        if self.whole && shared.state.may_receive() {
            match unread.hold(&self.decoder, shared.config.limits.message_bytes) {
                Ok(Hold::Message(message)) => return self.message(shared, message, output),
                Ok(Hold::Wait) => {
                    self.used_up(shared, output);
                    return Ok(None);
                }
                Ok(Hold::Other) => {}
                Err(error) => return Err(self.fail(shared, error.into(), output).into()),
            }
        }
        Ok(self.pieces(shared, unread.bytes(), output)?.map(T::from))
    }

    fn pieces<'a>(
        &mut self,
        shared: &mut Shared,
        input: &mut &'a mut [u8],
        output: &mut Vec<u8>,
    ) -> Result<Option<Event<'a>>, Error> {
        if !shared.state.may_receive() {
            return self.over(input);
        }
        steps::count(1);
        while !input.is_empty() {
            match self.next(shared, input, output) {
                Ok(Some(event)) => return Ok(Some(event)),
                Ok(None) => {}
                Err(error) => return Err(self.fail(shared, error, output)),
            }
        }
        self.used_up(shared, output);
        Ok(None)
    }

    /// More must come.
    fn used_up(&mut self, shared: &Shared, output: &mut Vec<u8>) {
        self.pings = 0;
        if self.pending.as_ref().is_some_and(|pending| pending.pong.is_some()) {
            self.pay_pong(shared, output);
        }
    }

    /// What comes next, if it is an event already.
    fn next<'a>(
        &mut self,
        shared: &mut Shared,
        input: &mut &'a mut [u8],
        output: &mut Vec<u8>,
    ) -> Result<Option<Event<'a>>, Error> {
        if self.whole
            && let Some(message) = self.pending.as_mut().and_then(|pending| pending.message.as_mut())
            && let Some(collected) = message.collect_rest(&mut self.decoder, input)?
        {
            return if collected.last && collected.fin { self.finish_message() } else { Ok(None) };
        }
        let Some(piece) = self.decoder.decode(input)? else { return Ok(None) };
        let is_message = self.whole && is_message(&piece, &shared.config.limits);
        let (place, payload) = (Place::of(&piece), piece.payload);
        if is_message {
            return Ok(Some(match place.opcode {
                Opcode::Text => {
                    Event::Text(Cow::Borrowed(validate_utf8(payload).ok_or(hybi_frame::Error::InvalidUtf8)?))
                }
                _ => Event::Binary(Cow::Borrowed(payload)),
            }));
        }
        self.piece(shared, place, payload, input, output)
    }

    /// Takes out the message, which is complete.
    fn finish_message(&mut self) -> Result<Option<Event<'static>>, Error> {
        let message = self.pending.as_mut().and_then(|pending| pending.message.take());
        tidy(&mut self.pending);
        message.map(Message::finish).transpose()
    }

    pub(crate) fn receive_eof(&mut self, shared: &mut Shared) -> Result<(), Error> {
        if let Some(failure) = self.pending.as_ref().and_then(|pending| pending.failure) {
            return Err(failure);
        }
        let clean = !shared.version.can().close_handshake && self.decoder.is_between_frames();
        if shared.state == State::Closed || clean {
            shared.state = State::Closed;
            self.pending = None;
            return Ok(());
        }
        shared.state = shared.state.after(Step::Eof);
        Err(self.remember(Error::UnexpectedEof))
    }

    pub(crate) fn retained_bytes(&self) -> usize {
        let pending = self.pending.as_ref().map_or(0, |pending| pending.retained_bytes());
        pending.saturating_add(self.inflate.as_ref().map_or(0, |inflate| inflate.retained_bytes()))
    }

    /// A frame, or a piece of one.
    fn piece<'a>(
        &mut self,
        shared: &mut Shared,
        place: Place,
        payload: &'a [u8],
        input: &mut &'a mut [u8],
        output: &mut Vec<u8>,
    ) -> Result<Option<Event<'a>>, Error> {
        // The reserved bits that may be there belong to messages, and stand on their first frame (RFC 7692 §6).
        if place.rsv != 0 && !matches!(place.opcode, Opcode::Text | Opcode::Binary) {
            return Err(hybi_frame::Error::ReservedBits(place.rsv).into());
        }
        if !place.opcode.is_control() {
            return self.data(shared, place, payload);
        }
        let Some(payload) = self.control_payload(place, payload) else { return Ok(None) };
        Ok(Some(match place.opcode {
            Opcode::Close => {
                let close = read_close(payload, shared)?;
                closing::answer(shared, close.as_ref(), output);
                shared.state = shared.state.after(Step::ReceiveClose);
                // Nothing that comes now has a meaning (RFC 6455 §1.4).
                *input = &mut [];
                self.pending = None;
                Event::Close(close)
            }
            Opcode::Ping => {
                self.pings = self.pings.saturating_add(1);
                if self.pings > shared.config.limits.pings {
                    return Err(Error::TooManyPings { limit: shared.config.limits.pings });
                }
                if shared.config.auto_pong {
                    self.owe_pong(shared, &payload, output);
                }
                Event::Ping(payload)
            }
            _ => Event::Pong(payload),
        }))
    }

    /// The payload of a control frame, if it is complete.
    fn control_payload<'a>(&mut self, place: Place, payload: &'a [u8]) -> Option<Cow<'a, [u8]>> {
        if place.first && place.last {
            return Some(Cow::Borrowed(payload));
        }
        let pending = self.pending.get_or_insert_default();
        pending.control.extend_from_slice(payload);
        if !place.last {
            return None;
        }
        let payload = mem::take(&mut pending.control);
        tidy(&mut self.pending);
        Some(Cow::Owned(payload))
    }

    /// Answers a ping, or notes it where too much waits to be sent.
    fn owe_pong(&mut self, shared: &Shared, payload: &[u8], output: &mut Vec<u8>) {
        if output.len() >= shared.config.limits.output_bytes {
            self.pending.get_or_insert_default().pong = Some(payload.to_vec());
            return;
        }
        shared.encode(Opcode::Pong, payload, output);
        // The answer to the latest ping is one to those before it (RFC 6455 §5.5.3).
        if let Some(pending) = &mut self.pending {
            pending.pong = None;
            tidy(&mut self.pending);
        }
    }

    /// Sends the pong that is owed, now that the input is used up.
    #[cold]
    fn pay_pong(&mut self, shared: &Shared, output: &mut Vec<u8>) {
        if let Some(payload) = self.pending.as_mut().and_then(|pending| pending.pong.take()) {
            shared.encode(Opcode::Pong, &payload, output);
            tidy(&mut self.pending);
        }
    }

    /// A part of a message.
    fn data<'a>(&mut self, shared: &Shared, place: Place, payload: &'a [u8]) -> Result<Option<Event<'a>>, Error> {
        let pending = self.pending.get_or_insert_default();
        let message = pending.message.get_or_insert_with(|| Message::begin(shared, place, self.inflate.is_some()));
        message.grow(&shared.config.limits, place, payload)?;
        let last = place.last && place.fin;
        if shared.config.delivery == Delivery::Whole && message.reserved == 0 {
            message.collect(payload, last, &shared.config.limits, self.inflate.as_deref_mut())?;
            if !last {
                return Ok(None);
            }
            return self.finish_message();
        }
        let data = message.pass_on(payload, last, &shared.config.limits, self.inflate.as_deref_mut())?;
        // Of a frame of which only the header came, there is nothing to show yet.
        if data.is_empty() && !last {
            return Ok(None);
        }
        let first = !mem::replace(&mut message.begun, true);
        let part = Part { data, kind: message.kind, rsv: message.reserved, first, last };
        if last {
            pending.message = None;
            tidy(&mut self.pending);
        }
        Ok(Some(Event::Part(part)))
    }

    /// What comes after the end: nothing, or the failure again.
    #[cold]
    fn over<'a>(&self, input: &mut &'a mut [u8]) -> Result<Option<Event<'a>>, Error> {
        *input = &mut [];
        self.pending.as_ref().and_then(|pending| pending.failure).map_or(Ok(None), Err)
    }

    #[cold]
    fn fail(&mut self, shared: &mut Shared, error: Error, output: &mut Vec<u8>) -> Error {
        closing::tell(shared, error, output);
        shared.state = shared.state.after(Step::Fail);
        self.remember(error)
    }

    /// Keeps a failure, and lets go of all that was collected.
    fn remember(&mut self, error: Error) -> Error {
        self.pending = Some(Box::new(Pending { failure: Some(error), ..Pending::default() }));
        error
    }
}

/// What a close frame says.
fn read_close<'a>(payload: Cow<'a, [u8]>, shared: &Shared) -> Result<Option<Close<'a>>, Error> {
    Ok(match payload {
        Cow::Borrowed(payload) => CloseReason::decode(payload, shared.version)?
            .map(|reason| Close { code: reason.code, text: Cow::Borrowed(reason.text) }),
        Cow::Owned(payload) => CloseReason::decode(&payload, shared.version)?
            .map(|reason| Close { code: reason.code, text: Cow::Owned(reason.text.to_owned()) }),
    })
}

/// Where a piece of payload stands: a [`Piece`] without the bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) opcode: Opcode,
    pub(crate) length: Option<u64>,
    pub(crate) rsv: u8,
    pub(crate) fin: bool,
    pub(crate) first: bool,
    pub(crate) last: bool,
}

impl Place {
    #[inline]
    const fn of(piece: &Piece<'_>) -> Self {
        let Piece { opcode, length, rsv, fin, first, last, .. } = *piece;
        Self { opcode, length, rsv, fin, first, last }
    }
}

/// Whether it is a whole message that is too large for the straight way, but not for the caller.
fn is_message(piece: &Piece<'_>, limits: &Limits) -> bool {
    piece.is_whole_message()
        && !piece.opcode.is_control()
        && piece.rsv == 0
        && piece.length.is_some_and(|length| length <= limits.message_bytes)
}
