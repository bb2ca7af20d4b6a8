//! An example as a process, and a client of ours that talks to it over a real socket.
#![allow(dead_code, reason = "each test uses a part")]

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use hybi::{Client, ClientConfig, CloseCode, CloseReason, Event, Offer, Url, Version};

/// A running example. It ends with the test.
pub(crate) struct Example {
    process: Child,
    pub(crate) stdout: BufReader<ChildStdout>,
    pub(crate) url: Url,
}

impl Example {
    /// Starts it on a free port of loopback, and waits until it says which.
    pub(crate) fn start(name: &str, arguments: &[&str]) -> Self {
        // Examples are built beside the tests.
        let mut path = std::env::current_exe().unwrap();
        path.pop();
        path.set_file_name("examples");
        path.push(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        let mut command = Command::new(path);
        command.arg("127.0.0.1:0").args(arguments).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("the example is built by `cargo test` without `--test`");
        let mut stdout = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let url = Url::parse(line.trim().strip_prefix("listening on ").unwrap()).unwrap();
        Self { process, stdout, url }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let socket = TcpStream::connect(self.url.address()).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        socket
    }
}

impl Drop for Example {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A client on any blocking stream.
pub(crate) struct Caller<S> {
    stream: S,
    client: Client,
    heard: Vec<String>,
}

impl<S: Read + Write> Caller<S> {
    /// Shakes hands.
    pub(crate) fn new(stream: S, url: &Url, version: Version) -> Self {
        let client = Client::with(&Offer::new(url.clone()).version(version), &ClientConfig::new()).unwrap();
        let mut caller = Self { stream, client, heard: Vec::new() };
        caller.say(|client, output| client.send_request(output));
        caller.hear("connected");
        caller
    }

    pub(crate) fn say(&mut self, act: impl FnOnce(&mut Client, &mut Vec<u8>)) {
        let mut output = Vec::new();
        act(&mut self.client, &mut output);
        self.stream.write_all(&output).unwrap();
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.say(|client, output| client.send_text(text, output).unwrap());
    }

    /// Reads until exactly this was heard; all that came before it is forgotten.
    pub(crate) fn hear(&mut self, what: &str) {
        self.hear_any(what, |heard| heard == what);
    }

    /// Reads until something like this was heard, and forgets what came before it.
    pub(crate) fn hear_any(&mut self, what: &str, mut is: impl FnMut(&str) -> bool) {
        let (mut input, mut output) = (vec![0; 64 * 1024], Vec::new());
        loop {
            if let Some(at) = self.heard.iter().position(|heard| is(heard)) {
                self.heard.drain(..=at);
                return;
            }
            let count = self.stream.read(&mut input).unwrap();
            assert!(count > 0, "the end instead of {what:?}, after {:?}", self.heard);
            let mut bytes = &mut input[..count];
            while let Some(event) = self.client.receive(&mut bytes, &mut output).unwrap() {
                self.heard.push(match event {
                    Event::Connected(_) => "connected".to_owned(),
                    Event::Text(text) => text.into_owned(),
                    Event::Binary(data) if data.iter().all(|byte| *byte == 7) => format!("{} bytes", data.len()),
                    Event::Ping(_) => "ping".to_owned(),
                    Event::Pong(data) => format!("pong {}", String::from_utf8_lossy(&data)),
                    Event::Close(close) => close.map_or_else(|| "close".to_owned(), |close| format!("close {close}")),
                    other => panic!("{other:?}"),
                });
            }
            self.stream.write_all(&output).unwrap();
            output.clear();
        }
    }

    /// Small and large messages, a ping, and a goodbye to the last byte.
    pub(crate) fn talk(mut self, binary_bytes: usize) {
        self.text("κόσμε");
        self.hear("κόσμε");
        if self.client.version().unwrap().can().binary {
            let data = vec![7; binary_bytes];
            self.say(|client, output| client.send_binary(&data, output).unwrap());
            self.hear(&format!("{binary_bytes} bytes"));
            self.say(|client, output| client.send_ping(b"there?", output).unwrap());
            self.hear("pong there?");
        }
        self.bye();
    }

    pub(crate) fn bye(mut self) {
        let can = self.client.version().unwrap().can();
        let reason = CloseReason { code: CloseCode::NORMAL, text: "bye" };
        self.say(|client, output| client.send_close(can.close_codes.then_some(reason), output).unwrap());
        if can.close_handshake {
            self.hear_any("a close", |heard| heard.starts_with("close"));
        }
        let mut rest = Vec::new();
        self.stream.read_to_end(&mut rest).unwrap();
        assert_eq!(rest, b"", "nothing follows the close");
    }
}
