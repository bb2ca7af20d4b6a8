//! Handshakes from any texts: a request or an answer that can be written has what was asked for, and nothing slips in.

use hybi::http::{Extension, Limits, Response};
use hybi::{Accept, HandshakeConfig, Offer, OriginPolicy, Upgrade, Url, Version};

use crate::http_request;
use crate::input::Input;

/// A version, and then what an application wants of its handshake.
pub fn check_handshake_build(data: &[u8]) {
    let mut input = Input::new(data);
    let version = Version::ALL[input.below(4)];
    let offer = Offer::new(Url::parse("ws://example.com/chat").expect("a good one")).version(version);
    if input.flag() { ask(offer, input) } else { answer(&offer, input) }
}

fn ask(mut offer: Offer, mut input: Input<'_>) {
    let mut asked = Vec::new();
    while !input.is_empty() {
        let (choice, text) = (input.byte(), input.text());
        offer = match choice % 6 {
            0 => offer.subprotocol(text),
            1 => offer.origin(text),
            2 => offer.cookie(text, input.text()),
            3 => offer.basic_auth_from_url(),
            4 => match Extension::new(text.to_owned()) {
                Ok(extension) => offer.extension(extension),
                Err(_) => offer,
            },
            _ => {
                asked.push(text);
                offer.header(text, input.text())
            }
        };
    }
    let Ok(handshake) = offer.start() else { return };
    let request = handshake.request();
    http_request::same_when_parsed(request);
    assert_eq!((request.method(), request.target()), ("GET", "/chat"));
    // What nobody asked for is of the handshake, and there once.
    let mut left = asked.clone();
    let own = request.headers().iter().map(|(name, _)| name).filter(|name| {
        let place = left.iter().position(|asked| asked == name);
        place.map(|place| left.remove(place)).is_none()
    });
    let mut own: Vec<_> = own.collect();
    assert!(own.iter().all(|name| OF_HANDSHAKE.contains(name)), "{own:?}");
    let count = own.len();
    own.sort_unstable();
    own.dedup();
    assert!(left.is_empty() && own.len() == count, "{own:?}");
    // A server takes it.
    let server = HandshakeConfig::new().origins(OriginPolicy::Any);
    let doubled = asked.iter().any(|name| KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name)));
    match Upgrade::check(request.clone(), &server) {
        Ok(upgrade) => assert_eq!(upgrade.version(), handshake.version()),
        Err(error) => assert!(doubled || LISTS.iter().any(|list| request.headers().contains(list)), "{error}"),
    }
}

/// What a handshake writes, in one version or another.
const OF_HANDSHAKE: [&str; 13] = [
    "Host",
    "Upgrade",
    "Connection",
    "Origin",
    "Sec-WebSocket-Origin",
    "Sec-WebSocket-Protocol",
    "WebSocket-Protocol",
    "Sec-WebSocket-Extensions",
    "Sec-WebSocket-Key",
    "Sec-WebSocket-Key1",
    "Sec-WebSocket-Key2",
    "Sec-WebSocket-Version",
    "Cookie",
];

/// Headers that a server reads and an application may send.
const KNOWN: [&str; 1] = ["X-Forwarded-Proto"];

/// Headers with texts of the application's, which a server may refuse.
const LISTS: [&str; 5] =
    ["Origin", "Sec-WebSocket-Origin", "Sec-WebSocket-Protocol", "WebSocket-Protocol", "Sec-WebSocket-Extensions"];

fn answer(offer: &Offer, mut input: Input<'_>) {
    let request = offer.clone().header("X-Ask", "1").start().expect("a good offer").request().clone();
    let upgrade = Upgrade::check(request, &HandshakeConfig::new().origins(OriginPolicy::Any)).expect("our own request");
    let mut accept = Accept::new();
    let mut headers: Vec<(&str, &str)> = Vec::new();
    while !input.is_empty() {
        let (choice, text) = (input.byte(), input.text());
        accept = match choice % 4 {
            0 => accept.subprotocol(text),
            1 => match Extension::new(text) {
                Ok(extension) => accept.extension(extension),
                Err(_) => accept,
            },
            _ => {
                headers.push((text, input.text()));
                let (name, value) = headers[headers.len() - 1];
                accept.header(name, value)
            }
        };
    }
    let mut output = b"before".to_vec();
    if upgrade.write_answer(&accept, &mut output).is_err() {
        assert_eq!(output, b"before", "nothing was appended");
        return;
    }
    let wide = Limits::default().head_bytes(1 << 20).headers(1000);
    let (response, length) = Response::parse(&output[6..], &wide).expect("a head").expect("a whole one");
    assert_eq!((length, response.status()), (output.len() - 6, 101));
    let own = if offer_is_old(&upgrade) { 4 } else { 3 };
    assert_eq!(response.headers().len(), own + headers.len(), "{}", output.escape_ascii());
    for (name, value) in headers {
        let value = value.trim_matches([' ', '\t']).as_bytes();
        assert!(response.headers().get_all(name).any(|sent| sent == value));
    }
}

/// Whether the answer repeats origin and URL, and has no proof in its head.
fn offer_is_old(upgrade: &Upgrade<'_>) -> bool {
    upgrade.version().facts().location_response.is_some()
}
