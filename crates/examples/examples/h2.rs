//! HTTP/2 by h2: each WebSocket is a stream among others of one connection, opened by an extended CONNECT (RFC 8441).
//!
//! ```text
//! cargo run -p hybi-examples --example h2 -- 127.0.0.1:9001
//! ```
//!
//! It speaks HTTP/2 at once, as a client does who knows (curl calls it prior knowledge). A browser wants TLS and ALPN before
//! it; see the example `rustls`. There is no key and no accept value; the frames are the same as over TCP.

use std::error::Error;
use std::future::poll_fn;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use h2::ext::Protocol;
use h2::server::SendResponse;
use h2::{RecvStream, SendStream};
use hybi::http::ExtendedConnect;
use hybi::http::http_types::{Request, Response, Version};
use hybi::{Accept, Deadlines, Due, Event, Server, ServerConfig, Timeouts};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{timeout, timeout_at};

/// How long a peer may take to take what we write, and to begin.
const PATIENCE: Duration = Duration::from_secs(20);

fn main() -> Result<(), Box<dyn Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(listen())
}

async fn listen() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:9001".into());
    let listener = TcpListener::bind(address).await?;
    println!("listening on ws://{}/", listener.local_addr()?);
    let config = Arc::new(ServerConfig::new());
    loop {
        let (socket, peer) = listener.accept().await?;
        let config = Arc::clone(&config);
        tokio::spawn(async move {
            if let Err(error) = serve(socket, config).await {
                eprintln!("{peer}: {error}");
            }
        });
    }
}

/// One connection of HTTP/2, with as many WebSockets as the client likes.
async fn serve(socket: TcpStream, config: Arc<ServerConfig>) -> Result<(), Box<dyn Error + Send + Sync>> {
    socket.set_nodelay(true)?;
    let mut builder = h2::server::Builder::new();
    // SETTINGS_ENABLE_CONNECT_PROTOCOL: without it no client asks.
    builder.enable_connect_protocol().max_concurrent_streams(100).initial_window_size(1 << 20);
    let mut connection = timeout(PATIENCE, builder.handshake(socket)).await??;
    while let Some(stream) = connection.accept().await {
        let (request, respond) = stream?;
        let config = Arc::clone(&config);
        tokio::spawn(async move {
            if let Err(error) = answer(request, respond, &config).await {
                eprintln!("{error}");
            }
        });
    }
    Ok(())
}

/// One stream.
async fn answer(
    request: Request<RecvStream>,
    mut respond: SendResponse<Bytes>,
    config: &ServerConfig,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let protocol = request.extensions().get::<Protocol>().map(Protocol::as_str);
    let checked = match ExtendedConnect::from_http(&request, protocol) {
        Ok(connect) => config.check_connect(connect),
        // Here could be the rest of a web server: it is no extended CONNECT, but may be a fine request.
        Err(_) => {
            let response = Response::builder().status(404).version(Version::HTTP_2).body(())?;
            respond.send_response(response, true)?;
            return Ok(());
        }
    };
    match checked {
        Ok(upgrade) => {
            let accepted = config.accept(&upgrade, Accept::new())?;
            let stream = respond.send_response(accepted.http_response()?, false)?;
            talk(request.into_body(), stream, accepted.server).await
        }
        Err(error) => {
            let (head, body) = config.http_refusal(&error, Version::HTTP_2).into_parts();
            let mut stream = respond.send_response(Response::from_parts(head, ()), false)?;
            Ok(stream.send_data(body.into(), true)?)
        }
    }
}

async fn talk(
    mut from: RecvStream,
    mut to: SendStream<Bytes>,
    mut server: Server,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let timeouts = Timeouts::new();
    let mut deadlines = Deadlines::new(Instant::now());
    deadlines.received(server.state(), Instant::now());
    let mut output = Vec::new();
    loop {
        let deadline = deadlines.next(&timeouts).unwrap_or_else(|| Instant::now() + PATIENCE);
        let done = match timeout_at(deadline.into(), from.data()).await {
            Ok(Some(data)) => {
                // h2's bytes may be shared, and a mask is taken off in place, so they are copied.
                let mut input = data?.to_vec();
                let done = react(&mut server, &mut input, &mut output);
                from.flow_control().release_capacity(input.len())?;
                deadlines.received(server.state(), Instant::now());
                done
            }
            Ok(None) => return Ok(server.receive_eof()?),
            Err(_) => match deadlines.due(&timeouts, Instant::now()) {
                Some(Due::Ping) => server.send_ping(b"", &mut output).or(Ok(())),
                Some(due) => return Err(format!("{due:?}").into()),
                None => Ok(()),
            },
        };
        // Also after an error: what the peer is owed is in the output. Its end is the stream's end, too.
        let over = done.is_err() || server.is_closed();
        timeout(PATIENCE, send(&mut to, core::mem::take(&mut output).into(), over)).await??;
        if over {
            return Ok(done?);
        }
    }
}

/// Sends as the windows of HTTP/2 open. While they are closed nothing is read: a peer that takes nothing says nothing.
async fn send(to: &mut SendStream<Bytes>, mut bytes: Bytes, last: bool) -> Result<(), h2::Error> {
    while !bytes.is_empty() {
        to.reserve_capacity(bytes.len());
        let Some(capacity) = poll_fn(|context| to.poll_capacity(context)).await.transpose()? else { break };
        let part = bytes.split_to(capacity.min(bytes.len()));
        to.send_data(part, false)?;
    }
    if last { to.send_data(Bytes::new(), true) } else { Ok(()) }
}

/// All that one read brings. There is no request among it: that was answered before.
fn react(server: &mut Server, mut bytes: &mut [u8], output: &mut Vec<u8>) -> Result<(), hybi::Error> {
    while let Some(event) = server.receive(&mut bytes, output)? {
        match event {
            Event::Text(text) => server.send_text(&text, output)?,
            Event::Binary(data) => server.send_binary(&data, output)?,
            _ => {} // pings and closes are answered already
        }
    }
    Ok(())
}
