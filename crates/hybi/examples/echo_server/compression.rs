//! permessage-deflate, where it is compiled in.

use hybi::ServerConfig;

use crate::options::Options;

#[cfg(feature = "deflate")]
pub(crate) fn offer(server: ServerConfig, options: &Options) -> ServerConfig {
    use hybi::deflate::{Config, Level, Pool};

    let level = options.level.and_then(Level::new).unwrap_or_default();
    // One thread, one pool: connections at rest hold no compressor.
    if options.deflate { server.deflate(Config::new().level(level), &Pool::new(8)) } else { server }
}

#[cfg(not(feature = "deflate"))]
pub(crate) fn offer(server: ServerConfig, options: &Options) -> ServerConfig {
    let _ = (options.deflate, options.level);
    server
}
