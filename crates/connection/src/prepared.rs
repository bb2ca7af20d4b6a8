//! Messages that are encoded once and sent on many connections.

use std::sync::OnceLock;

use hybi_frame::{Header, Opcode, encode_frame, encode_sentinel_text};

use crate::Kind;

/// A server's message that is encoded once, for as many connections as there are, of any version: a broadcast.
///
/// Each connection is told of it by [`Connection::send_prepared`](crate::Connection::send_prepared), and gives the bytes to
/// write on it. They are the same for all that have the same wire, so what is shared is never written to; `B` says how it is
/// held: a `Vec`, or with [`shared`](Self::shared) an `Arc<[u8]>` or the `Bytes` of the crate `bytes`.
///
/// It is sent as it is, also on connections that agreed on compression, which leave that to the sender of each message
/// (RFC 7692 §6). A client masks each frame with another key (RFC 6455 §5.3) and can't share one.
///
/// ```
/// use hybi_connection::{Config, Connection, Prepared, Role, Version};
///
/// let mut room = Vec::new();
/// for _ in 0..3 {
///     room.push((Connection::new(Version::Hybi17, Role::Server, Config::new())?, Vec::new()));
/// }
/// let message = Prepared::text("Hello");
/// for (connection, output) in &mut room {
///     // One that is closing, or within a message in parts, says so, and the others get it.
///     if let Ok(bytes) = connection.send_prepared(&message) {
///         output.extend_from_slice(bytes);
///     }
/// }
/// assert!(room.iter().all(|(_, output)| output == b"\x81\x05Hello"));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Prepared<B = Vec<u8>> {
    kind: Kind,
    /// The frame on the base wire.
    base: B,
    /// Where the payload begins in it.
    start: usize,
    /// The frame on the sentinel wire, made for the first connection that has it.
    sentinel: OnceLock<B>,
}

impl Prepared {
    /// A text message.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::new(Kind::Text, Opcode::Text, text.as_bytes())
    }

    /// A binary message.
    #[must_use]
    pub fn binary(data: &[u8]) -> Self {
        Self::new(Kind::Binary, Opcode::Binary, data)
    }

    fn new(kind: Kind, opcode: Opcode, payload: &[u8]) -> Self {
        let mut base = Vec::new();
        encode_frame(&Header::new(opcode, payload.len() as u64), payload, &mut base);
        let start = base.len().saturating_sub(payload.len());
        Self { kind, base, start, sentinel: OnceLock::new() }
    }

    /// The same, held in another way.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use hybi_connection::Prepared;
    ///
    /// let message: Prepared<Arc<[u8]>> = Prepared::text("Hello").shared();
    /// # let _ = message;
    /// ```
    #[must_use]
    pub fn shared<B: From<Vec<u8>>>(self) -> Prepared<B> {
        let Self { kind, base, start, sentinel } = self;
        let shared = OnceLock::new();
        if let Some(frame) = sentinel.into_inner() {
            let _ = shared.set(frame.into());
        }
        Prepared { kind, base: base.into(), start, sentinel: shared }
    }
}

impl<B: AsRef<[u8]>> Prepared<B> {
    /// Whether it is text or binary.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The message itself.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        self.base.as_ref().get(self.start..).unwrap_or_default()
    }

    /// The frame on the base wire.
    pub(crate) const fn base(&self) -> &B {
        &self.base
    }

    /// The frame on the sentinel wire, which has text only.
    pub(crate) fn sentinel(&self) -> &B
    where
        B: From<Vec<u8>>,
    {
        self.sentinel.get_or_init(|| {
            let mut frame = Vec::new();
            encode_sentinel_text(core::str::from_utf8(self.payload()).unwrap_or_default(), &mut frame);
            frame.into()
        })
    }
}
