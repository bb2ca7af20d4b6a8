//! permessage-deflate, where it is compiled in.

use hybi::ServerConfig;

use crate::options::Options;

#[cfg(feature = "deflate")]
pub(crate) fn offer(server: ServerConfig, options: &Options) -> ServerConfig {
    use hybi::deflate::{Config, Pool};
    // One thread, one pool: connections at rest hold no compressor.
    if options.deflate { server.deflate(Config::new(), &Pool::new(8)) } else { server }
}

#[cfg(not(feature = "deflate"))]
pub(crate) fn offer(server: ServerConfig, options: &Options) -> ServerConfig {
    let _ = options.deflate;
    server
}
