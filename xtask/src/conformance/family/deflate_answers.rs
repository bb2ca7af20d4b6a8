//! Family Z, second part: what a client makes of answers to its offer of permessage-deflate. It comes late, because
//! some drivers do not survive a refused handshake.

use crate::conformance::case::Case;
use crate::conformance::event::Event;
use crate::conformance::guest::Guest;
use crate::conformance::script::Script;
use crate::conformance::talk::Chop;
use crate::conformance::verdict::{Judgement, Verdict};
use crate::conformance::wire::base::Frame;
use crate::conformance::wire::deflate::{Offer, Params};

const SECTION: &str = "RFC 7692 §5.1, §7.1";

/// Z.2.1 to Z.2.12.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (at, (title, answer)) in GOOD.iter().enumerate() {
        let title = format!("{title}: accepted: `{answer}`");
        cases.push(Case::client(format!("Z.2.{}", at + 1), SECTION, title, move |guest| agreed(guest, answer)));
    }
    for (at, (title, answer)) in BAD.iter().enumerate() {
        let id = format!("Z.2.{}", at + 1 + GOOD.len());
        let title = format!("{title}: refused: `{answer}`");
        cases.push(Case::client(id, SECTION, title, move |guest| {
            if let Err(judgement) = offered(&guest, answer, false) {
                return judgement;
            }
            let judgement = super::bad_answers::refused_by(guest, |lines, _| {
                lines.with("Sec-WebSocket-Extensions", *answer).bytes()
            });
            // No rule says in so many words that an extension may be there only once.
            match judgement.verdict() {
                Verdict::Failed if answer.contains(", ") => Judgement::non_strict(judgement.why),
                _ => judgement,
            }
        }));
    }
    cases
}

const GOOD: &[(&str, &str)] = &[
    ("plain", "permessage-deflate"),
    ("the server keeps no context", "permessage-deflate; server_no_context_takeover"),
    ("the client is to keep no context", "permessage-deflate; client_no_context_takeover"),
    ("the client is to limit its window", "permessage-deflate; client_max_window_bits=10"),
];

const BAD: &[(&str, &str)] = &[
    ("an unknown parameter", "permessage-deflate; x_unknown"),
    ("a parameter twice", "permessage-deflate; server_no_context_takeover; server_no_context_takeover"),
    ("a window of 7 bits", "permessage-deflate; server_max_window_bits=7"),
    ("a window of 16 bits", "permessage-deflate; server_max_window_bits=16"),
    ("a window without a value", "permessage-deflate; server_max_window_bits"),
    ("a value where none belongs", "permessage-deflate; client_no_context_takeover=1"),
    ("twice the same extension", "permessage-deflate, permessage-deflate"),
    ("a limit that the client did not offer", "permessage-deflate; client_max_window_bits=10"),
];

/// Whether the client made an offer to which this is an answer.
fn offered(guest: &Guest, answer: &str, can_limit: bool) -> Result<(), Judgement> {
    let extensions: Vec<_> = guest.head.all("Sec-WebSocket-Extensions").collect();
    let offers = Offer::list(&extensions.join(","));
    let Some(offer) = offers.iter().find(|offer| offer.is_deflate()) else {
        return Err(Judgement::unimplemented("the client did not offer permessage-deflate"));
    };
    let is_limit = answer.contains("client_max_window_bits");
    if is_limit && offer.has("client_max_window_bits") != can_limit {
        let offered = if can_limit { "did not offer" } else { "offered" };
        return Err(Judgement::unimplemented(format!("the client {offered} to limit its window")));
    }
    Ok(())
}

/// Answers so, and sees that messages come back as the parameters want them.
fn agreed(mut guest: Guest, answer: &str) -> Judgement {
    if let Err(judgement) = offered(&guest, answer, true) {
        return judgement;
    }
    let params = Offer::list(answer).first().map_or(Ok(Params::PLAIN), Params::read);
    let (keys, params) = match (guest.keys(), params) {
        (Ok(keys), Ok(params)) => (keys, params),
        (Err(error), _) | (_, Err(error)) => return Judgement::failed(error),
    };
    let bytes = guest.answer(&keys).with("Sec-WebSocket-Extensions", answer).bytes();
    guest.send("answer", &bytes, Chop::Whole);
    let mut talk = guest.talk();
    talk.agree(params);
    let message = super::deflate_messages::noise_twice(params.client_bits);
    let Some(Ok(payload)) = talk.codec.as_mut().map(|codec| codec.compress(&message)) else {
        return Judgement::failed("cannot compress");
    };
    let script = Script::new()
        .send([Frame::binary(payload).rsv(4)])
        .wait_for(1)
        .send([Frame::binary(message.clone())])
        .ok([Event::binary(message.clone()), Event::binary(message)]);
    script.play(&mut talk)
}
