//! What a buffer's size costs on a real socket, where each read and each write is a system call: an echo over the loopback, to a
//! client that never waits. Prints how long the server's thread was on a CPU for each message, the kernel's part with it.
//! Linux tells that in `/proc`; elsewhere this fails.

use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::{fs, thread};

use hybi::{Event, ReadBuffer, Server};
use hybi_benches::{Job, Kind, handshake, job};

type Result<T> = core::result::Result<T, Box<dyn Error + Send + Sync>>;

/// How many KiB the `ReadBuffer` has.
const BUFFERS: [usize; 6] = [4, 8, 16, 32, 64, 128];

/// How many bytes of payload.
const PAYLOADS: [usize; 4] = [16, 128, 1024, 16 * 1024];

/// How often each is measured, in turn with the others; the least counts.
const ROUNDS: usize = 5;

/// How many bytes the client sends in one round, about.
const TOTAL: usize = 64 << 20;

/// How often it sends the same messages for that.
const TIMES: usize = 64;

fn main() -> Result<()> {
    let mut least = [[f64::INFINITY; PAYLOADS.len()]; BUFFERS.len()];
    for _ in 0..ROUNDS {
        for (column, payload) in PAYLOADS.into_iter().enumerate() {
            for (row, buffer) in BUFFERS.into_iter().enumerate() {
                let time = echo(payload, buffer << 10)?;
                least[row][column] = least[row][column].min(time);
            }
        }
    }
    println!("{:<8}{}", "KiB", PAYLOADS.map(|payload| format!("{payload:>10}")).concat());
    for (buffer, times) in BUFFERS.into_iter().zip(least) {
        println!("{buffer:<8}{}", times.map(|time| format!("{time:>10.0}")).concat());
    }
    Ok(())
}

/// Nanoseconds of this thread for each message.
fn echo(payload: usize, buffer: usize) -> Result<f64> {
    let job = Job::with(Kind::Binary, job::payload(Kind::Binary, payload), TOTAL / TIMES / (payload + 8), 0);
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = listener.local_addr()?;
    let (wire, answer) = (job.wire.clone(), job.answer.len() * TIMES);
    let client = thread::spawn(move || -> Result<()> {
        let mut writer = TcpStream::connect(address)?;
        let mut reader = writer.try_clone()?;
        let count = thread::spawn(move || -> Result<usize> {
            let (mut space, mut sum) = (vec![0; 256 << 10], 0);
            loop {
                match reader.read(&mut space)? {
                    0 => return Ok(sum),
                    count => sum += count,
                }
            }
        });
        writer.write_all(handshake::REQUEST.as_bytes())?;
        for _ in 0..TIMES {
            writer.write_all(&wire)?;
        }
        writer.shutdown(Shutdown::Write)?;
        let came = count.join().map_err(|_| "the reader panicked")??;
        let head = came.checked_sub(answer).ok_or("an echo is missing")?;
        if head == 0 || head > 1024 { Err("more came than the echoes".into()) } else { Ok(()) }
    });
    let (mut socket, _) = listener.accept()?;
    socket.set_nodelay(true)?;
    let (messages, time) = serve(&mut socket, ReadBuffer::with_size(buffer))?;
    drop(socket);
    client.join().map_err(|_| "the client panicked")??;
    if messages != job.messages * TIMES {
        return Err(format!("{messages} messages came").into());
    }
    Ok(time as f64 / messages as f64)
}

/// How many messages came, and how many nanoseconds all of it took.
fn serve(socket: &mut TcpStream, mut input: ReadBuffer) -> Result<(usize, u64)> {
    let (mut server, mut output, mut messages) = (Server::new(), Vec::new(), 0);
    let begin = time_on_cpu()?;
    loop {
        let count = socket.read(input.space())?;
        if count == 0 {
            return Ok((messages, time_on_cpu()? - begin));
        }
        let mut unread = input.filled(count);
        while let Some(event) = server.receive_from(&mut unread, &mut output)? {
            match event {
                Event::Request(request) => server.accept(&request, &mut output)?,
                Event::Binary(data) => {
                    messages += 1;
                    server.send_binary(&data, &mut output)?;
                }
                _ => {}
            }
        }
        drop(unread);
        socket.write_all(&output)?;
        output.clear();
    }
}

/// How long this thread was on a CPU, as Linux counts it.
fn time_on_cpu() -> Result<u64> {
    let stat = fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(stat.split(' ').next().unwrap_or_default().parse()?)
}
