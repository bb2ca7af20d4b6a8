//! smol, the successor of async-std, on one thread. The same futures run under async-std's old executor or any other.
//!
//! ```text
//! cargo run -p hybi-examples --example smol -- 127.0.0.1:9001
//! ```

use std::error::Error;
use std::io;
use std::time::{Duration, Instant};

use hybi::{Deadlines, Due, Event, Server, Timeouts};
use smol::future::FutureExt as _;
use smol::io::{AsyncReadExt as _, AsyncWriteExt as _};
use smol::net::{TcpListener, TcpStream};
use smol::{LocalExecutor, Timer};

/// How long a peer may take to take what we write.
const PATIENCE: Duration = Duration::from_secs(20);

fn main() -> Result<(), Box<dyn Error>> {
    let executor = LocalExecutor::new();
    smol::block_on(executor.run(listen(&executor)))
}

async fn listen(executor: &LocalExecutor<'_>) -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:9001".into());
    let listener = TcpListener::bind(address).await?;
    println!("listening on ws://{}/", listener.local_addr()?);
    loop {
        let (socket, peer) = listener.accept().await?;
        let task = async move {
            if let Err(error) = serve(socket).await {
                eprintln!("{peer}: {error}");
            }
        };
        executor.spawn(task).detach();
    }
}

/// What a future gives, or an error of this kind once the time has come: whichever is first.
async fn until<T>(deadline: Option<Instant>, future: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    let Some(deadline) = deadline else { return future.await };
    let alarm = async {
        Timer::at(deadline).await;
        Err(io::ErrorKind::TimedOut.into())
    };
    future.or(alarm).await
}

async fn serve(mut socket: TcpStream) -> Result<(), Box<dyn Error>> {
    socket.set_nodelay(true)?;
    let (mut server, timeouts) = (Server::new(), Timeouts::new());
    let mut deadlines = Deadlines::new(Instant::now());
    let (mut input, mut output) = (vec![0; 16 * 1024], Vec::new());
    loop {
        let done = match until(deadlines.next(&timeouts), socket.read(&mut input)).await {
            Ok(0) => return Ok(server.receive_eof()?),
            Ok(count) => {
                let done = react(&mut server, &mut input[..count], &mut output);
                deadlines.received(server.state(), Instant::now());
                done
            }
            // Nothing came in time. The old versions have no ping, so that one which fails is no error.
            Err(error) if error.kind() == io::ErrorKind::TimedOut => match deadlines.due(&timeouts, Instant::now()) {
                Some(Due::Ping) => server.send_ping(b"", &mut output).or(Ok(())),
                Some(due) => return Err(format!("{due:?}").into()),
                None => Ok(()),
            },
            Err(error) => return Err(error.into()),
        };
        // Also after an error: the answer that the peer is owed is in the output.
        until(Some(Instant::now() + PATIENCE), socket.write_all(&output)).await?;
        output.clear();
        if done.is_err() || server.is_closed() {
            // First our side alone, and then what the peer still sends is read, or it could lose our last bytes.
            socket.close().await?;
            let rest = smol::io::copy(&mut socket, smol::io::sink());
            let _ = until(Some(Instant::now() + Duration::from_secs(5)), rest).await;
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
