//! Runs a whole handshake over pieces of an answer and tells all that came of it.
#![allow(dead_code, unreachable_pub, reason = "each test file uses some of it")]

use core::cell::Cell;

use hybi_handshake_client::{Agreed, Answer, ClientHandshake, Error, Offer};
use hybi_http::{Extension, Limits, Request};
use hybi_testkit::{Side, Transcript};
use hybi_url::Url;

/// All that came of a handshake.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub result: Result<Option<Told>, Error>,
    pub rest: Vec<u8>,
}

/// The answer, and the head that it came with.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    Accepted(Agreed, String),
    Refused(u16, String),
}

/// Feeds pieces of an answer.
pub fn feed(mut handshake: ClientHandshake, pieces: &[Vec<u8>]) -> Outcome {
    let mut outcome = Outcome { result: Ok(None), rest: Vec::new() };
    for piece in pieces {
        let mut piece = piece.clone();
        let mut input = piece.as_mut_slice();
        match handshake.receive(&mut input) {
            Ok(Some(answer)) => {
                assert!(handshake.is_complete() && outcome.result == Ok(None), "one answer");
                outcome.result = Ok(Some(told(&answer)));
            }
            Ok(None) => {}
            Err(error) => {
                assert!(!handshake.is_complete());
                assert_eq!(handshake.receive(&mut [].as_mut_slice()), Err(error.clone()), "broken stays broken");
                outcome.result = Err(error);
                return outcome;
            }
        }
        outcome.rest.extend_from_slice(input);
    }
    outcome
}

fn told(answer: &Answer<'_>) -> Told {
    let head = |bytes: &[u8]| bytes.escape_ascii().to_string();
    match answer {
        Answer::Accepted { agreed, response } => Told::Accepted(agreed.clone(), head(response.as_bytes())),
        Answer::Refused(response) => Told::Refused(response.status(), head(response.as_bytes())),
    }
}

/// The same for an answer that arrives at once.
pub fn feed_whole(offer: &Offer, answer: impl AsRef<[u8]>) -> Outcome {
    feed(offer.start().expect("the offer is good"), &[answer.as_ref().to_vec()])
}

/// What was agreed on, by an answer that must be good.
pub fn agreed(offer: &Offer, answer: impl AsRef<[u8]>) -> Agreed {
    match feed_whole(offer, answer).result {
        Ok(Some(Told::Accepted(agreed, _))) => agreed,
        other => panic!("expected an answer that accepts, got {other:?}"),
    }
}

/// What is wrong with an answer that must not be good.
pub fn error(offer: &Offer, answer: impl AsRef<[u8]>) -> Error {
    feed_whole(offer, answer).result.expect_err("the answer is not good")
}

/// The text of the request.
pub fn sent(offer: &Offer) -> String {
    let mut output = Vec::new();
    offer.start().expect("the offer is good").send_request(&mut output);
    String::from_utf8(output).expect("ASCII")
}

pub fn offer(url: &str) -> Offer {
    Offer::new(Url::parse(url).expect("a URL"))
}

/// A head from lines.
pub fn head(lines: &[&str]) -> String {
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

thread_local! {
    static NONCE: Cell<[u8; 16]> = const { Cell::new([0; 16]) };
}

/// Lets [`nonce`] give these bytes.
pub fn set_nonce(nonce: [u8; 16]) {
    NONCE.set(nonce);
}

/// The bytes that were set, instead of random ones.
pub fn nonce(bytes: &mut [u8]) {
    bytes.copy_from_slice(&NONCE.get()[..bytes.len()]);
}

/// What the client of a recorded exchange asked for. The key is its own, if it is one of 16 bytes.
pub fn recorded_offer(transcript: &Transcript) -> (Offer, bool) {
    let bytes = transcript.client_bytes();
    let (request, _) = Request::parse(&bytes, &Limits::default()).expect("HTTP").expect("a head");
    let headers = request.headers();
    let mut offer = offer(&format!("ws://{}{}", headers.get_str("Host").expect("a host"), request.target()));
    if let Some(origin) = headers.get_str("Origin") {
        offer = offer.origin(origin);
    }
    for extension in headers.extensions("Sec-WebSocket-Extensions") {
        offer = offer.extension(Extension::into_owned(extension.expect("an extension")));
    }
    let key = headers.get("Sec-WebSocket-Key").and_then(decode);
    set_nonce(key.unwrap_or_default());
    (offer.random(nonce), key.is_some())
}

/// What the server of a recorded exchange sent.
pub fn recorded_answer(transcript: &Transcript) -> Vec<u8> {
    transcript.bytes(Side::Server)
}

/// 16 bytes from base64.
fn decode(text: &[u8]) -> Option<[u8; 16]> {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |byte: &u8| digits.iter().position(|digit| digit == byte);
    let bits = text.strip_suffix(b"==")?.iter().map(digit);
    let number = bits.take(21).try_fold(0_u128, |number, bits| Some(number << 6 | bits? as u128))?;
    let last = digit(text.get(21)?)? as u128;
    Some((number << 2 | last >> 4).to_be_bytes())
}
