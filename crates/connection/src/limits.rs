//! What a connection takes at most.

/// The most that a connection takes from its peer. What goes beyond is an error, never cut off.
///
/// ```
/// use hybi_connection::Limits;
///
/// let limits = Limits::new().message_bytes(64 * 1024).fragments(100);
/// assert_eq!(limits.message_bytes, 64 * 1024);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The payload of one frame on the wire, in bytes. Default: 16 MiB.
    ///
    /// It bounds what a peer can announce; memory is taken only for bytes that came.
    pub frame_bytes: u64,
    /// A whole message, in bytes, after decompression. Default: 16 MiB.
    ///
    /// It bounds what is held while a message is collected. Where messages are [delivered in parts](crate::Delivery::Parts)
    /// nothing is held, and the limit is on what the caller gets to see.
    pub message_bytes: u64,
    /// The frames of one message. Default: no limit, since an empty one costs nothing but its bytes.
    pub fragments: u32,
    /// The bytes that may wait in the caller's output before pongs are merged. Default: 64 KiB.
    ///
    /// Every ping is answered at once as long as the output holds less. Beyond that only the latest of the pings that came is
    /// answered, when the input is used up (RFC 6455 §5.5.3): so a flood of pings can't grow the output without a limit, also
    /// where the peer doesn't read.
    pub output_bytes: usize,
    /// The pings of one read, that is, until [`receive`](crate::Connection::receive) gives `None`. Default: no limit, since one
    /// costs nothing but its bytes and what is owed for it is bounded by [`output_bytes`](Self::output_bytes).
    pub pings: u32,
}

impl Limits {
    /// The defaults.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            frame_bytes: 16 << 20,
            message_bytes: 16 << 20,
            fragments: u32::MAX,
            output_bytes: 64 << 10,
            pings: u32::MAX,
        }
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
