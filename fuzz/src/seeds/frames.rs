//! Frames: the samples of the specifications, and what real peers sent.

use hybi::frame::{Decoder, Header, Opcode, encode_frame};
use hybi::{Role, Version};
use hybi_testkit::{Transcript, rfc6455};
use hybi_version::Wire;

use super::{DEFLATE, Seed, behind_head, push};

pub(super) fn add(seeds: &mut Vec<Seed>) {
    let fragmented = rfc6455::TEXT_FRAGMENTED.concat();
    for (name, frames) in [
        ("text", rfc6455::TEXT),
        ("fragmented", &fragmented),
        ("ping", rfc6455::PING),
        ("close", &[0x88, 5, 3, 0xE8, b'b', b'y', b'e']),
        ("close-empty", &[0x88, 0]),
        ("binary-256", &[rfc6455::BINARY_256_HEADER, &[0; 256]].concat()),
        ("length-64-bit", &[&[0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0][..], b"abc"].concat()),
        ("wrong", &[0xF3, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF]),
    ] {
        base(seeds, &format!("to-client-{name}"), frames, Role::Client);
        base(seeds, &format!("to-server-{name}"), &masked(frames), Role::Server);
    }
    // Each frame keeps the smaller limit of the check, and both together do not.
    let (begin, end) = ([&[0x01, 100], &[b'a'; 100][..]].concat(), [&[0x80, 100], &[b'a'; 100][..]].concat());
    push(seeds, "tungstenite", "too-large-together", &[3], &[begin, end].concat());
    let (begin, end) =
        ([&[0x01, 126, 0, 200], &[b'a'; 200][..]].concat(), [&[0x80, 126, 0, 200], &[b'a'; 200][..]].concat());
    push(seeds, "connection", "too-large-together", &[4 | 8, 0, 1], &[begin, end].concat());
    push(seeds, "connection", "too-many-fragments", &[4 | 8, 0, 1], &[&[1, 0][..], &[0, 0].repeat(3)].concat());
    for kind in [0, 0x17] {
        let frame = [&[kind], &[b'a'; 150][..], &[0xFF]].concat();
        push(seeds, "frame_sentinel", &format!("too-large-{kind:02x}"), &[4, 1], &frame);
    }
    for (name, frames) in SENTINEL {
        sentinel(seeds, name, frames, Role::Server);
    }
    for transcript in Transcript::all() {
        let (client, server) = (transcript.client_bytes(), transcript.server_bytes());
        let (key3, checksum) = if transcript.version == "hybi00" { (8, 16) } else { (0, 0) };
        let to_server = client.get(behind_head(&client) + key3..).unwrap_or_default();
        let to_client = server.get(behind_head(&server) + checksum..).unwrap_or_default();
        let name = transcript.name();
        if name.contains("deflate") {
            compressed(seeds, &name, to_server, to_client);
        } else if matches!(name.as_str(), "hybi00/client-perl" | "hixie75/client-perl") {
            sentinel(seeds, &name, to_server, Role::Server);
        } else if matches!(name.as_str(), "hybi17/client-ws-8" | "hybi17/client-py-wsproto") {
            base(seeds, &format!("{name}-sent"), to_server, Role::Server);
            base(seeds, &format!("{name}-heard"), to_client, Role::Client);
        }
    }
}

const SENTINEL: [(&str, &[u8]); 5] = [
    ("text", b"\x00Hello\xff\x00\xff"),
    ("close", b"\x00a\xff\xff\x00"),
    ("binary", b"\x80\x05Hello\x00a\xff"),
    ("other", b"\x17abc\xff\x80\x80\x80\x00\xff\x01x\x00a\xff"),
    ("latin", b"\x00\xe9\xff"),
];

/// Frames of hybi-10 and RFC 6455, for all checks that take such.
fn base(seeds: &mut Vec<Seed>, name: &str, frames: &[u8], role: Role) {
    let client = u8::from(role == Role::Client);
    push(seeds, "frame_base", name, &[client, 1], frames);
    push(seeds, "tungstenite", name, &[client], frames);
    push(seeds, "connection", name, &[client << 2, 0, 1], frames);
}

fn sentinel(seeds: &mut Vec<Seed>, name: &str, frames: &[u8], role: Role) {
    let client = u8::from(role == Role::Client);
    push(seeds, "frame_sentinel", name, &[client << 1, 1], frames);
    push(seeds, "connection", &format!("sentinel-{name}"), &[2 | client << 2, 0, 1], frames);
}

/// Messages of a connection that compresses.
fn compressed(seeds: &mut Vec<Seed>, name: &str, to_server: &[u8], to_client: &[u8]) {
    for (end, frames, role) in [("sent", to_server, Role::Server), ("heard", to_client, Role::Client)] {
        let client = u8::from(role == Role::Client) << 2;
        let setup = [&[client | 64, 0], &DEFLATE[..], &[1]].concat();
        push(seeds, "connection", &format!("{name}-{end}"), &setup, frames);
        let mut decoder = Decoder::new(Version::Hybi17, role).expect("compiled in").extension_bits(7);
        let (mut frames, mut count) = (frames.to_vec(), 0);
        let mut input = &mut frames[..];
        while let Ok(Some(piece)) = decoder.decode(&mut input) {
            if piece.rsv != 0 {
                count += 1;
                push(seeds, "deflate_decompress", &format!("{name}-{end}-{count}"), &[28, 1], piece.payload);
            }
        }
    }
}

/// The same frames as a client sends them.
fn masked(frames: &[u8]) -> Vec<u8> {
    let (mut rest, mut output) = (frames, Vec::new());
    while let Ok(Some((header, size))) = Header::decode(rest) {
        let length = usize::try_from(header.length).unwrap_or(usize::MAX).min(rest.len() - size);
        encode_frame(&header.masked(rfc6455::MASK), &rest[size..size + length], &mut output);
        rest = &rest[size + length..];
    }
    assert!(Version::Hybi17.wire() == Wire::Base && !Opcode::Text.is_control());
    output.extend_from_slice(rest);
    output
}
