//! draft-ietf-hybi-00: two keys, eight bytes that may come late, sixteen that answer them, and `FF 00` to close.
#![cfg(feature = "hybi00")]
#![allow(clippy::unwrap_used, reason = "tests")]

mod pair;
mod replay;

use hybi::{Event, Server, Version};
use hybi_testkit::key_vectors;
use replay::{every_client, open_to_all, server_hears};

#[test]
fn recorded_clients_are_understood() {
    every_client(Version::Hybi00);
}

/// The request of the draft's own example, without the eight bytes behind it.
const HEAD: &[u8] = b"GET /demo HTTP/1.1\r\nHost: example.com\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Key2: 12998 5 Y3 1  .P00\r\nSec-WebSocket-Protocol: sample\r\nUpgrade: WebSocket\r\n\
    Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r\nOrigin: http://example.com\r\n\r\n";

#[test]
fn the_drafts_own_example() {
    let request = [HEAD, b"^n:ds[4U\x00hi\xff\xff\x00"].concat();
    let (log, output) = server_hears(&open_to_all(), &request);
    assert_eq!(log[1..], ["connected draft-ietf-hybi-00 None []", "text hi", "close"]);
    let expected = b"HTTP/1.1 101 WebSocket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n\
        Sec-WebSocket-Origin: http://example.com\r\nSec-WebSocket-Location: ws://example.com/demo\r\n\r\n\
        8jKS'y:G*Co,Wxa-\x00hi\xff\xff\x00";
    assert_eq!(output.escape_ascii().to_string(), expected.escape_ascii().to_string());
}

#[test]
fn behind_a_proxy_the_head_goes_first_and_the_sixteen_bytes_when_the_eight_have_come() {
    let (mut server, mut output) = (Server::with(&open_to_all()), Vec::new());
    let (mut head, mut key3) = (HEAD.to_vec(), *b"^n:ds[4U\x00hi\xff");
    let mut bytes = &mut head[..];
    let Ok(Some(Event::Request(request))) = server.receive(&mut bytes, &mut output) else { panic!("a request") };
    server.accept(&request, &mut output).unwrap();
    assert!(output.ends_with(b"\r\n\r\n"), "the proxy waits for this head");
    output.clear();
    assert_eq!(server.receive(&mut bytes, &mut output), Ok(None));
    let (mut early, mut late) = key3.split_at_mut(5);
    assert_eq!((server.receive(&mut early, &mut output), server.state()), (Ok(None), None));
    assert!(output.is_empty());
    assert!(matches!(server.receive(&mut late, &mut output), Ok(Some(Event::Connected(_)))));
    assert_eq!(output, b"8jKS'y:G*Co,Wxa-", "these and nothing else");
    assert_eq!(server.receive(&mut late, &mut output), Ok(Some(Event::Text("hi".into()))));
}

#[test]
fn published_keys_get_their_published_answers() {
    for vector in key_vectors::KEY_VECTORS {
        // Of some, only the parts were published.
        let Some([key1, key2]) = vector.keys else { continue };
        let request = format!(
            "GET / HTTP/1.1\r\nHost: example.com\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\
             Sec-WebSocket-Key1: {key1}\r\nSec-WebSocket-Key2: {key2}\r\n\r\n"
        );
        let (_, output) = server_hears(&open_to_all(), &[request.as_bytes(), &vector.key3].concat());
        assert!(output.ends_with(&vector.answer), "{key1}");
    }
}
