//! The facts that the tests of Perl's Protocol::WebSocket hold, asked of us: the inputs, and what is expected of them where
//! the drafts agree. Where they don't, a comment says so, and the test asks what the draft wants.
#![cfg(feature = "all-versions")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod client;
mod cookies;
mod env;
mod frames;
#[path = "../pair/mod.rs"]
mod pair;
#[path = "../replay/mod.rs"]
mod replay;
mod requests;
mod responses;
mod sentinel;
mod url;

use hybi::{Accept, Error, Event, Server, ServerConfig};
use hybi_testkit::same_for_all_cuts;

const KEY1: &str = "18x 6]8vM;54 *(5:  {   U1]8  z [  8";
const KEY2: &str = "1_ tx7X d  <  nw  334J702) 7]o}` 0";
const KEY3: [u8; 8] = *b"Tm[K T2u";
const CHECKSUM: &str = "fQJ,fN/4F4!~K~MH";
const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/// A request for `/demo` with these lines.
fn get(lines: &[&str]) -> String {
    let fields: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    format!("GET /demo HTTP/1.1\r\n{fields}\r\n")
}

/// The lines that every request of the two old drafts begins with.
fn old(lines: &[&str]) -> String {
    get(&[&["Upgrade: WebSocket", "Connection: Upgrade", "Host: example.com"], lines].concat())
}

/// What a server writes that is sent this and answers so; the same in all cuts.
fn answer(options: &ServerConfig, request: &[u8], accept: &Accept<'_>) -> String {
    same_for_all_cuts(request, |reads| {
        let (mut server, mut output) = (Server::with(options), Vec::new());
        for read in reads {
            let mut read = read.clone();
            let mut bytes = &mut read[..];
            while let Some(event) = server.receive(&mut bytes, &mut output).unwrap() {
                if let Event::Request(request) = event {
                    server.accept_with(&request, accept.clone(), &mut output).unwrap();
                }
            }
        }
        String::from_utf8(output).unwrap()
    })
}

/// The status of a refusal, and its reason; the same in all cuts.
fn refusal(request: &[u8]) -> (String, Error) {
    same_for_all_cuts(request, |reads| {
        let (mut server, mut output) = (Server::with(&replay::open_to_all()), Vec::new());
        let refused = reads
            .iter()
            .find_map(|read| pair::serve(&mut server, &mut read.clone(), &mut output, &mut pair::Log::new()).err());
        (String::from_utf8(output[9..12].to_vec()).unwrap(), refused.unwrap())
    })
}
