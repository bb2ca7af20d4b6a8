//! Texts, and decisions of which something is built.

use hybi_testkit::key_vectors::KEY_VECTORS;
use hybi_testkit::rfc6455;

use super::{DEFLATE, Seed, push};

pub(super) fn add(seeds: &mut Vec<Seed>) {
    numbered(seeds, "url", &[], &URLS);
    numbered(seeds, "cookies", &[], &COOKIES);
    numbered(seeds, "extension_list", &[], &EXTENSIONS);
    numbered(seeds, "deflate_negotiate", &DEFLATE, &EXTENSIONS);
    numbered(seeds, "utf8", &[1], &TEXTS);
    numbered(seeds, "deflate_decompress", &[28, 1], &DEFLATED);
    push(seeds, "challenge", "rfc6455", &[], rfc6455::KEY.as_bytes());
    for (index, vector) in KEY_VECTORS.iter().enumerate() {
        for (which, key) in vector.keys.into_iter().flatten().enumerate() {
            push(seeds, "challenge", &format!("pair-{index}-{which}"), &[], key.as_bytes());
        }
    }
    numbered(seeds, "frame_round_trip", &[], &ROUND_TRIPS);
    numbered(seeds, "deflate_round_trip", &DEFLATE, &COMPRESSED);
    for (index, messages) in COMPRESSED.iter().enumerate() {
        push(seeds, "deflate_round_trip", &format!("no-context-{index:02}"), &[3, 0, 0, 3, 0, 0], messages);
    }
    numbered(seeds, "talk", &[], &TALKS);
    numbered(seeds, "http_build", &[], &BUILDS);
    numbered(seeds, "handshake_build", &[], &HANDSHAKES);
    push(seeds, "url", "built", &[], b"\0\x0f\x0bexample.com\x09/chat?a=b\x05alice\x04p%/w");
}

fn numbered(seeds: &mut Vec<Seed>, target: &'static str, decisions: &[u8], all: &[&[u8]]) {
    for (index, bytes) in all.iter().enumerate() {
        push(seeds, target, &format!("{index:02}"), decisions, bytes);
    }
}

const URLS: [&[u8]; 10] = [
    b"ws://example.com",
    b"wss://example.com:8443/chat?room=1",
    b"WS://EXAMPLE.com:80/%7Ea/../b",
    b"ws://[::1]:9001/",
    b"ws://user:p%40ss@127.0.0.1/",
    "ws://bücher.example/straße?ä".as_bytes(),
    b"http://example.com/",
    b"ws://example.com/#fragment",
    b"ws:\\\\example.com",
    b"ws://0x7f.1/a b",
];

const COOKIES: [&[u8]; 6] = [
    b"session=31d4; theme=dark",
    b"a=b;c=\"d\"; e; =f; g==h ;i=",
    b"session=31d4; Path=/chat; Domain=.Example.com; Max-Age=-1; Secure; HttpOnly; SameSite=lax",
    b"a=; Expires=Sun, 06 Nov 1994 08:49:37 GMT; expires=x; path=relative",
    b"a=b; max-age=99999999999999999999; max-age=x; samesite=other",
    b"\xc3\xa4=\xff; \t a \t = \t b \t",
];

const EXTENSIONS: [&[u8]; 9] = [
    b"permessage-deflate; client_max_window_bits",
    b"permessage-deflate; server_max_window_bits=10; client_max_window_bits=12, permessage-deflate",
    b"permessage-deflate; server_no_context_takeover; client_no_context_takeover; client_max_window_bits=\"15\"",
    b"x-a; b=\"c\\d\"; e=f; e\n ,, x-b\t;\tg = h ,",
    b"permessage-deflate; server_max_window_bits=8",
    b"permessage-deflate; server_max_window_bits=16",
    b"deflate-stream, x-webkit-deflate-frame",
    b"a; b=\"unclosed",
    b"constructor, __proto__; hasOwnProperty=toString",
];

const TEXTS: [&[u8]; 6] = [
    "κόσμε".as_bytes(),
    b"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\xed\x9f\xbf\xee\x80\x80",
    b"a\xed\xa0\x80b",
    b"\xf4\x90\x80\x80",
    b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80edited",
    b"\xf0\x9f\x98",
];

/// The samples of RFC 7692 §7.2.3, and others with the same text.
const DEFLATED: [&[u8]; 6] = [
    &[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00],
    &[0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00],
    &[0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00],
    &[0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00],
    &[0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0xf2, 0x00, 0x11, 0x00, 0x00],
    &[0x04, 0xc0, 0x81, 0x08, 0x00, 0x00, 0x00, 0x00, 0x20, 0x7f, 0xeb, 0x0b, 0x00, 0x00],
];

const ROUND_TRIPS: [&[u8]; 4] = [
    b"\x01\x00\x00\x05Hello\x08\x03Hel\x05\x00\x00\x02lo\x07\x05again",
    b"\x01\x01\x02\x05\xfe1234\x02\x04\xfd567",
    b"\x07\x01\x05\x05\x03\xe8bye\x0d\x02\x03\xf5\x15\x00",
    b"\x07\x01\x05\x40\x03\xe8a reason of some length, so that three of them do not fit a frame.",
];

const COMPRESSED: [&[u8]; 3] = [
    b"\x01\x00\x05\x00\x00\x20the same words and the same words\x00\x00\x20the same words and the same words",
    b"\x00\x01\x01\x03\xf0\x08{\"a\":1}\n\x0d\xf0\x08{\"a\":2}\n\x00\xf0\x08{\"a\":1}\n",
    b"\x02\x00\xff\x00\xff\x01a\x07\x00\x03abc\x04\xff\x02ab",
];

const TALKS: [&[u8]; 5] = [
    b"\x00\x00\x00\x05Hello\x80\x00\x05Hello\x0f\x10\x8f\x10\x05\x00\x02hi\x0f\x03\x0e\x8e",
    b"\x0c\0\0\0\0\0\0\x00\xf0\x09{\"a\":1}\n,\x83\xf0\x09{\"a\":1}\n,\x07\x00\x03abc\x09\x00\x03def\x0f\xff\x8f\xff",
    b"\x02\x00\x00\x05Hello\x80\x00\x03two\x0c\x00\x00\x0f\x01\x0f\x01\x8f\xff",
    b"\x03\x00\x00\x05Hello\x80\x00\x03two\x0c\x00\x00\x80\x00\x04late\x0f\xff",
    b"\x01\x0d\x00\x04bye1\x8d\x00\x04bye2\x0f\xff\x8f\xff",
];

const BUILDS: [&[u8]; 4] = [
    b"\x00\x03GET\x05/chat\x04Host\x0bexample.com\x01X\x07a\r\nB: c",
    b"\x01\x01\x2d\x05Found\x01a\x01b\x01\x01\x05/path\x03X-Y\x03 z \x00",
    b"\x01\x00\x65\x02OK\x03a b\x01c\x01\x03\x03now\x00",
    b"\x02\x83\x01/\x04HOST\x07example\x85\x08HTTP/1.1",
];

const HANDSHAKES: [&[u8]; 5] = [
    b"\x00\x01\x00\x04chat\x00\x09superchat\x01\x12http://example.com\x05\x06X-More\x05value",
    b"\x02\x01\x00\x03a b\x02\x01c\x01d\x05\x03X-A\x08a\r\nB: c\n",
    b"\x00\x00\x02\x0aSet-Cookie\x03a=b\x02\x06Server\x04hybi",
    b"\x01\x00\x03\x01X\x06a\r\nY:b",
    b"\x03\x00\x00\x04chat",
];
