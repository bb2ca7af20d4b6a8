//! The echo server as a process, and clients of ours that are kind, slow, silent or rude.
#![cfg(feature = "hybi17")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use core::time::Duration;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use hybi::{Client, ClientConfig, Event, HandshakeConfig, Offer, Url, Version};

/// The example, on a port of its own. It ends with the test.
struct EchoServer {
    process: Child,
    url: String,
}

impl EchoServer {
    fn start(arguments: &[&str]) -> Self {
        // Examples are built beside the tests.
        let mut path: PathBuf = std::env::current_exe().unwrap();
        path.pop();
        path.set_file_name("examples");
        path.push(format!("echo_server{}", std::env::consts::EXE_SUFFIX));
        let mut command = Command::new(path);
        command.args(["--listen", "127.0.0.1:0"]).args(arguments).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().expect("the example is built by `cargo test` without `--test`");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").unwrap().to_owned();
        Self { process, url }
    }

    fn connect(&self) -> TcpStream {
        let url = Url::parse(&self.url).unwrap();
        let socket = TcpStream::connect(url.address()).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        socket
    }

    fn interrupt(&self) {
        let status = Command::new("kill").args(["-INT", &self.process.id().to_string()]).status().unwrap();
        assert!(status.success());
    }
}

impl Drop for EchoServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A client on a blocking socket.
struct Caller {
    socket: TcpStream,
    client: Client,
    heard: Vec<String>,
}

impl Caller {
    fn new(server: &EchoServer, version: Version) -> Self {
        let offer = Offer::new(Url::parse(&server.url).unwrap()).version(version).origin("http://localhost");
        let client = Client::with(&offer, &ClientConfig::new()).unwrap();
        let mut caller = Self { socket: server.connect(), client, heard: Vec::new() };
        let mut output = Vec::new();
        caller.client.send_request(&mut output);
        caller.socket.write_all(&output).unwrap();
        caller.hear_until("connected");
        caller
    }

    fn say(&mut self, act: impl FnOnce(&mut Client, &mut Vec<u8>)) {
        let mut output = Vec::new();
        act(&mut self.client, &mut output);
        self.socket.write_all(&output).unwrap();
    }

    /// Reads until this was heard, or to the end.
    fn hear_until(&mut self, what: &str) {
        let (mut input, mut output) = (vec![0; 16 * 1024], Vec::new());
        while !self.heard.iter().any(|heard| heard == what) {
            let count = self.socket.read(&mut input).unwrap();
            assert!(count > 0, "the end, after {:?}", self.heard);
            let mut bytes = &mut input[..count];
            while let Some(event) = self.client.receive(&mut bytes, &mut output).unwrap() {
                self.heard.push(match event {
                    Event::Connected(_) => "connected".to_owned(),
                    Event::Text(text) => format!("text {text}"),
                    Event::Binary(data) => format!("binary {}", data.len()),
                    Event::Pong(_) => "pong".to_owned(),
                    Event::Close(close) => close.map_or_else(|| "close".to_owned(), |close| format!("close {close}")),
                    other => panic!("{other:?}"),
                });
            }
            self.socket.write_all(&output).unwrap();
            output.clear();
        }
    }
}

#[test]
fn it_echoes_in_every_version_that_is_compiled_in() {
    let server = EchoServer::start(&[]);
    for version in HandshakeConfig::new().spoken() {
        let mut caller = Caller::new(&server, version);
        caller.say(|client, out| client.send_text("κόσμε", out).unwrap());
        caller.hear_until("text κόσμε");
        if version.can().binary {
            caller.say(|client, out| client.send_binary(&[7; 1_000_000], out).unwrap());
            caller.hear_until("binary 1000000");
            caller.say(|client, out| client.send_ping(b"?", out).unwrap());
            caller.hear_until("pong");
        }
    }
}

#[test]
fn it_serves_its_page() {
    let server = EchoServer::start(&[]);
    let mut socket = server.connect();
    socket.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut page = String::new();
    socket.read_to_string(&mut page).unwrap();
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.trim_end().ends_with("</html>"), "{page}");
    assert!(!page.contains("https://") && !page.contains("src="), "nothing comes from elsewhere");
}

#[test]
fn ctrl_c_says_goodbye_and_stops() {
    let mut server = EchoServer::start(&[]);
    let mut caller = Caller::new(&server, Version::Hybi17);
    server.interrupt();
    caller.hear_until("close 1001 the server stops");
    drop(caller);
    assert!(server.process.wait().unwrap().success());
}

#[test]
fn a_peer_that_does_not_read_is_not_read_either_and_others_are_served() {
    let server = EchoServer::start(&[]);
    let mut deaf = Caller::new(&server, Version::Hybi17);
    deaf.socket.set_nonblocking(true).unwrap();
    let mut message = Vec::new();
    deaf.client.send_binary(&[1; 60_000], &mut message).unwrap();
    // Until neither the network nor the server takes any more: far less than could be sent.
    let (mut sent, mut patience) = (0, 0);
    while patience < 40 && sent < 1 << 30 {
        match deaf.socket.write(&message) {
            Ok(count) if count == message.len() => (sent, patience) = (sent + count, 0),
            Ok(count) => {
                // The rest of this message goes first, for the next time.
                message.rotate_left(count);
                message.truncate(message.len() - count);
                break;
            }
            Err(_) => {
                patience += 1;
                std::thread::sleep(Duration::from_millis(5));
            }
        }
    }
    assert!(sent < 100 << 20, "{sent} bytes were taken from a peer that reads nothing");
    let mut caller = Caller::new(&server, Version::Hybi17);
    caller.say(|client, out| client.send_text("still there?", out).unwrap());
    caller.hear_until("text still there?");
}

#[test]
fn silence_in_a_handshake_is_not_borne_for_ever() {
    let server = EchoServer::start(&["--handshake-timeout", "1"]);
    let mut socket = server.connect();
    socket.write_all(b"GET / HTT").unwrap();
    let mut rest = Vec::new();
    // The end, or a reset, but no waiting for the read timeout.
    let ended = socket.read_to_end(&mut rest);
    assert!(ended.is_ok() || ended.is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset));
    assert!(rest.is_empty());
}
