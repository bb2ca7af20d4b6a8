//! Family H: opening requests, good, odd and bad, to a server.

use crate::conformance::case::Case;
use crate::conformance::family::rules::{Rule, judge_reply};
use crate::conformance::host::Host;
use crate::conformance::opening::Keys;
use crate::conformance::talk::Chop;
use crate::conformance::version::Version;
use crate::conformance::wire::digest;
use crate::conformance::wire::head::Lines;

/// H.1.1 to H.4.6.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = good();
    cases.extend(odd());
    cases.extend(bad_fields());
    cases.extend(bad_syntax());
    cases.extend(super::limits::cases());
    cases
}

/// What a case sends.
type Bytes = fn(&Host, &Keys) -> Vec<u8>;

fn group(number: usize, rows: Vec<(&'static str, &'static str, Rule, Bytes)>) -> Vec<Case> {
    let case = |(at, (section, title, rule, bytes)): (usize, (&'static str, &'static str, Rule, Bytes))| {
        Case::server(format!("H.{number}.{}", at + 1), section, title, move |host| {
            let keys = host.keys();
            let reply = host.exchange(&bytes(host, &keys), Chop::Whole);
            judge_reply(reply, rule, Version::Hybi17, &keys)
        })
    };
    rows.into_iter().enumerate().map(case).collect()
}

/// A good request, to be changed.
fn ask(host: &Host, keys: &Keys) -> Lines {
    host.request(Version::Hybi17, keys)
}

const REQUEST: &str = "RFC 6455 §4.2.1";

fn good() -> Vec<Case> {
    use Rule::Accept;
    const CASE: &str = "RFC 9110 §5.1";
    const SPACE: &str = "RFC 9112 §5.1";
    const LIST: &str = "RFC 9110 §5.3, §5.6.1";
    let mut cases = group(
        1,
        vec![
            (REQUEST, "a plain request is accepted, with everything that an answer needs", Accept, |h, k| {
                ask(h, k).bytes()
            }),
            (CASE, "names of fields in lower case", Accept, |h, k| ask(h, k).names(str::to_lowercase).bytes()),
            (CASE, "names of fields in upper case", Accept, |h, k| ask(h, k).names(str::to_uppercase).bytes()),
            (REQUEST, "the values of Upgrade and Connection in another case", Accept, |h, k| {
                ask(h, k).set("Upgrade", "WebSocket").set("Connection", "uPGRADE").bytes()
            }),
            (LIST, "Connection: keep-alive, Upgrade", Accept, |h, k| {
                ask(h, k).set("Connection", "keep-alive, Upgrade").bytes()
            }),
            (LIST, "Connection in two fields", Accept, |h, k| {
                ask(h, k).set("Connection", "keep-alive").with("Connection", "Upgrade").bytes()
            }),
            (SPACE, "no space behind the colons", Accept, |h, k| ask(h, k).colon(":").bytes()),
            (SPACE, "spaces and tabs around the values", Accept, |h, k| {
                let lines = ask(h, k).colon(":\t ");
                lines.set("Upgrade", "websocket \t").set("Sec-WebSocket-Key", format!("{} ", k.key)).bytes()
            }),
            (REQUEST, "the fields in the opposite order", Accept, |h, k| ask(h, k).reversed().bytes()),
            (REQUEST, "forty fields that the server does not know", Accept, |h, k| {
                (0..40).fold(ask(h, k), |lines, n| lines.with(format!("X-Field-{n}"), "of no interest")).bytes()
            }),
            (REQUEST, "a query in the target", Accept, |h, k| {
                let resource = &h.target.resource;
                let mark = if resource.contains('?') { '&' } else { '?' };
                ask(h, k).first(format!("GET {resource}{mark}a=b%20c&d HTTP/1.1")).bytes()
            }),
            (REQUEST, "an Origin that is the server itself", Accept, |h, k| {
                ask(h, k).with("Origin", format!("http://{}", h.target.host)).bytes()
            }),
            (REQUEST, "cookies of 4 KiB", Accept, |h, k| {
                ask(h, k).with("Cookie", format!("a={}", "x".repeat(4096))).bytes()
            }),
            ("RFC 6455 §4.2.2", "two subprotocols are offered: the answer has one of them or none", Accept, |h, k| {
                ask(h, k).with("Sec-WebSocket-Protocol", "chat.example, superchat.example").bytes()
            }),
            ("RFC 6455 §9.1", "an unknown extension is offered: it is not in the answer", Accept, |h, k| {
                ask(h, k).with("Sec-WebSocket-Extensions", "x-unknown; level=9; quoted=\"a\"").bytes()
            }),
        ],
    );
    cases.push(Case::server("H.1.16", REQUEST, "the request byte by byte", |host| {
        let keys = host.keys();
        let reply = host.exchange(&ask(host, &keys).bytes(), Chop::Every(1));
        judge_reply(reply, Accept, Version::Hybi17, &keys)
    }));
    cases
}

