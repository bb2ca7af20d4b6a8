//! Requests, as a server understands them.

use hybi::handshake_server::Error as HandshakeError;
use hybi::{Accept, Error, Event, HandshakeConfig, Server, ServerConfig, Upgrade, Version};
use hybi_testkit::same_for_all_cuts;

use crate::replay::{open_to_all, server_hears};
use crate::{KEY, KEY1, KEY2, KEY3, answer, get, old, refusal};

/// What a request says: version, resource, host, origin, offered subprotocols.
type Facts = (Version, String, String, Option<String>, Vec<String>);

pub(crate) fn facts(upgrade: &Upgrade<'_>) -> Facts {
    (
        upgrade.version(),
        upgrade.resource_name().to_owned(),
        upgrade.host().to_owned(),
        upgrade.origin().map(str::to_owned),
        upgrade.subprotocols().map(str::to_owned).collect(),
    )
}

/// What a server that trusts its proxy gets to know of a request, and whether it came with TLS; the same in all cuts.
fn understood(request: &[u8]) -> (Facts, bool) {
    let options =
        ServerConfig::new().handshake(HandshakeConfig::new().origins(hybi::OriginPolicy::Any).trust_proxy(true));
    same_for_all_cuts(request, |reads| {
        let (mut server, mut output, mut found) = (Server::with(&options), Vec::new(), None);
        for read in reads {
            let mut read = read.clone();
            if let Some(event) = server.receive(&mut &mut read[..], &mut output).unwrap() {
                let Event::Request(request) = event else { panic!("{event:?}") };
                found = Some((facts(&request), request.is_secure()));
                break;
            }
        }
        found.unwrap()
    })
}

#[test]
fn requests_are_understood() {
    let keys = [format!("Sec-WebSocket-Key1: {KEY1}"), format!("Sec-WebSocket-Key2: {KEY2}")];
    let key = format!("Sec-WebSocket-Key: {KEY}");
    let new = |lines: &[&str]| {
        get(&[&["Host: server.example.com", "Upgrade: websocket"], lines, &["Sec-WebSocket-Protocol: chat, superchat"]]
            .concat())
    };
    let (page, site, other_port) = (Some("http://example.com"), "example.com", "example.com:3000");
    let with_port = |lines: &[&str]| old(lines).replace("Host: example.com", "Host: example.com:3000");
    let hixie75 = |host, origin| (Version::Hixie75, host, origin, vec![]);
    let cases = [
        (old(&["Origin: http://example.com"]), hixie75(site, page)),
        (with_port(&["Origin: null"]), hixie75(other_port, Some("null"))),
        (
            with_port(&["Origin: null"])
                .replace("Upgrade:", "UPGRADE:")
                .replace("Connection:", "CONNECTION:")
                .replace("Host:", "HOST:")
                .replace("Origin:", "ORIGIN:"),
            hixie75(other_port, Some("null")),
        ),
        (
            with_port(&["Origin: null", "WebSocket-Protocol: sample"]),
            (Version::Hixie75, other_port, Some("null"), vec!["sample"]),
        ),
        (old(&["Origin: http://example.com", &keys[0], &keys[1]]), (Version::Hybi00, site, page, vec![])),
        (
            old(&["Origin: http://example.com", "Sec-WebSocket-Protocol: sample", &keys[0], &keys[1]]),
            (Version::Hybi00, site, page, vec!["sample"]),
        ),
        (
            new(&["Connection: Upgrade", &key, "Sec-WebSocket-Origin: http://example.com", "Sec-WebSocket-Version: 8"]),
            (Version::Hybi10, "server.example.com", page, vec!["chat", "superchat"]),
        ),
        (
            new(&["Connection: Upgrade", &key, "Origin: http://example.com", "Sec-WebSocket-Version: 13"]),
            (Version::Hybi17, "server.example.com", page, vec!["chat", "superchat"]),
        ),
        (
            new(&["Connection:keep-alive, Upgrade", &key, "Origin: http://example.com", "Sec-WebSocket-Version: 13"]),
            (Version::Hybi17, "server.example.com", page, vec!["chat", "superchat"]),
        ),
    ];
    for (request, (version, host, origin, subprotocols)) in cases {
        let expected = (
            version,
            "/demo".to_owned(),
            host.to_owned(),
            origin.map(str::to_owned),
            subprotocols.into_iter().map(str::to_owned).collect(),
        );
        assert_eq!(understood(request.as_bytes()), (expected, false), "{request}");
    }
}

