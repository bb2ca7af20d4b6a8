//! hyper: it receives the request and sends the answer, and then hands over the connection.
//!
//! ```text
//! cargo run -p hybi-examples --example hyper -- 127.0.0.1:9001
//! ```
//!
//! With the feature `http`, a request is checked where it is, and the answer is made of the same types. What is no handshake
//! gets the answer that it is owed, with the status that the broken rule has; here could be the rest of a web server.

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hybi::{Accept, Deadlines, Due, Event, Server, ServerConfig, Timeouts};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::upgrade::{self, Upgraded};
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
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
    let config = Arc::new(ServerConfig::new());
    let mut http = http1::Builder::new();
    // The deadline of a handshake is hyper's matter: it does the reading.
    http.timer(TokioTimer::new()).header_read_timeout(Timeouts::new().handshake);
    loop {
        let (socket, peer) = listener.accept().await?;
        socket.set_nodelay(true)?;
        let config = Arc::clone(&config);
        let service = service_fn(move |request| {
            let config = Arc::clone(&config);
            async move { answer(request, &config) }
        });
        let connection = http.serve_connection(TokioIo::new(socket), service).with_upgrades();
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                eprintln!("{peer}: {error}");
            }
        });
    }
}

fn answer(mut request: Request<Incoming>, config: &ServerConfig) -> Result<Response<String>, hybi::Error> {
    let upgrade = match config.check_http(&request) {
        Ok(upgrade) => upgrade,
        Err(error) => return Ok(config.http_refusal(&error, request.version())),
    };
    let accepted = config.accept(&upgrade, Accept::new())?;
    let response = accepted.http_response()?;
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
    // Now hyper sends the answer, and the task gets the connection.
    Ok(response.map(|()| String::new()))
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
