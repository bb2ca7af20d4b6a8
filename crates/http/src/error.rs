//! What can be wrong with a head, and the status that answers it.

use core::fmt;

/// What is wrong with a head, a header or a list, each with the rule that it breaks.
///
/// Texts that came from the peer stand in it escaped and cut to [`Error::EXCERPT`] bytes, so an error can be logged.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// No head begins with this byte; what comes is something else, TLS perhaps. `RFC 9112 §2.1`.
    FirstByte {
        /// The byte.
        got: u8,
    },
    /// The head goes on behind its limit. `RFC 6585 §5`.
    HeadTooLarge {
        /// [`Limits::head_bytes`](crate::Limits::head_bytes).
        limit: usize,
    },
    /// There are more headers than the limit. `RFC 6585 §5`.
    TooManyHeaders {
        /// [`Limits::headers`](crate::Limits::headers).
        limit: usize,
    },
    /// The target of a request is longer than the limit. `RFC 9110 §15.5.15`.
    TargetTooLong {
        /// Its length.
        got: usize,
        /// [`Limits::target_bytes`](crate::Limits::target_bytes).
        limit: usize,
    },
    /// The first line of a request is not a method, a target and a version with one space between. `RFC 9112 §3`.
    RequestLine {
        /// The line.
        got: Box<str>,
    },
    /// The first line of a response is not a version, a status of three digits and a reason. `RFC 9112 §4`.
    StatusLine {
        /// The line.
        got: Box<str>,
    },
    /// What should be the version is not `HTTP/` with two digits and a dot between them. `RFC 9112 §2.3`.
    Version {
        /// What stands there.
        got: Box<str>,
    },
    /// The version is not HTTP/1.0 or HTTP/1.1. `RFC 9110 §15.6.6`.
    VersionUnsupported {
        /// The version.
        got: Box<str>,
    },
    /// A line has no colon, or what stands before it is not a token. `RFC 9110 §5.1`.
    HeaderName {
        /// The name, or the line that has no colon.
        got: Box<str>,
    },
    /// There is a space between the name and the colon. `RFC 9112 §5.1`.
    SpaceBeforeColon {
        /// The name.
        name: Box<str>,
    },
    /// A line begins with a space: a header folded over two lines, which is obsolete. `RFC 9112 §5.2`.
    FoldedHeader {
        /// The line.
        got: Box<str>,
    },
    /// A header's value has a byte that none may have: a control character, or, in a header that is to be sent, one
    /// that is not ASCII. `RFC 9110 §5.5`.
    HeaderValue {
        /// The name of the header.
        name: Box<str>,
        /// The first such byte.
        got: u8,
    },
    /// A carriage return stands alone, without the line feed that makes it a line's end. `RFC 9112 §2.2`.
    BareCarriageReturn {
        /// The line.
        got: Box<str>,
    },
    /// A method to be sent is not a token. `RFC 9110 §9.1`.
    Method {
        /// The method.
        got: Box<str>,
    },
    /// A target to be sent is empty or not visible ASCII. `RFC 9112 §3.2`.
    Target {
        /// The target.
        got: Box<str>,
    },
    /// A status to be sent is not one of 100 to 599. `RFC 9110 §15`.
    Status {
        /// The status.
        got: u16,
    },
    /// A reason to be sent has a byte that is not ASCII text. `RFC 9112 §4`.
    Reason {
        /// The reason.
        got: Box<str>,
    },
    /// A header that may be there once is there more often. `RFC 9110 §5.3`.
    RepeatedHeader {
        /// Its name.
        name: Box<str>,
    },
    /// `Content-Length` is not one decimal number. `RFC 9110 §8.6`.
    ContentLength {
        /// The value.
        got: Box<str>,
    },
    /// An element of a list is not a token. `RFC 9110 §5.6.2`.
    Token {
        /// The element.
        got: Box<str>,
    },
    /// A quoted string has no end, or a byte that none may have. `RFC 9110 §5.6.4`.
    QuotedString {
        /// The text from the quote on.
        got: Box<str>,
    },
    /// An extension is not a name with parameters, each of them a name or a name and a value. `RFC 6455 §9.1`.
    Extension {
        /// The text from the fault on.
        got: Box<str>,
    },
    /// A list has more extensions than the limit. `RFC 6455 §9.1` names none.
    TooManyExtensions {
        /// [`Limits::EXTENSIONS`](crate::Limits::EXTENSIONS).
        limit: usize,
    },
    /// An extension has more parameters than the limit. `RFC 6455 §9.1` names none.
    TooManyParams {
        /// [`Limits::PARAMS`](crate::Limits::PARAMS).
        limit: usize,
    },
    /// A cookie has no name, or its name or value has a byte that none may have. `RFC 6265 §4.1.1`.
    Cookie {
        /// The name or value.
        got: Box<str>,
    },
    /// An attribute of a cookie has a byte that none may have. `RFC 6265 §4.1.1`.
    CookieAttribute {
        /// The value of the attribute.
        got: Box<str>,
    },
    /// A gateway's variables lack one that each request has. `RFC 3875 §4.1`.
    MissingVariable {
        /// Its name.
        name: &'static str,
    },
    /// A request of HTTP/2 or HTTP/3 that was to be an extended CONNECT has another method. `RFC 8441 §4`.
    ConnectMethod {
        /// The method.
        got: Box<str>,
    },
    /// A pseudo-header is missing: the request is no extended CONNECT (`RFC 8441 §4`), or there is no `:status`
    /// (`RFC 9113 §8.3.2`).
    MissingPseudoHeader {
        /// Its name.
        name: &'static str,
    },
    /// A pseudo-header is unknown, there twice, or behind a header. `RFC 9113 §8.3`, `RFC 9114 §4.3`.
    PseudoHeader {
        /// Its name.
        got: Box<str>,
    },
    /// A header's name has a capital letter, which HTTP/2 and HTTP/3 have not. `RFC 9113 §8.2.1`, `RFC 9114 §4.2`.
    HeaderNameCase {
        /// The name.
        name: Box<str>,
    },
    /// A header is about the connection, such as `Upgrade`, which HTTP/2 and HTTP/3 have not. `RFC 9113 §8.2.2`,
    /// `RFC 9114 §4.2`.
    ConnectionHeader {
        /// The name.
        name: Box<str>,
    },
    /// `Host` is there and names another host than `:authority`. `RFC 9113 §8.3.1`.
    HostDiffers {
        /// The value of `Host`.
        got: Box<str>,
    },
}

