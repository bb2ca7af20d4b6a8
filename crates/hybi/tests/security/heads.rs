//! Heads that are too long, too many, or not what they seem.

use hybi::http::{Error as HttpError, Limits, Request, Response};
use hybi::{Client, ClientConfig, Error, Offer, Server, Url};

use super::{accepting, answer, heard, status, upgrade};
use crate::counting::{alone, counted};

/// tungstenite parsed a head anew with each read, and without a limit. Here each byte of a head is looked at once, however it
/// is cut (the unit tests of `hybi-http` count that), and bytes, headers and target have a limit each, with a status of its own.
#[test]
fn cve_2023_43669() {
    let _alone = alone();
    let bytes = Limits::default().head_bytes;
    assert_eq!(status(upgrade(&format!("X: {}\r\n", "x".repeat(bytes)))), 431);
    assert_eq!(status(upgrade(&"X: y\r\n".repeat(Limits::default().headers))), 431);
    assert_eq!(status(format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "x".repeat(9000))), 414);

    let (mut server, mut output, mut taken) = (Server::new(), Vec::new(), 0);
    let endless = [&b"GET / HTTP/1.1\r\nX: "[..], &vec![b'x'; 2 * bytes]].concat();
    let (error, count) = counted(|| {
        endless.iter().find_map(|byte| {
            taken += 1;
            server.receive(&mut &mut [*byte][..], &mut output).err()
        })
    });
    assert_eq!(
        error,
        Some(Error::ServerHandshake(hybi::handshake_server::Error::Http(HttpError::HeadTooLarge { limit: bytes })))
    );
    assert_eq!(taken, bytes + 1);
    assert!(count.requests < 100 && count.bytes < 4 * bytes + 32 * 1024, "{count:?}");
}

/// ws left out the headers beyond its limit, missed the one that it needed, and fell over that. Here too many headers are an
/// error, at both ends, and a header that is not there is an answer and not a crash.
#[test]
fn cve_2024_37890() {
    let _alone = alone();
    let many = "X: y\r\n".repeat(Limits::default().headers);
    let head = format!("GET / HTTP/1.1\r\nHost: a\r\n{many}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    assert_eq!(status(head), 431);
    let offer = Offer::new(Url::parse("ws://a/").unwrap()).random(|bytes| bytes.fill(0));
    let mut client = Client::with(&offer, &ClientConfig::new()).unwrap();
    let expected = HttpError::TooManyHeaders { limit: Limits::default().headers };
    assert_eq!(
        heard(&mut client, &accepting(&many)),
        Err(Error::ClientHandshake(hybi::handshake_client::Error::Http(expected)))
    );
    let good = upgrade("");
    for line in good.split_inclusive("\r\n").filter(|line| line.contains(": ")) {
        assert_ne!(status(good.replace(line, "")), 101, "{line}");
    }
}

/// Granian passed the bytes of `Sec-WebSocket-Protocol` to something that panicked. Here every byte in every header of a
/// handshake has an answer.
#[test]
fn granian_advisory() {
    let _alone = alone();
    let more =
        "Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Extensions: a\r\nOrigin: http://a\r\nX-Forwarded-Proto: a\r\n";
    let old = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nOrigin: http://a\r\n\
        Sec-WebSocket-Draft: 0\r\nSec-WebSocket-Key1: 3e6b263  4 17 80\r\nSec-WebSocket-Key2: 17  9 G`ZD9   2 2b 7X 3 /r90\r\n\r\n";
    for head in [upgrade(more), old.to_owned()] {
        for (at, _) in head.match_indices(": ") {
            for byte in 0..=u8::MAX {
                let mut bytes = head.clone().into_bytes();
                bytes.insert(at + 2, byte);
                let (output, error) = answer(&bytes);
                assert!(output.starts_with("HTTP/1.1 ") || error.is_none(), "{}", bytes.escape_ascii());
            }
        }
    }
    assert_eq!(status(upgrade("Sec-WebSocket-Protocol: caf\u{e9}\r\n")), 400);
}

/// httpd took a WebSocket upgrade over HTTP/2 for one over HTTP/1. Here there is HTTP/1.1 alone: what speaks HTTP/2 is told
/// so, and an upgrade to it is no handshake of ours.
#[test]
fn cve_2024_36387() {
    let _alone = alone();
    assert_eq!(status("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505);
    assert_eq!(status(upgrade("").replace("HTTP/1.1", "HTTP/2.0")), 505);
    assert_eq!(status(upgrade("").replace("Upgrade: websocket", "Upgrade: h2c")), 400);
    assert_eq!(status(upgrade("").replace("GET", "CONNECT")), 405);
}

/// undici wrote line ends of its user into a head. Here all that goes into a head passes a check, and what does not pass it
/// leaves the head as it was.
#[test]
fn cve_2026_1527() {
    let _alone = alone();
    for bad in ["a\r\nX-Injected: b", "a\nb", "a\rb", "a\0b", "a\u{7f}", "\u{10a}"] {
        let (mut request, mut response) = (Request::new("GET", "/").unwrap(), Response::new(200).unwrap());
        assert!(Request::new(bad, "/").is_err() && Request::new("GET", bad).is_err());
        assert!(Response::with_reason(200, bad).is_err());
        for (name, value) in [("X", bad), (bad, "x"), ("Upgrade", bad)] {
            assert!(request.push_header(name, value).is_err() && request.set_header(name, value).is_err());
            assert!(response.push_header(name, value).is_err());
        }
        assert_eq!(request.as_bytes(), b"GET / HTTP/1.1\r\n\r\n");
        let offer = || Offer::new(Url::parse("ws://a/").unwrap());
        for offer in [
            offer().subprotocol(bad),
            offer().origin(bad),
            offer().header("X", bad),
            offer().header(bad, "x"),
            offer().cookie("a", bad),
            offer().cookie(bad, "a"),
        ] {
            assert!(offer.start().is_err(), "{bad:?} in {offer:?}");
        }
        let (mut server, mut output, mut head) = (Server::new(), Vec::new(), upgrade("").into_bytes());
        let mut input = &mut head[..];
        let Ok(Some(hybi::Event::Request(request))) = server.receive(&mut input, &mut output) else {
            panic!("a good request")
        };
        for accept in [hybi::Accept::new().header("X", bad), hybi::Accept::new().header(bad, "x")] {
            assert!(server.accept_with(&request, accept, &mut output).is_err());
        }
        assert!(output.is_empty(), "nothing was written");
    }
}
