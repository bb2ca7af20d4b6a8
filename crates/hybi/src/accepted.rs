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
        let compression = compression.and_then(|ours| ours.accept(request)).map(|(agreed, extension)| {
            *accept = mem::take(accept).extension(extension);
            Box::new(agreed)
        });
        let (version, subprotocol) = (request.version(), accept.subprotocol_for(request));
        let connected = if subprotocol.is_none() && accept.extensions().is_empty() {
            Connected::bare(version)
        } else {
            let extensions = accept.extensions().iter().cloned().map(Extension::into_owned).collect();
            Connected::new(version, subprotocol.map(str::to_owned), extensions, None)
        };
        Self { connected, compression }
    }

    /// The connection with what was agreed on, and what the application is told.
    #[inline]
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
