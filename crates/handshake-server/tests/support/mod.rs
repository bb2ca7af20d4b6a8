//! Runs a whole handshake over pieces of input and tells all that came of it.
#![allow(dead_code, unreachable_pub, reason = "each test file uses some of it")]

use std::sync::Arc;

use hybi_handshake_server::{Accept, Error, HandshakeConfig, Received, ServerHandshake, Upgrade};
use hybi_testkit::{Side, Transcript};
use hybi_version::Version;

/// All that came of a handshake.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub result: Result<Option<Seen>, Error>,
    pub output: String,
    pub rest: Vec<u8>,
    pub complete: bool,
}

/// What the application sees of a handshake.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub version: Version,
    pub resource_name: String,
    pub host: String,
    pub origin: Option<String>,
    pub secure: bool,
    pub offered: Vec<String>,
    pub subprotocol: Option<String>,
    pub extensions: Vec<String>,
}

impl Seen {
    pub fn of(upgrade: &Upgrade<'_>) -> Self {
        Self {
            version: upgrade.version(),
            resource_name: upgrade.resource_name().to_owned(),
            host: upgrade.host().to_owned(),
            origin: upgrade.origin().map(str::to_owned),
            secure: upgrade.is_secure(),
            offered: upgrade.subprotocols().map(str::to_owned).collect(),
            subprotocol: upgrade.subprotocol().map(str::to_owned),
            extensions: upgrade.extensions().map(|extension| extension.to_string()).collect(),
        }
    }
}

/// Accepts what arrives, whatever it is; plain HTTP requests are passed over.
pub fn serve(config: HandshakeConfig, pieces: &[Vec<u8>]) -> Outcome {
    let mut handshake = ServerHandshake::new(Arc::new(config));
    let mut outcome = Outcome { result: Ok(None), output: String::new(), rest: Vec::new(), complete: false };
    let mut output = Vec::new();
    for piece in pieces {
        let mut piece = piece.clone();
        let mut input = piece.as_mut_slice();
        while !input.is_empty() {
            let before = input.len();
            match handshake.receive(&mut input) {
                Ok(Some(Received::Upgrade(upgrade))) => {
                    handshake.accept(&upgrade, &Accept::new(), &mut output).expect("an answer without wishes");
                    outcome.result = Ok(Some(Seen::of(&upgrade)));
                }
                Ok(_) => {}
                Err(error) => {
                    assert_eq!(handshake.receive(&mut [].as_mut_slice()), Err(error.clone()), "broken stays broken");
                    outcome.result = Err(error);
                    return outcome;
                }
            }
            handshake.receive_key3(&mut input, &mut output);
            if input.len() == before {
                break;
            }
        }
        outcome.rest.extend_from_slice(input);
    }
    outcome.complete = handshake.is_complete();
    outcome.output = output.escape_ascii().to_string().replace("\\r\\n", "\r\n");
    outcome
}

/// The same for an input that arrives at once.
pub fn serve_whole(config: HandshakeConfig, request: impl AsRef<[u8]>) -> Outcome {
    serve(config, &[request.as_ref().to_vec()])
}

/// What the application sees of an input that must be good.
pub fn seen(config: HandshakeConfig, request: impl AsRef<[u8]>) -> Seen {
    let outcome = serve_whole(config, request);
    outcome.result.expect("the request is good").expect("the request is complete")
}

/// What is wrong with an input that must not be good.
pub fn error(config: HandshakeConfig, request: impl AsRef<[u8]>) -> Error {
    serve_whole(config, request).result.expect_err("the request is not good")
}

/// A request from lines.
pub fn request(lines: &[&str]) -> String {
    lines.join("\r\n") + "\r\n\r\n"
}

/// The same lines without the header of this name.
pub fn without<'l>(lines: &[&'l str], name: &str) -> Vec<&'l str> {
    lines.iter().copied().filter(|line| !line.starts_with(&format!("{name}:"))).collect()
}

/// The same lines and another.
pub fn with<'l>(lines: &[&'l str], line: &'l str) -> Vec<&'l str> {
    lines.iter().copied().chain([line]).collect()
}

/// The same lines, with another in the place of the one of its name.
pub fn replaced<'l>(lines: &[&'l str], line: &'l str) -> Vec<&'l str> {
    let name = line.split_once(':').expect("a header").0;
    with(&without(lines, name), line)
}

/// The head of what the server of a recorded exchange answered, and what it sent behind it.
pub fn recorded_answer(transcript: &Transcript) -> (String, Vec<u8>) {
    let bytes = transcript.bytes(Side::Server);
    let end = bytes.windows(4).position(|end| end == b"\r\n\r\n").expect("a head") + 4;
    (String::from_utf8(bytes[..end].to_vec()).expect("ASCII"), bytes[end..].to_vec())
}

/// The value of a header in a head.
pub fn value<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(": ")?;
        found.eq_ignore_ascii_case(name).then_some(value)
    })
}
