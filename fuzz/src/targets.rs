//! All checks by name. A target, its seeds and its check have the same one.

use crate::*;

/// A check with its name.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// `http_request`: the name of `targets/http_request.rs` and of the folder `seeds/http_request`.
    pub name: &'static str,
    /// Takes any bytes, and panics where something does not hold.
    pub check: fn(&[u8]),
}

/// All targets.
pub const TARGETS: &[Target] = &[
    Target { name: "challenge", check: check_challenge },
    Target { name: "client", check: check_client },
    Target { name: "connection", check: check_connection },
    Target { name: "cookies", check: check_cookies },
    Target { name: "deflate_decompress", check: check_deflate_decompress },
    Target { name: "deflate_negotiate", check: check_deflate_negotiate },
    Target { name: "deflate_round_trip", check: check_deflate_round_trip },
    Target { name: "extension_list", check: check_extension_list },
    Target { name: "frame_base", check: check_frame_base },
    Target { name: "frame_round_trip", check: check_frame_round_trip },
    Target { name: "frame_sentinel", check: check_frame_sentinel },
    Target { name: "handshake_build", check: check_handshake_build },
    Target { name: "http_build", check: check_http_build },
    Target { name: "http_request", check: check_http_request },
    Target { name: "http_response", check: check_http_response },
    Target { name: "server", check: check_server },
    Target { name: "talk", check: check_talk },
    Target { name: "tungstenite", check: check_tungstenite },
    Target { name: "url", check: check_url },
    Target { name: "utf8", check: check_utf8 },
];
