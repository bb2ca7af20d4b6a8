//! What a peer may cost, from its first byte to its last.

/// The most that is taken from a peer: of its head and of its messages. What goes beyond is an error that names the limit, never
/// cut off.
///
/// ```
/// use hybi::{Limits, ServerConfig};
///
/// let options = ServerConfig::new().limits(Limits::new().head_bytes(4096).message_bytes(64 * 1024));
/// ```
///
/// Those of the layers, [`http::Limits`](hybi_http::Limits) and [`hybi_connection::Limits`], are parts of it: where one of them
/// is asked for, this one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The bytes of a head. Default: 16 KiB. See [`head_bytes`](hybi_http::Limits::head_bytes).
    pub head_bytes: usize,
    /// The headers of a head. Default: 100. See [`headers`](hybi_http::Limits::headers).
    pub headers: usize,
    /// The bytes of a request's target. Default: 8 KiB. See [`target_bytes`](hybi_http::Limits::target_bytes).
    pub target_bytes: usize,
    /// The payload of one frame on the wire, in bytes. Default: 16 MiB. See
    /// [`frame_bytes`](hybi_connection::Limits::frame_bytes).
    pub frame_bytes: u64,
    /// A whole message, in bytes, after decompression. Default: 16 MiB. See
    /// [`message_bytes`](hybi_connection::Limits::message_bytes).
    pub message_bytes: u64,
    /// The frames of one message. Default: no limit. See [`fragments`](hybi_connection::Limits::fragments).
    pub fragments: u32,
    /// The bytes that may wait in the caller's output before pongs are merged. Default: 64 KiB. See
    /// [`output_bytes`](hybi_connection::Limits::output_bytes).
    pub output_bytes: usize,
    /// The pings of one read. Default: no limit. See [`pings`](hybi_connection::Limits::pings).
    pub pings: u32,
}

impl Limits {
    /// The defaults.
    #[must_use]
    pub const fn new() -> Self {
        let (head, connection) = (hybi_http::Limits::new(), hybi_connection::Limits::new());
        Self {
            head_bytes: head.head_bytes,
            headers: head.headers,
            target_bytes: head.target_bytes,
            frame_bytes: connection.frame_bytes,
            message_bytes: connection.message_bytes,
            fragments: connection.fragments,
            output_bytes: connection.output_bytes,
            pings: connection.pings,
        }
    }

    /// Sets [`head_bytes`](Self::head_bytes).
    #[must_use]
    pub const fn head_bytes(self, head_bytes: usize) -> Self {
        Self { head_bytes, ..self }
    }

    /// Sets [`headers`](Self::headers).
    #[must_use]
    pub const fn headers(self, headers: usize) -> Self {
        Self { headers, ..self }
    }

    /// Sets [`target_bytes`](Self::target_bytes).
    #[must_use]
    pub const fn target_bytes(self, target_bytes: usize) -> Self {
        Self { target_bytes, ..self }
    }

    /// Sets [`frame_bytes`](Self::frame_bytes).
    #[must_use]
    pub const fn frame_bytes(self, frame_bytes: u64) -> Self {
        Self { frame_bytes, ..self }
    }

    /// Sets [`message_bytes`](Self::message_bytes).
    #[must_use]
    pub const fn message_bytes(self, message_bytes: u64) -> Self {
        Self { message_bytes, ..self }
    }

    /// Sets [`fragments`](Self::fragments).
    #[must_use]
    pub const fn fragments(self, fragments: u32) -> Self {
        Self { fragments, ..self }
    }

    /// Sets [`output_bytes`](Self::output_bytes).
    #[must_use]
    pub const fn output_bytes(self, output_bytes: usize) -> Self {
        Self { output_bytes, ..self }
    }

    /// Sets [`pings`](Self::pings).
    #[must_use]
    pub const fn pings(self, pings: u32) -> Self {
        Self { pings, ..self }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

impl From<Limits> for hybi_http::Limits {
    fn from(limits: Limits) -> Self {
        Self::new().head_bytes(limits.head_bytes).headers(limits.headers).target_bytes(limits.target_bytes)
    }
}

impl From<Limits> for hybi_connection::Limits {
    fn from(limits: Limits) -> Self {
        Self::new()
            .frame_bytes(limits.frame_bytes)
            .message_bytes(limits.message_bytes)
            .fragments(limits.fragments)
            .output_bytes(limits.output_bytes)
            .pings(limits.pings)
    }
}
