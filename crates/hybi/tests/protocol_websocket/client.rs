//! A client's requests, and what it makes of answers.

use hybi::handshake_client::Error as HandshakeError;
use hybi::http::{HeadReader, Limits};
use hybi::{Client, ClientConfig, Error, Offer, Server, Url, Version};
use hybi_testkit::{random, same_for_all_cuts};

use crate::pair::{Log, listen, serve};
use crate::replay::open_to_all;
use crate::{ACCEPT, KEY};

fn offer(url: &str, version: Version) -> Offer {
    Offer::new(Url::parse(url).unwrap()).version(version).random(random::counting)
}

fn request(offer: &Offer) -> Vec<u8> {
    let mut output = Vec::new();
    Client::with(offer, &ClientConfig::new()).unwrap().send_request(&mut output);
    output
}

/// What a client understands of an answer, or what is wrong with it; the same in all cuts.
fn heard(offer: &Offer, answer: &[u8]) -> Result<Log, Error> {
    same_for_all_cuts(answer, |reads| {
        let (mut client, mut log) = (Client::with(offer, &ClientConfig::new()).unwrap(), Log::new());
        client.send_request(&mut Vec::new());
        for read in reads {
            listen(&mut client, &mut read.clone(), &mut Vec::new(), &mut log)?;
        }
        Ok(log)
    })
}

#[test]
fn a_request_of_hixie75_to_the_byte() {
    let demo = || offer("ws://example.com/demo", Version::Hixie75);
    let cases = [
        (demo(), "http://example.com", ""),
        (demo().subprotocol("sample"), "http://example.com", "WebSocket-Protocol: sample\r\n"),
        (offer("wss://example.com/demo", Version::Hixie75), "https://example.com", ""),
    ];
    for (offer, origin, protocol) in cases {
        let expected = format!(
            "GET /demo HTTP/1.1\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nHost: example.com\r\nOrigin: {origin}\r\n\
             {protocol}\r\n"
        );
        assert_eq!(String::from_utf8(request(&offer)).unwrap(), expected);
    }
}

/// Keys and the eight bytes are made anew each time. Perl always sends `Content-Length: 8`, which the draft has not; we send it
/// when asked to.
#[test]
fn a_request_of_hybi00_but_for_its_keys() {
    let cases = [
        (offer("ws://example.com/demo", Version::Hybi00), "/demo", ""),
        (offer("ws://example.com", Version::Hybi00), "/", ""),
        (
            offer("ws://example.com/demo", Version::Hybi00).subprotocol("sample"),
            "/demo",
            "Sec-WebSocket-Protocol: sample\r\n",
        ),
    ];
    for (offer, resource, protocol) in cases {
        for (offer, length) in [(offer.clone(), ""), (offer.announce_key3(), "Content-Length: 8\r\n")] {
            let started = offer.start().unwrap();
            let key = |name| started.request().headers().get_str(name).unwrap();
            let (key1, key2) = (key("Sec-WebSocket-Key1"), key("Sec-WebSocket-Key2"));
            let head = format!(
                "GET {resource} HTTP/1.1\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nHost: example.com\r\n\
                 Origin: http://example.com\r\n{protocol}Sec-WebSocket-Key1: {key1}\r\nSec-WebSocket-Key2: {key2}\r\n\
                 {length}\r\n"
            );
            let expected = [head.as_bytes(), &started.key3().unwrap()].concat();
            assert_eq!(request(&offer).escape_ascii().to_string(), expected.escape_ascii().to_string());
        }
    }
}

/// The order of headers is free here, and the case of `websocket` is; Perl writes it as in hybi-00. Perl makes up an origin
/// from the URL; we leave it to the caller, as a client that is no browser needs none (RFC 6455 §4.1, item 8).
#[test]
fn a_request_of_hybi10_or_hybi17() {
    for (version, number, origin) in [(Version::Hybi10, 8, "Sec-WebSocket-Origin"), (Version::Hybi17, 13, "Origin")] {
        let plain = offer("ws://example.com/demo", version)
            .random(|bytes| bytes.copy_from_slice(b"the sample nonce"))
            .origin("http://example.com");
        let cases = [
            (plain.clone().cookie("foo", "bar").cookie("alice", "bob"), "Cookie: foo=bar; alice=bob"),
            (plain.subprotocol("chat").subprotocol("superchat"), "Sec-WebSocket-Protocol: chat, superchat"),
        ];
        for (offer, more) in cases {
            let sent = String::from_utf8(request(&offer)).unwrap();
            let mut lines: Vec<_> = sent.strip_suffix("\r\n\r\n").unwrap().split("\r\n").collect();
            assert_eq!(lines.remove(0), "GET /demo HTTP/1.1");
            let (key, number) = (format!("Sec-WebSocket-Key: {KEY}"), format!("Sec-WebSocket-Version: {number}"));
            let origin = format!("{origin}: http://example.com");
            let mut expected =
                vec!["Upgrade: websocket", "Connection: Upgrade", "Host: example.com", more, &origin, &key, &number];
            lines.sort_unstable();
            expected.sort_unstable();
            assert_eq!(lines, expected);
            let answer = format!(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                 Sec-WebSocket-Accept: {ACCEPT}\r\n\r\n"
            );
            assert_eq!(heard(&offer, answer.as_bytes()).unwrap(), [format!("connected {version} None []")]);
            let chosen = answer.replace("\r\n\r\n", "\r\nSec-WebSocket-Protocol: chat\r\n\r\n");
            let expected = if more.ends_with("superchat") {
                Ok(vec![format!("connected {version} Some(\"chat\") []")])
            } else {
                // Perl does not look whether it was offered.
                Err(Error::ClientHandshake(HandshakeError::SubprotocolNotOffered { got: "chat".into() }))
            };
            assert_eq!(heard(&offer, chosen.as_bytes()), expected);
        }
    }
}

