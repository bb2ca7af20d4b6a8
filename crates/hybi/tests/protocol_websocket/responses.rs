//! A server's answers, to the byte.

use hybi::http::SetCookie;
use hybi::{Accept, Event, HandshakeConfig, OriginPolicy, Server, ServerConfig};

use crate::replay::open_to_all;
use crate::{ACCEPT, CHECKSUM, KEY, KEY1, KEY2, KEY3, answer, get, old};

fn secure() -> ServerConfig {
    ServerConfig::new().handshake(HandshakeConfig::new().origins(OriginPolicy::Any).secure(true))
}

/// The status text of hixie-75 §4.1 is `Web Socket Protocol Handshake`, in three words at the front; Perl has two. Perl puts
/// the subprotocol before origin and location, the draft behind them; and it writes cookies with the `Version` of RFC 2965,
/// which RFC 6265 took out.
#[test]
fn hixie75() {
    let root = |request: String| request.replace("/demo", "/");
    let cookie = SetCookie::new("foo", "bar").with_path("/").header_value().unwrap();
    let page = "Origin: http://example.com";
    let (plain, tls) = (open_to_all(), secure());
    let cases = [
        (&plain, root(old(&[page])), Accept::new(), "http://example.com", "ws://example.com/", ""),
        (
            &plain,
            root(old(&[page, "WebSocket-Protocol: sample"])),
            Accept::new().subprotocol("sample"),
            "http://example.com",
            "ws://example.com/",
            "WebSocket-Protocol: sample\r\n",
        ),
        (
            &tls,
            root(old(&["Origin: https://example.com"])),
            Accept::new(),
            "https://example.com",
            "wss://example.com/",
            "",
        ),
        (
            &plain,
            old(&["Origin: file://"]),
            Accept::new().header("Set-Cookie", &cookie),
            "file://",
            "ws://example.com/demo",
            "Set-Cookie: foo=bar; Path=/\r\n",
        ),
    ];
    for (options, request, accept, origin, location, rest) in cases {
        let expected = format!(
            "HTTP/1.1 101 Web Socket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n\
             WebSocket-Origin: {origin}\r\nWebSocket-Location: {location}\r\n{rest}\r\n"
        );
        assert_eq!(answer(options, request.as_bytes(), &accept), expected);
    }
}

/// Perl puts the subprotocol before origin and location; hybi-00 §5.2 names it behind them.
#[test]
fn hybi00() {
    // The parts are 777007543 and 114997259; one space leaves a number as it is.
    let parts = ("777007 543", "1149 97259", *b"\x47\x30\x22\x2d\x5a\x3f\x47\x58");
    let answer_of_parts = "0st3Rl&q-2ZU^weu";
    let own = (KEY1, KEY2, KEY3);
    let (plain, tls) = (open_to_all(), secure());
    let cases = [
        (&plain, parts, "file://", None, "ws", answer_of_parts),
        (&plain, parts, "file://", Some("sample"), "ws", answer_of_parts),
        (&tls, parts, "file://", None, "wss", answer_of_parts),
        (&tls, parts, "http://", None, "wss", answer_of_parts),
        (&plain, own, "file://", None, "ws", CHECKSUM),
        (&plain, own, "http://example.com", None, "ws", CHECKSUM),
    ];
    for (options, (key1, key2, key3), origin, subprotocol, scheme, checksum) in cases {
        let mut lines = vec![
            format!("Origin: {origin}"),
            format!("Sec-WebSocket-Key1: {key1}"),
            format!("Sec-WebSocket-Key2: {key2}"),
        ];
        lines.extend(subprotocol.map(|subprotocol| format!("Sec-WebSocket-Protocol: {subprotocol}")));
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let request = [old(&lines).as_bytes(), &key3].concat();
        let accept = subprotocol.map_or(Accept::new(), |subprotocol| Accept::new().subprotocol(subprotocol));
        let protocol = subprotocol.map_or(String::new(), |it| format!("Sec-WebSocket-Protocol: {it}\r\n"));
        let expected = format!(
            "HTTP/1.1 101 WebSocket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Origin: {origin}\r\nSec-WebSocket-Location: {scheme}://example.com/demo\r\n{protocol}\r\n\
             {checksum}"
        );
        assert_eq!(answer(options, &request, &accept), expected);
    }
}

/// The sixteen bytes are not text in general.
#[test]
fn hybi00_with_short_keys() {
    let lines = ["Origin: http://example.com", "Sec-WebSocket-Key1: 55 997", "Sec-WebSocket-Key2: 3  3  64  98"];
    let mut request = [old(&lines).as_bytes(), b"\x00\x09\x68\x32\x00\x78\xc7\x10"].concat();
    let (mut server, mut output) = (Server::with(&open_to_all()), Vec::new());
    crate::pair::serve(&mut server, &mut request, &mut output, &mut Vec::new()).unwrap();
    assert!(output.ends_with(b"\r\n\r\n\xc4\x15\xc2\xc8\x29\x5c\x94\x8a\x95\xb9\x4d\xec\x5b\x1d\x33\xce"));
}

#[test]
fn hybi00_where_the_eight_bytes_come_late() {
    let keys = [format!("Sec-WebSocket-Key1: {KEY1}"), format!("Sec-WebSocket-Key2: {KEY2}")];
    let mut head = old(&["Origin: http://example.com", &keys[0], &keys[1]]).into_bytes();
    let (mut server, mut output, mut key3) = (Server::with(&open_to_all()), Vec::new(), KEY3);
    crate::pair::serve(&mut server, &mut head, &mut output, &mut Vec::new()).unwrap();
    assert!(output.ends_with(b"Sec-WebSocket-Location: ws://example.com/demo\r\n\r\n"));
    output.clear();
    let event = server.receive(&mut &mut key3[..], &mut output).unwrap();
    assert!(matches!(event, Some(Event::Connected(_))), "{event:?}");
    assert_eq!(output, CHECKSUM.as_bytes());
}

/// Perl answers these two with the status text and the `Upgrade: WebSocket` of hybi-00. In hybi-10 §5.2.2 and in RFC 6455
/// §4.2.2 the value is `websocket`, and the text that of HTTP.
#[test]
fn hybi10_and_hybi17() {
    let key = format!("Sec-WebSocket-Key: {KEY}");
    for (number, origin) in [("8", "Sec-WebSocket-Origin"), ("13", "Origin")] {
        let (origin, number) = (format!("{origin}: http://example.com"), format!("Sec-WebSocket-Version: {number}"));
        for subprotocol in [None, Some("chat")] {
            let mut lines =
                vec!["Upgrade: websocket", "Connection: Upgrade", "Host: example.com", &origin, &key, &number];
            lines.extend(subprotocol.map(|_| "Sec-WebSocket-Protocol: chat, superchat"));
            let accept = subprotocol.map_or(Accept::new(), |chat| Accept::new().subprotocol(chat));
            let protocol = subprotocol.map_or("", |_| "Sec-WebSocket-Protocol: chat\r\n");
            let expected = format!(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                 Sec-WebSocket-Accept: {ACCEPT}\r\n{protocol}\r\n"
            );
            assert_eq!(answer(&open_to_all(), get(&lines).as_bytes(), &accept), expected);
        }
    }
}
