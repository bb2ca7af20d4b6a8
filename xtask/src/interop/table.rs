//! The table of all peers, in the order of the matrix.

use super::peers::{Departure, Driver, Peer, Role};
use crate::workspace::VERSIONS;

const ALL: &[&str] = &VERSIONS;
const HYBI: &[&str] = &["hybi10", "hybi17"];
const KEYS: &[&str] = &["hybi00", "hybi10", "hybi17"];
const RFC: &[&str] = &["hybi17"];
const SENTINEL: &[&str] = &["hixie75", "hybi00"];

const DEFLATE: &[&str] = &["permessage-deflate"];
/// For a peer that can be told every parameter.
const PARAMETERS: &[&str] = &[
    "permessage-deflate",
    "permessage-deflate; server_no_context_takeover",
    "permessage-deflate; client_no_context_takeover",
    "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
    "permessage-deflate; server_max_window_bits=9",
    "permessage-deflate; client_max_window_bits=9",
    "permessage-deflate; server_max_window_bits=9; client_max_window_bits=9",
    "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10; \
     client_max_window_bits=12",
];

/// For a peer that decompresses each message by itself.
const NO_WINDOW: &[&str] = &[
    "permessage-deflate; client_no_context_takeover",
    "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
];

/// Control frames may come between the frames of a message; these take the ping's RSV1 for that of the message.
const PING_BETWEEN: &[Departure] = &[Departure {
    role: Role::Server,
    versions: HYBI,
    check: "ping-between-deflated",
    why: "a ping between the frames of a compressed message makes it forget that it is compressed",
}];

const CODE_LEFT_OUT: &str = "its close frame has the reason and not the code before it";

/// What most peers have in common.
const PEER: Peer = Peer {
    key: "",
    title: "",
    driver: Driver::Ours,
    client: &[],
    server: &[],
    deflate: &[],
    deflate_in: RFC,
    proxy: None,
    refused: &[],
    departs: &[],
    note: "",
    optional: false,
};

/// A peer with Perl's implementation behind a proxy: it speaks all versions, sends the head early and no length.
const BEHIND: Peer = Peer { driver: Driver::Perl("--no-length", "--early"), client: ALL, server: ALL, ..PEER };

