//! `--deflate`, where the build has the feature.

use hybi::ClientConfig;

use crate::error::Error;

/// Offers permessage-deflate. Short lines are compressed as well: whoever asks for it here wants to see it.
#[cfg(feature = "deflate")]
pub(crate) fn offer(options: ClientConfig) -> Result<ClientConfig, Error> {
    use hybi::deflate::{Config, Pool};

    Ok(options.deflate(Config::new().threshold(0), &Pool::new(1)))
}

/// Says that there is none.
#[cfg(not(feature = "deflate"))]
pub(crate) fn offer(_options: ClientConfig) -> Result<ClientConfig, Error> {
    Err(Error::usage("--deflate needs the feature `deflate`: cargo run --features deflate --example wsconsole -- …"))
}
