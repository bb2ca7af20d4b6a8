//! draft-ietf-hybi-00: keys and eight bytes out, a head and sixteen bytes in, together or not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_challenge::{Checksum, key_part};
use hybi_handshake_client::{ClientHandshake, Error, Offer};
use hybi_http::Extension;
use hybi_testkit::{Transcript, random, same_for_all_cuts};
use hybi_version::Version;
use support::{Told, error, feed, head, offer, recorded_answer, recorded_offer, replaced, with, without};

const GOOD: [&str; 5] = [
    "HTTP/1.1 101 WebSocket Protocol Handshake",
    "Upgrade: WebSocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Origin: http://example.com",
    "Sec-WebSocket-Location: ws://example.com/demo",
];

fn sample() -> Offer {
    offer("ws://example.com/demo").version(Version::Hybi00)
}

/// The sixteen bytes that answer a request.
fn checksum(handshake: &ClientHandshake) -> [u8; 16] {
    let headers = handshake.request().headers();
    let part = |name| key_part(headers.get_raw(name).unwrap()).unwrap();
    let key3 = handshake.key3().unwrap();
    *Checksum::new(part("Sec-WebSocket-Key1"), part("Sec-WebSocket-Key2"), key3).as_bytes()
}

fn fault(offer: &Offer, lines: &[&str]) -> Error {
    let handshake = offer.start().unwrap();
    let answer = [head(lines).as_bytes(), &checksum(&handshake)].concat();
    feed(handshake, &[answer]).result.unwrap_err()
}

fn good(offer: &Offer, lines: &[&str]) -> Option<String> {
    let handshake = offer.start().unwrap();
    let answer = [head(lines).as_bytes(), &checksum(&handshake)].concat();
    match feed(handshake, &[answer]).result {
        Ok(Some(Told::Accepted(agreed, _))) => agreed.subprotocol,
        other => panic!("expected an answer that accepts, got {other:?}"),
    }
}

#[test]
fn the_request_in_its_order() {
    let mut output = Vec::new();
    let handshake = sample().subprotocol("a sample").cookie("a", "b").start().unwrap();
    handshake.send_request(&mut output);
    let (head, key3) = output.split_at(output.len() - 8);
    assert_eq!(key3, handshake.key3().unwrap());
    assert_eq!(head, handshake.request().as_bytes());
    let lines: Vec<_> = core::str::from_utf8(head).unwrap().lines().collect();
    let expected = [
        "GET /demo HTTP/1.1",
        "Upgrade: WebSocket",
        "Connection: Upgrade",
        "Host: example.com",
        "Origin: http://example.com",
        "Sec-WebSocket-Protocol: a sample",
    ];
    assert_eq!(lines[..6], expected);
    assert!(lines[6].starts_with("Sec-WebSocket-Key1: ") && lines[7].starts_with("Sec-WebSocket-Key2: "));
    assert_eq!(lines[8..], ["Cookie: a=b", ""]);
}

#[test]
fn the_length_of_key3_is_announced_on_demand() {
    let has_length = |offer: Offer| offer.start().unwrap().request().headers().get_str("Content-Length") == Some("8");
    assert!(!has_length(sample()));
    assert!(has_length(sample().announce_key3()));
}

#[test]
fn keys_of_many_kinds_are_answered() {
    for fill in [random::zeros, random::counting, random::rfc6455_mask] {
        assert_eq!(good(&sample().random(fill), &GOOD), None);
    }
    for _ in 0..200 {
        assert_eq!(good(&sample(), &GOOD), None);
    }
}

#[test]
fn any_cuts_give_the_same_answer() {
    let start = || sample().random(random::counting).start().unwrap();
    let answer = [head(&GOOD).as_bytes(), &checksum(&start()), b"\0hello"].concat();
    let outcome = same_for_all_cuts(&answer, |pieces| feed(start(), pieces));
    assert!(matches!(outcome.result, Ok(Some(Told::Accepted(..)))));
    assert_eq!(outcome.rest, b"\0hello");
}

#[test]
fn the_head_may_come_alone() {
    let mut handshake = sample().start().unwrap();
    let request = handshake.retained_bytes();
    let (mut head, mut sum) = (head(&GOOD).into_bytes(), checksum(&handshake));
    assert_eq!(handshake.receive(&mut head.as_mut_slice()), Ok(None));
    assert!(!handshake.is_complete() && handshake.retained_bytes() > request);
    let (early, late) = sum.split_at_mut(15);
    assert_eq!(handshake.receive(&mut &mut *early), Ok(None));
    assert!(handshake.receive(&mut &mut *late).unwrap().is_some());
    assert!(handshake.is_complete());
    assert_eq!(handshake.retained_bytes(), request);
}

