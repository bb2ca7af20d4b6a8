//! What is seen of a peer in the course of a case.

use core::fmt;

use crate::conformance::version::Side;
use crate::conformance::wire::close::Close;

/// One thing that the peer did.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Event {
    Text(Vec<u8>),
    Binary(Vec<u8>),
    Pong(Vec<u8>),
    /// A pause of the script went by and the connection was still open.
    Quiet(&'static str),
    /// It sent something that cannot be read.
    Fault(String),
}

impl Event {
    pub(crate) fn text(payload: impl Into<Vec<u8>>) -> Self {
        Self::Text(payload.into())
    }

    pub(crate) fn binary(payload: impl Into<Vec<u8>>) -> Self {
        Self::Binary(payload.into())
    }

    pub(crate) fn pong(payload: impl Into<Vec<u8>>) -> Self {
        Self::Pong(payload.into())
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(payload) => write!(f, "text {}", preview(payload)),
            Self::Binary(payload) => write!(f, "binary {}", preview(payload)),
            Self::Pong(payload) => write!(f, "pong {}", preview(payload)),
            Self::Quiet(tag) => write!(f, "open after pause {tag}"),
            Self::Fault(what) => f.write_str(what),
        }
    }
}

/// How a connection ended.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Ending {
    /// Which end sent a close frame, or gave the connection up, before the other did.
    pub(crate) first: Option<Who>,
    /// The peer's close frame.
    pub(crate) close: Option<Close>,
    /// What is wrong with the peer's close frame.
    pub(crate) bad_close: Option<String>,
    /// Whether we sent a close frame.
    pub(crate) we_closed: bool,
    /// How TCP ended.
    pub(crate) tcp: Tcp,
}

impl Ending {
    /// Whether close frames went both ways.
    pub(crate) fn is_clean(&self) -> bool {
        self.we_closed && self.close.is_some()
    }
}

/// The suite or the peer that it judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Us,
    Peer,
}

/// How TCP ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Tcp {
    /// It has not yet.
    #[default]
    Open,
    /// The peer ended its stream.
    Ended,
    /// The peer cut the connection off.
    Reset,
    /// We gave up waiting.
    GivenUp,
}

/// Something in the peer's frames that one family of cases is about, and that the others overlook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Oddity {
    /// A server masked, or a client did not.
    Mask,
    /// A length not in its shortest form.
    Length,
    /// Reserved bits that no extension gives a meaning.
    Rsv,
    /// A control frame in fragments, or with more than 125 bytes.
    Control,
    /// A frame after the close frame.
    AfterClose,
}

impl Oddity {
    /// In words, with the side that did it.
    pub(crate) fn describe(self, side: Side) -> &'static str {
        match (self, side) {
            (Self::Mask, Side::Client) => "the client sent a frame without a mask",
            (Self::Mask, Side::Server) => "the server sent a masked frame",
            (Self::Length, _) => "a frame had a length that was not in its shortest form",
            (Self::Rsv, _) => "a frame had reserved bits set",
            (Self::Control, _) => "a control frame was fragmented or had more than 125 bytes",
            (Self::AfterClose, _) => "a frame came after the close frame",
        }
    }
}

/// A payload in a few words.
pub(crate) fn preview(payload: &[u8]) -> String {
    let shown = payload.get(..32).unwrap_or(payload);
    let more = if shown.len() < payload.len() { "…" } else { "" };
    let text = match core::str::from_utf8(shown) {
        Ok(text) if !text.chars().any(char::is_control) => format!("\"{text}{more}\""),
        _ => shown.iter().map(|byte| format!("{byte:02x}")).collect::<String>() + more,
    };
    format!("{text} ({} bytes)", payload.len())
}
