//! Shared bytes: messages in the `Bytes` of the crate `bytes`.

use bytes::Bytes;

use crate::{Connection, Prepared, SendError, Sender};

impl Prepared {
    /// The same as [`Bytes`], of which each connection's writer takes a share without a copy.
    ///
    /// ```
    /// use hybi_connection::{Config, Connection, Prepared, Role, Version};
    ///
    /// let mut one = Connection::new(Version::Hybi17, Role::Server, Config::new())?;
    /// let mut other = Connection::new(Version::Hybi17, Role::Server, Config::new())?;
    /// let message = Prepared::text("Hello").into_bytes();
    /// let (for_one, for_other) = (one.send_bytes(&message)?, other.send_bytes(&message)?);
    /// assert_eq!(for_one.as_ptr(), for_other.as_ptr());
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub fn into_bytes(self) -> Prepared<Bytes> {
        self.shared()
    }
}

impl Connection {
    /// As [`send_prepared`](Self::send_prepared), with a share of the bytes to hand over to whoever writes.
    ///
    /// # Errors
    /// As there.
    pub fn send_bytes(&mut self, message: &Prepared<Bytes>) -> Result<Bytes, SendError> {
        self.send_prepared(message).cloned()
    }
}

impl Sender {
    /// As [`Connection::send_bytes`].
    ///
    /// # Errors
    /// As there.
    pub fn send_bytes(&mut self, message: &Prepared<Bytes>) -> Result<Bytes, SendError> {
        self.send_prepared(message).cloned()
    }
}
