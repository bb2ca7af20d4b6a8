//! draft-ietf-hybi-00: two keys, eight bytes behind the head, and sixteen that answer them, early or late.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use std::sync::Arc;

use hybi_handshake_server::{Accept, Error, HandshakeConfig, OriginPolicy, Received, ServerHandshake, Upgrade};
use hybi_http::{Limits, Request};
use hybi_testkit::key_vectors::{
    KEY_VECTORS, KEYS_NOT_A_MULTIPLE, KEYS_TOO_LARGE, KEYS_WITHOUT_DIGIT, KEYS_WITHOUT_SPACE,
};
use hybi_testkit::{Transcript, same_for_all_cuts};
use hybi_version::Version;
use support::{error, recorded_answer, replaced, request, seen, serve, serve_whole, value, with, without};

/// The example of the Perl module and of other suites.
const GOOD: [&str; 7] = [
    "GET /demo HTTP/1.1",
    "Upgrade: WebSocket",
    "Connection: Upgrade",
    "Host: example.com",
    "Origin: http://example.com",
    "Sec-WebSocket-Key1: 18x 6]8vM;54 *(5:  {   U1]8  z [  8",
    "Sec-WebSocket-Key2: 1_ tx7X d  <  nw  334J702) 7]o}` 0",
];
const KEY3: &str = "Tm[K T2u";
const ANSWER: &str = "fQJ,fN/4F4!~K~MH";
const HEAD: &str = "HTTP/1.1 101 WebSocket Protocol Handshake\r\n\
    Upgrade: WebSocket\r\n\
    Connection: Upgrade\r\n\
    Sec-WebSocket-Origin: http://example.com\r\n\
    Sec-WebSocket-Location: ws://example.com/demo\r\n\r\n";

fn any() -> HandshakeConfig {
    HandshakeConfig::new().origins(OriginPolicy::Any)
}

fn fault(lines: &[&str]) -> Error {
    error(any(), request(lines) + KEY3)
}

#[test]
fn the_answer_in_one_piece() {
    let outcome = serve_whole(any(), request(&GOOD) + KEY3 + "\0hello");
    assert_eq!(outcome.output, HEAD.to_owned() + ANSWER);
    assert_eq!(outcome.rest, b"\0hello");
    assert!(outcome.complete);
    assert_eq!(outcome.result.unwrap().unwrap().version, Version::Hybi00);
}

#[test]
fn any_cuts_give_the_same_answer() {
    let input = request(&GOOD) + KEY3 + "\0hello\u{1F600}\0bye";
    let outcome = same_for_all_cuts(input.as_bytes(), |pieces| serve(any(), pieces));
    assert_eq!(outcome.output, HEAD.to_owned() + ANSWER);
}

/// As behind a proxy that holds the eight bytes back until it has seen the head.
#[test]
fn the_head_goes_first() {
    let mut handshake = ServerHandshake::new(Arc::new(any()));
    let (mut head, mut output) = (request(&GOOD).into_bytes(), Vec::new());
    let mut input = head.as_mut_slice();
    assert!(!handshake.receive_key3(&mut input, &mut output), "nothing was accepted");
    let Ok(Some(Received::Upgrade(upgrade))) = handshake.receive(&mut input) else { panic!("it is good") };
    handshake.accept(&upgrade, &Accept::new(), &mut output).unwrap();
    assert!(!handshake.is_complete() && handshake.awaits_key3());
    assert_eq!(core::mem::take(&mut output), HEAD.as_bytes());

    let mut pieces = [b"Tm".to_vec(), Vec::new(), b"[K T2".to_vec(), b"u\0hello".to_vec()];
    let last = pieces.len() - 1;
    for (index, piece) in pieces.iter_mut().enumerate() {
        let mut input = piece.as_mut_slice();
        assert_eq!(handshake.receive(&mut input), Ok(None), "key3 is not a request");
        assert_eq!(handshake.receive_key3(&mut input, &mut output), index == last);
        assert_eq!(input, if index == last { b"\0hello".as_slice() } else { b"" });
    }
    assert_eq!(output, ANSWER.as_bytes());
    assert!(handshake.is_complete() && !handshake.awaits_key3());
    let mut input = pieces[last].as_mut_slice();
    assert!(handshake.receive_key3(&mut input, &mut output), "it stays complete");
    assert_eq!((input.len(), output.len()), (7, 16), "and takes no more");
}

