//! `draft-hixie-thewebsocketprotocol-75`, February 2010.

use crate::{Can, Facts, Version, Wire};

pub(crate) static FACTS: Facts = Facts {
    version: Version::Hixie75,
    name: "draft-hixie-75",
    feature: "hixie75",
    aliases: &["hixie-75", "draft-hixie-thewebsocketprotocol-75", "75"],
    wire: Wire::Sentinel,
    numbers: &[],
    // Clients compared these to the letter, the space in "Web Socket" included.
    upgrade: "WebSocket",
    reason: "Web Socket Protocol Handshake",
    origin_request: "Origin",
    protocol_header: "WebSocket-Protocol",
    origin_response: Some("WebSocket-Origin"),
    location_response: Some("WebSocket-Location"),
    connect_protocol: None,
    can: Can::TEXT,
    close_codes_received: &[],
    close_codes_sent: &[],
    close_code_too_big: 0,
};
