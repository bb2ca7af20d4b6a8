//! A server of ours on a port of its own, and the examples as processes that talk to it.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use core::net::SocketAddr;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::thread;

use hybi::{Event, Server, ServerConfig};

/// Where a server listens, until the test ends.
pub(crate) struct Stage {
    address: SocketAddr,
}

/// What the server does about an event of a connection to this path. It may write what it likes.
pub(crate) trait Act: Fn(&str, &mut Server, Event<'_>, &mut Vec<u8>) + Send + Sync + 'static {}

impl<F: Fn(&str, &mut Server, Event<'_>, &mut Vec<u8>) + Send + Sync + 'static> Act for F {}

impl Stage {
    pub(crate) fn new(options: ServerConfig, act: impl Act) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let act = Arc::new(act);
        thread::spawn(move || {
            for socket in listener.incoming() {
                let (socket, server, act) = (socket.unwrap(), Server::with(&options), Arc::clone(&act));
                thread::spawn(move || serve(socket, server, &*act));
            }
        });
        Self { address }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("ws://{}{path}", self.address)
    }
}

fn serve(mut socket: TcpStream, mut server: Server, act: &impl Act) {
    let (mut input, mut output, mut path) = (vec![0; 64 * 1024], Vec::new(), String::new());
    while !server.is_closed() {
        // A client that went away is what some tests want.
        let Ok(size @ 1..) = socket.read(&mut input) else { break };
        let mut bytes = &mut input[..size];
        let failed = loop {
            match server.receive(&mut bytes, &mut output) {
                Ok(Some(event)) => {
                    if let Event::Request(request) = &event {
                        request.resource_name().clone_into(&mut path);
                    }
                    act(&path, &mut server, event, &mut output);
                }
                other => break other.is_err(),
            }
        };
        if socket.write_all(&output).is_err() || failed {
            break;
        }
        output.clear();
    }
}

/// Runs an example with these lines on its standard input, to its end.
pub(crate) fn run(example: &str, arguments: &[&str], lines: &[u8]) -> Output {
    // Examples are built beside the tests.
    let mut path: PathBuf = std::env::current_exe().unwrap();
    path.pop();
    path.set_file_name("examples");
    path.push(format!("{example}{}", std::env::consts::EXE_SUFFIX));
    let mut command = Command::new(path);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().expect("the example is built by `cargo test` without `--test`");
    let mut stdin = process.stdin.take().unwrap();
    let lines = lines.to_vec();
    // It may end before it has read all of them.
    let writer = thread::spawn(move || stdin.write_all(&lines));
    let output = process.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    output
}
