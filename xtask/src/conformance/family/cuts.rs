//! Family C: the same bytes, cut in every place. What arrives must not depend on how.

use core::time::Duration;

use crate::conformance::case::Case;
use crate::conformance::event::{Event, Who};
use crate::conformance::host::Host;
use crate::conformance::opening::Opening;
use crate::conformance::script::Script;
use crate::conformance::talk::{Chop, Talk, after};
use crate::conformance::verdict::{CloseGrade, CloseRule, Grade, Judgement, Outcome, judge};
use crate::conformance::version::Version;
use crate::conformance::wire::base::Frame;
use crate::conformance::wire::head::Head;

const SECTION: &str = "RFC 6455 §5.4, §5.6";

/// C.1.1 to C.3.3.
pub(crate) fn cases() -> Vec<Case> {
    let hello = || {
        (
            vec![Frame::text("Hello, wörld: a text of some bytes.")],
            vec![Event::text("Hello, wörld: a text of some bytes.")],
        )
    };
    let two = || (vec![Frame::binary([7; 300])], vec![Event::binary([7; 300])]);
    let eight = || (vec![Frame::binary(vec![9; 65_536])], vec![Event::binary(vec![9; 65_536])]);
    let parts = || {
        let frames = vec![Frame::text("first, ").more(), Frame::ping("between"), Frame::last("µ"), Frame::text("next")];
        let events = vec![Event::pong("between"), Event::text("first, µ"), Event::text("next")];
        (frames, events)
    };
    vec![
        each("C.1.1", "a text frame, cut at each position in turn", 100, hello),
        each("C.1.2", "a frame with its length in 2 bytes, cut at each position of its header", 16, two),
        each("C.1.3", "a frame with its length in 8 bytes, cut at each position of its header", 16, eight),
        each("C.1.4", "fragments, a ping and a message in one write, cut at each position in turn", 100, parts),
        Case::talk("C.1.5", SECTION, "a close frame, cut at its second byte", Opening::default(), close_in_two),
        Case::script("C.2.1", SECTION, "a hundred messages in one write come back in order", || hundred(Chop::Whole)),
        Case::script("C.2.2", SECTION, "a hundred messages in pieces of 7 bytes come back in order", || {
            hundred(Chop::Every(7))
        }),
        Case::script("C.2.3", SECTION, "a hundred messages byte by byte come back in order", || {
            hundred(Chop::Every(1))
        }),
        Case::script("C.2.4", "RFC 6455 §5.4", "a message of 20000 fragments of one byte comes back", || {
            let payload = vec![b'x'; 20_000];
            let frames = crate::conformance::echo::fragments(1, 0, payload.clone(), 1);
            Script::new().limit(30).send(frames).ok([Event::Text(payload)]).or_limited()
        }),
        Case::server("C.3.1", "RFC 6455 §4.2", "a request, cut at each position in turn", |host| request(host, false)),
        Case::server("C.3.2", "RFC 6455 §4.2", "a request, cut off at each position in turn, does no harm", |host| {
            request(host, true)
        }),
    ]
}

/// Sends the same frames again and again, each time in two pieces.
fn each(
    id: &str,
    title: &str,
    cuts: usize,
    what: impl Fn() -> (Vec<Frame>, Vec<Event>) + Send + Sync + 'static,
) -> Case {
    Case::talk(id, SECTION, title, Opening::default(), move |talk| {
        let (frames, expected) = what();
        let mut length = 0;
        for cut in 1..=cuts {
            let mut bytes = Vec::new();
            for frame in &frames {
                frame.encode(talk.us, talk.random.bytes(), &mut bytes);
            }
            length = bytes.len();
            let Some((first, rest)) = bytes.split_at_checked(cut).filter(|parts| !parts.1.is_empty()) else {
                break;
            };
            talk.events.clear();
            talk.send_bytes(&format!("the first {cut} bytes"), first, Chop::Whole);
            std::thread::sleep(PAUSE);
            talk.send_bytes("the rest", rest, Chop::Whole);
            let enough = expected.len();
            talk.read_until(after(talk.pace.timeout), |talk| talk.is_over() || talk.events.len() >= enough);
            if talk.events != expected {
                return Judgement::failed(format!("cut at {cut}: expected {expected:?}, got {:?}", talk.events));
            }
        }
        talk.events.clear();
        end(talk, &format!("{} places in {length} bytes", cuts.min(length - 1)))
    })
}

/// Closes, and judges how the peer does.
fn end(talk: &mut Talk, why: &str) -> Judgement {
    talk.close(1000);
    talk.read_until(after(talk.pace.timeout), Talk::is_over);
    talk.finish();
    let nothing = Outcome { events: Vec::new(), grade: Grade::Ok, note: "" };
    let rule = CloseRule::Ours { code: 1000, answers: vec![1000] };
    let mut judgement = judge(&talk.events, &talk.ending, &[nothing], &rule);
    if judgement.close == CloseGrade::Ok {
        judgement.why = why.to_owned();
    }
    judgement
}

fn close_in_two(talk: &mut Talk) -> Judgement {
    let mut bytes = Vec::new();
    Frame::close(1000).encode(talk.us, talk.random.bytes(), &mut bytes);
    let (first, rest) = bytes.split_at(1);
    talk.send_bytes("the first byte of a close frame", first, Chop::Whole);
    std::thread::sleep(PAUSE);
    talk.ending.we_closed = true;
    talk.ending.first.get_or_insert(Who::Us);
    Script::new().bytes("its rest", rest).ok([]).answers_close(&[1000]).play(talk)
}

fn hundred(chop: Chop) -> Script {
    let text = |n: usize| format!("message {n}");
    Script::new().chop(chop).send((0..100).map(|n| Frame::text(text(n)))).ok((0..100).map(|n| Event::text(text(n))))
}

/// A request in two pieces, or only the first of them.
fn request(host: &Host, only_first: bool) -> Judgement {
    let keys = host.keys();
    let bytes = host.request(Version::Hybi17, &keys).bytes();
    for cut in 1..bytes.len() {
        let (first, rest) = bytes.split_at(cut);
        let mut socket = match host.connect() {
            Ok(socket) => socket,
            Err(error) => return Judgement::failed(format!("cut at {cut}: {error}")),
        };
        host.log.pause(cut > 3);
        host.log.sent(format!("the first {cut} bytes"), first);
        let mut sent = socket.write(first, host.pace.timeout);
        std::thread::sleep(PAUSE);
        if only_first {
            continue;
        }
        host.log.sent("the rest", rest);
        sent = sent.and_then(|()| socket.write(rest, host.pace.timeout));
        let reply = host.reply(socket);
        host.log.pause(false);
        if sent.is_err() || reply.head.as_ref().and_then(Head::status) != Some(101) {
            return Judgement::failed(format!("cut at {cut}: not accepted"));
        }
    }
    host.log.pause(false);
    match host.is_alive(Version::Hybi17) {
        Ok(()) => Judgement::ok(format!("{} places", bytes.len() - 1)),
        Err(error) => Judgement::failed(format!("the server serves no more: {error}")),
    }
}

/// So that the pieces do not arrive together.
const PAUSE: Duration = Duration::from_millis(2);
