//! The servers that echo, each with a client over a real socket, in the versions that they have.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use std::io::{Read as _, Write as _};
use std::thread;
use std::time::{Duration, Instant};

use hybi::{SUPPORTED, Version};
use support::{Caller, Example};

const SERVERS: [&str; 5] = ["threads", "mio", "tokio", "smol", "monoio"];

#[test]
fn they_echo() {
    for name in SERVERS {
        let example = Example::start(name, &[]);
        for version in SUPPORTED.iter().filter(|version| version.can().close_handshake) {
            println!("{name} {version}");
            Caller::new(example.connect(), &example.url, version).talk(1_000_000);
        }
    }
}

#[test]
fn they_serve_many_at_once() {
    for name in SERVERS {
        let example = Example::start(name, &[]);
        let mut callers: Vec<_> =
            (0..20).map(|_| Caller::new(example.connect(), &example.url, Version::Hybi17)).collect();
        for (index, caller) in callers.iter_mut().enumerate() {
            caller.text(&format!("I am {index}"));
        }
        for (index, mut caller) in callers.into_iter().enumerate().rev() {
            caller.hear(&format!("I am {index}"));
            caller.bye();
        }
    }
}

#[test]
fn they_tell_what_is_wrong_and_close() {
    for name in SERVERS {
        let example = Example::start(name, &[]);
        let mut socket = example.connect();
        socket
            .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 4"), "{name}: {answer}");

        let mut socket = example.connect();
        let request = b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        // A frame without a mask comes in the same write.
        socket.write_all(&[&request[..], b"\x81\x02hi"].concat()).unwrap();
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap() + 4;
        assert_eq!(answer[end..end + 1], [0x88], "{name}");
        assert_eq!(answer[end + 2..end + 4], 1002_u16.to_be_bytes(), "{name}");
    }
}

/// It takes the ten seconds of a handshake's deadline, of all of them at the same time.
#[test]
fn they_do_not_bear_silence_for_ever() {
    let silent = SERVERS.map(|name| {
        thread::spawn(move || {
            let example = Example::start(name, &[]);
            let mut socket = example.connect();
            socket.write_all(b"GET / HTT").unwrap();
            let (started, mut rest) = (Instant::now(), Vec::new());
            // The end, or a reset, but no waiting for the read timeout of this side.
            let ended = socket.read_to_end(&mut rest);
            let waited = started.elapsed();
            assert!(ended.is_ok() || ended.is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset));
            assert!(rest.is_empty() && waited > Duration::from_secs(9), "{name}: {waited:?}");
        })
    });
    for thread in silent {
        thread.join().unwrap();
    }
}
