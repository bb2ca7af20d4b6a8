//! The halves apart, for two tasks or threads without a lock.

use core::sync::atomic::{AtomicU8, Ordering};
use std::sync::Arc;

use hybi_frame::{CloseReason, Header, Opcode, Unread};

use crate::connection::Shared;
use crate::inbound::Inbound;
use crate::outbound::Outbound;
use crate::{Error, Event, Kind, Prepared, SendError, State};

/// The receiving half of a connection. Made by [`Connection::split`](crate::Connection::split).
///
/// What it appends to its output must reach the peer between two frames of the other half: hand it over to whoever writes.
#[derive(Debug)]
pub struct Receiver {
    shared: Shared,
    inbound: Inbound,
    link: Arc<AtomicU8>,
}

/// The sending half of a connection. Made by [`Connection::split`](crate::Connection::split).
#[derive(Debug)]
pub struct Sender {
    shared: Shared,
    outbound: Outbound,
    link: Arc<AtomicU8>,
}

impl Receiver {
    pub(crate) fn pair(shared: Shared, inbound: Inbound, outbound: Outbound) -> (Self, Sender) {
        let link = Arc::new(AtomicU8::new(shared.state as u8));
        (Self { shared: shared.clone(), inbound, link: Arc::clone(&link) }, Sender { shared, outbound, link })
    }

    /// As [`Connection::receive`](crate::Connection::receive).
    ///
    /// # Errors
    /// As there.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "else the event of a message goes through memory at each layer")]
    pub fn receive<'a>(&mut self, input: &mut &'a mut [u8], output: &mut Vec<u8>) -> Result<Option<Event<'a>>, Error> {
        self.shared.state = load(&self.link);
        let event = self.inbound.receive(&mut self.shared, input, output);
        if !self.shared.state.may_receive() {
            self.link.store(self.shared.state as u8, Ordering::Release);
        }
        event
    }

    /// As [`Connection::receive_from`](crate::Connection::receive_from).
    ///
    /// # Errors
    /// As there.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "else the event of a message goes through memory at each layer")]
    pub fn receive_from<'a>(
        &mut self,
        unread: &mut Unread<'a>,
        output: &mut Vec<u8>,
    ) -> Result<Option<Event<'a>>, Error> {
        self.shared.state = load(&self.link);
        let event = self.inbound.receive_from(&mut self.shared, unread, output);
        if !self.shared.state.may_receive() {
            self.link.store(self.shared.state as u8, Ordering::Release);
        }
        event
    }

    /// As [`Connection::receive_eof`](crate::Connection::receive_eof).
    ///
    /// # Errors
    /// As there.
    pub fn receive_eof(&mut self) -> Result<(), Error> {
        self.shared.state = load(&self.link);
        let ended = self.inbound.receive_eof(&mut self.shared);
        self.link.store(self.shared.state as u8, Ordering::Release);
        ended
    }

    /// Where the connection is in its life.
    #[must_use]
    pub fn state(&self) -> State {
        load(&self.link)
    }

    /// The bytes that are held on the heap for this half, and for the state that both share.
    #[must_use]
    pub fn retained_bytes(&self) -> usize {
        self.inbound.retained_bytes().saturating_add(LINK_BYTES)
    }
}

impl Sender {
    /// As [`Connection::send_text`](crate::Connection::send_text).
    ///
    /// # Errors
    /// As there.
    pub fn send_text(&mut self, text: &str, output: &mut Vec<u8>) -> Result<(), SendError> {
        self.update();
        self.outbound.send_text(&self.shared, text, output)
    }

    /// As [`Connection::send_binary`](crate::Connection::send_binary).
    ///
    /// # Errors
    /// As there.
    pub fn send_binary(&mut self, data: &[u8], output: &mut Vec<u8>) -> Result<(), SendError> {
        self.update();
        self.outbound.send_binary(&self.shared, data, output)
    }

    /// As [`Connection::send_text_part`](crate::Connection::send_text_part).
    ///
    /// # Errors
    /// As there.
    pub fn send_text_part(&mut self, text: &str, last: bool, output: &mut Vec<u8>) -> Result<(), SendError> {
        self.update();
        self.outbound.send_part(&self.shared, Kind::Text, text.as_bytes(), last, output)
    }

    /// As [`Connection::send_binary_part`](crate::Connection::send_binary_part).
    ///
    /// # Errors
    /// As there.
    pub fn send_binary_part(&mut self, data: &[u8], last: bool, output: &mut Vec<u8>) -> Result<(), SendError> {
        self.update();
        self.outbound.send_part(&self.shared, Kind::Binary, data, last, output)
    }

    /// As [`Connection::send_header`](crate::Connection::send_header).
    ///
    /// # Errors
    /// As there.
    pub fn send_header(&mut self, kind: Kind, length: u64, last: bool) -> Result<Header, SendError> {
        self.update();
        self.outbound.part_header(&self.shared, kind, length, last)
    }

    /// As [`Connection::send_prepared`](crate::Connection::send_prepared).
    ///
    /// # Errors
    /// As there.
    pub fn send_prepared<'p, B: AsRef<[u8]> + From<Vec<u8>>>(
        &mut self,
        message: &'p Prepared<B>,
    ) -> Result<&'p B, SendError> {
        self.update();
        self.outbound.send_prepared(&self.shared, message)
    }

    /// As [`Connection::send_ping`](crate::Connection::send_ping).
    ///
    /// # Errors
    /// As there.
    pub fn send_ping(&mut self, payload: &[u8], output: &mut Vec<u8>) -> Result<(), SendError> {
        self.update();
        self.outbound.send_control(&self.shared, Opcode::Ping, payload, output)
    }

    /// As [`Connection::send_pong`](crate::Connection::send_pong).
    ///
    /// # Errors
    /// As there.
    pub fn send_pong(&mut self, payload: &[u8], output: &mut Vec<u8>) -> Result<(), SendError> {
        self.update();
        self.outbound.send_control(&self.shared, Opcode::Pong, payload, output)
    }

    /// As [`Connection::send_close`](crate::Connection::send_close).
    ///
    /// # Errors
    /// As there.
    pub fn send_close(&mut self, reason: Option<CloseReason<'_>>, output: &mut Vec<u8>) -> Result<(), SendError> {
        self.update();
        self.outbound.send_close(&mut self.shared, reason, output)?;
        // Only if it is still open: the peer's close frame may have come in this very moment, and that is the end.
        let open = State::Open as u8;
        let _ = self.link.compare_exchange(open, self.shared.state as u8, Ordering::AcqRel, Ordering::Acquire);
        Ok(())
    }

    /// Where the connection is in its life.
    #[must_use]
    pub fn state(&self) -> State {
        load(&self.link)
    }

    /// As [`Connection::compress`](crate::Connection::compress).
    pub fn compress(&mut self, on: bool) {
        self.outbound.compress(on);
    }

    /// The bytes that are held on the heap for this half.
    #[must_use]
    pub fn retained_bytes(&self) -> usize {
        self.outbound.retained_bytes()
    }

    fn update(&mut self) {
        self.shared.state = load(&self.link);
    }
}

/// A shared state with its two counts.
const LINK_BYTES: usize = size_of::<[usize; 3]>();

fn load(link: &AtomicU8) -> State {
    State::from_u8(link.load(Ordering::Acquire))
}