#[test]
fn all_sixteen_bytes_count() {
    for place in 0..16 {
        for cut in [0, 1, 16] {
            let handshake = sample().start().unwrap();
            let expected = checksum(&handshake);
            let mut got = expected;
            got[place] ^= 1;
            let answer = [head(&GOOD).as_bytes(), &got].concat();
            let (early, late) = answer.split_at(answer.len() - cut);
            let result = feed(handshake, &[early.to_vec(), late.to_vec()]).result;
            assert_eq!(result, Err(Error::Checksum { got, expected }));
        }
    }
}

#[test]
fn origin_and_location_are_repeated() {
    assert_eq!(good(&sample(), &replaced(&GOOD, "Sec-WebSocket-Origin: HTTP://EXAMPLE.COM")), None);
    for (name, missing) in
        [("Sec-WebSocket-Origin", Error::MissingOrigin), ("Sec-WebSocket-Location", Error::MissingLocation)]
    {
        assert_eq!(fault(&sample(), &without(&GOOD, name)), missing);
        let again = GOOD.iter().find(|line| line.starts_with(name)).unwrap();
        assert_eq!(fault(&sample(), &with(&GOOD, again)), Error::Repeated { name });
    }
    let other = Error::Origin { got: "http://evil.example".into(), expected: "http://example.com".into() };
    assert_eq!(fault(&sample(), &replaced(&GOOD, "Sec-WebSocket-Origin: http://evil.example")), other);
    for got in ["ws://example.com/", "ws://example.com:80/demo", "wss://example.com/demo", "ws://example.com/Demo"] {
        let line = format!("Sec-WebSocket-Location: {got}");
        let expected = "ws://example.com/demo".into();
        assert_eq!(fault(&sample(), &replaced(&GOOD, &line)), Error::Location { got: got.into(), expected });
    }
    // What was sent counts, and the URL has its port and its query.
    let offer = offer("wss://user:password@example.com:8081/demo?e=mc2").version(Version::Hybi00).origin("null");
    let lines = [&GOOD[..3], &["Sec-WebSocket-Origin: null"]].concat();
    assert_eq!(good(&offer, &with(&lines, "Sec-WebSocket-Location: wss://example.com:8081/demo?e=mc2")), None);
}

#[test]
fn the_subprotocol_is_repeated() {
    let asked = sample().subprotocol("a sample");
    assert_eq!(good(&asked, &with(&GOOD, "Sec-WebSocket-Protocol: a sample")).as_deref(), Some("a sample"));
    assert_eq!(fault(&asked, &GOOD), Error::MissingSubprotocol);
    let other = Error::SubprotocolNotOffered { got: "other".into() };
    assert_eq!(fault(&asked, &with(&GOOD, "Sec-WebSocket-Protocol: other")), other);
    // Where none was asked for, the header has no meaning.
    assert_eq!(good(&sample(), &with(&GOOD, "Sec-WebSocket-Protocol: *")), None);
}

#[test]
fn what_the_version_has_not() {
    let version = Version::Hybi00;
    let two = sample().subprotocol("a").subprotocol("b");
    assert_eq!(two.start().unwrap_err(), Error::ManySubprotocols { version });
    let deflate = Extension::new("permessage-deflate").unwrap();
    assert_eq!(sample().extension(deflate).start().unwrap_err(), Error::NoExtensions { version });
    for got in ["", " a", "a ", "a\tb", "\u{e9}"] {
        assert!(matches!(sample().subprotocol(got).start(), Err(Error::Subprotocol { .. })), "{got:?}");
    }
}

/// The keys of a recorded client cannot be had again, so the recorded head goes with the bytes that answer ours; and the
/// recorded bytes, which answer other keys, are refused.
#[test]
fn servers_that_were_recorded() {
    for transcript in Transcript::of("hybi00") {
        let name = transcript.name();
        let (offer, _) = recorded_offer(&transcript);
        let offer = offer.version(Version::Hybi00).random(random::counting);
        let recorded = recorded_answer(&transcript);
        assert!(matches!(error(&offer, &recorded), Error::Checksum { .. }), "{name}");
        let handshake = offer.start().unwrap();
        let end = recorded.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
        let answer = [&recorded[..end], &checksum(&handshake), &recorded[end + 16..]].concat();
        let outcome = feed(handshake, &[answer]);
        assert!(matches!(outcome.result, Ok(Some(Told::Accepted(..)))), "{name}: {outcome:?}");
        assert!(outcome.rest.starts_with(b"\0hello"), "{name}");
    }
}
