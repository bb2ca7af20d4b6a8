//! The server of the self-tests.

use core::net::SocketAddr;
use core::time::Duration;
use std::net::{TcpListener, TcpStream};

use crate::conformance::log::Log;
use crate::conformance::opening::{self, read_exact};
use crate::conformance::pace::Pace;
use crate::conformance::selftest::base_engine::Engine;
use crate::conformance::selftest::defect::Defect;
use crate::conformance::selftest::{accepting, checks, sentinel_engine};
use crate::conformance::socket::{Arrived, Socket};
use crate::conformance::talk::after;
use crate::conformance::version::{Side, Version};
use crate::conformance::wire::head::{Head, Lines};

/// Starts a server that is wrong in this way; it serves until the process ends.
pub(crate) fn start(defect: Defect) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || serve(stream, defect));
        }
    });
    address
}

const PACE: Pace = Pace {
    timeout: Duration::from_secs(20),
    prompt: Duration::from_secs(1),
    quiet: Duration::from_secs(1),
    grace: Duration::from_secs(1),
};

fn serve(stream: TcpStream, defect: Defect) -> Option<()> {
    let mut socket = Socket::new(stream).ok()?;
    let (raw, head) = read(&mut socket)?;
    match checks::check(&raw, &head, defect) {
        Ok(version) => accept(socket, &head, version, defect),
        Err(status) => {
            let lines = Lines::new(format!("HTTP/1.1 {status} No")).with("Content-Length", "0");
            let lines = lines.with("Connection", "close");
            let lines = match (status, defect) {
                (426, Defect::SilentAboutVersions) => lines,
                (426, _) => lines.with("Sec-WebSocket-Version", "13, 8"),
                _ => lines,
            };
            let _ = socket.write(&lines.bytes(), PACE.timeout);
            socket.finish();
            let deadline = after(Duration::from_millis(500));
            while socket.fill(deadline) == Arrived::Bytes {
                socket.take(usize::MAX / 2);
            }
            None
        }
    }
}

/// Reads a head, with the line ends that it must have. Blank lines in front are overlooked.
fn read(socket: &mut Socket) -> Option<(Vec<u8>, Head)> {
    loop {
        while socket.bytes().starts_with(b"\r\n") {
            socket.take(2);
        }
        let bytes = socket.bytes();
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let raw = bytes[..end + 4].to_vec();
            socket.take(end + 4);
            let (head, _) = Head::read(&raw)?;
            return Some((raw, head));
        }
        if bytes.len() > 64 << 10 || bytes.ends_with(b"\n\n") {
            let _ = socket.write(b"HTTP/1.1 431 Too Large\r\nConnection: close\r\n\r\n", PACE.timeout);
            return None;
        }
        match socket.fill(after(PACE.timeout)) {
            Arrived::Bytes => {}
            Arrived::Nothing | Arrived::Ended(_) => return None,
        }
    }
}

fn accept(mut socket: Socket, head: &Head, version: Version, defect: Defect) -> Option<()> {
    let log = Log::new();
    let early = version == Version::Hybi00 && defect != Defect::WaitsForKey3;
    let as_head = if early { Version::Hixie75 } else { version };
    let mut keys = opening::keys_of(head, as_head, &mut socket, &log, PACE).ok()?;
    let mut lines = change(opening::answer(head, version, &keys), head, version, defect);
    let params = accepting::answer(head, defect).filter(|_| version.has_base_frames());
    if let Some(params) = params {
        lines = lines.with("Sec-WebSocket-Extensions", params.to_string());
    }
    socket.write(&lines.bytes(), PACE.timeout).ok()?;
    if early {
        keys.key3 = read_exact(&mut socket, 8, &log, PACE).ok()?.try_into().ok()?;
    }
    match version {
        Version::Hybi17 | Version::Hybi10 => {
            let codec = params.map(|params| accepting::codec(params, Side::Server, defect));
            Engine::new(socket, Side::Server, defect, codec).run();
        }
        Version::Hybi00 => {
            let mut sum = keys.checksum().unwrap_or_default();
            sum[0] ^= u8::from(defect == Defect::WrongChecksum);
            socket.write(&sum, PACE.timeout).ok()?;
            sentinel_engine::run(socket, version, defect, false);
        }
        Version::Hixie75 => {
            sentinel_engine::run(socket, version, defect, false);
        }
    }
    Some(())
}

/// An answer as a server with this defect gives it.
fn change(lines: Lines, head: &Head, version: Version, defect: Defect) -> Lines {
    match (defect, version) {
        (Defect::WrongAccept, Version::Hybi17) | (Defect::WrongAccept8, Version::Hybi10) => {
            lines.set("Sec-WebSocket-Accept", head.get("Sec-WebSocket-Key").unwrap_or_default())
        }
        (Defect::WrongLocation, _) => {
            lines.set("WebSocket-Location", "ws://x/").set("Sec-WebSocket-Location", "ws://x/")
        }
        (Defect::WrongPhrase, Version::Hixie75) => lines.first("HTTP/1.1 101 WebSocket Protocol Handshake"),
        _ => lines,
    }
}
