//! `draft-ietf-hybi-thewebsocketprotocol-17`, which was published as RFC 6455 in December 2011.

use crate::{Can, Facts, Version, Wire};

pub(crate) static FACTS: Facts = Facts {
    version: Version::Hybi17,
    name: "draft-ietf-hybi-17",
    feature: "hybi17",
    aliases: &["hybi-17", "draft-ietf-hybi-thewebsocketprotocol-17", "rfc6455", "rfc-6455", "13"],
    wire: Wire::Base,
    numbers: &[13],
    upgrade: "websocket",
    reason: "Switching Protocols",
    origin_request: "Origin",
    protocol_header: "Sec-WebSocket-Protocol",
    origin_response: None,
    location_response: None,
    connect_protocol: Some("websocket"),
    can: Can::EVERYTHING,
    // RFC 6455 §7.4, and 1012 to 1014, which were registered later.
    close_codes_received: &[1000..=1003, 1007..=1014, 3000..=4999],
    close_codes_sent: &[1000..=1003, 1007..=1014, 3000..=4999],
    close_code_too_big: 1009,
};
