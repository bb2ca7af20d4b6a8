//! Family K: closing, beyond what Autobahn looks at: codes that come back, close frames that are not forgotten,
//! connections that end.

use crate::conformance::case::Case;
use crate::conformance::event::{Event, Tcp, Who};
use crate::conformance::opening::Opening;
use crate::conformance::script::Script;
use crate::conformance::talk::{Chop, Talk, after};
use crate::conformance::verdict::{Grade, Judgement};
use crate::conformance::version::{Side, Version};
use crate::conformance::wire::base::Frame;

/// K.1.1 to K.4.3.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = echoed();
    cases.extend(failing());
    cases.extend(late_codes());
    cases.extend(tcp());
    cases
}

/// The code that we sent should come back.
fn echoed() -> Vec<Case> {
    [1000, 1001, 3000, 4999]
        .into_iter()
        .enumerate()
        .map(|(at, code)| {
            let title = format!("the close code {code} comes back");
            Case::talk(format!("K.1.{}", at + 1), "RFC 6455 §5.5.1", title, Opening::default(), move |talk| {
                talk.close(code);
                talk.read_until(after(talk.pace.timeout), Talk::is_over);
                talk.finish();
                match &talk.ending.close {
                    Some(close) if close.code == Some(code) => Judgement::ok("the same code"),
                    Some(close) => {
                        let code = close.code.map_or_else(|| "no code".to_owned(), |code| code.to_string());
                        Judgement::non_strict(format!("closed with {code}"))
                    }
                    None => Judgement::failed(format!(
                        "our close frame was not answered{}",
                        talk.ending.bad_close.as_ref().map_or_else(String::new, |what| format!(", but by {what}"))
                    )),
                }
            })
        })
        .collect()
}

/// A peer that fails the connection should say why.
fn failing() -> Vec<Case> {
    let rows: Vec<(&str, Vec<Frame>, u16)> = vec![
        ("a reserved opcode", vec![Frame::new(3, "")], 1002),
        ("a fragmented ping", vec![Frame::ping("x").more()], 1002),
        ("a continuation of nothing", vec![Frame::last("x")], 1002),
        ("a text that is not UTF-8", vec![Frame::text([0xFF])], 1007),
        ("a text that ends in its middle", vec![Frame::text("µ".as_bytes().get(..1).unwrap_or_default())], 1007),
        ("an invalid close code", vec![Frame::close(1005)], 1002),
    ];
    rows.into_iter()
        .enumerate()
        .map(|(at, (what, frames, code))| {
            let title = format!("{what}: a close frame with {code} tells why");
            Case::talk(format!("K.2.{}", at + 1), "RFC 6455 §7.1.7", title, Opening::default(), move |talk| {
                talk.send(&frames, Chop::Whole);
                talk.read_until(after(talk.pace.timeout), Talk::is_over);
                let close = talk.ending.close.clone();
                let ended = talk.ending.tcp != Tcp::Open;
                talk.finish();
                match close.map(|close| close.code) {
                    Some(Some(seen)) if seen == code => Judgement::ok(format!("closed with {code}")),
                    Some(Some(seen)) => Judgement::failed(format!("closed with {seen} instead of {code}")),
                    Some(None) => Judgement::non_strict("closed without a code"),
                    None if ended => Judgement::non_strict("the connection was dropped without a close frame"),
                    None => Judgement::failed("the peer did not fail the connection"),
                }
            })
        })
        .collect()
}

/// Codes that were registered after the RFC, and one that is reserved for good.
fn late_codes() -> Vec<Case> {
    let late = [1012, 1013, 1014].into_iter().enumerate().map(|(at, code)| {
        let title = format!("the close code {code}, registered after the RFC, is taken");
        Case::talk(format!("K.3.{}", at + 1), "RFC 6455 §7.4.2, §11.7", title, Opening::default(), move |talk| {
            talk.close(code);
            talk.read_until(after(talk.pace.timeout), Talk::is_over);
            talk.finish();
            match talk.ending.close.as_ref().map(|close| close.code) {
                Some(Some(1002)) => Judgement::non_strict("closed with 1002"),
                Some(_) => Judgement::ok("taken"),
                None => Judgement::non_strict("not answered"),
            }
        })
    });
    let reserved = Case::script("K.3.4", "RFC 6455 §7.4.1", "the close code 1015 is an error", || {
        Script::new().send([Frame::close(1015)]).ok([]).refuses_close(&[1002])
    });
    let reason = Case::script("K.3.5", "RFC 6455 §5.5.1", "a reason of 123 bytes in many languages is taken", || {
        let reason = "Ende · fin · τέλος · конец · おわり · 끝 · 结束 · ".repeat(2);
        let mut end = 123;
        while !reason.is_char_boundary(end) {
            end -= 1;
        }
        let reason = reason.get(..end).unwrap_or_default();
        Script::new().send([Frame::close_reason(1000, reason)]).ok([]).answers_close(&[1000])
    });
    late.chain([reserved, reason]).collect()
}

fn tcp() -> Vec<Case> {
    vec![
        Case::talk(
            "K.4.1",
            "RFC 6455 §7.1.1",
            "the server ends TCP when both have closed",
            Opening::default(),
            |talk| {
                talk.close(1000);
                talk.read_until(after(talk.pace.timeout), Talk::is_over);
                talk.finish();
                match (talk.ending.is_clean(), talk.ending.tcp) {
                    (false, _) => Judgement::failed("our close frame was not answered"),
                    (true, Tcp::Ended) => Judgement::ok("it ended the connection"),
                    (true, Tcp::Reset) => Judgement::non_strict("it reset the connection"),
                    (true, _) => Judgement::non_strict("it keeps the connection open"),
                }
            },
        )
        .only(Side::Server),
        Case::talk(
            "K.4.2",
            "RFC 6455 §7.1.1",
            "TCP ends without a close frame: the peer ends its side too",
            Opening::default(),
            |talk| {
                talk.send(&[Frame::text("last words")], Chop::Whole);
                talk.read_until(after(talk.pace.timeout), |talk| talk.is_over() || !talk.events.is_empty());
                talk.log.note("we end our stream");
                talk.ending.first.get_or_insert(Who::Us);
                // No close frame of ours can follow.
                talk.ending.we_closed = true;
                talk.socket.finish();
                talk.read_until(after(talk.pace.timeout), |talk| talk.ending.tcp != Tcp::Open);
                let echo = talk.events.first() == Some(&Event::text("last words"));
                match (echo, talk.ending.tcp) {
                    (true, Tcp::Ended | Tcp::Reset) => Judgement::ok("it ended the connection"),
                    (true, _) => Judgement::failed("the connection stays open"),
                    (false, _) => Judgement::failed("the message before did not come back"),
                }
            },
        ),
        Case::server(
            "K.4.3",
            "RFC 6455 §7.1.1",
            "a connection that is cut off in the middle of a frame does no harm",
            |host| {
                for cut in 0..12 {
                    let mut talk = match host.open(Version::Hybi17, &Opening::default()) {
                        Ok(talk) => talk,
                        Err(error) => return Judgement::failed(error),
                    };
                    let mut bytes = Vec::new();
                    Frame::text("cut off").encode(Side::Client, [1, 2, 3, 4], &mut bytes);
                    talk.send_bytes("a part of a frame", bytes.get(..cut).unwrap_or_default(), Chop::Whole);
                }
                match host.is_alive(Version::Hybi17) {
                    Ok(()) => Judgement::of(Grade::Ok, "the server still serves"),
                    Err(error) => Judgement::failed(format!("the server serves no more: {error}")),
                }
            },
        ),
    ]
}
