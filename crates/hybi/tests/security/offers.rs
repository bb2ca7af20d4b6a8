//! Lists in which a client offers subprotocols and extensions.

use hybi::deflate::{Config, Pool};
use hybi::http::{Error as HttpError, Limits};
use hybi::{Client, ClientConfig, Error, Offer, ServerConfig, Url};

use super::{accepting, answer, answer_with, heard, status, upgrade};
use crate::counting::{alone, counted};

/// As much as a head may have.
const LONG: usize = 15 * 1024;

/// ws split `Sec-WebSocket-Protocol` by an expression that went back and forth over spaces. Here a list is gone over once, and
/// the longest one that a head can hold has its answer without more memory than its own.
#[test]
fn cve_2021_32640() {
    let _alone = alone();
    let spaces = " ".repeat(LONG);
    for (list, expected) in [
        (format!("a,{spaces}b"), 101),
        (format!("a{spaces}b"), 400),
        (",".repeat(LONG), 101),
        (format!("a{}", " ,".repeat(LONG / 2)), 101),
        ("a".repeat(LONG), 101),
    ] {
        let head = upgrade(&format!("Sec-WebSocket-Protocol: {list}\r\n"));
        let (got, count) = counted(|| status(&head));
        assert_eq!(got, expected);
        assert!(count.requests < 100 && count.bytes < 8 * head.len() + 32 * 1024, "{count:?}");
    }
    // Thousands that differ, and one that is there twice at the end.
    let many: Vec<_> = (0..3000).map(|number| format!("{number:x}")).collect();
    assert_eq!(status(upgrade(&format!("Sec-WebSocket-Protocol: {}\r\n", many.join(",")))), 101);
    assert_eq!(status(upgrade(&format!("Sec-WebSocket-Protocol: {},5\r\n", many.join(",")))), 400);
}

/// websocket-extensions went back and forth over a quoted string without an end, in Node.js and in Ruby (CVE-2020-7662). Here
/// such a list is gone over once, and it has a limit of extensions and of parameters.
#[test]
fn cve_2020_7663() {
    let _alone = alone();
    for list in [
        format!("a; b=\"{}", "\\\"".repeat(LONG / 2)),
        format!("a; b=\"{}", "c".repeat(LONG)),
        "a; b=\"\\".repeat(LONG / 8),
        format!("a{}", ";".repeat(LONG)),
        "a,".repeat(Limits::EXTENSIONS + 1),
        format!("a{}", "; b".repeat(Limits::PARAMS + 1)),
    ] {
        let head = upgrade(&format!("Sec-WebSocket-Extensions: {list}\r\n"));
        let ((output, error), count) = counted(|| answer(head.as_bytes()));
        assert!(output.starts_with("HTTP/1.1 400 "), "{output}");
        assert!(
            matches!(error, Some(Error::ServerHandshake(hybi::handshake_server::Error::Extensions(_)))),
            "{error:?}"
        );
        assert!(count.requests < 200 && count.bytes < 8 * head.len() + 32 * 1024, "{count:?}");
    }
}

/// ws 3.3.1 mended a handshake with the name of a built-in property, which it looked up in an object. Here a name is compared
/// with those that are known, and one that is not is an extension that nobody agrees to.
#[test]
fn ws_3_3_1() {
    let _alone = alone();
    let options = ServerConfig::new().deflate(Config::new(), &Pool::new(1));
    for name in ["constructor", "__proto__", "hasOwnProperty", "toString", "permessage-deflate; constructor"] {
        let (output, error) =
            answer_with(&options, upgrade(&format!("Sec-WebSocket-Extensions: {name}\r\n")).as_bytes());
        assert!(output.starts_with("HTTP/1.1 101 ") && !output.contains("Extensions"), "{output} {error:?}");
    }
}

/// undici threw an exception that nobody caught for a `server_max_window_bits` outside of 8 to 15. Here the number is checked
/// where it comes in: a client fails the handshake, a server declines the offer.
#[test]
fn cve_2026_2229() {
    let _alone = alone();
    let server = ServerConfig::new().deflate(Config::new(), &Pool::new(1));
    for bits in ["0", "7", "16", "255", "256", "999999999999999999999", "-9", "+9", "09", "x", "\"\"", "9.0"] {
        for parameter in ["server_max_window_bits", "client_max_window_bits"] {
            let list = format!("Sec-WebSocket-Extensions: permessage-deflate; {parameter}={bits}\r\n");
            let options = ClientConfig::new().deflate(Config::new(), &Pool::new(1));
            let offer = Offer::new(Url::parse("ws://a/").unwrap()).random(|bytes| bytes.fill(0));
            let mut client = Client::with(&offer, &options).unwrap();
            assert!(heard(&mut client, &accepting(&list)).is_err(), "{list}");
            let (output, _) = answer_with(&server, upgrade(&list).as_bytes());
            assert!(!output.contains("\r\nSec-WebSocket-Extensions: "), "{output}");
        }
    }
    let too_many = HttpError::TooManyExtensions { limit: Limits::EXTENSIONS };
    let list = format!("Sec-WebSocket-Extensions: {}\r\n", vec!["permessage-deflate"; 33].join(","));
    let expected = hybi::handshake_server::Error::Extensions(too_many);
    assert_eq!(answer(upgrade(&list).as_bytes()).1, Some(Error::ServerHandshake(expected)));
}
