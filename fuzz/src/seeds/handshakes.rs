//! Whole conversations, from the heads on.

use hybi::{Client, ClientConfig, Event, Server, ServerConfig, Version};
use hybi_testkit::{Side, Transcript, rfc6455};

use super::{DEFLATE, Seed, behind_head, push};
use crate::client::offer;

pub(super) fn add(seeds: &mut Vec<Seed>) {
    push(seeds, "http_request", "rfc6455", &[0, 1], rfc6455::REQUEST.as_bytes());
    push(seeds, "http_response", "rfc6455", &[0, 1], rfc6455::RESPONSE.as_bytes());
    push(seeds, "server", "rfc6455", &[0, 0, 0, 2, 1], &[rfc6455::REQUEST.as_bytes(), rfc6455::TEXT_MASKED].concat());
    for (name, request) in REQUESTS {
        push(seeds, "http_request", name, &[0, 1], request);
        push(seeds, "server", name, &[0, 0, 0, 0, 1], request);
    }
    for (name, response) in RESPONSES {
        push(seeds, "http_response", name, &[0, 1], response);
        push(seeds, "client", name, &[0, 0, 1], response);
    }
    for transcript in Transcript::all() {
        match transcript.role {
            Side::Client => of_client(seeds, &transcript),
            Side::Server => of_server(seeds, &transcript),
        }
    }
}

/// What a real client sent.
fn of_client(seeds: &mut Vec<Seed>, transcript: &Transcript) {
    let (name, bytes) = (transcript.name(), transcript.client_bytes());
    push(seeds, "http_request", &name, &[0, 1], &bytes[..behind_head(&bytes)]);
    let deflate =
        if name.contains("deflate") { &[&[0, 0, 1], &DEFLATE[..3], &[4, 1]].concat()[..] } else { &[0, 0, 0, 4, 1] };
    push(seeds, "server", &name, deflate, &bytes);
}

/// What a real server sent, with the proof that fits the keys of our client.
fn of_server(seeds: &mut Vec<Seed>, transcript: &Transcript) {
    let (name, bytes) = (transcript.name(), transcript.server_bytes());
    let head = behind_head(&bytes);
    push(seeds, "http_response", &name, &[0, 1], &bytes[..head]);
    let version = Version::ALL.into_iter().find(|version| version.feature() == transcript.version).expect("a version");
    let choice = (0..4).find(|choice| Version::ALL[usize::from(*choice)] == version).unwrap_or_default();
    let deflate = name.contains("deflate");
    let ours = our_answer(choice);
    let mut answer = with_our_proof(&String::from_utf8_lossy(&bytes[..head]), &String::from_utf8_lossy(&ours));
    let checksum = if version == Version::Hybi00 { 16 } else { 0 };
    answer.extend_from_slice(&ours[ours.len() - checksum..]);
    answer.extend_from_slice(bytes.get(head + checksum..).unwrap_or_default());
    let more = if deflate { &[&[4], &DEFLATE[..3]].concat()[..] } else { &[0] };
    if !deflate {
        assert!(connects(choice, &answer), "{name}: {}", answer.escape_ascii());
    }
    push(seeds, "client", &name, &[&[choice], more, &[1]].concat(), &answer);
}

/// What our server answers to the request of the check.
fn our_answer(choice: u8) -> Vec<u8> {
    let client = Client::with(&offer(choice), &ClientConfig::new()).expect("a good offer");
    let (mut request, mut answer) = (Vec::new(), Vec::new());
    client.send_request(&mut request);
    let options = ServerConfig::new().handshake(hybi::HandshakeConfig::new().origins(hybi::OriginPolicy::Any));
    let (mut server, mut bytes) = (Server::with(&options), &mut request[..]);
    while let Some(event) = server.receive(&mut bytes, &mut answer).expect("our own request") {
        if let Event::Request(request) = event {
            server.accept(&request, &mut answer).expect("it waits");
        }
    }
    answer
}

/// The head, with the lines that depend on the request taken from ours.
fn with_our_proof(head: &str, ours: &str) -> Vec<u8> {
    let name = |line: &str| line.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let depends = |line: &str| {
        ["accept", "origin", "location"].iter().any(|end| name(line).ends_with(&format!("websocket-{end}")))
    };
    let lines = head.split_inclusive("\r\n").filter(|line| !name(line).ends_with("websocket-protocol"));
    let lines = lines.map(|line| {
        let ours = ours.split_inclusive("\r\n").find(|our_line| name(our_line) == name(line));
        if depends(line) { ours.unwrap_or(line) } else { line }
    });
    lines.collect::<String>().into_bytes()
}

fn connects(choice: u8, answer: &[u8]) -> bool {
    let mut client = Client::with(&offer(choice), &ClientConfig::new()).expect("a good offer");
    let mut answer = answer.to_vec();
    matches!(client.receive(&mut &mut answer[..], &mut Vec::new()), Ok(Some(Event::Connected(_))))
}

const REQUESTS: [(&str, &[u8]); 6] = [
    ("plain", b"GET /health HTTP/1.1\r\nHost: example.com\r\n\r\nGET / HTTP/1.1\r\n\r\n"),
    ("empty-lines", b"\r\n\n\r\nGET http://a.example/b?c HTTP/1.1\nHost: b.example:8080\nCookie: a=b; c=\"d\"\n\n"),
    ("lists", b"GET / HTTP/1.1\r\nHost: [::1]\r\nConnection: keep-alive ,, Upgrade\r\nUpgrade: h2c, websocket\r\n\
        Sec-WebSocket-Extensions: x-a; b=\"c\\d\"; e\r\nSec-WebSocket-Extensions: permessage-deflate\r\nContent-Length: 0\r\n\r\n"),
    ("old-http", b"GET / HTTP/1.0\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n"),
    ("one-key", b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key1:  1 2 \r\n\r\n"),
    ("proxy", b"GET /a HTTP/1.1\r\nHost: a\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nOrigin: https://a\r\n\
        WebSocket-Protocol: a b\r\nX-Forwarded-Proto: https, http\r\n\r\n\x00hi\xff"),
];

const RESPONSES: [(&str, &[u8]); 4] = [
    (
        "redirect",
        b"HTTP/1.1 302 Found\r\nLocation: wss://example.com/\r\nSet-Cookie: a=b; Path=/; Max-Age=0; Secure\r\n\r\nbody",
    ),
    ("interim", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 401\r\nWWW-Authenticate: Basic\r\n\r\n"),
    ("old-http", b"HTTP/1.0 503 Service Unavailable\nRetry-After: 1\n\n"),
    ("latin", b"HTTP/1.1 200 \xe9\r\nX:\t\xff \r\n\r\n"),
];
