//! What comes out of a connection.

use core::fmt;
use std::borrow::Cow;

use hybi_frame::{CloseCode, CloseReason};

/// What the peer said. It borrows the input where that is possible, and never the connection.
#[expect(clippy::exhaustive_enums, reason = "the protocol says nothing else, and who forgets a case should hear of it")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A whole text message; borrowed if it came in one frame, and in one read or through a [`ReadBuffer`](crate::ReadBuffer).
    Text(Cow<'a, str>),
    /// A whole binary message; borrowed if it came in one frame, and in one read or through a [`ReadBuffer`](crate::ReadBuffer).
    Binary(Cow<'a, [u8]>),
    /// A part of a message, where [parts](crate::Delivery::Parts) are asked for.
    Part(Part<'a>),
    /// The peer asks whether we are there (RFC 6455 §5.5.2). Already answered, unless the
    /// [configuration](crate::Config::auto_pong) leaves that to the caller.
    Ping(Cow<'a, [u8]>),
    /// The answer to a ping, or a sign of life that nobody asked for (RFC 6455 §5.5.3).
    Pong(Cow<'a, [u8]>),
    /// The peer closes, or agrees to our closing (RFC 6455 §5.5.1). Already answered; nothing comes after it. `None`: it said
    /// no reason, or its version has none.
    Close(Option<Close<'a>>),
}

impl Event<'_> {
    /// The event, on its own: what it borrows is copied.
    #[must_use]
    pub fn into_owned(self) -> Event<'static> {
        match self {
            Self::Text(text) => Event::Text(own(text)),
            Self::Binary(data) => Event::Binary(own(data)),
            Self::Part(part) => Event::Part(Part { data: own(part.data), ..part }),
            Self::Ping(data) => Event::Ping(own(data)),
            Self::Pong(data) => Event::Pong(own(data)),
            Self::Close(close) => Event::Close(close.map(Close::into_owned)),
        }
    }
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part<'a> {
    /// The bytes. Those of a text are checked to be UTF-8 as they come (RFC 6455 §8.1), but a part may end inside of a
    /// character. The two old drafts have text unchecked.
    pub data: Cow<'a, [u8]>,
    /// What the message is.
    pub kind: Kind,
    /// The reserved bits that the message came with, where an [extension of the caller's](crate::Config::extension_bits) uses
    /// some.
    pub rsv: u8,
    /// Whether the message begins here.
    pub first: bool,
    /// Whether the message ends here.
    pub last: bool,
}

/// What a message is (RFC 6455 §5.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there are no other data frames")]
pub enum Kind {
    /// UTF-8.
    Text,
    /// Any bytes.
    Binary,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Binary => "binary",
        })
    }
}

/// Why the peer closes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Close<'a> {
    /// The code (RFC 6455 §7.4).
    pub code: CloseCode,
    /// The same in words, or nothing.
    pub text: Cow<'a, str>,
}

impl Close<'_> {
    /// The same, on its own: what it borrows is copied.
    #[must_use]
    pub fn into_owned(self) -> Close<'static> {
        Close { code: self.code, text: own(self.text) }
    }

    /// As it is sent.
    #[must_use]
    pub fn as_reason(&self) -> CloseReason<'_> {
        CloseReason { code: self.code, text: &self.text }
    }
}

impl fmt::Display for Close<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_reason().fmt(f)
    }
}

fn own<T: ToOwned + ?Sized>(value: Cow<'_, T>) -> Cow<'static, T> {
    Cow::Owned(value.into_owned())
}