impl Error {
    /// How much of a peer's text an error keeps, in bytes of that text.
    pub const EXCERPT: usize = 64;

    /// The status that a server answers with.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::HeadTooLarge { .. } | Self::TooManyHeaders { .. } => 431,
            Self::TargetTooLong { .. } => 414,
            Self::VersionUnsupported { .. } => 505,
            _ => 400,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FirstByte { got } => write!(f, "byte {got:#04x} cannot begin an HTTP head"),
            Self::HeadTooLarge { limit } => write!(f, "the head goes on behind its limit of {limit} bytes"),
            Self::TooManyHeaders { limit } => write!(f, "there are more headers than the limit of {limit}"),
            Self::TargetTooLong { got, limit } => {
                write!(f, "the target is {got} bytes long, its limit is {limit} bytes")
            }
            Self::RequestLine { got } => write!(f, "expected a method, a target and a version, got \"{got}\""),
            Self::StatusLine { got } => write!(f, "expected a version, a status and a reason, got \"{got}\""),
            Self::Version { got } => write!(f, "expected HTTP/1.1, got \"{got}\""),
            Self::VersionUnsupported { got } => write!(f, "expected HTTP/1.0 or HTTP/1.1, got {got}"),
            Self::HeaderName { got } => write!(f, "expected a header name and a colon, got \"{got}\""),
            Self::SpaceBeforeColon { name } => write!(f, "there is a space between header {name} and its colon"),
            Self::FoldedHeader { got } => {
                write!(f, "expected a header, got a line that begins with a space: \"{got}\"")
            }
            Self::HeaderValue { name, got } => write!(f, "the value of header {name} has byte {got:#04x} in it"),
            Self::BareCarriageReturn { got } => {
                write!(f, "there is a carriage return without a line feed in \"{got}\"")
            }
            Self::Method { got } => write!(f, "expected a method, which is a token, got \"{got}\""),
            Self::Target { got } => write!(f, "expected a target, which is visible ASCII, got \"{got}\""),
            Self::Status { got } => write!(f, "expected a status of 100 to 599, got {got}"),
            Self::Reason { got } => write!(f, "expected a reason, which is ASCII text, got \"{got}\""),
            Self::RepeatedHeader { name } => write!(f, "header {name} is there more than once"),
            Self::ContentLength { got } => write!(f, "expected one number as Content-Length, got \"{got}\""),
            Self::Token { got } => write!(f, "expected a token, got \"{got}\""),
            Self::QuotedString { got } => write!(f, "expected a quoted string, got \"{got}\""),
            Self::Extension { got } => write!(f, "expected an extension with its parameters, got \"{got}\""),
            Self::TooManyExtensions { limit } => write!(f, "there are more extensions than the limit of {limit}"),
            Self::TooManyParams { limit } => write!(f, "an extension has more parameters than the limit of {limit}"),
            Self::Cookie { got } => write!(f, "expected the name or the value of a cookie, got \"{got}\""),
            Self::CookieAttribute { got } => write!(f, "expected an attribute of a cookie, got \"{got}\""),
            Self::MissingVariable { name } => write!(f, "variable {name} is missing"),
            Self::ConnectMethod { got } => write!(f, "expected the method CONNECT, got \"{got}\""),
            Self::MissingPseudoHeader { name } => write!(f, "pseudo-header {name} is missing"),
            Self::PseudoHeader { got } => write!(f, "pseudo-header {got} is unknown, there twice, or behind a header"),
            Self::HeaderNameCase { name } => write!(f, "header {name} is not in lower case"),
            Self::ConnectionHeader { name } => write!(f, "header {name} is not allowed in HTTP/2 and HTTP/3"),
            Self::HostDiffers { got } => write!(f, "expected the host that :authority names, got \"{got}\""),
        }
    }
}

impl core::error::Error for Error {}

/// The start of a text, with all that is not visible ASCII escaped.
#[cold]
pub(crate) fn excerpt(text: &[u8]) -> Box<str> {
    text.get(..Error::EXCERPT).unwrap_or(text).escape_ascii().to_string().into_boxed_str()
}
