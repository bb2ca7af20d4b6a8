//! A handler behind a gateway that has read the head of the request already: CGI, and what took its names over.
//!
//! ```text
//! cargo run -p hybi-examples --example cgi -- 127.0.0.1:9001
//! ```
//!
//! The program is both. As a gateway it listens, reads a head, and starts itself for each connection with the head in the
//! environment. As a handler it makes a request of the environment, by `Request::from_env`, and talks by its standard input
//! and output. The body of the old draft hybi-00, eight bytes, is read there like everything that follows the head.

use std::error::Error;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use hybi::http::{HeadReader, Limits, Request};
use hybi::{Deadlines, Due, Event, Server, Timeouts};

fn main() -> Result<(), Box<dyn Error>> {
    if std::env::var_os("GATEWAY_INTERFACE").is_some() { handle() } else { listen() }
}

/// The handler: the head is in the environment, and what follows it comes by the standard input.
fn handle() -> Result<(), Box<dyn Error>> {
    let variables = std::env::vars_os();
    let request = Request::from_env(
        variables.filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))),
    )?;
    // A pipe can't be read with a deadline, so a thread does the reading.
    let (sender, reads) = mpsc::sync_channel(1);
    thread::spawn(move || {
        let mut input = vec![0; 16 * 1024];
        while let Ok(count @ 1..) = io::stdin().read(&mut input) {
            if sender.send(input[..count].to_vec()).is_err() {
                break;
            }
        }
    });
    let (mut server, timeouts) = (Server::new(), Timeouts::new());
    let mut deadlines = Deadlines::new(Instant::now());
    let mut stdout = io::stdout().lock();
    let mut output = Vec::new();
    // The request is a head again, and goes in like one that was read from a socket.
    let mut input = request.as_bytes().to_vec();
    loop {
        let done = react(&mut server, &mut input, &mut output);
        deadlines.received(server.state(), Instant::now());
        // Also after an error: the answer that the peer is owed is in the output.
        stdout.write_all(&output)?;
        stdout.flush()?;
        output.clear();
        if done.is_err() || server.is_closed() {
            return Ok(done?);
        }
        let deadline = deadlines.next(&timeouts).unwrap_or_else(|| Instant::now() + Duration::from_secs(3600));
        match reads.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(bytes) => input = bytes,
            Err(RecvTimeoutError::Disconnected) => return Ok(server.receive_eof()?),
            Err(RecvTimeoutError::Timeout) => {
                input.clear();
                match deadlines.due(&timeouts, Instant::now()) {
                    // The old versions have no ping, so that one which fails is no error.
                    Some(Due::Ping) => drop(server.send_ping(b"", &mut output)),
                    Some(due) => return Err(format!("{due:?}").into()),
                    None => {}
                }
            }
        }
    }
}

/// The gateway, as simple as one can be.
fn listen() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:9001".into());
    let listener = TcpListener::bind(address)?;
    println!("listening on ws://{}/", listener.local_addr()?);
    loop {
        let (socket, peer) = listener.accept()?;
        thread::spawn(move || {
            if let Err(error) = hand_on(&socket) {
                eprintln!("{peer}: {error}");
            }
            let _ = socket.shutdown(Shutdown::Both);
        });
    }
}

fn hand_on(mut socket: &TcpStream) -> Result<(), Box<dyn Error>> {
    socket.set_nodelay(true)?;
    socket.set_read_timeout(Timeouts::new().handshake)?;
    let (mut reader, mut input) = (HeadReader::new(Limits::new()), [0; 4096]);
    let (request, rest) = loop {
        let count = socket.read(&mut input)?;
        if count == 0 {
            return Ok(());
        }
        let mut bytes = &mut input[..count];
        if let Some(request) = reader.request(&mut bytes)? {
            break (request.into_owned(), bytes.to_vec());
        }
    };
    socket.set_read_timeout(None)?;
    let mut command = Command::new(std::env::current_exe()?);
    command.env("GATEWAY_INTERFACE", "CGI/1.1").env("SERVER_PROTOCOL", request.http_version().to_string());
    command.env("REQUEST_METHOD", request.method()).env("REQUEST_URI", request.target());
    for (name, value) in request.headers().iter() {
        let name = format!("HTTP_{}", name.to_ascii_uppercase().replace('-', "_"));
        command.env(name, String::from_utf8_lossy(value).as_ref());
    }
    let mut handler = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (stdin, stdout) = (handler.stdin.take(), handler.stdout.take());
    let mut from = socket.try_clone()?;
    thread::spawn(move || {
        let mut stdin = stdin?;
        stdin.write_all(&rest).ok()?;
        pump(&mut from, &mut stdin).ok()
    });
    if let Some(mut stdout) = stdout {
        pump(&mut stdout, &mut socket)?;
    }
    // The handler is done: our side is closed, and the thread reads until the peer has closed its own.
    socket.shutdown(Shutdown::Write)?;
    handler.wait()?;
    socket.set_read_timeout(Timeouts::new().close)?;
    while socket.read(&mut input).is_ok_and(|count| count > 0) {}
    Ok(())
}

/// `io::copy` would have the kernel splice the two together, and a pipe that waits for a socket can't be read meanwhile.
fn pump(from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    let mut bytes = vec![0; 16 * 1024];
    loop {
        match from.read(&mut bytes)? {
            0 => return Ok(()),
            count => to.write_all(&bytes[..count])?,
        }
    }
}

/// All that one read brings.
fn react(server: &mut Server, mut bytes: &mut [u8], output: &mut Vec<u8>) -> Result<(), hybi::Error> {
    while let Some(event) = server.receive(&mut bytes, output)? {
        match event {
            Event::Request(request) => server.accept(&request, output)?,
            Event::Text(text) => server.send_text(&text, output)?,
            Event::Binary(data) => server.send_binary(&data, output)?,
            _ => {} // pings and closes are answered already
        }
    }
    Ok(())
}
