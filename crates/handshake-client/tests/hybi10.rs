//! draft-ietf-hybi-10: number 8, an origin of its own, and otherwise as RFC 6455.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_handshake_client::{Error, Offer};
use hybi_testkit::{Transcript, rfc6455};
use hybi_version::Version;
use support::{agreed, error, nonce, offer, recorded_answer, recorded_offer, sent, set_nonce};

fn sample() -> Offer {
    set_nonce(*rfc6455::NONCE);
    offer("ws://server.example.com/chat").random(nonce).version(Version::Hybi10)
}

#[test]
fn the_request_to_the_letter() {
    let expected = "GET /chat HTTP/1.1\r\n\
        Host: server.example.com\r\n\
        Upgrade: websocket\r\n\
        Connection: Upgrade\r\n\
        Sec-WebSocket-Origin: http://example.com\r\n\
        Sec-WebSocket-Protocol: chat, superchat\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
        Sec-WebSocket-Version: 8\r\n\r\n";
    let offer = sample().origin("http://example.com").subprotocol("chat").subprotocol("superchat");
    assert_eq!(sent(&offer), expected);
    assert!(!sent(&sample()).contains("Origin"));
    let agreed = agreed(&offer, rfc6455::RESPONSE);
    assert_eq!((agreed.version, agreed.subprotocol.as_deref()), (Version::Hybi10, Some("chat")));
}

#[test]
fn the_accept_value_counts() {
    let answer = rfc6455::RESPONSE.replace("s3p", "S3p");
    let offer = sample().subprotocol("chat");
    assert!(matches!(error(&offer, answer), Error::Accept { .. }));
}

#[test]
fn servers_that_were_recorded() {
    let mut without_nonce = Vec::new();
    for transcript in Transcript::of("hybi10") {
        let name = transcript.name();
        let (offer, has_nonce) = recorded_offer(&transcript);
        let offer = offer.version(Version::Hybi10);
        if has_nonce {
            let agreed = agreed(&offer, recorded_answer(&transcript));
            assert_eq!((agreed.version, agreed.subprotocol), (Version::Hybi10, None), "{name}");
        } else {
            without_nonce.push(name);
        }
    }
    // These clients sent 15 bytes, which ours never does.
    assert_eq!(without_nonce, ["hybi10/client-ws-0.4", "hybi10/client-ws-1"]);
}
