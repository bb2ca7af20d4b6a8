//! How the peers of the self-tests agree to permessage-deflate.

use crate::conformance::selftest::defect::Defect;
use crate::conformance::version::Side;
use crate::conformance::wire::deflate::{Codec, Offer, Params};
use crate::conformance::wire::head::Head;

/// The answer of a server to the offers in a request.
pub(crate) fn answer(head: &Head, defect: Defect) -> Option<Params> {
    let extensions: Vec<_> = head.all("Sec-WebSocket-Extensions").collect();
    Offer::list(&extensions.join(",")).iter().filter(|offer| offer.is_deflate()).find_map(|offer| {
        let mut offer = offer.clone();
        let limits_client = offer.has("client_max_window_bits");
        offer.params.retain(|param| param.0 != "client_max_window_bits" || param.1.is_some());
        if defect == Defect::AnyParameter {
            offer.params.retain(|param| !param.0.starts_with("x_"));
        }
        let params = Params::read(&offer).ok()?;
        Some(Params { client_bits: if limits_client { params.client_bits } else { 15 }, ..params })
    })
}

/// The codec of one end.
pub(crate) fn codec(params: Params, side: Side, defect: Defect) -> Codec {
    let wide = match defect {
        Defect::IgnoresWindow => Params { server_bits: 15, client_bits: 15, ..params },
        Defect::ForgetsContext if side == Side::Server => Params { client_no_context: true, ..params },
        Defect::ForgetsContext => Params { server_no_context: true, ..params },
        _ => params,
    };
    Codec::new(wide, side)
}
