//! `draft-ietf-hybi-thewebsocketprotocol-10`, July 2011. The number 8 covers hybi-08 to hybi-12; hybi-07 sent 7 and is the
//! same on the wire.

use crate::{Can, Facts, Version, Wire};

pub(crate) static FACTS: Facts = Facts {
    version: Version::Hybi10,
    name: "draft-ietf-hybi-10",
    feature: "hybi10",
    aliases: &["hybi-10", "draft-ietf-hybi-thewebsocketprotocol-10", "8", "7"],
    wire: Wire::Base,
    numbers: &[8, 7],
    upgrade: "websocket",
    reason: "Switching Protocols",
    origin_request: "Sec-WebSocket-Origin",
    protocol_header: "Sec-WebSocket-Protocol",
    origin_response: None,
    location_response: None,
    can: Can::EVERYTHING,
};
