//! The Rust peers of `cargo xtask interop`, one program for all of them.
//!
//! usage: `rust-peer PEER client|server PORT VERSION [DEFLATE]`. `../python/common.py` tells the rest.

mod exchange;
mod fastwebsockets_peer;
mod soketto_peer;
mod tungstenite_peer;

use std::io::Read;
use std::net::TcpListener;

use exchange::{Failed, Peer, exchange, say};

/// One library.
struct Library {
    name: &'static str,
    version: &'static str,
    /// Connects to a URL's host and port, offering subprotocols and maybe permessage-deflate.
    connect: fn(port: u16, deflate: bool, subprotocols: &[&'static str]) -> Result<Box<dyn Peer>, Failed>,
    /// Serves for ever.
    serve: fn(TcpListener, deflate: bool) -> Result<(), Failed>,
}

/// The versions are those that Cargo.toml pins.
const LIBRARIES: [Library; 3] = [
    Library {
        name: "tungstenite",
        version: "0.30.0",
        connect: tungstenite_peer::connect,
        serve: tungstenite_peer::serve,
    },
    Library {
        name: "fastwebsockets",
        version: "0.10.0",
        connect: fastwebsockets_peer::connect,
        serve: fastwebsockets_peer::serve,
    },
    Library { name: "soketto", version: "0.8.1", connect: soketto_peer::connect, serve: soketto_peer::serve },
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut words = arguments.iter().map(String::as_str);
    let (peer, role, port, _version) = (words.next(), words.next(), words.next(), words.next());
    let deflate = words.next().is_some();
    let library = LIBRARIES.iter().find(|library| Some(library.name) == peer);
    let (Some(library), Some(role), Some(Ok(port))) = (library, role, port.map(str::parse::<u16>)) else {
        eprintln!("usage: rust-peer PEER client|server PORT VERSION [DEFLATE]");
        std::process::exit(2);
    };
    std::thread::spawn(|| {
        let mut bytes = [0; 4096];
        while std::io::stdin().read(&mut bytes).is_ok_and(|n| n > 0) {}
        std::process::exit(0);
    });
    say(format_args!("peer {} {}", library.name, library.version));
    if role == "client" {
        exchange(deflate, |subprotocols| (library.connect)(port, deflate, subprotocols));
        return;
    }
    let served = TcpListener::bind(("127.0.0.1", port)).map_err(Failed::from).and_then(|listener| {
        say(format_args!("READY {}", listener.local_addr()?.port()));
        (library.serve)(listener, deflate)
    });
    if let Err(failed) = served {
        eprintln!("{failed:?}");
        std::process::exit(1);
    }
}