/// All of them, in the order of the matrix.
pub(crate) const PEERS: &[Peer] = &[
    Peer {
        key: "websockets",
        title: "Python websockets",
        driver: Driver::Python("websockets_peer.py"),
        client: RFC,
        server: RFC,
        deflate: PARAMETERS,
        ..PEER
    },
    Peer {
        key: "wsproto",
        title: "Python wsproto",
        driver: Driver::Python("wsproto_peer.py"),
        client: RFC,
        server: RFC,
        deflate: DEFLATE,
        departs: PING_BETWEEN,
        ..PEER
    },
    Peer {
        key: "aiohttp",
        title: "Python aiohttp",
        driver: Driver::Python("aiohttp_peer.py"),
        client: RFC,
        server: HYBI,
        deflate: DEFLATE,
        deflate_in: HYBI,
        ..PEER
    },
    Peer {
        key: "tornado",
        title: "Python tornado",
        driver: Driver::Python("tornado_peer.py"),
        client: RFC,
        server: RFC,
        deflate: DEFLATE,
        departs: PING_BETWEEN,
        ..PEER
    },
    Peer {
        key: "autobahn",
        title: "Python autobahn",
        driver: Driver::Python("autobahn_peer.py"),
        client: HYBI,
        server: HYBI,
        deflate: DEFLATE,
        deflate_in: HYBI,
        ..PEER
    },
    Peer {
        key: "picows",
        title: "Python picows",
        driver: Driver::Python("picows_peer.py"),
        client: RFC,
        server: HYBI,
        note: "it hands out frames: text is checked and fragments are joined by the driver",
        ..PEER
    },
    Peer {
        key: "websocket-client",
        title: "Python websocket-client",
        driver: Driver::Python("websocket_client_peer.py"),
        client: RFC,
        ..PEER
    },
    Peer {
        key: "ws4py",
        title: "Python ws4py",
        driver: Driver::Python("ws4py_peer.py"),
        client: RFC,
        server: HYBI,
        ..PEER
    },
    Peer {
        key: "gevent-websocket",
        title: "Python gevent-websocket",
        driver: Driver::Python("gevent_websocket_peer.py"),
        server: HYBI,
        departs: &[
            Departure { role: Role::Server, versions: HYBI, check: "close", why: CODE_LEFT_OUT },
            Departure { role: Role::Server, versions: HYBI, check: "close-back", why: CODE_LEFT_OUT },
        ],
        ..PEER
    },
    Peer {
        key: "ws",
        title: "Node ws",
        driver: Driver::Node("ws.js", "ws"),
        client: HYBI,
        server: HYBI,
        deflate: PARAMETERS,
        deflate_in: HYBI,
        ..PEER
    },
    Peer {
        key: "ws-1",
        title: "Node ws 1",
        driver: Driver::Node("ws.js", "ws-1"),
        client: HYBI,
        server: KEYS,
        deflate: DEFLATE,
        note: "as a client of hybi10 its key is a byte short, which our server takes in that version",
        departs: PING_BETWEEN,
        deflate_in: HYBI,
        ..PEER
    },
    Peer {
        key: "ws-0.4",
        title: "Node ws 0.4",
        driver: Driver::Node("ws.js", "ws-0.4"),
        client: HYBI,
        server: KEYS,
        note: "as a client of hybi10 its key is a byte short, which our server takes in that version",
        ..PEER
    },
    Peer {
        key: "websocket",
        title: "Node websocket",
        driver: Driver::Node("websocket.js", "websocket"),
        client: HYBI,
        server: HYBI,
        ..PEER
    },
    Peer {
        key: "websocket-driver",
        title: "Node websocket-driver",
        driver: Driver::Node("driver.js", "websocket-driver"),
        client: RFC,
        server: &["hixie75", "hybi00", "hybi17"],
        deflate: DEFLATE,
        ..PEER
    },
    Peer {
        key: "websocket-driver-0.6",
        title: "Node websocket-driver 0.6",
        driver: Driver::Node("driver.js", "websocket-driver-0.6"),
        server: ALL,
        ..PEER
    },
    Peer {
        key: "faye-websocket",
        title: "Node faye-websocket",
        driver: Driver::Node("driver.js", "faye-websocket"),
        client: RFC,
        server: RFC,
        deflate: DEFLATE,
        ..PEER
    },
    Peer {
        key: "node-websocket-server",
        title: "Node node-websocket-server",
        driver: Driver::Node("node-websocket-server.js", "node-websocket-server"),
        server: SENTINEL,
        departs: &[Departure {
            role: Role::Server,
            versions: &["hybi00"],
            check: "close",
            why: "it answers a close by ending the stream",
        }],
        ..PEER
    },
    Peer {
        key: "node",
        title: "Node's own WebSocket",
        driver: Driver::Node("native.js", "node"),
        client: RFC,
        deflate: DEFLATE,
        optional: true,
        ..PEER
    },
    Peer {
        key: "chromium",
        title: "Chromium",
        driver: Driver::Node("chromium.js", "chromium"),
        client: RFC,
        deflate: DEFLATE,
        ..PEER
    },
    Peer {
        key: "tungstenite",
        title: "Rust tungstenite",
        driver: Driver::Rust("tungstenite"),
        client: RFC,
        server: RFC,
        ..PEER
    },
    Peer {
        key: "fastwebsockets",
        title: "Rust fastwebsockets",
        driver: Driver::Rust("fastwebsockets"),
        client: RFC,
        server: RFC,
        ..PEER
    },
    Peer {
        key: "soketto",
        title: "Rust soketto",
        driver: Driver::Rust("soketto"),
        client: RFC,
        server: RFC,
        deflate: NO_WINDOW,
        note: "its server keeps no window between messages and does not say so unless asked, so our client offers that",
        ..PEER
    },
    Peer {
        key: "protocol-websocket",
        title: "Perl Protocol::WebSocket",
        driver: Driver::Perl("", ""),
        client: ALL,
        server: ALL,
        note: "its client takes any Sec-WebSocket-Accept, its server any hybi00 key; vectors prove these",
        ..PEER
    },
    Peer {
        key: "mod_pywebsocket",
        title: "Python 2.7 mod_pywebsocket",
        driver: Driver::Python2("python2_server.py", &["mod_pywebsocket"]),
        server: KEYS,
        departs: &[Departure {
            role: Role::Server,
            versions: HYBI,
            check: "ping-between",
            why: "a ping between the frames of a message makes it forget what the message is",
        }],
        optional: true,
        ..PEER
    },
    Peer {
        key: "tornado-2",
        title: "Python 2.7 tornado 2",
        driver: Driver::Python2("python2_server.py", &["tornado"]),
        server: KEYS,
        departs: &[
            Departure { role: Role::Server, versions: HYBI, check: "close", why: "its close has no code" },
            Departure { role: Role::Server, versions: HYBI, check: "close-back", why: "its close has no code" },
        ],
        optional: true,
        ..PEER
    },
    Peer {
        key: "websocket-client-0.4",
        title: "Python 2.7 websocket-client 0.4",
        driver: Driver::Python2("python2_client.py", &[]),
        client: &["hybi00"],
        optional: true,
        ..PEER
    },
    Peer { key: "haproxy-tcp", title: "HAProxy mode tcp, Perl", proxy: Some("haproxy-tcp"), ..BEHIND },
    Peer {
        key: "haproxy-http",
        title: "HAProxy mode http, Perl",
        proxy: Some("haproxy-http"),
        refused: SENTINEL,
        note: "HAProxy answers 400 to hixie75 and hybi00, which have no Sec-WebSocket-Key: that is what is checked",
        ..BEHIND
    },
    Peer { key: "nginx", title: "nginx, Perl", proxy: Some("nginx"), ..BEHIND },
    Peer {
        key: "nginx-length",
        title: "nginx, Perl with Content-Length",
        driver: Driver::Perl("", "--early"),
        client: &["hybi00"],
        proxy: Some("nginx"),
        ..PEER
    },
    Peer {
        key: "nginx-driver",
        title: "nginx, Node websocket-driver",
        driver: Driver::Node("driver.js", "websocket-driver-0.6"),
        server: ALL,
        proxy: Some("nginx"),
        ..PEER
    },
    Peer {
        key: "haproxy-tcp-ours",
        title: "HAProxy mode tcp, ours behind it too",
        client: ALL,
        proxy: Some("haproxy-tcp"),
        ..PEER
    },
    Peer {
        key: "haproxy-http-ours",
        title: "HAProxy mode http, ours behind it too",
        client: ALL,
        proxy: Some("haproxy-http"),
        refused: SENTINEL,
        deflate: DEFLATE,
        ..PEER
    },
    Peer {
        key: "nginx-ours",
        title: "nginx, ours behind it too",
        client: ALL,
        proxy: Some("nginx"),
        deflate: DEFLATE,
        ..PEER
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_peer_has_its_own_name_and_something_to_do() {
        for (index, peer) in PEERS.iter().enumerate() {
            assert!(PEERS.iter().skip(index + 1).all(|other| other.key != peer.key), "{}", peer.key);
            assert!(!peer.client.is_empty() || !peer.server.is_empty(), "{}", peer.key);
        }
    }
}
