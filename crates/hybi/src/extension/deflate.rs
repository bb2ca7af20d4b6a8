//! permessage-deflate in the two handshakes (RFC 7692 §5).

use std::sync::Arc;

use hybi_connection::Connection;
use hybi_deflate::{Config, Params, Pool};
use hybi_handshake_server::Upgrade;
use hybi_http::Extension;

use crate::{ClientConfig, Error, ServerConfig};

/// What this end is ready to do.
#[derive(Clone, Debug)]
pub(crate) struct Compression {
    config: Config,
    pool: Pool,
}

/// What both ends will do.
#[derive(Debug)]
pub(crate) struct Agreed {
    params: Params,
    pool: Pool,
}

impl ServerConfig {
    /// Agrees to permessage-deflate with clients that offer it (RFC 7692). What compressing needs is borrowed from the pool
    /// for the time of a message.
    ///
    /// ```
    /// use hybi::ServerConfig;
    /// use hybi::deflate::{Config, Pool};
    ///
    /// let pool = Pool::new(4);                               // one for each thread
    /// let config = ServerConfig::new().deflate(Config::new(), &pool);
    /// ```
    pub fn deflate(mut self, config: Config, pool: &Pool) -> Self {
        self.compression = Some(Arc::new(Compression { config, pool: pool.clone() }));
        self
    }
}

impl ClientConfig {
    /// Offers permessage-deflate (RFC 7692). What compressing needs is borrowed from the pool for the time of a message.
    pub fn deflate(mut self, config: Config, pool: &Pool) -> Self {
        self.compression = Some(Arc::new(Compression { config, pool: pool.clone() }));
        self
    }
}

impl Compression {
    pub(crate) fn accept(&self, upgrade: &Upgrade<'_>) -> Option<(Agreed, Extension<'static>)> {
        let (params, answer) = self.config.accept(upgrade.extensions())?;
        Some((Agreed { params, pool: self.pool.clone() }, answer))
    }

    pub(crate) fn offer(&self) -> Extension<'static> {
        self.config.offer()
    }

    pub(crate) fn check(&self, answer: &[Extension<'static>]) -> Result<Option<Agreed>, Error> {
        let mut answers = answer.iter().filter(|extension| extension.name() == "permessage-deflate");
        let Some(answer) = answers.next() else { return Ok(None) };
        if answers.next().is_some() {
            return Err(Error::Extension("permessage-deflate twice".into()));
        }
        let params = self.config.check_answer(answer).map_err(|error| Error::Extension(error.to_string().into()))?;
        Ok(Some(Agreed { params, pool: self.pool.clone() }))
    }
}

impl Agreed {
    pub(crate) fn apply(self, connection: Connection) -> Connection {
        connection.deflate(&self.params, &self.pool)
    }
}
