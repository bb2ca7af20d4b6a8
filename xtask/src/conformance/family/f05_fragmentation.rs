//! Family 5, fragmentation. Autobahn's ids.

use crate::conformance::case::Case;
use crate::conformance::event::Event;
use crate::conformance::family::{CHOPS, LATE_ECHO};
use crate::conformance::script::Script;
use crate::conformance::talk::Chop;
use crate::conformance::wire::base::Frame;

/// 5.1 to 5.20.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = vec![control(1, "ping", Frame::ping), control(2, "pong", Frame::pong)];
    for (at, (chop, cut)) in CHOPS.into_iter().enumerate() {
        let title = format!("a message in two fragments{cut} comes back");
        cases.push(case(3 + at, title, move || {
            let [first, last] = two();
            Script::new().chop(chop).send([first, last]).ok([joined()])
        }));
    }
    for (at, (chop, cut)) in CHOPS.into_iter().enumerate() {
        let title = format!("a ping between two fragments{cut} is answered before the message comes back");
        cases.push(case(6 + at, title, move || {
            let [first, last] = two();
            Script::new()
                .chop(chop)
                .send([first, Frame::ping("ping payload"), last])
                .ok([Event::pong("ping payload"), joined()])
        }));
    }
    for (at, fin) in [true, false].into_iter().enumerate() {
        for (step, (chop, cut)) in CHOPS.into_iter().enumerate() {
            let title = format!(
                "a continuation {} where nothing is to be continued, then a message{cut}: the connection fails",
                with_fin(fin)
            );
            cases.push(case(9 + 3 * at + step, title, move || {
                Script::new().chop(chop).send([stray(fin), Frame::text("Hello, world!")]).ok([]).peer_fails(&[1002])
            }));
        }
    }
    let title = "a fragmented message, a continuation too many, a message: an echo, then the connection fails";
    cases.push(case(15, title, || {
        let [first, last] = two();
        Script::new()
            .send([first, last, Frame::last("fragment3").more(), Frame::text("fragment4")])
            .ok([joined()])
            .non_strict([], LATE_ECHO)
            .peer_fails(&[1002])
    }));
    for (number, fin) in [(16, false), (17, true)] {
        let title = format!(
            "twice a continuation {} where nothing is to be continued and a fragmented message: the connection fails",
            with_fin(fin)
        );
        cases.push(case(number, title, move || {
            let [first, last] = two();
            let once = [stray(fin), first, last];
            Script::new().send([once.clone(), once].concat()).ok([]).peer_fails(&[1002])
        }));
    }
    cases.push(case(18, "a text frame inside a fragmented message fails the connection", || {
        let frames = [Frame::text("fragment1").more(), Frame::text("fragment2")];
        Script::new().send(frames).ok([]).peer_fails(&[1002])
    }));
    for (number, chop, cut) in [(19, Chop::Whole, ""), (20, Chop::Frames, ", frame by frame")] {
        let title =
            format!("pings inside a message of five fragments, with a pause{cut}: answered at once, and in order");
        cases.push(case(number, title, move || five(chop)));
    }
    cases
}

fn case(number: usize, title: impl Into<String>, make: impl Fn() -> Script + Send + Sync + 'static) -> Case {
    Case::script(format!("5.{number}"), "RFC 6455 §5.4", title, make)
}

fn control(number: usize, name: &str, frame: fn(&'static str) -> Frame) -> Case {
    case(number, format!("a {name} in two fragments fails the connection"), move || {
        let frames = [frame("fragment1").more(), Frame::last("fragment2")];
        Script::new().send(frames).ok([]).peer_fails(&[1002])
    })
}

fn five(chop: Chop) -> Script {
    let part = |n: usize| Frame::last(format!("fragment{n}")).more();
    let message = || Event::text("fragment1fragment2fragment3fragment4fragment5");
    let pongs = || [Event::pong("pongme 1!"), Event::pong("pongme 2!")];
    let [first, second] = pongs();
    Script::new()
        .chop(chop)
        .send([Frame::text("fragment1").more(), part(2), Frame::ping("pongme 1!")])
        .wait_for(1)
        .send([part(3), part(4), Frame::ping("pongme 2!"), Frame::last("fragment5")])
        .ok(pongs().into_iter().chain([message()]))
        .non_strict(
            [Event::Quiet("without the answer"), first, second, message()],
            "the first ping was not answered before the message went on",
        )
}

fn two() -> [Frame; 2] {
    [Frame::text("fragment1").more(), Frame::last("fragment2")]
}

fn joined() -> Event {
    Event::text("fragment1fragment2")
}

/// A continuation of nothing.
fn stray(fin: bool) -> Frame {
    let frame = Frame::last("non-continuation payload");
    if fin { frame } else { frame.more() }
}

fn with_fin(fin: bool) -> &'static str {
    if fin { "with FIN" } else { "without FIN" }
}