#[test]
fn published_vectors() {
    for vector in &KEY_VECTORS {
        let Some([key1, key2]) = vector.keys else { continue };
        let (key1, key2) = (format!("Sec-WebSocket-Key1: {key1}"), format!("Sec-WebSocket-Key2: {key2}"));
        let lines = replaced(&replaced(&GOOD, &key1), &key2);
        let outcome = serve_whole(any(), [request(&lines).as_bytes(), &vector.key3].concat());
        assert!(outcome.output.ends_with(&vector.answer.escape_ascii().to_string()), "{key1}");
    }
}

#[test]
fn bad_keys_are_refused_before_the_head() {
    let bad = [&KEYS_WITHOUT_SPACE[..], &KEYS_WITHOUT_DIGIT, &KEYS_NOT_A_MULTIPLE, &KEYS_TOO_LARGE].concat();
    for name in ["Sec-WebSocket-Key1", "Sec-WebSocket-Key2"] {
        for key in &bad {
            let line = format!("{name}: {key}");
            let outcome = serve_whole(any(), request(&replaced(&GOOD, &line)) + KEY3);
            assert!(matches!(outcome.result, Err(Error::Key { name: of, .. }) if of == name), "{line}");
            assert_eq!(outcome.output, "");
        }
        // One alone is not hixie75.
        assert_eq!(fault(&without(&GOOD, name)), Error::MissingKey { name });
        let again = GOOD.iter().find(|line| line.starts_with(name)).unwrap();
        assert_eq!(fault(&with(&GOOD, again)), Error::Repeated { name });
    }
}

/// The trimmed value of this key would have one space less, and another answer.
#[test]
fn spaces_at_the_ends_of_a_key_count() {
    let part = |key: &str| {
        let line = format!("Sec-WebSocket-Key1:{key}");
        let text = request(&replaced(&GOOD, &line));
        let (request, _) = Request::parse(text.as_bytes(), &Limits::default()).unwrap().unwrap();
        Upgrade::check(request, &any()).map(|upgrade| upgrade.answer_key3(*b"Tm[K T2u").unwrap())
    };
    assert_eq!(part(" 1 2 "), part(" 6 x"));
    assert!(matches!(part(" 12"), Err(Error::Key { .. })));
}

#[test]
fn a_content_length_of_eight() {
    seen(any(), request(&with(&GOOD, "Content-Length: 8")) + KEY3);
    seen(any(), request(&with(&GOOD, "Content-Length: 0")) + KEY3);
    let nine = Error::Body { name: "Content-Length", got: "9".into() };
    assert_eq!(fault(&with(&GOOD, "Content-Length: 9")), nine);
}

#[test]
fn the_draft_number() {
    seen(any(), request(&with(&GOOD, "Sec-WebSocket-Draft: 0")) + KEY3);
    assert_eq!(fault(&with(&GOOD, "Sec-WebSocket-Draft: 2")), Error::Draft { got: "2".into() });
}

#[test]
fn one_subprotocol_that_may_have_spaces() {
    let lines = with(&GOOD, "Sec-WebSocket-Protocol: one, two");
    let outcome = serve_whole(any().subprotocols(["two", "one, two"]), request(&lines) + KEY3);
    assert_eq!(value(&outcome.output, "Sec-WebSocket-Protocol"), Some("one, two"));
    assert_eq!(outcome.result.unwrap().unwrap().offered, ["one, two"]);
    assert_eq!(fault(&with(&GOOD, "Sec-WebSocket-Protocol:")), Error::Subprotocol { got: "".into() });
    assert_eq!(fault(&with(&GOOD, "Sec-WebSocket-Protocol: a\tb")), Error::Subprotocol { got: "a\\tb".into() });
    let twice = with(&with(&GOOD, "Sec-WebSocket-Protocol: a"), "Sec-WebSocket-Protocol: b");
    assert_eq!(fault(&twice), Error::Repeated { name: "Sec-WebSocket-Protocol" });
}

