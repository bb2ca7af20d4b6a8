//! `wss://` by rustls, with the certificate made at the start. It prints the certificate for the client that is to trust it.
//!
//! ```text
//! cargo run -p hybi-examples --example rustls -- 127.0.0.1:9443
//! ```
//!
//! To `hybi` TLS is a transport like any other: what is read from it goes in, and the output is written to it.

use std::error::Error;
use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use hybi::{Deadlines, Due, Event, HandshakeConfig, Server, ServerConfig, Timeouts};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConnection, StreamOwned};

fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:9443".into());
    let listener = TcpListener::bind(address)?;
    println!("listening on wss://localhost:{}/", listener.local_addr()?.port());

    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
    println!("{}", made.cert.pem());
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    let mut tls = rustls::ServerConfig::builder_with_provider(ring)
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())?;
    // A browser asks which protocol follows. It is HTTP/1.1, in which a WebSocket begins.
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    let tls = Arc::new(tls);

    // The old versions answer with their URL, and have to know that it is `wss:`.
    let config = ServerConfig::new().handshake(HandshakeConfig::new().secure(true));
    loop {
        let (socket, peer) = listener.accept()?;
        let (tls, server) = (ServerConnection::new(Arc::clone(&tls))?, Server::with(&config));
        thread::spawn(move || {
            if let Err(error) = serve(StreamOwned::new(tls, socket), server) {
                eprintln!("{peer}: {error}");
            }
        });
    }
}

fn serve(mut stream: StreamOwned<ServerConnection, TcpStream>, mut server: Server) -> Result<(), Box<dyn Error>> {
    stream.sock.set_nodelay(true)?;
    stream.sock.set_write_timeout(Some(Duration::from_secs(20)))?;
    let (mut deadlines, timeouts) = (Deadlines::new(Instant::now()), Timeouts::new());
    let (mut input, mut output) = (vec![0; 64 * 1024], Vec::new());
    loop {
        let wait = deadlines.next(&timeouts).map(|at| at.saturating_duration_since(Instant::now()));
        stream.sock.set_read_timeout(wait.map(|wait| wait.max(Duration::from_millis(1))))?;
        // The first read also does the handshake of TLS.
        let done = match stream.read(&mut input) {
            Ok(0) => return Ok(server.receive_eof()?),
            Ok(count) => {
                let done = react(&mut server, &mut input[..count], &mut output);
                deadlines.received(server.state(), Instant::now());
                done
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                match deadlines.due(&timeouts, Instant::now()) {
                    Some(Due::Ping) => server.send_ping(b"", &mut output).or(Ok(())),
                    Some(due) => return Err(format!("{due:?}").into()),
                    None => Ok(()),
                }
            }
            Err(error) => return Err(error.into()),
        };
        // Also after an error: the answer that the peer is owed is in the output.
        stream.write_all(&output)?;
        output.clear();
        if done.is_err() || server.is_closed() {
            // TLS has a goodbye of its own. Then our side is closed, and what the peer still sends is read.
            stream.conn.send_close_notify();
            stream.flush()?;
            stream.sock.shutdown(Shutdown::Write)?;
            while stream.sock.read(&mut input).is_ok_and(|count| count > 0) {}
            return Ok(done?);
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
