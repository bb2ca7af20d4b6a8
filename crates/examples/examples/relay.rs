//! A TCP proxy that looks at every frame and holds no message: each piece goes on as it comes, however large the message.
//!
//! ```text
//! cargo run -p hybi-examples --example relay -- 127.0.0.1:9000 127.0.0.1:9001
//! ```
//!
//! The second address is the server's. What passes is told on the standard error. Behind the handshake, which is checked,
//! `hybi-frame` is all that is needed: a decoder for each direction, and headers made anew.

use std::error::Error;
use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;
use std::time::Instant;

use hybi::frame::{Decoder, Header, mask};
use hybi::handshake_server::challenge::random_bytes;
use hybi::http::{HeadReader, Limits, Request, Response};
use hybi::{Deadlines, HandshakeConfig, OriginPolicy, Role, Timeouts, Upgrade, Version, Versions};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let listener = TcpListener::bind(args.next().unwrap_or_else(|| "127.0.0.1:9000".into()))?;
    let upstream = args.next().unwrap_or_else(|| "127.0.0.1:9001".into());
    println!("listening on ws://{}/", listener.local_addr()?);
    loop {
        let (client, peer) = listener.accept()?;
        let upstream = upstream.clone();
        thread::spawn(move || {
            if let Err(error) = relay(&client, &upstream) {
                eprintln!("{peer}: {error}");
            }
            let _ = client.shutdown(Shutdown::Both);
        });
    }
}

fn relay(mut client: &TcpStream, upstream: &str) -> Result<(), Box<dyn Error>> {
    let deadlines = Deadlines::new(Instant::now());
    // The server behind it knows which origins it likes; what is no handshake of RFC 6455 ends here.
    let config = HandshakeConfig::new().origins(OriginPolicy::Any).versions(Versions::only(Version::Hybi17));
    let (request, early) = read_request(client, deadlines)?;
    let mut request = match Upgrade::check(request, &config) {
        Ok(upgrade) => upgrade.into_request(),
        Err(error) => {
            let mut answer = Vec::new();
            error.write_response(config.spoken(), &mut answer);
            client.write_all(&answer)?;
            return Err(error.into());
        }
    };
    // Who looks at frames has to understand them, so no extension may be agreed on.
    request.remove_header("Sec-WebSocket-Extensions");
    eprintln!("{} {}", request.method(), request.target());

    let mut server = TcpStream::connect(upstream)?;
    for socket in [client, &server] {
        socket.set_nodelay(true)?;
    }
    server.write_all(request.as_bytes())?;
    let (response, late) = read_response(&server, deadlines)?;
    client.write_all(response.as_bytes())?;
    if response.status() != 101 {
        client.write_all(&late)?;
        io::copy(&mut server, &mut client)?;
        return Ok(());
    }
    // From now on silence is a matter between the two ends. What came right behind the heads is the first of the frames.
    for socket in [client, &server] {
        socket.set_read_timeout(None)?;
    }
    thread::scope(|scope| {
        scope.spawn(|| pass(client, &server, early, Role::Server));
        pass(&server, client, late, Role::Client);
    });
    Ok(())
}

/// Passes on what one side sends until it ends. `role` is what we are to that side.
fn pass(from: &TcpStream, to: &TcpStream, first: Vec<u8>, role: Role) {
    if let Err(error) = pass_frames(from, to, first, role) {
        eprintln!("{error}");
        // Both directions are over: the other thread wakes up, too.
        let _ = from.shutdown(Shutdown::Both);
        let _ = to.shutdown(Shutdown::Both);
    }
    let _ = to.shutdown(Shutdown::Write);
}

fn pass_frames(mut from: &TcpStream, mut to: &TcpStream, mut input: Vec<u8>, role: Role) -> Result<(), Box<dyn Error>> {
    // A limit would be one of memory, and a frame takes none here.
    let mut decoder = Decoder::new(Version::Hybi17, role)?.frame_bytes(u64::MAX);
    let (mut key, mut output) = (mask::Key::default(), Vec::new());
    let mut count = input.len();
    input.resize(16 * 1024 + count, 0);
    loop {
        let mut bytes = &mut input[..count];
        while let Some(piece) = decoder.decode(&mut bytes)? {
            if piece.first {
                let mut header = Header::new(piece.opcode, piece.length.unwrap_or_default());
                header.fin = piece.fin;
                if role == Role::Server {
                    // A client's frames are masked, and so are those of a relay to the server: with a key of its own.
                    random_bytes(&mut key);
                    header = header.masked(key);
                }
                eprintln!("{role:?} got {:?}, {} bytes", header.opcode, header.length);
                output.extend_from_slice(&header.encode());
            }
            if role == Role::Server {
                key = mask::apply(key, piece.payload);
            }
            output.extend_from_slice(piece.payload);
        }
        to.write_all(&output)?;
        output.clear();
        count = from.read(&mut input)?;
        if count == 0 {
            return Ok(());
        }
    }
}

/// The head of a request, and what came behind it.
fn read_request(socket: &TcpStream, deadlines: Deadlines) -> Result<(Request<'static>, Vec<u8>), Box<dyn Error>> {
    let (mut reader, mut input) = (HeadReader::new(Limits::new()), [0; 4096]);
    loop {
        let mut bytes = read(socket, &mut input, deadlines)?;
        if let Some(head) = reader.request(&mut bytes)? {
            return Ok((head.into_owned(), bytes.to_vec()));
        }
    }
}

/// The head of a response, and what came behind it.
fn read_response(socket: &TcpStream, deadlines: Deadlines) -> Result<(Response<'static>, Vec<u8>), Box<dyn Error>> {
    let (mut reader, mut input) = (HeadReader::new(Limits::new()), [0; 4096]);
    loop {
        let mut bytes = read(socket, &mut input, deadlines)?;
        if let Some(head) = reader.response(&mut bytes)? {
            return Ok((head.into_owned(), bytes.to_vec()));
        }
    }
}

/// Reads a part of a handshake, before its time is over.
fn read<'a>(mut socket: &TcpStream, input: &'a mut [u8], deadlines: Deadlines) -> io::Result<&'a mut [u8]> {
    let wait = deadlines.next(&Timeouts::new()).map(|at| at.saturating_duration_since(Instant::now()));
    if wait.is_some_and(|wait| wait.is_zero()) {
        return Err(io::ErrorKind::TimedOut.into());
    }
    socket.set_read_timeout(wait)?;
    match socket.read(input)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        count => Ok(&mut input[..count]),
    }
}
