//! The console as a process, with lines from a pipe, and a server of ours that is kind, unwilling or wrong.
#![cfg(feature = "hybi17")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod stage;

use hybi::http::Response;
use hybi::{CloseCode, CloseReason, Event, HandshakeConfig, OriginPolicy, Server, ServerConfig, Version};
use stage::Stage;

/// What the console printed, and how it ended.
#[derive(Debug)]
struct Told {
    stdout: String,
    stderr: String,
    status: Option<i32>,
}

fn console(arguments: &[&str], lines: impl AsRef<[u8]>) -> Told {
    let output = stage::run("wsconsole", arguments, lines.as_ref());
    Told {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        status: output.status.code(),
    }
}

fn stage() -> Stage {
    let config = HandshakeConfig::new().origins(OriginPolicy::Any).subprotocols(["chat"]);
    Stage::new(ServerConfig::new().handshake(config), act)
}

/// Each path is another behaviour.
fn act(path: &str, server: &mut Server, event: Event<'_>, output: &mut Vec<u8>) {
    match (path, event) {
        ("/forbidden", Event::Request(_)) => {
            let mut response = Response::new(403).unwrap();
            response.push_header("X-Reason", "no ticket").unwrap();
            server.respond(&response, b"Buy one\x1b[31m.\r\nAt the door.\n", output).unwrap();
        }
        ("/request", Event::Request(request)) => {
            let head = request.request().as_bytes().to_vec();
            server.respond(&Response::new(404).unwrap(), &head, output).unwrap();
        }
        ("/chunked", Event::Request(_)) => {
            let body = "8\r\nNot now.\r\n9;x=y\r\n Perhaps \r\n6\r\nlater.\r\n0\r\n\r\n";
            let head = "HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\n\r\n";
            output.extend_from_slice([head, body].concat().as_bytes());
        }
        ("/nonsense", Event::Request(_)) => output.extend_from_slice(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        (_, Event::Request(request)) => server.accept(&request, output).unwrap(),
        ("/greeting", Event::Connected(_)) => {
            for text in ["welcome", "to the stage"] {
                server.send_text(text, output).unwrap();
            }
        }
        ("/bye", Event::Connected(_)) => {
            let reason = CloseReason { code: CloseCode::GOING_AWAY, text: "the \x1b[31mserver stops" };
            server.send_close(Some(reason), output).unwrap();
        }
        ("/bye-after-one", Event::Text(text)) => {
            server.send_text(&text, output).unwrap();
            server.send_close(None, output).unwrap();
        }
        ("/wrong", Event::Text(_)) => output.extend_from_slice(b"\x83\x03bad"),
        (_, Event::Text(text)) => server.send_text(&text, output).unwrap(),
        (_, Event::Binary(data)) => server.send_binary(&data, output).unwrap(),
        _ => {}
    }
}

#[test]
fn lines_from_a_pipe_come_back_in_every_version() {
    let stage = stage();
    for version in HandshakeConfig::new().spoken() {
        for lines in ["one\ntwo κόσμε\n\nthe end", "", "\n"] {
            let told = console(&["--protocol-version", version.name(), &stage.url("/")], lines);
            let expected = if lines.ends_with("end") { format!("{lines}\n") } else { lines.to_owned() };
            assert_eq!((told.stdout.as_str(), told.status), (expected.as_str(), Some(0)), "{version}, {}", told.stderr);
            let closed = match version.can() {
                can if can.close_codes => "closed: 1000\n",
                can if can.close_handshake => "closed\n",
                _ => "",
            };
            assert_eq!(told.stderr, format!("connected, {version}, no subprotocol\n{closed}"));
        }
    }
}

#[test]
fn much_comes_back_as_well() {
    let lines = format!("{}{}\n", (0..5_000).map(|n| format!("line {n}\n")).collect::<String>(), "x".repeat(3_000_000));
    let stage = stage();
    for version in HandshakeConfig::new().spoken() {
        let told = console(&["--protocol-version", version.name(), &stage.url("/")], &lines);
        assert_eq!(told.status, Some(0), "{}", told.stderr);
        assert!(told.stdout == lines, "{version}: {} bytes of {}", told.stdout.len(), lines.len());
    }
}

#[test]
fn as_many_messages_are_awaited_as_asked_for() {
    let stage = stage();
    let told = console(&["--expect", "2", &stage.url("/greeting")], "");
    assert_eq!((told.stdout.as_str(), told.status), ("welcome\nto the stage\n", Some(0)));
    let told = console(&[&stage.url("/greeting"), "--expect=3"], "a line");
    assert_eq!((told.stdout.as_str(), told.status), ("welcome\nto the stage\na line\n", Some(0)));
    let told = console(&["--expect", "2", &stage.url("/bye-after-one")], "a line");
    assert_eq!((told.stdout.as_str(), told.status), ("a line\n", Some(1)));
    assert_eq!(
        told.stderr.lines().last(),
        Some("wsconsole: the connection ended before 2 messages came; there were 1")
    );
}

#[test]
fn what_was_asked_for_is_in_the_request() {
    let arguments =
        ["--subprotocol", "a", "--subprotocol=b", "--origin", "http://example.com", "--header", "X-Test:  1 2 "];
    let told = console(&[&arguments[..], &[&stage().url("/request").replace("//", "//user:pass@")]].concat(), "");
    for line in [
        "GET /request HTTP/1.1",
        "Sec-WebSocket-Protocol: a, b",
        "Origin: http://example.com",
        "X-Test: 1 2",
        "Authorization: Basic dXNlcjpwYXNz",
    ] {
        assert!(told.stderr.lines().any(|told| told == line), "{line} is not in {}", told.stderr);
    }
}

#[test]
fn the_subprotocol_is_told() {
    let told = console(&["--subprotocol", "chat", &stage().url("/")], "");
    assert!(told.stderr.starts_with("connected, draft-ietf-hybi-17, subprotocol chat\n"), "{}", told.stderr);
}

#[test]
fn a_refusal_is_shown_with_head_and_body() {
    let stage = stage();
    let told = console(&[&stage.url("/forbidden")], "a line");
    assert_eq!((told.stdout.as_str(), told.status), ("", Some(1)));
    assert!(told.stderr.starts_with("HTTP/1.1 403 Forbidden\n"), "{}", told.stderr);
    assert!(told.stderr.contains("\nX-Reason: no ticket\n"), "{}", told.stderr);
    let end = "\n\nBuy one\\u{1b}[31m.\nAt the door.\nwsconsole: the server refused, with status 403\n";
    assert!(told.stderr.ends_with(end), "{}", told.stderr);

    let told = console(&[&stage.url("/chunked")], "");
    let end = "\n\nNot now. Perhaps later.\nwsconsole: the server refused, with status 503\n";
    assert!(told.stderr.ends_with(end) && told.status == Some(1), "{}", told.stderr);
}

#[test]
fn the_bytes_on_the_wire_are_taken_apart() {
    let told = console(&["--hex", "--ping", &stage().url("/")], format!("Hello\n{}\n", "x".repeat(70_000)));
    assert_eq!((told.stdout.len(), told.status), ("Hello\n".len() + 70_001, Some(0)));
    let row = |mark: char, bytes: &str, meaning: &str| {
        let row = format!("{mark} {bytes:<47}  {meaning}");
        assert!(told.stderr.lines().any(|told| told == row), "{row:?} is not in {}", told.stderr);
    };
    row('>', "47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a", "|GET / HTTP/1.1..|");
    row('<', "0d 0a", "|..|");
    row('>', "89", "FIN 1, RSV 000, opcode 9: ping");
    row('>', "89", "MASK 1, length 9");
    row('<', "8a", "FIN 1, RSV 000, opcode a: pong");
    row('<', "09", "MASK 0, length 9");
    row('<', "77 73 63 6f 6e 73 6f 6c 65", "payload    |wsconsole|");
    row('>', "81", "FIN 1, RSV 000, opcode 1: text");
    row('<', "48 65 6c 6c 6f", "payload    |Hello|");
    row('<', "7f", "MASK 0, length in the next 8 bytes");
    row('<', "00 00 00 00 00 01 11 70", "length 70000");
    row('<', "", "… 69744 bytes more");
    row('<', "03 e8", "close code 1000");
    for end in ["  masking key", "  payload    |Hello|", "  close code 1000", "  … 69744 bytes more"] {
        assert!(told.stderr.lines().any(|told| told.starts_with('>') && told.ends_with(end)), "{}", told.stderr);
    }
    assert!(told.stderr.contains("\npong after "), "{}", told.stderr);
}

#[test]
fn the_old_wire_is_taken_apart_as_well() {
    for version in HandshakeConfig::new().spoken().iter().filter(|version| !version.can().binary) {
        let told = console(&["--hex", "--protocol-version", version.name(), &stage().url("/")], "Hello");
        let has = |end: &str| told.stderr.lines().any(|line| line.ends_with(end));
        assert!(has("a frame begins, type 00: text") && has("payload    |Hello|") && has("a frame ends"), "{told:?}");
        let proven = version.can().close_handshake;
        assert_eq!((has("  key3"), has("key3 (MD5)"), has("  close")), (proven, proven, proven), "{told:?}");
    }
}

#[test]
fn binary_messages_are_shown_as_a_hex_dump() {
    let told = console(&["--binary", &stage().url("/")], b"\x00\xff a longer line, of more than a row\r\n\n");
    assert_eq!(
        told.stdout,
        "binary message, 36 bytes\n\
         00000000  00 ff 20 61 20 6c 6f 6e 67 65 72 20 6c 69 6e 65  |.. a longer line|\n\
         00000010  2c 20 6f 66 20 6d 6f 72 65 20 74 68 61 6e 20 61  |, of more than a|\n\
         00000020  20 72 6f 77                                      | row|\n\
         binary message, 0 bytes\n"
    );
    assert_eq!(told.status, Some(0));
}

#[test]
fn a_close_by_the_server_is_told() {
    let told = console(&["--expect", "1", &stage().url("/bye")], "");
    assert!(told.stderr.contains("\nclosed by the server: 1001 the \\u{1b}[31mserver stops\n"), "{}", told.stderr);
    assert_eq!(told.status, Some(1));
}

#[test]
fn what_goes_wrong_is_told() {
    let stage = stage();
    let told = console(&[&stage.url("/wrong")], "a line");
    assert!(told.stderr.lines().last().is_some_and(|line| line.contains("opcode")), "{}", told.stderr);
    assert_eq!(told.status, Some(1));
    let told = console(&[&stage.url("/nonsense")], "");
    assert!(told.stderr.starts_with("wsconsole: ") && told.status == Some(1), "{told:?}");
    let told = console(&[&stage.url("/")], b"one\n\xff\n");
    assert!(told.stderr.ends_with("wsconsole: line 2 is not UTF-8; --binary sends any bytes\n"), "{}", told.stderr);
    assert_eq!((told.stdout.as_str(), told.status), ("one\n", Some(1)));
    // Nobody listens there: the port was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let told = console(&[&format!("ws://{free}/")], "");
    assert!(told.stderr.starts_with(&format!("wsconsole: no connection to {free}: ")), "{}", told.stderr);
    assert_eq!(told.status, Some(1));
}

#[test]
fn wrong_arguments_are_told_before_anything_is_sent() {
    let url = "ws://127.0.0.1:1/";
    let mut wrong = vec![
        (vec![], "a URL is missing"),
        (vec![url, url], "unexpected argument"),
        (vec!["--foo", url], "--foo"),
        (vec!["http://127.0.0.1:1/"], "expected ws:"),
        (vec!["wss://127.0.0.1:1/"], "no TLS"),
        (vec!["--protocol-version", "12", url], "not a WebSocket version"),
        (vec!["--protocol-version", "hixie-76", "--binary", url], "--binary is not possible in draft-ietf-hybi-00"),
        (vec!["--protocol-version", "hixie-75", "--ping", url], "--ping is not possible in draft-hixie-75"),
        (vec!["--header", "X-Test", url], "'NAME: VALUE'"),
        (vec!["--header", "Upgrade: x", url], "Upgrade"),
        (vec!["--expect", "some", url], "cannot parse argument \"some\""),
        (vec!["--expect"], "--expect"),
    ];
    if !cfg!(feature = "deflate") {
        wrong.push((vec!["--deflate", url], "the feature `deflate`"));
    }
    let left_out = Version::ALL.into_iter().filter(|version| !HandshakeConfig::new().spoken().contains(*version));
    for version in left_out {
        wrong.push((vec!["--protocol-version", version.name(), url], version.feature()));
    }
    for (arguments, why) in wrong {
        let told = console(&arguments, "");
        assert!(told.stderr.contains(why) && told.stderr.contains("--help"), "{arguments:?}: {}", told.stderr);
        assert_eq!((told.stdout.as_str(), told.status), ("", Some(2)), "{arguments:?}");
    }
    let told = console(&["--help"], "");
    assert!(told.stdout.starts_with("usage: wsconsole ") && told.status == Some(0), "{told:?}");
}

#[cfg(feature = "deflate")]
#[test]
fn what_was_agreed_on_compression_is_told() {
    use hybi::deflate::{Config, Pool};

    let stage = Stage::new(ServerConfig::new().deflate(Config::low_memory().threshold(0), &Pool::new(1)), act);
    let line = "the same and the same and the same and the same";
    let told = console(&["--deflate", "--hex", &stage.url("/")], line);
    assert_eq!((told.stdout, told.status), (format!("{line}\n"), Some(0)));
    let connected = told.stderr.lines().find(|line| line.starts_with("connected, "));
    assert!(connected.is_some_and(|line| line.contains(", permessage-deflate; ")), "{}", told.stderr);
    assert!(told.stderr.contains("FIN 1, RSV 100, opcode 1: text"), "{}", told.stderr);
    let compressed = |mark| told.stderr.lines().any(|line| line.starts_with(mark) && line.contains("  compressed "));
    assert!(compressed('>') && compressed('<'), "{}", told.stderr);
}
