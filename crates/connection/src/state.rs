//! The life of a connection, as one table. No bytes and no roles in it.

/// Where a connection is in its life (RFC 6455 §7.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the states of RFC 6455 §7.1")]
#[repr(u8)]
pub enum State {
    /// Both ends may send.
    Open = 0,
    /// We sent a close frame, and wait for the peer's.
    Closing = 1,
    /// Both ends have closed. The transport can be closed: by the server at once, while a client gives the server a moment
    /// to do so (RFC 6455 §7.1.1).
    Closed = 2,
    /// The peer broke the protocol, or the transport ended too early. Close the transport.
    Failed = 3,
}

/// What moves a connection on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// We send a close frame, and the version has the peer answer it.
    SendClose,
    /// We close, and the version has no closing handshake.
    Leave,
    /// The peer's close frame came. Where it is the first, its answer goes out in the same moment.
    ReceiveClose,
    /// The peer broke the protocol.
    Fail,
    /// The transport ended.
    Eof,
}

impl State {
    /// The table.
    pub(crate) const fn after(self, step: Step) -> Self {
        match (self, step) {
            (Self::Open, Step::SendClose) => Self::Closing,
            (Self::Open, Step::Leave) => Self::Closed,
            (Self::Open | Self::Closing, Step::ReceiveClose) => Self::Closed,
            (Self::Open | Self::Closing, Step::Fail | Step::Eof) => Self::Failed,
            (Self::Closing, Step::SendClose | Step::Leave) | (Self::Closed | Self::Failed, _) => self,
        }
    }

    /// Whether messages may still be sent.
    #[must_use]
    pub const fn may_send(self) -> bool {
        matches!(self, Self::Open)
    }

    /// Whether anything may still come.
    #[must_use]
    pub const fn may_receive(self) -> bool {
        matches!(self, Self::Open | Self::Closing)
    }

    pub(crate) const fn from_u8(state: u8) -> Self {
        match state {
            0 => Self::Open,
            1 => Self::Closing,
            2 => Self::Closed,
            _ => Self::Failed,
        }
    }
}
