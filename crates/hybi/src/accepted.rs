//! What a server agreed on with a client, from its answer until the connection is open.

use core::mem;
use std::sync::Arc;

use hybi_connection::{Config, Connection};
use hybi_handshake_server::{Accept, Upgrade};
use hybi_http::Extension;
use hybi_version::Role;

use crate::extension::{Agreed, Compression};
use crate::{Connected, Error};

/// What was agreed on.
#[derive(Debug)]
pub(crate) struct Accepted {
    /// What the application is told.
    pub(crate) connected: Connected<'static>,
    compression: Option<Box<Agreed>>,
}

impl Accepted {
    /// What is agreed on by the answer, to which the extensions of the configuration are added.
    pub(crate) fn new(request: &Upgrade<'_>, accept: &mut Accept<'_>, compression: Option<&Compression>) -> Self {
        let (compression, extension) = compression.and_then(|ours| ours.accept(request)).unzip();
        if let Some(extension) = extension {
            *accept = mem::take(accept).extension(extension);
        }
        let subprotocol = accept.subprotocol_for(request).map(str::to_owned);
        let extensions = accept.extensions().iter().cloned().map(Extension::into_owned).collect();
        let connected = Connected::new(request.version(), subprotocol, extensions, None);
        Self { connected, compression: compression.map(Box::new) }
    }

    /// The connection with what was agreed on, and what the application is told.
    pub(crate) fn open(self, config: Arc<Config>) -> Result<(Connection, Connected<'static>), Error> {
        let connection = Connection::new(self.connected.version(), Role::Server, config)?;
        let connection = match self.compression {
            Some(agreed) => agreed.apply(connection),
            None => connection,
        };
        Ok((connection, self.connected))
    }

    /// The bytes on the heap.
    pub(crate) fn retained_bytes(&self) -> usize {
        let compression = self.compression.as_ref().map_or(0, |_| size_of::<Agreed>());
        self.connected.retained_bytes().saturating_add(compression)
    }
}
