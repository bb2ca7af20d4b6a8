//! What other programs negotiated and sent, as it was recorded.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_deflate::{Config, Params, Pool};
use hybi_http::{Extension, extensions};
use hybi_testkit::{Side, Transcript};
use support::decompress;

#[test]
fn recorded_exchanges() {
    let mut compressed = 0;
    for transcript in Transcript::of("hybi17").into_iter().chain(Transcript::of("hybi10")) {
        let (request, sent) = split(&transcript.client_bytes());
        let (response, received) = split(&transcript.server_bytes());
        let Some(answer) = field(&response) else { continue };
        let name = transcript.name();
        let answer = Extension::parse(&answer).unwrap();

        // As a client: the answer fits what was offered.
        let offer = field(&request).unwrap();
        let client = Config::new().check_answer(&answer).unwrap_or_else(|error| panic!("{name}: {error}"));
        // As a server: the offer is accepted.
        let offers: Vec<_> = extensions([offer.as_bytes()]).map(Result::unwrap).collect();
        let (server, _) = Config::new().accept(&offers).unwrap_or_else(|| panic!("{name}: {offer}"));

        // The peer is an echo server: what went in came out.
        let (sent, sent_compressed) = messages(&sent, &server);
        let (received, received_compressed) = messages(&received, &client);
        assert!(!sent.is_empty(), "{name}");
        assert_eq!(sent, received, "{name}");
        for text in &sent {
            assert!(core::str::from_utf8(text).is_ok(), "{name}");
        }
        compressed += sent_compressed + received_compressed;
        if name.ends_with("-deflate") {
            assert!(sent_compressed > 0 && received_compressed > 0, "{name}");
        }
        println!(
            "{name}: {} and {}",
            transcript.program(Side::Client).unwrap(),
            transcript.program(Side::Server).unwrap()
        );
    }
    assert!(compressed >= 8, "{compressed}");
}

/// Head and what follows it.
fn split(bytes: &[u8]) -> (String, Vec<u8>) {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    (String::from_utf8(bytes[..end].to_vec()).unwrap(), bytes[end..].to_vec())
}

fn field(head: &str) -> Option<String> {
    let fields = head.lines().filter_map(|line| line.split_once(": "));
    let mut values = fields.filter(|(name, _)| name.eq_ignore_ascii_case("Sec-WebSocket-Extensions"));
    values.next().map(|(_, value)| value.to_owned())
}

/// The data messages of one side, and how many of them were compressed.
fn messages(mut bytes: &[u8], params: &Params) -> (Vec<Vec<u8>>, usize) {
    let mut decompressor = params.decompressor(&Pool::new(1));
    let (mut messages, mut compressed) = (Vec::new(), 0);
    while let [first, second, rest @ ..] = bytes {
        let (length, rest) = match second & 0x7f {
            126 => (usize::from(u16::from_be_bytes([rest[0], rest[1]])), &rest[2..]),
            127 => panic!("no message here is that long"),
            length => (usize::from(length), rest),
        };
        let (mask, rest) =
            if second & 0x80 == 0 { ([0; 4], rest) } else { (rest[..4].try_into().unwrap(), &rest[4..]) };
        let payload: Vec<u8> = rest[..length].iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask).collect();
        bytes = &rest[length..];
        assert!(matches!(first & 0x8f, 0x81 | 0x82 | 0x88..=0x8a), "no fragments here");
        match first & 0xc0 {
            _ if first & 0x08 != 0 => {}
            0xc0 => {
                messages.push(decompress(&mut decompressor, &payload).unwrap());
                compressed += 1;
            }
            _ => messages.push(payload),
        }
    }
    (messages, compressed)
}