fn odd() -> Vec<Case> {
    use Rule::{AcceptOrRefuse, ShouldAccept, Told};
    group(
        2,
        vec![
            ("RFC 9112 §3.2.2", "the target in absolute form", ShouldAccept, |h, k| {
                let (host, resource) = (&h.target.host, &h.target.resource);
                ask(h, k).first(format!("GET http://{host}{resource} HTTP/1.1")).bytes()
            }),
            ("RFC 9112 §2.2", "an empty line in front of the request", ShouldAccept, |h, k| {
                [b"\r\n".to_vec(), ask(h, k).bytes()].concat()
            }),
            ("RFC 9110 §7.8", "Upgrade names another protocol as well", ShouldAccept, |h, k| {
                ask(h, k).set("Upgrade", "other/1.0, websocket").bytes()
            }),
            ("RFC 9110 §8.6", "Content-Length: 0", ShouldAccept, |h, k| ask(h, k).with("Content-Length", "0").bytes()),
            ("RFC 9112 §5.2", "a folded field: it is refused, or read as one line", AcceptOrRefuse, |h, k| {
                ask(h, k).raw("X-Folded: first\r\n second").bytes()
            }),
            ("RFC 9112 §2.2", "lines that end in LF alone: told, not judged", Told, |h, k| ask(h, k).bytes_with("\n")),
        ],
    )
}

