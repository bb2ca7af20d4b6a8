//! tokio: a task for each connection.
//!
//! ```text
//! cargo run -p hybi-examples --example tokio -- 127.0.0.1:9001
//! ```
//!
//! `hybi` never waits, so the only things to await are the socket's: a read with a deadline, and a write.

use std::error::Error;
use std::time::{Duration, Instant};

use hybi::{Deadlines, Due, Event, ReadBuffer, Server, Timeouts, Unread};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{timeout, timeout_at};

/// How long a peer may take to take what we write.
const PATIENCE: Duration = Duration::from_secs(20);

fn main() -> Result<(), Box<dyn Error>> {
    // One thread serves thousands; `new_multi_thread` works as well.
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(listen())
}

async fn listen() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:9001".into());
    let listener = TcpListener::bind(address).await?;
    println!("listening on ws://{}/", listener.local_addr()?);
    loop {
        let (socket, peer) = listener.accept().await?;
        tokio::spawn(async move {
            if let Err(error) = serve(socket).await {
                eprintln!("{peer}: {error}");
            }
        });
    }
}

async fn serve(mut socket: TcpStream) -> Result<(), Box<dyn Error + Send + Sync>> {
    socket.set_nodelay(true)?;
    let (mut server, timeouts) = (Server::new(), Timeouts::new());
    let mut deadlines = Deadlines::new(Instant::now());
    let (mut input, mut output) = (ReadBuffer::new(), Vec::new());
    loop {
        let read = socket.read(input.space());
        let read = match deadlines.next(&timeouts) {
            Some(deadline) => timeout_at(deadline.into(), read).await,
            None => Ok(read.await),
        };
        let done = match read {
            Ok(Ok(0)) => return Ok(server.receive_eof()?),
            Ok(count) => {
                let done = react(&mut server, input.filled(count?), &mut output);
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

/// All that one read brings.
fn react(server: &mut Server, mut unread: Unread<'_>, output: &mut Vec<u8>) -> Result<(), hybi::Error> {
    while let Some(event) = server.receive_from(&mut unread, output)? {
        match event {
            Event::Request(request) => server.accept(&request, output)?,
            Event::Text(text) => server.send_text(&text, output)?,
            Event::Binary(data) => server.send_binary(&data, output)?,
            _ => {} // pings and closes are answered already
        }
    }
    Ok(())
}
