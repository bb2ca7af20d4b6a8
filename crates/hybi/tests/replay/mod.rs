//! Plays to our server what real clients sent, and to our client what real servers sent.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use hybi::{HandshakeConfig, OriginPolicy, Server, ServerConfig, Version};
use hybi_testkit::{Side, Transcript, same_for_all_cuts};

use crate::pair::{Log, serve};

/// A server as tests want it: any page, any version.
pub(crate) fn open_to_all() -> ServerConfig {
    ServerConfig::new().handshake(HandshakeConfig::new().origins(OriginPolicy::Any))
}

/// What our server understands of these bytes, and what it answers; the same in all cuts.
pub(crate) fn server_hears(options: &ServerConfig, bytes: &[u8]) -> (Log, Vec<u8>) {
    same_for_all_cuts(bytes, |reads| {
        let (mut server, mut output, mut log) = (Server::with(options), Vec::new(), Log::new());
        for read in reads {
            serve(&mut server, &mut read.clone(), &mut output, &mut log).unwrap();
        }
        (log, output)
    })
}

/// All that our server understands of every recorded client of this version: a request, and the texts that were recorded as
/// echoed.
pub(crate) fn every_client(version: Version) {
    let mut played = 0;
    for transcript in Transcript::of(version.feature()) {
        // Its peer had agreed to compress; without that, its frames are wrong.
        if transcript.name().contains("deflate") && !cfg!(feature = "deflate") {
            continue;
        }
        let bytes = transcript.client_bytes();
        let (log, output) = server_hears(&compressing(&transcript), &bytes);
        let name = transcript.name();
        assert!(log[0].starts_with("request /") && log[0].ends_with(version.name()), "{name}: {log:?}");
        assert!(log[1].starts_with(&format!("connected {version}")), "{name}: {log:?}");
        assert!(log.iter().any(|event| event.starts_with("text ")), "{name}: {log:?}");
        assert!(output.starts_with(b"HTTP/1.1 101 "), "{name}");
        played += 1;
    }
    assert!(played > 0, "there are recorded clients");
}

#[cfg(feature = "deflate")]
fn compressing(transcript: &Transcript) -> ServerConfig {
    let options = open_to_all();
    if transcript.name().contains("deflate") {
        options.deflate(hybi::deflate::Config::new(), &hybi::deflate::Pool::new(1))
    } else {
        options
    }
}

#[cfg(not(feature = "deflate"))]
fn compressing(_transcript: &Transcript) -> ServerConfig {
    open_to_all()
}

/// The head of what a side sent, without the blank line.
pub(crate) fn head(transcript: &Transcript, side: Side) -> String {
    let bytes = transcript.bytes(side);
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    String::from_utf8(bytes[..end].to_vec()).unwrap()
}
