//! Family W: what the peer's own frames look like.

use crate::conformance::case::Case;
use crate::conformance::event::{Event, Oddity};
use crate::conformance::opening::Opening;
use crate::conformance::talk::{Chop, Talk, after};
use crate::conformance::verdict::Judgement;
use crate::conformance::version::Side;
use crate::conformance::wire::base::Frame;

/// W.1 to W.7.
pub(crate) fn cases() -> Vec<Case> {
    let about = |id, section, title, oddity| {
        Case::talk(id, section, title, Opening::default(), move |talk| judge(talk, oddity))
    };
    vec![
        about(
            "W.1",
            "RFC 6455 §5.1",
            "the peer masks all its frames if it is a client, and none if it is a server",
            Oddity::Mask,
        ),
        Case::talk("W.2", "RFC 6455 §5.3", "a client's masking keys are not all alike", Opening::default(), keys)
            .only(Side::Client),
        about("W.3", "RFC 6455 §5.2", "the peer writes lengths in their shortest form", Oddity::Length),
        about("W.4", "RFC 6455 §5.2", "the peer sets no reserved bit", Oddity::Rsv),
        about("W.5", "RFC 6455 §5.5", "the peer's control frames are whole and short", Oddity::Control),
        about("W.6", "RFC 6455 §5.5.1", "nothing comes behind the peer's close frame", Oddity::AfterClose),
        Case::talk(
            "W.7",
            "RFC 6455 §5.6",
            "texts come back as texts, and binaries as binaries",
            Opening::default(),
            kinds,
        ),
    ]
}

const LENGTHS: [usize; 7] = [0, 1, 125, 126, 127, 65_535, 65_536];

/// Messages of all lengths and a ping, then a close.
fn converse(talk: &mut Talk) -> Result<(), String> {
    for (count, length) in LENGTHS.into_iter().enumerate() {
        let frames = [Frame::text(vec![b'*'; length]), Frame::ping(vec![b'p'; length.min(125)])];
        talk.send(&frames, Chop::Whole);
        let enough = 2 * count + 2;
        talk.read_until(after(talk.pace.timeout), |talk| talk.is_over() || talk.events.len() >= enough);
        if talk.events.len() < enough {
            return Err(format!("a message of {length} bytes and a ping were not both answered"));
        }
    }
    talk.close(1000);
    talk.read_until(after(talk.pace.timeout), Talk::is_over);
    // A server has ended the connection by then; a client may still say something.
    talk.finish();
    Ok(())
}

fn judge(talk: &mut Talk, oddity: Oddity) -> Judgement {
    if let Err(error) = converse(talk) {
        return Judgement::non_strict(format!("not everything was seen: {error}"));
    }
    let side = talk.us.peer();
    match talk.oddities.contains(&oddity) {
        true => Judgement::failed(oddity.describe(side)),
        false => Judgement::ok("all frames were as they should be"),
    }
}

fn keys(talk: &mut Talk) -> Judgement {
    if let Err(error) = converse(talk) {
        return Judgement::non_strict(format!("not everything was seen: {error}"));
    }
    let mut keys = talk.keys.clone();
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    match (count, keys.len()) {
        (0, _) => Judgement::non_strict("no frame was masked"),
        (_, 1) => Judgement::failed("all frames had the same masking key"),
        (all, different) if different < all => Judgement::ok(format!("{different} different keys for {all} frames")),
        (all, _) => Judgement::ok(format!("{all} frames, each with a key of its own")),
    }
}

fn kinds(talk: &mut Talk) -> Judgement {
    let payload = "Hello";
    let frames = [Frame::text(payload), Frame::binary(payload), Frame::text(payload)];
    talk.send(&frames, Chop::Whole);
    talk.read_until(after(talk.pace.timeout), |talk| talk.is_over() || talk.events.len() >= 3);
    talk.close(1000);
    talk.read_until(after(talk.pace.timeout), Talk::is_over);
    talk.finish();
    let expected = [Event::text(payload), Event::binary(payload), Event::text(payload)];
    match talk.events == expected {
        true => Judgement::ok("as sent"),
        false => Judgement::failed(format!("got {:?}", talk.events)),
    }
}
