//! permessage-deflate, from the handshake to the close.
#![cfg(all(feature = "deflate", feature = "hybi17"))]
#![allow(clippy::unwrap_used, reason = "tests")]

mod pair;

use hybi::deflate::{Config, Pool};
use hybi::{ClientConfig, HandshakeConfig, ServerConfig};
use pair::{Pair, offer};

fn compressing(config: Config) -> (ClientConfig, ServerConfig) {
    let pool = Pool::new(2);
    (ClientConfig::new().deflate(config, &pool), ServerConfig::new().deflate(config, &pool))
}

#[test]
fn messages_survive_compression_in_reads_of_any_size() {
    let json = r#"{"name":"value","list":[1,2,3],"text":"κόσμε"},"#.repeat(200);
    for config in [Config::new(), Config::low_memory(), Config::no_context()] {
        for chunk in [1, 7, 1000, 1_000_000] {
            let (client, server) = compressing(config);
            let version = hybi::Version::Hybi17;
            let mut pair = Pair::new(&offer(version), &client, &server, chunk);
            pair.settle();
            assert!(pair.client_log.last().unwrap().contains("permessage-deflate"), "{:?}", pair.client_log);
            for _ in 0..3 {
                pair.client_log.clear();
                let sent = pair.client(|client, out| {
                    client.send_text(&json, out).unwrap();
                    client.send_text("short", out).unwrap();
                    client.send_binary(json.as_bytes(), out).unwrap();
                    client.send_text_part(&json, false, out).unwrap();
                    client.send_text_part(&json, true, out).unwrap();
                    out.len()
                });
                assert!(sent < json.len() / 2, "{sent} bytes for {}", 4 * json.len());
                pair.settle();
                let (one, two) = (format!("text of {}", json.len()), format!("text of {}", 2 * json.len()));
                assert_eq!(pair.client_log, [&*one, "text short", &format!("binary of {}", json.len()), &two]);
            }
        }
    }
}

#[test]
fn an_end_that_does_not_compress_talks_to_one_that_does() {
    let (client, server) = compressing(Config::new());
    for (client, server) in [(client, ServerConfig::new()), (ClientConfig::new(), server)] {
        let mut pair = Pair::new(&offer(hybi::Version::Hybi17), &client, &server, 9);
        pair.settle();
        pair.client(|client, out| client.send_text(&"a".repeat(90), out)).unwrap();
        pair.settle();
        assert_eq!(pair.client_log.last().map(String::len), Some("text ".len() + 90));
        assert!(!pair.client_log[0].contains("deflate"));
    }
}

#[test]
fn the_old_versions_have_no_extensions_and_do_without() {
    let (client, server) = compressing(Config::new());
    for version in HandshakeConfig::new().spoken() {
        let mut pair = Pair::new(&offer(version), &client, &server, 100);
        pair.settle();
        assert_eq!(pair.client_log[0].contains("deflate"), version.can().extensions);
    }
}

#[test]
fn compression_can_be_switched_off_for_a_message() {
    let (client, server) = compressing(Config::new());
    let mut pair = Pair::new(&offer(hybi::Version::Hybi17), &client, &server, 1000);
    pair.settle();
    let text = "again and ".repeat(100);
    let sizes = [false, true].map(|on| {
        pair.client(|client, out| {
            client.connection().unwrap().compress(on);
            let before = out.len();
            client.send_text(&text, out).unwrap();
            out.len() - before
        })
    });
    assert!(sizes[0] > text.len() && sizes[1] < 100, "{sizes:?}");
}

#[test]
fn an_answer_that_agrees_twice_is_none() {
    let (client, server) = compressing(Config::new());
    let client = hybi::Client::with(&offer(hybi::Version::Hybi17), &client).unwrap();
    let (mut request, mut answer, mut server) = (Vec::new(), Vec::new(), hybi::Server::with(&server));
    client.send_request(&mut request);
    pair::serve(&mut server, &mut request, &mut answer, &mut pair::Log::new()).unwrap();
    let once = "Sec-WebSocket-Extensions: permessage-deflate";
    let answer = String::from_utf8(answer).unwrap().replace(once, &format!("{once}, permessage-deflate"));
    let mut client = client;
    let heard = pair::listen(&mut client, &mut answer.into_bytes(), &mut Vec::new(), &mut pair::Log::new());
    assert!(matches!(heard, Err(hybi::Error::Extension(_))), "{heard:?}");
}
