//! A whole conversation, from the handshake to the close, in every version and in reads of any size.
#![allow(clippy::unwrap_used, reason = "tests")]

mod pair;

use hybi::{ClientConfig, CloseCode, CloseReason, HandshakeConfig, SendError, ServerConfig, State, Version};
use pair::{Pair, offer};

/// The versions of this build.
fn versions() -> impl Iterator<Item = Version> {
    HandshakeConfig::new().spoken().iter()
}

const CHUNKS: [usize; 5] = [1, 2, 7, 100, 100_000];

#[test]
fn client_and_server_talk_in_every_version_in_reads_of_any_size() {
    for version in versions() {
        for (chunk, buffers) in CHUNKS.into_iter().flat_map(|chunk| [(chunk, false), (chunk, true)]) {
            let pair = Pair::new(&offer(version), &ClientConfig::new(), &ServerConfig::new(), chunk);
            let (mut pair, can) = (if buffers { pair.with_buffers() } else { pair }, version.can());
            assert_eq!(pair.client(|client, out| client.send_text("early", out)), Err(SendError::NotOpen));
            pair.settle();
            assert_eq!(
                pair.server_log,
                [format!("request /chat?room=1 {version}"), format!("connected {version} None []")]
            );
            assert_eq!(pair.client_log, [format!("connected {version} None []")]);
            assert_eq!((pair.client.version(), pair.server.version()), (Some(version), Some(version)));

            let (long, mut expected) = ("ß".repeat(20_000), vec!["text Hello", "text ", "text κόσμε", "text of 40000"]);
            pair.client_log.clear();
            pair.client(|client, out| {
                for text in ["Hello", "", "κόσμε", &long] {
                    client.send_text(text, out).unwrap();
                }
                if can.binary {
                    client.send_binary(&[0xFF; 300], out).unwrap();
                    client.send_ping(b"there?", out).unwrap();
                    client.send_text_part("in ", false, out).unwrap();
                    client.send_text_part("parts", true, out).unwrap();
                }
            });
            pair.settle();
            if can.binary {
                expected.extend(["binary of 300", "pong there?", "text in parts"]);
            }
            assert_eq!(pair.client_log, expected, "{version}, {chunk} bytes a read");

            pair.client_log.clear();
            let reason = can.close_codes.then_some(CloseReason { code: CloseCode::NORMAL, text: "done" });
            pair.client(|client, out| client.send_close(reason, out)).unwrap();
            pair.settle();
            if can.close_handshake {
                assert_eq!(pair.client_log, [if can.close_codes { "close 1000" } else { "close" }]);
                assert_eq!(pair.server.state(), Some(State::Closed));
            }
            assert_eq!(pair.client.state(), Some(State::Closed));
            assert_eq!((pair.client.receive_eof(), pair.server.receive_eof()), (Ok(()), Ok(())));
        }
    }
}

#[test]
fn a_subprotocol_is_agreed_on_in_the_servers_order() {
    for version in versions() {
        let offer = offer(version).subprotocol("v1");
        let offer = if version.can().many_subprotocols { offer.subprotocol("v2") } else { offer };
        let options = ServerConfig::new().handshake(HandshakeConfig::new().subprotocols(["v3", "v2", "v1"]));
        let mut pair = Pair::new(&offer, &ClientConfig::new(), &options, 11);
        pair.settle();
        let best = if version.can().many_subprotocols { "v2" } else { "v1" };
        let expected = format!("connected {version} Some({best:?}) []");
        assert_eq!((pair.client_log.last(), pair.server_log.last()), (Some(&expected), Some(&expected)));
    }
}

#[test]
fn the_server_can_begin_and_can_close() {
    for version in versions() {
        let mut pair = Pair::new(&offer(version), &ClientConfig::new(), &ServerConfig::new(), 3);
        pair.settle();
        pair.server(|server, out| server.send_text("news", out)).unwrap();
        pair.server(|server, out| server.send_close(None, out)).unwrap();
        pair.settle();
        let end: &[&str] = if version.can().close_handshake { &["text news", "close"] } else { &["text news"] };
        assert_eq!(pair.client_log[1..], *end);
        assert!(pair.server.is_closed());
        assert_eq!(pair.server(|server, out| server.send_text("more", out)), Err(SendError::Closed));
    }
}

#[test]
fn an_idle_end_is_at_most_128_bytes_and_holds_nothing_on_the_heap() {
    assert!(size_of::<hybi::Server>() <= 128, "{}", size_of::<hybi::Server>());
    assert!(size_of::<hybi::Client>() <= 128, "{}", size_of::<hybi::Client>());
    for version in versions() {
        let mut pair = Pair::new(&offer(version), &ClientConfig::new(), &ServerConfig::new(), 5);
        pair.settle();
        for connection in [pair.client.connection(), pair.server.connection()] {
            assert_eq!(connection.unwrap().retained_bytes(), 0);
        }
    }
}
