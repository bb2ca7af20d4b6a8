//! Family Z, first part: what a server makes of offers of permessage-deflate.

use crate::conformance::case::Case;
use crate::conformance::host::Host;
use crate::conformance::talk::Chop;
use crate::conformance::verdict::Judgement;
use crate::conformance::version::Version;
use crate::conformance::wire::deflate::{Offer, Params};
use crate::conformance::wire::head::Head;

/// Z.1.1 to Z.1.20.
pub(crate) fn cases() -> Vec<Case> {
    let rows = ROWS.iter().enumerate();
    rows.map(|(at, (title, offer, rule))| {
        let title = format!("{title}: `{offer}`");
        Case::server(format!("Z.1.{}", at + 1), "RFC 7692 §5, §7.1", title, move |host| judge(host, offer, *rule))
    })
    .collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// The server may agree; its parameters must fit the offer.
    Agree(Needs),
    /// The server must not agree.
    Decline,
}

/// What a server that agrees has to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Needs {
    server_bits: u8,
    client_bits: u8,
    server_no_context: bool,
    /// Whether the answer may name the client's window.
    may_limit_client: bool,
}

const ANY: Needs = Needs { server_bits: 15, client_bits: 15, server_no_context: false, may_limit_client: false };
const LIMITED: Needs = Needs { may_limit_client: true, ..ANY };

const ROWS: &[(&str, &str, Rule)] = &[
    ("plain", "permessage-deflate", Rule::Agree(ANY)),
    ("the client can limit its window", "permessage-deflate; client_max_window_bits", Rule::Agree(LIMITED)),
    (
        "the client limits its window",
        "permessage-deflate; client_max_window_bits=10",
        Rule::Agree(Needs { client_bits: 10, ..LIMITED }),
    ),
    (
        "the server is to limit its window",
        "permessage-deflate; server_max_window_bits=10",
        Rule::Agree(Needs { server_bits: 10, ..ANY }),
    ),
    (
        "the server is to keep no context",
        "permessage-deflate; server_no_context_takeover",
        Rule::Agree(Needs { server_no_context: true, ..ANY }),
    ),
    ("the client keeps no context", "permessage-deflate; client_no_context_takeover", Rule::Agree(ANY)),
    (
        "a value in quotes",
        "permessage-deflate; server_max_window_bits=\"10\"",
        Rule::Agree(Needs { server_bits: 10, ..ANY }),
    ),
    ("two offers: one answer", "permessage-deflate; client_max_window_bits, permessage-deflate", Rule::Agree(LIMITED)),
    (
        "a bad offer and a good one",
        "permessage-deflate; server_max_window_bits=99, permessage-deflate",
        Rule::Agree(ANY),
    ),
    ("an unknown parameter", "permessage-deflate; x_unknown", Rule::Decline),
    ("a parameter twice", "permessage-deflate; server_no_context_takeover; server_no_context_takeover", Rule::Decline),
    ("a window of 7 bits", "permessage-deflate; server_max_window_bits=7", Rule::Decline),
    ("a window of 16 bits", "permessage-deflate; server_max_window_bits=16", Rule::Decline),
    ("a window with a leading zero", "permessage-deflate; server_max_window_bits=08", Rule::Decline),
    ("a window that is no number", "permessage-deflate; server_max_window_bits=big", Rule::Decline),
    ("a window without a value", "permessage-deflate; server_max_window_bits", Rule::Decline),
    ("a window of the client of 7 bits", "permessage-deflate; client_max_window_bits=7", Rule::Decline),
    ("a value where none belongs", "permessage-deflate; client_no_context_takeover=1", Rule::Decline),
    ("a value where none belongs", "permessage-deflate; server_no_context_takeover=true", Rule::Decline),
    ("an extension of old browsers", "x-webkit-deflate-frame", Rule::Decline),
];

fn judge(host: &Host, offer: &str, rule: Rule) -> Judgement {
    let keys = host.keys();
    let request = host.request(Version::Hybi17, &keys).with("Sec-WebSocket-Extensions", offer);
    let reply = match host.exchange(&request.bytes(), Chop::Whole) {
        Ok(reply) => reply,
        Err(error) => return Judgement::failed(error),
    };
    let Some(head) = reply.head else { return Judgement::failed("no answer") };
    let agreed = Offer::list(&extensions(&head));
    let agreed: Vec<_> = agreed.iter().filter(|offer| offer.is_deflate()).collect();
    match (rule, head.status(), agreed.as_slice()) {
        (Rule::Decline, Some(101), []) => Judgement::ok("declined, and went on without it"),
        (Rule::Decline, Some(400), _) => Judgement::ok("the request was refused"),
        (Rule::Decline, Some(101), _) => Judgement::failed(format!("agreed to {}", extensions(&head))),
        (Rule::Agree(_), Some(101), []) => Judgement::unimplemented("the server did not agree"),
        (Rule::Agree(needs), Some(101), [answer]) => match check(answer, needs) {
            Ok(()) => Judgement::ok(format!("agreed to {}", extensions(&head))),
            Err(error) => Judgement::failed(format!("agreed to {}: {error}", extensions(&head))),
        },
        (Rule::Agree(_), Some(101), _) => Judgement::failed("agreed to more than one"),
        (Rule::Agree(_), Some(400), _) if offer.contains("=99") => {
            Judgement::non_strict("the request was refused; the good offer could have been taken")
        }
        _ => Judgement::failed(format!("answered with {:?}", head.first)),
    }
}

fn check(answer: &Offer, needs: Needs) -> Result<(), String> {
    let params = Params::read(answer)?;
    if answer.has("client_max_window_bits") && !needs.may_limit_client {
        return Err("the client did not say that it can limit its window".to_owned());
    }
    if params.server_bits > needs.server_bits {
        return Err(format!("the server's window was to be {} at most", needs.server_bits));
    }
    if answer.has("client_max_window_bits") && params.client_bits > needs.client_bits {
        return Err(format!("the client's window is {} at most", needs.client_bits));
    }
    if needs.server_no_context && !params.server_no_context {
        return Err("the server was to keep no context".to_owned());
    }
    Ok(())
}

fn extensions(head: &Head) -> String {
    head.all("Sec-WebSocket-Extensions").collect::<Vec<_>>().join(", ")
}