/// The status text is Perl's, not the draft's: a client goes by the number.
#[test]
fn answers_of_hixie75_are_understood() {
    let answer = |protocol: &str| {
        let head = format!(
            "HTTP/1.1 101 WebSocket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n{protocol}\
             WebSocket-Origin: file://\r\nWebSocket-Location: ws://example.com/demo\r\n\r\n"
        );
        [head.as_bytes(), b"\x00foo\xff"].concat()
    };
    let offer = offer("ws://example.com/demo", Version::Hixie75).origin("file://");
    assert_eq!(heard(&offer, &answer("")).unwrap(), ["connected draft-hixie-75 None []", "text foo"]);
    assert_eq!(
        heard(&offer.subprotocol("sample"), &answer("WebSocket-Protocol: sample\r\n")).unwrap(),
        ["connected draft-hixie-75 Some(\"sample\") []", "text foo"]
    );
}

/// Perl does not compare the sixteen bytes; hybi-00 §4.1 has the client fail with others than it expects.
#[test]
fn answers_of_hybi00_are_compared() {
    for (protocol, agreed) in [(None, "None"), (Some("sample"), "Some(\"sample\")")] {
        let offer = offer("ws://example.com/demo", Version::Hybi00).origin("file://");
        let offer = match protocol {
            Some(protocol) => offer.subprotocol(protocol),
            None => offer,
        };
        let line = protocol.map_or(String::new(), |it| format!("Sec-WebSocket-Protocol: {it}\r\n"));
        let head = format!(
            "HTTP/1.1 101 WebSocket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n{line}\
             Sec-WebSocket-Origin: file://\r\nSec-WebSocket-Location: ws://example.com/demo\r\n\r\n"
        );
        let wrong = [head.as_bytes(), b"0st3Rl&q-2ZU^weu\x00foo\xff"].concat();
        let error = heard(&offer, &wrong).unwrap_err();
        assert!(matches!(error, Error::ClientHandshake(HandshakeError::Checksum { .. })), "{error:?}");

        let (mut server, mut output) = (Server::with(&open_to_all()), Vec::new());
        serve(&mut server, &mut request(&offer), &mut output, &mut Log::new()).unwrap();
        let right = [head.as_bytes(), &output[output.len() - 16..], b"\x00foo\xff"].concat();
        let expected = [format!("connected draft-ietf-hybi-00 {agreed} []"), "text foo".to_owned()];
        assert_eq!(heard(&offer, &right).unwrap(), expected);
    }
}

/// Perl says so when it has the line, we when we have the head.
#[test]
fn what_is_no_answer() {
    let offer = offer("ws://example.com", Version::Hybi17);
    assert_eq!(heard(&offer, b"HTTP/1.1 101 WebSocket Protocol Handshake\r\n"), Ok(vec![]));
    let error = heard(&offer, b"HTTP/1.0 foo bar\r\n\r\n").unwrap_err();
    assert!(matches!(error, Error::ClientHandshake(HandshakeError::Http(_))), "{error:?}");
}

/// Perl joins the values of repeated headers with a comma; here they are one by one. A line end among the sixteen bytes is not
/// one of the head's.
#[test]
fn a_head_ends_where_it_ends() {
    let answer = b"HTTP/1.1 101 WebSocket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n\
        Sec-WebSocket-Origin: file://\r\nSec-WebSocket-Location: ws://example.com/demo\r\nX-Foo: bar\r\nX-Foo: baz\r\n\r\n\
        0st\r\nl&q-2ZU^weu";
    let (_, fields, rest) = same_for_all_cuts(answer, |reads| {
        let (mut reader, mut found, mut rest) = (HeadReader::new(Limits::default()), None, Vec::new());
        for read in reads {
            let mut read = read.clone();
            let mut input = &mut read[..];
            if found.is_none()
                && let Some(response) = reader.response(&mut input).unwrap()
            {
                let fields = response.headers().get_all("x-foo").map(<[u8]>::to_vec).collect::<Vec<_>>();
                assert_eq!(response.headers().get_str("connection"), Some("Upgrade"));
                found = Some((response.status(), fields));
            }
            rest.extend_from_slice(input);
        }
        let (status, fields) = found.unwrap();
        (status, fields, rest)
    });
    assert_eq!(fields, [b"bar", b"baz"]);
    assert_eq!(rest, b"0st\r\nl&q-2ZU^weu");
}
