//! monoio: io_uring where the kernel allows it, epoll or kqueue elsewhere. It says which.
//!
//! ```text
//! cargo run -p hybi-examples --example monoio -- 127.0.0.1:9001
//! ```
//!
//! On io_uring it is the kernel that fills the buffer, so the buffer is the kernel's as long as a read lasts, and comes back
//! with the result. A read that takes too long is not dropped but cancelled: what came in the same moment is not lost.

use std::error::Error;
use std::io;
use std::pin::pin;
use std::time::{Duration, Instant};

use hybi::{Deadlines, Due, Event, Server, Timeouts};
use monoio::io::{
    AsyncReadRent as _, AsyncWriteRent as _, AsyncWriteRentExt as _, CancelableAsyncReadRent as _, Canceller,
};
use monoio::net::{TcpListener, TcpStream};
use monoio::time::timeout;
use monoio::{FusionDriver, RuntimeBuilder};

/// How long a peer may take to take what we write.
const PATIENCE: Duration = Duration::from_secs(20);

fn main() -> Result<(), Box<dyn Error>> {
    let io_uring = cfg!(target_os = "linux") && monoio::utils::detect_uring();
    eprintln!("{}", if io_uring { "on io_uring" } else { "the kernel gives no io_uring: on readiness instead" });
    RuntimeBuilder::<FusionDriver>::new().enable_timer().build()?.block_on(listen())
}

async fn listen() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:9001".into());
    let listener = TcpListener::bind(address)?;
    println!("listening on ws://{}/", listener.local_addr()?);
    loop {
        let (socket, peer) = listener.accept().await?;
        monoio::spawn(async move {
            if let Err(error) = serve(socket).await {
                eprintln!("{peer}: {error}");
            }
        });
    }
}

/// Reads until then. The buffer comes back in any case.
async fn read(socket: &mut TcpStream, buffer: Vec<u8>, deadline: Option<Instant>) -> (io::Result<usize>, Vec<u8>) {
    let Some(deadline) = deadline else { return socket.read(buffer).await };
    let canceller = Canceller::new();
    let mut read = pin!(socket.cancelable_read(buffer, canceller.handle()));
    match timeout(deadline.saturating_duration_since(Instant::now()), &mut read).await {
        Ok(read) => read,
        Err(_) => {
            let _ = canceller.cancel();
            read.await
        }
    }
}

async fn serve(mut socket: TcpStream) -> Result<(), Box<dyn Error>> {
    socket.set_nodelay(true)?;
    let (mut server, timeouts) = (Server::new(), Timeouts::new());
    let mut deadlines = Deadlines::new(Instant::now());
    let (mut input, mut output) = (Vec::with_capacity(16 * 1024), Vec::new());
    loop {
        let (count, buffer) = read(&mut socket, input, deadlines.next(&timeouts)).await;
        input = buffer;
        let now = Instant::now();
        let done = match count {
            Ok(0) => return Ok(server.receive_eof()?),
            Ok(count) => {
                let done = react(&mut server, &mut input[..count], &mut output);
                deadlines.received(server.state(), now);
                done
            }
            Err(error) => match deadlines.due(&timeouts, now) {
                // The old versions have no ping, so that one which fails is no error.
                Some(Due::Ping) => server.send_ping(b"", &mut output).or(Ok(())),
                Some(due) => return Err(format!("{due:?}").into()),
                None => return Err(error.into()),
            },
        };
        // Also after an error: the answer that the peer is owed is in the output.
        let (written, buffer) = timeout(PATIENCE, socket.write_all(output)).await?;
        written?;
        output = buffer;
        output.clear();
        if done.is_err() || server.is_closed() {
            // First our side alone, and then what the peer still sends is read, or it could lose our last bytes.
            socket.shutdown().await?;
            while let (Ok(1..), buffer) = read(&mut socket, input, deadlines.next(&timeouts)).await {
                input = buffer;
            }
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
