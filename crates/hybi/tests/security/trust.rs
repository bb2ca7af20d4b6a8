//! Whom to believe, and whom to tell what.

use hybi::http::Response;
use hybi::{Client, ClientConfig, Error, Event, HandshakeConfig, Offer, OriginPolicy, Server, ServerConfig, Url};

use super::{accepting, answer_with, heard, upgrade};
use crate::counting::alone;

/// Next.js let an upgrade pass by the checks that other requests went through. Here a handshake is a request to decide on, with
/// all its headers, and nothing is answered before the application has answered.
#[test]
fn ghsa_c4j6_fc7j_m34r() {
    let _alone = alone();
    let head = upgrade("Authorization: none\r\n").replace("GET /chat", "GET http://internal.example/admin");
    let (mut server, mut output, mut bytes) =
        (Server::new(), Vec::new(), [head.as_bytes(), b"\x81\x80\0\0\0\0"].concat());
    let mut input = &mut bytes[..];
    let Ok(Some(Event::Request(request))) = server.receive(&mut input, &mut output) else { panic!("a request") };
    assert_eq!((request.host(), request.resource_name()), ("internal.example", "/admin"));
    assert_eq!(request.headers().get_str("Authorization"), Some("none"));
    for _ in 0..3 {
        assert!(matches!(server.receive(&mut input, &mut output), Ok(None)), "it waits");
    }
    assert!(output.is_empty() && server.connection().is_none());
    server.respond(&Response::new(403).unwrap(), b"", &mut output).unwrap();
    assert!(output.starts_with(b"HTTP/1.1 403 ") && server.is_closed());
    assert!(server.send_text("hello", &mut output).is_err());
}

/// websockets compared passwords by a comparison that ends at the first difference. Here the two proofs are compared in full,
/// in constant time; a difference in any bit is one.
#[test]
fn cve_2021_33880() {
    let _alone = alone();
    let offer = Offer::new(Url::parse("ws://a/").unwrap()).random(|bytes| bytes.fill(0));
    let hear = |answer: &str| heard(&mut Client::with(&offer, &ClientConfig::new()).unwrap(), answer);
    assert!(hear(&accepting("")).unwrap().unwrap().starts_with("Connected"));
    let accept = "ICX+Yqv66kxgM0FcWaLWlFLwTAI=";
    for at in 0..accept.len() {
        let mut other = accept.as_bytes().to_vec();
        other[at] ^= 1;
        let other = accepting("").replace(accept, core::str::from_utf8(&other).unwrap());
        assert!(matches!(hear(&other), Err(Error::ClientHandshake(_))), "{other}");
    }
    for other in ["", "ICX+", &format!("{accept}="), &accept.to_ascii_lowercase()] {
        assert!(hear(&accepting("").replace(accept, other)).is_err(), "{other}");
    }
}

/// websockets 16.1 keeps credentials from going to another host with a redirect. Here a redirect is an answer that the
/// application hears of, nothing follows it, and a URL's credentials are sent only where that is asked for.
#[test]
fn websockets_16_1() {
    let _alone = alone();
    let offer = Offer::new(Url::parse("ws://user:secret@a/").unwrap());
    let mut client = Client::with(&offer, &ClientConfig::new()).unwrap();
    let mut request = Vec::new();
    client.send_request(&mut request);
    let request = String::from_utf8(request).unwrap();
    assert!(!request.contains("Authorization") && !request.contains("secret"), "{request}");
    let event = heard(&mut client, "HTTP/1.1 302 Found\r\nLocation: ws://evil.example/\r\n\r\n").unwrap().unwrap();
    assert!(event.starts_with("Refused") && event.contains("evil.example"), "{event}");
    let mut more = Vec::new();
    client.send_request(&mut more);
    assert!(more.is_empty() && client.is_closed());
    assert!(!format!("{client:?} {offer:?}").contains("secret"), "nor into a log");
    let asked = offer.basic_auth_from_url().start().unwrap();
    assert_eq!(asked.request().headers().get_str("Authorization"), Some("Basic dXNlcjpzZWNyZXQ="));
}

/// Servers that do not look at `Origin` let any web page in with the cookies of its visitor (CWE-1385). Here pages of the same
/// origin alone may connect unless the application says otherwise, in every version, and no other header changes that.
#[test]
fn cwe_1385() {
    let _alone = alone();
    let default = ServerConfig::new();
    let head = |origin: &str| upgrade(&format!("Origin: {origin}\r\nX-Forwarded-Proto: https\r\n"));
    let status = |options: &ServerConfig, head: &str| answer_with(options, head.as_bytes()).0[9..12].to_owned();
    for good in ["http://example.com", "https://example.com", "http://EXAMPLE.com:80"] {
        assert_eq!(status(&default, &head(good)), "101", "{good}");
    }
    for bad in [
        "http://evil.example",
        "http://example.com.evil.example",
        "http://example.com:8080",
        "http://sub.example.com",
        "http://example.com@evil.example",
        "null",
        "",
        "example.com",
        "file://example.com",
        "http://evil.example http://example.com",
    ] {
        assert_eq!(status(&default, &head(bad)), "403", "{bad}");
        let of_hybi10 = head(bad).replace("Origin: ", "Sec-WebSocket-Origin: ").replace("Version: 13", "Version: 8");
        assert_eq!(status(&default, &of_hybi10), "403", "{bad}");
        let of_hixie75 = of_hybi10.replace("Sec-WebSocket-Origin", "Origin").replace("Sec-WebSocket-", "X-");
        assert_eq!(status(&default, &of_hixie75), "403", "{bad}");
    }
    assert_eq!(status(&default, &upgrade("Origin: http://example.com\r\nOrigin: http://evil.example\r\n")), "400");
    let listed = OriginPolicy::List(vec!["https://app.example".to_owned()]);
    let listed = ServerConfig::new().handshake(HandshakeConfig::new().origins(listed));
    assert_eq!(status(&listed, &head("https://app.example")), "101");
    assert_eq!(status(&listed, &head("http://example.com")), "403");
}