#[test]
fn the_location_is_the_url_that_the_client_knows() {
    let location = |config: HandshakeConfig, lines: &[&str]| {
        let output = serve_whole(config.origins(OriginPolicy::Any), request(lines) + KEY3).output;
        value(&output, "Sec-WebSocket-Location").unwrap().to_owned()
    };
    let (own, proxy) = (HandshakeConfig::new(), HandshakeConfig::new().trust_proxy(true));
    assert_eq!(location(own.clone().secure(true), &GOOD), "wss://example.com/demo");
    // The header counts if the proxy is trusted, and https alone is secure.
    let https = with(&GOOD, "X-Forwarded-Proto: https");
    assert_eq!(location(own.clone(), &https), "ws://example.com/demo");
    assert_eq!(location(proxy.clone(), &https), "wss://example.com/demo");
    assert_eq!(location(proxy.clone(), &with(&GOOD, "X-Forwarded-Proto: HTTPS, http")), "wss://example.com/demo");
    assert_eq!(location(proxy.clone(), &with(&GOOD, "X-Forwarded-Proto: http")), "ws://example.com/demo");
    assert_eq!(location(proxy, &GOOD), "ws://example.com/demo");
    // A port that is the default one is left out.
    assert_eq!(location(own.clone(), &replaced(&GOOD, "Host: example.com:8081")), "ws://example.com:8081/demo");
    assert_eq!(location(own.clone(), &replaced(&GOOD, "Host: example.com:80")), "ws://example.com/demo");
    assert_eq!(location(own.clone().secure(true), &replaced(&GOOD, "Host: [::1]:443")), "wss://[::1]/demo");
    let mut query = GOOD;
    query[0] = "GET /demo?e=mc2 HTTP/1.1";
    assert_eq!(location(own, &query), "ws://example.com/demo?e=mc2");
}

#[test]
fn without_an_origin_none_is_answered() {
    let outcome = serve_whole(HandshakeConfig::new(), request(&without(&GOOD, "Origin")) + KEY3);
    assert_eq!(value(&outcome.output, "Sec-WebSocket-Origin"), None);
    assert!(outcome.complete);
}

/// The answer of each recorded server proves that it had the same sixteen bytes.
#[test]
fn clients_and_answers_that_were_recorded() {
    for transcript in Transcript::of("hybi00") {
        let outcome = serve_whole(any(), transcript.client_bytes());
        let name = transcript.name();
        let seen = outcome.result.unwrap_or_else(|error| panic!("{name}: {error}")).unwrap();
        assert_eq!((seen.version, seen.resource_name.as_str()), (Version::Hybi00, "/echo"), "{name}");
        let (head, behind) = recorded_answer(&transcript);
        assert!(outcome.output.ends_with(&format!("\r\n\r\n{}", behind[..16].escape_ascii())), "{name}");
        for header in ["Sec-WebSocket-Origin", "Sec-WebSocket-Location"] {
            assert_eq!(value(&outcome.output, header), value(&head, header), "{name}");
        }
        assert!(outcome.complete && outcome.rest.starts_with(b"\0hello"), "{name}");
    }
}

#[test]
fn a_head_that_someone_else_answers() {
    let head = "GET /demo HTTP/1.1\r\nHost: example.com\r\nConnection: Upgrade\r\n\
        Sec-WebSocket-Key2: 12998 5 Y3 1  .P00\r\nUpgrade: WebSocket\r\n\
        Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r\nOrigin: http://example.com\r\n\r\n";
    let (request, _) = Request::parse(head.as_bytes(), &Limits::default()).unwrap().unwrap();
    let config = Arc::new(HandshakeConfig::new());
    let upgrade = Upgrade::check(request, &config).unwrap();
    assert_eq!(upgrade.answer(&Accept::new()).unwrap().status(), 101);
    let mut handshake = ServerHandshake::answered(config, &upgrade);
    assert!(handshake.awaits_key3());
    let (mut bytes, mut output) = (*b"^n:ds[4U\x00Hello\xff", Vec::new());
    let (first, second) = bytes.split_at_mut(3);
    assert!(!handshake.receive_key3(&mut &mut *first, &mut output) && output.is_empty());
    let mut input = second;
    assert!(handshake.receive_key3(&mut input, &mut output));
    assert_eq!((&output[..], &input[..]), (&b"8jKS'y:G*Co,Wxa-"[..], &b"\x00Hello\xff"[..]));
}