fn bad_fields() -> Vec<Case> {
    use Rule::{NotAccepted, Refuse, RefuseVersion};
    const HOST: &str = "RFC 9112 §3.2";
    const ONCE: &str = "RFC 6455 §11.3";
    const VERSION: &str = "RFC 6455 §4.2.2, §4.4";
    group(
        3,
        vec![
            (REQUEST, "POST instead of GET", Refuse, |h, k| {
                ask(h, k).first(format!("POST {} HTTP/1.1", h.target.resource)).with("Content-Length", "0").bytes()
            }),
            (REQUEST, "HTTP/1.0", Refuse, |h, k| {
                ask(h, k).first(format!("GET {} HTTP/1.0", h.target.resource)).bytes()
            }),
            (HOST, "no Host", Refuse, |h, k| ask(h, k).without("Host").bytes()),
            (HOST, "two Hosts", Refuse, |h, k| ask(h, k).with("Host", "other.example").bytes()),
            (REQUEST, "no Upgrade", NotAccepted, |h, k| ask(h, k).without("Upgrade").bytes()),
            (REQUEST, "Upgrade to something else", NotAccepted, |h, k| ask(h, k).set("Upgrade", "websocket2").bytes()),
            (REQUEST, "no Connection", NotAccepted, |h, k| ask(h, k).without("Connection").bytes()),
            (REQUEST, "Connection without Upgrade", NotAccepted, |h, k| {
                ask(h, k).set("Connection", "keep-alive").bytes()
            }),
            (REQUEST, "no key", Refuse, |h, k| ask(h, k).without("Sec-WebSocket-Key").bytes()),
            (REQUEST, "an empty key", Refuse, |h, k| ask(h, k).set("Sec-WebSocket-Key", "").bytes()),
            (REQUEST, "a key of 15 bytes", Refuse, |h, k| {
                ask(h, k).set("Sec-WebSocket-Key", digest::key(&[7; 15])).bytes()
            }),
            (REQUEST, "a key of 17 bytes", Refuse, |h, k| {
                ask(h, k).set("Sec-WebSocket-Key", digest::key(&[7; 17])).bytes()
            }),
            (REQUEST, "a key that is not base64", Refuse, |h, k| {
                ask(h, k).set("Sec-WebSocket-Key", "dGhlIHNh!XBsZSBub25jZQ==").bytes()
            }),
            (ONCE, "two keys", Refuse, |h, k| ask(h, k).with("Sec-WebSocket-Key", digest::key(&[9; 16])).bytes()),
            (REQUEST, "no version", Refuse, |h, k| ask(h, k).without("Sec-WebSocket-Version").bytes()),
            (VERSION, "version 14: the answer tells the versions", RefuseVersion, |h, k| {
                ask(h, k).set("Sec-WebSocket-Version", "14").bytes()
            }),
            (VERSION, "version 013", Refuse, |h, k| ask(h, k).set("Sec-WebSocket-Version", "013").bytes()),
            (VERSION, "version 13x", Refuse, |h, k| ask(h, k).set("Sec-WebSocket-Version", "13x").bytes()),
            (ONCE, "two versions", Refuse, |h, k| ask(h, k).with("Sec-WebSocket-Version", "8").bytes()),
            ("RFC 6455 §9.1", "extensions that are no list", Refuse, |h, k| {
                ask(h, k).with("Sec-WebSocket-Extensions", "permessage-deflate; =10, ;").bytes()
            }),
            ("RFC 6455 §4.1", "a subprotocol that is no token", Refuse, |h, k| {
                ask(h, k).with("Sec-WebSocket-Protocol", "chat room").bytes()
            }),
        ],
    )
}

fn bad_syntax() -> Vec<Case> {
    use Rule::{AcceptOrRefuse, Refuse, ShouldRefuse};
    const LINE: &str = "RFC 9112 §3";
    const FIELD: &str = "RFC 9112 §5.1";
    const VALUE: &str = "RFC 9110 §5.5";
    group(
        4,
        vec![
            (FIELD, "a space in front of a colon", Refuse, |h, k| ask(h, k).raw("X-Field : value").bytes()),
            (FIELD, "a line without a colon", Refuse, |h, k| ask(h, k).raw("no colon here").bytes()),
            (FIELD, "a field without a name", Refuse, |h, k| ask(h, k).raw(": value").bytes()),
            (FIELD, "a name with a bracket in it", Refuse, |h, k| ask(h, k).raw("X(Field: value").bytes()),
            (VALUE, "a NUL in a value: it is refused, or replaced", AcceptOrRefuse, |h, k| {
                ask(h, k).raw("X-Field: a\0b").bytes()
            }),
            (LINE, "a request line of two words", Refuse, |h, k| ask(h, k).first("GET /").bytes()),
            (LINE, "a method in lower case", Refuse, |h, k| {
                ask(h, k).first(format!("get {} HTTP/1.1", h.target.resource)).bytes()
            }),
            ("RFC 9112 §3, §3.2", "a target that does not begin with a slash", ShouldRefuse, |h, k| {
                ask(h, k).first("GET chat HTTP/1.1").bytes()
            }),
            (LINE, "the hello of TLS", Refuse, |_, _| {
                let mut hello = b"\x16\x03\x01\x00\xf4\x01\x00\x00\xf0\x03\x03".to_vec();
                hello.extend((0..220u8).map(|byte| byte.wrapping_mul(37)));
                hello.extend_from_slice(b"\r\n\r\n");
                hello
            }),
            (LINE, "bytes of no meaning", Refuse, |_, _| [[0xFF; 64].as_slice(), b"\r\n\r\n"].concat()),
        ],
    )
}
