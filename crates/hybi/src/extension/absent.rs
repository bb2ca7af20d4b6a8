//! Stands in for compression where the build leaves it out: values that can't exist.

use hybi_connection::Connection;
use hybi_handshake_server::Upgrade;
use hybi_http::Extension;

use crate::Error;

#[derive(Clone, Debug)]
pub(crate) enum Compression {}

#[derive(Debug)]
pub(crate) enum Agreed {}

impl Compression {
    pub(crate) const fn accept(&self, _upgrade: &Upgrade<'_>) -> Option<(Agreed, Extension<'static>)> {
        match *self {}
    }

    pub(crate) const fn offer(&self) -> Extension<'static> {
        match *self {}
    }

    pub(crate) const fn check(&self, _answer: &[Extension<'static>]) -> Result<Option<Agreed>, Error> {
        match *self {}
    }
}

impl Agreed {
    pub(crate) const fn apply(self, _connection: Connection) -> Connection {
        match self {}
    }
}
