//! The sending methods, which client and server have alike.

/// Sending, for a type with a method `open` that gives its [`Connection`](crate::Connection) when the handshake is done.
macro_rules! methods {
    () => {
        /// Appends a text message to `output`.
        ///
        /// # Errors
        /// [`SendError`](crate::SendError): before the handshake is done, after a close, or within a message in parts.
        #[inline]
        pub fn send_text(&mut self, text: &str, output: &mut Vec<u8>) -> Result<(), crate::SendError> {
            self.open()?.send_text(text, output)
        }

        /// Appends a binary message to `output`.
        ///
        /// # Errors
        /// As [`send_text`](Self::send_text), and in the versions that have only text.
        #[inline]
        pub fn send_binary(&mut self, data: &[u8], output: &mut Vec<u8>) -> Result<(), crate::SendError> {
            self.open()?.send_binary(data, output)
        }

        /// Appends a part of a text message to `output`: the first, if none was begun. The message ends with the `last` one.
        ///
        /// # Errors
        /// As [`send_binary`](Self::send_binary).
        pub fn send_text_part(&mut self, text: &str, last: bool, output: &mut Vec<u8>) -> Result<(), crate::SendError> {
            self.open()?.send_text_part(text, last, output)
        }

        /// Appends a part of a binary message to `output`: the first, if none was begun. The message ends with the `last`
        /// one.
        ///
        /// # Errors
        /// As [`send_binary`](Self::send_binary).
        pub fn send_binary_part(
            &mut self,
            data: &[u8],
            last: bool,
            output: &mut Vec<u8>,
        ) -> Result<(), crate::SendError> {
            self.open()?.send_binary_part(data, last, output)
        }

        /// Appends a ping to `output`, with at most 125 bytes that the pong will repeat.
        ///
        /// # Errors
        /// As [`send_binary`](Self::send_binary), and if the payload is too long.
        pub fn send_ping(&mut self, payload: &[u8], output: &mut Vec<u8>) -> Result<(), crate::SendError> {
            self.open()?.send_ping(payload, output)
        }

        /// Appends a pong to `output`: where that is [left to the caller](crate::ConnectionConfig::auto_pong), or as a sign of life.
        ///
        /// # Errors
        /// As [`send_ping`](Self::send_ping).
        pub fn send_pong(&mut self, payload: &[u8], output: &mut Vec<u8>) -> Result<(), crate::SendError> {
            self.open()?.send_pong(payload, output)
        }

        /// Closes: appends a close frame to `output`, if the version has one. Nothing can be sent after it; what still comes
        /// is received until the peer's close.
        ///
        /// `None` says no reason, which all versions can.
        ///
        /// # Errors
        /// As [`send_text`](Self::send_text); for a code that must not be sent; for a reason in a version that has none.
        pub fn send_close(
            &mut self,
            reason: Option<crate::CloseReason<'_>>,
            output: &mut Vec<u8>,
        ) -> Result<(), crate::SendError> {
            self.open()?.send_close(reason, output)
        }

        /// Whether both ends have closed, the handshake was refused, or something failed: close the transport when the
        /// output is written.
        #[must_use]
        pub const fn is_closed(&self) -> bool {
            match self.state() {
                Some(state) => !state.may_receive(),
                None => false,
            }
        }

        /// The version that is spoken; `None` until the handshake is done.
        #[must_use]
        pub const fn version(&self) -> Option<Version> {
            match &self.stage {
                Stage::Open(connection) => Some(connection.version()),
                _ => None,
            }
        }

        /// The connection as such, for what this type has no method of its own; `None` until the handshake is done.
        #[must_use]
        pub const fn connection(&mut self) -> Option<&mut Connection> {
            match &mut self.stage {
                Stage::Open(connection) => Some(connection),
                _ => None,
            }
        }

        /// The connection alone, for example to [split](Connection::split) it.
        ///
        /// # Errors
        /// Gives itself back until the handshake is done.
        pub fn into_connection(self) -> Result<Connection, Self> {
            match self.stage {
                Stage::Open(connection) => Ok(connection),
                stage => Err(Self { stage }),
            }
        }

        #[inline]
        const fn open(&mut self) -> Result<&mut Connection, crate::SendError> {
            match &mut self.stage {
                Stage::Open(connection) => Ok(connection),
                stage => Err(Self::not_open(stage)),
            }
        }

        /// Apart, so that whether it is open takes one comparison.
        #[cold]
        const fn not_open(stage: &Stage) -> crate::SendError {
            match stage {
                Stage::Handshake(_) => crate::SendError::NotOpen,
                _ => crate::SendError::Closed,
            }
        }
    };
}

pub(crate) use methods;
