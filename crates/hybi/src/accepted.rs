//! What a server agreed on with a client, from its answer until the connection is open.

use std::sync::Arc;

use hybi_connection::{Config, Connection};
use hybi_handshake_server::{Accept, Upgrade};
use hybi_http::Extension;
use hybi_version::{Role, Version};

use crate::extension::{Agreed, Compression};
use crate::{Connected, Error};

/// What was agreed on.
#[derive(Debug)]
pub(crate) struct Accepted {
    pub(crate) version: Version,
    /// Beside the version, if there is anything.
    more: Option<Box<More>>,
}

#[derive(Debug)]
struct More {
    subprotocol: Option<String>,
    extensions: Vec<Extension<'static>>,
    compression: Option<Agreed>,
}

impl Accepted {
    /// What to answer, and what is agreed on by it.
    pub(crate) fn new<'a>(
        request: &Upgrade<'_>,
        accept: Accept<'a>,
        compression: Option<&Compression>,
    ) -> (Accept<'a>, Self) {
        let (compression, extension) = compression.and_then(|ours| ours.accept(request)).unzip();
        let accept = match extension {
            Some(extension) => accept.extension(extension),
            None => accept,
        };
        let subprotocol = accept.subprotocol_for(request).map(str::to_owned);
        let extensions: Vec<_> = accept.extensions().iter().cloned().map(Extension::into_owned).collect();
        let is_all = subprotocol.is_none() && extensions.is_empty() && compression.is_none();
        let more = (!is_all).then(|| Box::new(More { subprotocol, extensions, compression }));
        (accept, Self { version: request.version(), more })
    }

    /// What the application is told.
    pub(crate) fn connected(&self) -> Connected<'static> {
        let (subprotocol, extensions) = match &self.more {
            Some(more) => (more.subprotocol.clone(), more.extensions.clone()),
            None => (None, Vec::new()),
        };
        Connected { version: self.version, subprotocol, extensions, response: None }
    }

    /// The connection with what was agreed on, and what the application is told.
    pub(crate) fn open(self, config: Arc<Config>) -> Result<(Connection, Connected<'static>), Error> {
        let version = self.version;
        let connection = Connection::new(version, Role::Server, config)?;
        let Some(more) = self.more else {
            let connected = Connected { version, subprotocol: None, extensions: Vec::new(), response: None };
            return Ok((connection, connected));
        };
        let More { subprotocol, extensions, compression } = *more;
        let connection = match compression {
            Some(agreed) => agreed.apply(connection),
            None => connection,
        };
        Ok((connection, Connected { version, subprotocol, extensions, response: None }))
    }

    /// The bytes on the heap.
    pub(crate) fn retained_bytes(&self) -> usize {
        let Some(more) = &self.more else { return 0 };
        let extensions = more.extensions.capacity().saturating_mul(size_of::<Extension<'static>>());
        let own = more.subprotocol.as_ref().map_or(0, String::capacity).saturating_add(extensions);
        let own = more.extensions.iter().map(Extension::retained_bytes).fold(own, usize::saturating_add);
        own.saturating_add(size_of::<More>())
    }
}
