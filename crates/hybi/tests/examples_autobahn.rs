//! The driver of the Autobahn protocol as a process, and a fuzzing server of three cases.
#![cfg(feature = "hybi17")]
#![allow(clippy::unwrap_used, reason = "tests")]

mod stage;

use std::sync::{Arc, Mutex};

use hybi::{CloseCode, CloseReason, Event, HandshakeConfig, Server, ServerConfig, Version};
use stage::Stage;

/// What the server heard: the paths that were asked for, and what came back.
type Heard = Arc<Mutex<Vec<String>>>;

fn stage() -> (Stage, Heard) {
    let heard = Heard::default();
    let log = Arc::clone(&heard);
    let stage = Stage::new(
        ServerConfig::new(),
        move |path: &str, server: &mut Server, event: Event<'_>, output: &mut Vec<u8>| {
            let said = match event {
                Event::Request(request) => {
                    server.accept(&request, output).unwrap();
                    Some(path.to_owned())
                }
                Event::Connected(connected) => {
                    begin(path.split('&').next().unwrap_or_default(), connected.version(), server, output);
                    None
                }
                Event::Text(text) => {
                    close(server, output);
                    Some(format!("text {}", text.len()))
                }
                Event::Binary(data) => {
                    close(server, output);
                    Some(format!("binary {}", data.len()))
                }
                Event::Close(close) => close.map(|close| format!("close {}", close.code)),
                _ => None,
            };
            log.lock().unwrap().extend(said);
        },
    );
    (stage, heard)
}

/// The server begins a case, or does what else the path asks for.
fn begin(path: &str, version: Version, server: &mut Server, output: &mut Vec<u8>) {
    match path {
        "/getCaseCount" => {
            server.send_text("3", output).unwrap();
            close(server, output);
        }
        "/runCase?case=1" => server.send_text("κόσμε", output).unwrap(),
        "/runCase?case=2" if version.can().binary => server.send_binary(&vec![7; 16 << 20], output).unwrap(),
        "/runCase?case=3" if version.can().binary => output.extend_from_slice(b"\x81\x02\xff\xff"),
        _ => close(server, output),
    }
}

fn close(server: &mut Server, output: &mut Vec<u8>) {
    let reason = CloseReason { code: CloseCode::NORMAL, text: "" };
    let reason = server.version().unwrap().can().close_codes.then_some(reason);
    server.send_close(reason, output).unwrap();
}

#[test]
fn all_cases_are_played_and_the_report_is_asked_for() {
    let (stage, heard) = stage();
    let output = stage::run("autobahn_client", &[&stage.url(""), "a name"], b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let expected = [
        "/getCaseCount",
        "close 1000",
        "/runCase?case=1&agent=a%20name",
        "text 10",
        "close 1000",
        "/runCase?case=2&agent=a%20name",
        "binary 16777216",
        "close 1000",
        "/runCase?case=3&agent=a%20name",
        "close 1007",
        "/updateReports?agent=a%20name",
        "close 1000",
    ];
    assert_eq!(*heard.lock().unwrap(), expected);
}

#[test]
fn cases_can_be_chosen_in_every_version() {
    for version in HandshakeConfig::new().spoken() {
        let (stage, heard) = stage();
        let arguments = ["--cases", "1,3-9", "--no-deflate", "--version", version.name(), &stage.url("")];
        let output = stage::run("autobahn_client", &arguments, b"");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8_lossy(&output.stderr).starts_with("2 of 3 cases in "));
        let heard = heard.lock().unwrap();
        let paths: Vec<_> = heard.iter().filter(|heard| heard.starts_with('/')).collect();
        assert_eq!(
            paths,
            ["/getCaseCount", "/runCase?case=1&agent=hybi", "/runCase?case=3&agent=hybi", "/updateReports?agent=hybi"]
        );
    }
}

#[test]
fn without_a_server_it_fails_and_without_sense_it_helps() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let output = stage::run("autobahn_client", &[&format!("ws://{free}")], b"");
    assert_eq!(output.status.code(), Some(1));
    for wrong in [&[][..], &["--cases", "x", "ws://a"], &["ws://a", "b", "c"]] {
        let output = stage::run("autobahn_client", wrong, b"");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("usage: autobahn_client "));
    }
}
