//! What comes out of a [`Client`](crate::Client) or [`Server`](crate::Server).

use std::borrow::Cow;

use hybi_connection::{Close, Part};
use hybi_handshake_server::Upgrade;
use hybi_http::{Request, Response};

use crate::Connected;

/// What the peer said, from its handshake to its close. It borrows the input where that is possible, and nothing else.
///
/// What is large and comes once a connection is boxed, so that messages, which come often, travel in a small event.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event<'a> {
    /// At the server: an opening handshake, checked. Answer it by [`accept`](crate::Server::accept) or
    /// [`respond`](crate::Server::respond); nothing else is received until then.
    Request(Box<Upgrade<'a>>),
    /// At the server: a plain HTTP request, such as a health check. Answer it by [`respond`](crate::Server::respond) before
    /// the next call of `receive`, or it is refused there.
    Http(Box<Request<'a>>),
    /// At the client: the server's answer is no (a redirect, 401, 503 and so on). What follows is its body, as
    /// [`Event::Body`].
    Refused(Box<Response<'a>>),
    /// At the client: bytes behind the head of a [refusal](Event::Refused), as they come and without an interpretation.
    Body(&'a [u8]),
    /// The handshake is done, and messages can be sent.
    Connected(Connected<'a>),
    /// A whole text message; borrowed if it came in one frame, and in one read or through a [`ReadBuffer`](crate::ReadBuffer).
    Text(Cow<'a, str>),
    /// A whole binary message; borrowed if it came in one frame, and in one read or through a [`ReadBuffer`](crate::ReadBuffer).
    Binary(Cow<'a, [u8]>),
    /// A part of a message, where [parts](crate::Delivery::Parts) are asked for.
    Part(Part<'a>),
    /// The peer asks whether we are there. Already answered, unless the [configuration](crate::ConnectionConfig::auto_pong) leaves
    /// that to the caller.
    Ping(Cow<'a, [u8]>),
    /// The answer to a ping, or a sign of life that nobody asked for.
    Pong(Cow<'a, [u8]>),
    /// The peer closes, or agrees to our closing. Already answered; nothing comes after it. `None`: it said no reason, or its
    /// version has none.
    Close(Option<Close<'a>>),
}

impl<'a> From<hybi_connection::Event<'a>> for Event<'a> {
    #[inline]
    fn from(event: hybi_connection::Event<'a>) -> Self {
        match event {
            hybi_connection::Event::Text(text) => Self::Text(text),
            hybi_connection::Event::Binary(data) => Self::Binary(data),
            hybi_connection::Event::Part(part) => Self::Part(part),
            hybi_connection::Event::Ping(data) => Self::Ping(data),
            hybi_connection::Event::Pong(data) => Self::Pong(data),
            hybi_connection::Event::Close(close) => Self::Close(close),
        }
    }
}
