//! axum: a WebSocket beside other routes. A handler is all that it takes; no extractor of the framework's is needed.
//!
//! ```text
//! cargo run -p hybi-examples --example axum -- 127.0.0.1:9001
//! ```

use std::error::Error;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::any;
use hybi::{Accept, Deadlines, Due, Event, Server, ServerConfig, Timeouts};
use hyper::upgrade::{self, Upgraded};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::time::{timeout, timeout_at};

/// How long a peer may take to take what we write.
const PATIENCE: Duration = Duration::from_secs(20);

fn main() -> Result<(), Box<dyn Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(listen())
}

async fn listen() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:9001".into());
    let listener = TcpListener::bind(address).await?;
    println!("listening on ws://{}/", listener.local_addr()?);
    // `any`, not `get`, so that it is `hybi` that refuses what is no GET, with the answer that RFC 6455 asks for.
    let routes = Router::new().route("/", any(websocket)).route("/health", any(async || "well"));
    // It sets no deadline for the head of a request; where that matters, take the loop of the example `hyper`.
    axum::serve(listener, routes.with_state(ServerConfig::new())).await?;
    Ok(())
}

/// The config is shared: a clone is two counters.
async fn websocket(State(config): State<ServerConfig>, mut request: Request) -> Response {
    let accepted = match config.check_http(&request) {
        Ok(upgrade) => config.accept(&upgrade, Accept::new()),
        Err(error) => return config.http_refusal(&error, request.version()).map(Body::from),
    };
    let Ok(accepted) = accepted else { return internal_error() };
    let Ok(response) = accepted.http_response() else { return internal_error() };
    let upgraded = upgrade::on(&mut request);
    tokio::spawn(async move {
        let result = match upgraded.await {
            Ok(io) => talk(io, accepted.server).await,
            Err(error) => Err(error.into()),
        };
        if let Err(error) = result {
            eprintln!("{error}");
        }
    });
    response.map(|()| Body::empty())
}

/// Our own answer named what was not offered.
fn internal_error() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
    response
}

/// The connection after its handshake, on whatever the library makes of it.
async fn talk(io: Upgraded, mut server: Server) -> Result<(), Box<dyn Error + Send + Sync>> {
    let (mut socket, timeouts) = (TokioIo::new(io), Timeouts::new());
    let mut deadlines = Deadlines::new(Instant::now());
    deadlines.received(server.state(), Instant::now());
    let (mut input, mut output) = (vec![0; 16 * 1024], Vec::new());
    loop {
        let read = socket.read(&mut input);
        let read = match deadlines.next(&timeouts) {
            Some(deadline) => timeout_at(deadline.into(), read).await,
            None => Ok(read.await),
        };
        let done = match read {
            Ok(Ok(0)) => return Ok(server.receive_eof()?),
            Ok(count) => {
                let done = react(&mut server, &mut input[..count?], &mut output);
                deadlines.received(server.state(), Instant::now());
                done
            }
            // Nothing came in time. The old versions have no ping, so that one which fails is no error.
            Err(_) => match deadlines.due(&timeouts, Instant::now()) {
                Some(Due::Ping) => server.send_ping(b"", &mut output).or(Ok(())),
                Some(due) => return Err(format!("{due:?}").into()),
                None => Ok(()),
            },
        };
        // Also after an error: the answer that the peer is owed is in the output.
        timeout(PATIENCE, socket.write_all(&output)).await??;
        output.clear();
        if done.is_err() || server.is_closed() {
            // First our side alone, and then what the peer still sends is read, or it could lose our last bytes.
            socket.shutdown().await?;
            let _ = timeout(Duration::from_secs(5), tokio::io::copy(&mut socket, &mut tokio::io::sink())).await;
            return Ok(done?);
        }
    }
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
