//! permessage-deflate on a connection (RFC 7692).

use hybi_deflate::{Compressor, Decompressor, Params, Pool};

use crate::extension::RSV1;
use crate::{Connection, Error};

/// Decompresses what comes.
#[derive(Debug)]
pub(crate) struct Inflate(Decompressor);

/// Compresses what goes.
#[derive(Debug)]
pub(crate) struct Deflate {
    compressor: Compressor,
    /// Whether messages that begin now are compressed.
    on: bool,
}

impl Connection {
    /// Compresses messages from now on, as the handshake agreed (RFC 7692). For a connection that nothing came through yet.
    ///
    /// What compressing needs is borrowed from the pool for the time of a message.
    ///
    /// ```
    /// use hybi_connection::{Config, Connection};
    /// use hybi_deflate::Pool;
    /// use hybi_version::{Role, Version};
    ///
    /// let offer = hybi_deflate::Config::new().offer();
    /// let (params, _answer) = hybi_deflate::Config::new().accept([&offer]).expect("they fit");
    /// let connection = Connection::new(Version::Hybi17, Role::Server, Config::new())?;
    /// let connection = connection.deflate(&params, &Pool::new(1));
    /// # Ok::<(), hybi_connection::Error>(())
    /// ```
    #[must_use]
    pub fn deflate(mut self, params: &Params, pool: &Pool) -> Self {
        self.inbound.decoder = self.inbound.decoder.extension_bits(RSV1 | self.shared.config.extension_bits);
        self.inbound.inflate = Some(Box::new(Inflate(params.decompressor(pool))));
        self.outbound.deflate = Some(Box::new(Deflate { compressor: params.compressor(pool), on: true }));
        self
    }
}

impl Inflate {
    pub(crate) fn inflate(&mut self, piece: &[u8], last: bool, limit: u64, output: &mut Vec<u8>) -> Result<(), Error> {
        let bytes = usize::try_from(limit).unwrap_or(usize::MAX);
        self.0.decompress(piece, last, bytes, output).map_err(|error| match error {
            hybi_deflate::Error::TooLarge { .. } => Error::MessageTooLarge { size: limit.saturating_add(1), limit },
            _ => Error::InvalidCompression,
        })
    }

    pub(crate) fn retained_bytes(&self) -> usize {
        size_of::<Self>().saturating_add(self.0.retained_bytes())
    }
}

impl Deflate {
    /// Appends the compressed message, if it is to be compressed and that pays.
    pub(crate) fn whole(&mut self, message: &[u8], output: &mut Vec<u8>) -> bool {
        self.on && self.compressor.try_compress(message, output).unwrap_or(false)
    }

    /// Whether a message that begins now is to be compressed.
    pub(crate) const fn begin(&self) -> bool {
        self.on
    }

    /// Appends what a part of a message compresses to, so that the peer can read all of it.
    pub(crate) fn part(&mut self, data: &[u8], last: bool, output: &mut Vec<u8>) {
        // The compressor has no error that comes from its input.
        let done = self.compressor.compress(data, last, output);
        if !last && done.is_ok() {
            let _ = self.compressor.flush(output);
        }
    }

    pub(crate) const fn switch(&mut self, on: bool) {
        self.on = on;
    }

    pub(crate) fn retained_bytes(&self) -> usize {
        size_of::<Self>().saturating_add(self.compressor.retained_bytes())
    }
}
