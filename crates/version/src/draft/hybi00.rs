//! `draft-ietf-hybi-thewebsocketprotocol-00`, May 2010; in substance `draft-hixie-thewebsocketprotocol-76`.

use crate::{Can, Facts, Version, Wire};

pub(crate) static FACTS: Facts = Facts {
    version: Version::Hybi00,
    name: "draft-ietf-hybi-00",
    feature: "hybi00",
    aliases: &["hybi-00", "draft-ietf-hybi-thewebsocketprotocol-00", "hixie-76", "hixie76", "draft-hixie-76", "76"],
    wire: Wire::Sentinel,
    numbers: &[],
    upgrade: "WebSocket",
    reason: "WebSocket Protocol Handshake",
    origin_request: "Origin",
    protocol_header: "Sec-WebSocket-Protocol",
    origin_response: Some("Sec-WebSocket-Origin"),
    location_response: Some("Sec-WebSocket-Location"),
    connect_protocol: None,
    can: Can { close_handshake: true, ..Can::TEXT },
    close_codes_received: &[],
    close_codes_sent: &[],
    close_code_too_big: 0,
};
