//! Families 12 and 13, permessage-deflate: five kinds of data, and seven ways to agree. Autobahn's ids; the data are
//! our own, of the same kinds.

use crate::conformance::case::Case;
use crate::conformance::data::Data;
use crate::conformance::echo::EchoLoop;
use crate::conformance::opening::Deflate;
use crate::conformance::wire::deflate::Params;

/// 12.1.1 to 13.7.18.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (at, (data, what, is_text)) in KINDS.into_iter().enumerate() {
        let group = format!("12.{}", at + 1);
        let offers = [(false, None)];
        cases.extend(sizes(&group, what, data, is_text, &offers));
    }
    for (at, offers) in OFFERS.into_iter().enumerate() {
        let group = format!("13.{}", at + 1);
        let what = describe(offers);
        cases.extend(sizes(&group, &what, Data::Json, true, offers));
    }
    cases
}

const KINDS: [(Data, &str, bool); 5] = [
    (Data::Prose, "prose (binary)", false),
    (Data::Picture, "a picture (binary)", false),
    (Data::Packed, "incompressible data (binary)", false),
    (Data::Json, "JSON (text)", true),
    (Data::Html, "HTML (text)", true),
];

/// Whether the peer shall keep no context, and its window.
type Wish = (bool, Option<u8>);

const OFFERS: [&[Wish]; 7] = [
    &[(false, None)],
    &[(true, None)],
    &[(false, Some(9))],
    &[(false, Some(15))],
    &[(true, Some(9))],
    &[(true, Some(15))],
    &[(true, Some(9)), (true, None), (false, None)],
];

/// Size of a message, size of a fragment (0 for one frame), seconds.
const SIZES: [(usize, usize, u64); 18] = [
    (16, 0, 60),
    (64, 0, 60),
    (256, 0, 120),
    (1024, 0, 240),
    (4096, 0, 480),
    (8192, 0, 480),
    (16384, 0, 480),
    (32768, 0, 480),
    (65536, 0, 480),
    (131_072, 0, 480),
    (8192, 256, 480),
    (16384, 256, 480),
    (32768, 256, 480),
    (65536, 256, 480),
    (131_072, 256, 480),
    (131_072, 1024, 480),
    (131_072, 4096, 480),
    (131_072, 32768, 480),
];

fn sizes(group: &str, what: &str, data: Data, is_text: bool, wishes: &[Wish]) -> Vec<Case> {
    let deflate = Deflate {
        request: wishes.iter().map(request).collect::<Vec<_>>().join(", "),
        answers: wishes.iter().map(answer).collect(),
    };
    let case = |(at, (size, fragment, seconds)): (usize, (usize, usize, u64))| {
        let parts = if fragment == 0 { String::new() } else { format!(" in fragments of {fragment}") };
        let title = format!("1000 compressed messages of {size} bytes{parts} come back; {what}");
        let deflate = Some(deflate.clone());
        let echo = EchoLoop { count: 1000, size, data, is_text, fragment, deflate, seconds };
        Case::echo(format!("{group}.{}", at + 1), "RFC 7692 §7", title, echo)
    };
    SIZES.into_iter().enumerate().map(case).collect()
}

/// The offer of a client that wishes this of the server, and is ready for anything itself.
fn request(&(no_context, bits): &Wish) -> String {
    let mut offer = "permessage-deflate; client_no_context_takeover; client_max_window_bits".to_owned();
    if no_context {
        offer.push_str("; server_no_context_takeover");
    }
    if let Some(bits) = bits {
        offer.push_str(&format!("; server_max_window_bits={bits}"));
    }
    offer
}

/// The answer of a server that wishes this of the client.
fn answer(&(no_context, bits): &Wish) -> Params {
    Params { client_no_context: no_context, client_bits: bits.unwrap_or(15), ..Params::PLAIN }
}

fn describe(wishes: &[Wish]) -> String {
    let one = |&(no_context, bits): &Wish| {
        let context = if no_context { "no context" } else { "context" };
        match bits {
            Some(bits) => format!("{context}, window {bits}"),
            None => format!("{context}, any window"),
        }
    };
    let all: Vec<_> = wishes.iter().map(one).collect();
    format!("we ask the peer for: {}", all.join(" | or "))
}
