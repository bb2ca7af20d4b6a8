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
    connect_protocol: None,
    can: Can::EVERYTHING,
    // 1004 was "frame too large" then; what came after 1007 is newer than this draft, but peers that also speak RFC 6455
    // send it here as well.
    close_codes_received: &[1000..=1004, 1007..=1014, 3000..=4999],
    close_codes_sent: &[1000..=1004, 1007..=1007, 3000..=4999],
    close_code_too_big: 1004,
};