/// Perl believes `X-Forwarded-Proto` of everybody, and takes an `https:` origin as well for a sign of TLS. The word of a
/// stranger and the scheme of some page say nothing about our own connection.
#[test]
fn tls_is_what_a_trusted_proxy_says_it_is() {
    let forwarded = old(&["Origin: null", "X-Forwarded-Proto: https"]);
    assert!(understood(forwarded.as_bytes()).1);
    assert!(!understood(old(&["Origin: https://example.com"]).as_bytes()).1);
    let untrusting = answer(&open_to_all(), forwarded.as_bytes(), &Accept::new());
    assert!(untrusting.contains("WebSocket-Location: ws://example.com/demo\r\n"), "{untrusting}");
}

#[test]
fn cookies_come_along() {
    let mut request = old(&["Origin: null", "Cookie: $Version=1; foo=bar; $Path=/"]).into_bytes();
    let mut server = Server::with(&open_to_all());
    let event = server.receive(&mut &mut request[..], &mut Vec::new()).unwrap();
    let Some(Event::Request(request)) = event else { panic!("{event:?}") };
    assert_eq!(request.cookie("foo"), Some("bar"));
}

/// draft-hixie-75 has nothing between head and frames. Perl refuses what is there when the head is parsed; to the draft it is
/// the beginning of a frame.
#[test]
fn bytes_behind_the_head_are_frames() {
    let head = old(&["Origin: http://example.com"]);
    let (log, _) = server_hears(&open_to_all(), format!("{head}foo").as_bytes());
    assert_eq!(log, ["request /demo draft-hixie-75", "connected draft-hixie-75 None []"]);
    let behind = [head.as_bytes(), b"foo\xff\x00bar\xff"].concat();
    assert_eq!(server_hears(&open_to_all(), &behind).0[2..], ["text bar"], "a frame of type `f`, and one of text");
}

#[test]
fn broken_requests_are_refused() {
    let bar = old(&["Origin: http://example.com"]).replace("Connection: Upgrade", "Connection: Bar");
    assert_eq!(refusal(bar.as_bytes()), ("400".into(), Error::ServerHandshake(HandshakeError::MissingConnection)));
    // Perl says so when it has the line, we when we have the head.
    let (status, error) = refusal(b"GET /demo\r\n\r\n");
    assert_eq!(status, "400");
    assert!(matches!(error, Error::ServerHandshake(HandshakeError::Http(_))), "{error:?}");
}

/// Perl takes a key without a number for version 8. The header is required in hybi-10 §5.1 as in RFC 6455 §4.1.
#[test]
fn a_key_without_a_number_is_no_version() {
    let key = format!("Sec-WebSocket-Key: {KEY}");
    let request = old(&["Sec-WebSocket-Origin: http://example.com", &key]);
    let (_, error) = refusal(request.as_bytes());
    assert_eq!(error, Error::ServerHandshake(HandshakeError::MissingVersion));
}

/// Perl counts no spaces as none, and divides by it. The draft fails such a key, and one whose number is no multiple.
#[test]
fn keys_that_can_not_be_divided_are_refused() {
    for bad in ["155712099", "1 2 3", "a b"] {
        let keys = [format!("Sec-WebSocket-Key1: {bad}"), format!("Sec-WebSocket-Key2: {KEY2}")];
        let request = [old(&["Origin: http://example.com", &keys[0], &keys[1]]).as_bytes(), &KEY3].concat();
        let (status, error) = refusal(&request);
        assert_eq!(status, "400", "{bad}");
        assert!(matches!(error, Error::ServerHandshake(HandshakeError::Key { .. })), "{bad}: {error:?}");
    }
}
