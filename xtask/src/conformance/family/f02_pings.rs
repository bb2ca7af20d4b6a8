//! Family 2, pings and pongs. Autobahn's ids.

use crate::conformance::case::Case;
use crate::conformance::event::Event;
use crate::conformance::script::Script;
use crate::conformance::talk::Chop;
use crate::conformance::wire::base::Frame;

/// 2.1 to 2.11.
pub(crate) fn cases() -> Vec<Case> {
    const PING: &str = "RFC 6455 §5.5.2";
    const PONG: &str = "RFC 6455 §5.5.3";
    let binary = b"\x00\xff\xfe\xfd\xfc\xfb\x00\xff".to_vec();
    vec![
        echo("2.1", "a ping without a payload is answered", Vec::new(), Chop::Whole),
        echo("2.2", "a ping with a text payload is answered with it", b"Hello, world!".to_vec(), Chop::Whole),
        echo("2.3", "a ping with a payload that is not UTF-8 is answered with it", binary, Chop::Whole),
        echo("2.4", "a ping of 125 bytes is answered with them", vec![0xFE; 125], Chop::Whole),
        Case::script("2.5", "RFC 6455 §5.5", "a ping of 126 bytes fails the connection", || {
            Script::new().send([Frame::ping([0xFE; 126])]).ok([]).peer_fails(&[1002])
        }),
        echo("2.6", "a ping of 125 bytes, sent byte by byte, is answered", vec![0xFE; 125], Chop::Every(1)),
        Case::script("2.7", PONG, "a pong that no one asked for, without a payload, is ignored", || {
            Script::new().send([Frame::pong([])]).ok([])
        }),
        Case::script("2.8", PONG, "a pong that no one asked for, with a payload, is ignored", || {
            Script::new().send([Frame::pong("unsolicited pong payload")]).ok([])
        }),
        Case::script("2.9", PONG, "a pong that no one asked for, then a ping: only the ping is answered", || {
            Script::new()
                .send([Frame::pong("unsolicited pong payload"), Frame::ping("ping payload")])
                .ok([Event::pong("ping payload")])
        }),
        Case::script("2.10", PING, "ten pings at once are answered in order", || ten(Chop::Whole)),
        Case::script("2.11", PING, "ten pings, sent byte by byte, are answered in order", || ten(Chop::Every(1))),
    ]
}

fn echo(id: &str, title: &str, payload: Vec<u8>, chop: Chop) -> Case {
    Case::script(id, "RFC 6455 §5.5.2, §5.5.3", title, move || {
        Script::new().chop(chop).send([Frame::ping(payload.clone())]).ok([Event::pong(payload.clone())])
    })
}

fn ten(chop: Chop) -> Script {
    let payload = |n: usize| format!("payload-{n}");
    Script::new()
        .chop(chop)
        .send((0..10).map(|n| Frame::ping(payload(n))))
        .ok((0..10).map(|n| Event::pong(payload(n))))
        .non_strict([Event::pong(payload(9))], "only the last of several pings was answered")
}
