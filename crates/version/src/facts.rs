//! What a version is made of, as data.

use core::ops::RangeInclusive;

use crate::Version;

/// Every point in which one version differs from the others, so that code asks a fact and not a name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Facts {
    /// Whose facts these are.
    pub version: Version,
    /// The document: `draft-ietf-hybi-17` and so on.
    pub name: &'static str,
    /// The cargo feature, which is also the name of this version's files in every crate.
    pub feature: &'static str,
    /// Other names under which people know it.
    pub aliases: &'static [&'static str],
    /// How frames look.
    pub wire: Wire,
    /// The `Sec-WebSocket-Version` values that mean this version; the first is the one to send. Empty for the versions
    /// that had no number yet.
    pub numbers: &'static [u8],
    /// The value of `Upgrade`, in the case in which peers of the day expect it.
    pub upgrade: &'static str,
    /// The text behind the status 101.
    pub reason: &'static str,
    /// The request header that carries the origin.
    pub origin_request: &'static str,
    /// The header that carries the subprotocol, in requests and answers.
    pub protocol_header: &'static str,
    /// The answer's header that repeats the origin.
    pub origin_response: Option<&'static str>,
    /// The answer's header that repeats the URL.
    pub location_response: Option<&'static str>,
    /// The `:protocol` of an extended CONNECT, with which a connection begins over HTTP/2 (RFC 8441 §5) and HTTP/3
    /// (RFC 9220 §3); `None` for the versions that need a connection of their own.
    pub connect_protocol: Option<&'static str>,
    /// What can be said in this version.
    pub can: Can,
    /// The close codes that a peer may put into a close frame.
    pub close_codes_received: &'static [RangeInclusive<u16>],
    /// The close codes that we put into a close frame; a subset of those that may be received.
    pub close_codes_sent: &'static [RangeInclusive<u16>],
    /// The close code for "more than I can take".
    pub close_code_too_big: u16,
}

/// What can be said in a version. Ask before sending what only some versions have.
///
/// ```
/// use hybi_version::Version;
///
/// assert!(Version::Hybi17.can().binary);
/// assert!(!Version::Hybi00.can().binary);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Can {
    /// Binary messages.
    pub binary: bool,
    /// Messages in more than one frame.
    pub fragments: bool,
    /// Ping and pong.
    pub ping: bool,
    /// A closing handshake before the transport is closed.
    pub close_handshake: bool,
    /// A code and a reason in the close frame.
    pub close_codes: bool,
    /// Extensions and the reserved bits of the frame header.
    pub extensions: bool,
    /// A list of subprotocols to choose from, and not one alone.
    pub many_subprotocols: bool,
}

impl Can {
    /// The two old drafts: text, and nothing else.
    pub(crate) const TEXT: Self = Self {
        binary: false,
        fragments: false,
        ping: false,
        close_handshake: false,
        close_codes: false,
        extensions: false,
        many_subprotocols: false,
    };

    /// The drafts from hybi-10 on.
    pub(crate) const EVERYTHING: Self = Self {
        binary: true,
        fragments: true,
        ping: true,
        close_handshake: true,
        close_codes: true,
        extensions: true,
        many_subprotocols: true,
    };
}

/// How frames look on the wire. There are only two ways.
#[expect(clippy::exhaustive_enums, reason = "the versions are all known, and so are their wires")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wire {
    /// Opcode, length, mask, payload (RFC 6455 §5.2).
    Base,
    /// A zero byte, text in UTF-8, a byte `FF` (hybi-00 §4.2).
    Sentinel,
}
