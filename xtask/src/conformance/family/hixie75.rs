//! hixie75: an answer that old clients compare byte by byte, and no closing handshake.

use crate::conformance::case::Case;
use crate::conformance::event::{Event, Tcp, Who};
use crate::conformance::family::sentinel;
use crate::conformance::host::{Host, Reply};
use crate::conformance::opening::Opening;
use crate::conformance::script::Script;
use crate::conformance::talk::{Chop, Talk, after};
use crate::conformance::verdict::Judgement;
use crate::conformance::version::{Side, Version};
use crate::conformance::wire::head::{Head, Lines};
use crate::conformance::wire::sentinel::{CLOSE, text};

const SECTION: &str = "hixie-75 §3, §4";
const VERSION: Version = Version::Hixie75;

/// hixie75.H.1 and so on.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = requests();
    cases.extend(closing());
    for case in &mut cases {
        case.id = format!("hixie75.{}", case.id);
        case.version = VERSION;
    }
    cases.extend(sentinel::cases(VERSION));
    cases
}

fn requests() -> Vec<Case> {
    vec![
        Case::server("H.1", SECTION, "a plain request is accepted, with origin and location", |host| {
            shake(host, |lines| lines, check_all, Chop::Whole)
        }),
        Case::server("H.2", SECTION, "the answer begins as old clients compare it byte by byte", |host| {
            shake(host, |lines| lines, check_first_lines, Chop::Whole)
        }),
        Case::server("H.3", SECTION, "the request byte by byte", |host| {
            shake(host, |lines| lines, |_, _| Ok(()), Chop::Every(1))
        }),
        Case::server("H.4", SECTION, "a cookie and a query", |host| {
            let resource = format!("{}?a=b", host.target.resource);
            let change = |lines: Lines| lines.first(format!("GET {resource} HTTP/1.1")).with("Cookie", "a=b");
            shake(host, change, |_, _| Ok(()), Chop::Whole)
        }),
        Case::server("H.5", SECTION, "no Upgrade is not accepted", |host| refuse(host, |l| l.without("Upgrade"))),
        Case::server("H.6", SECTION, "no Connection is not accepted", |host| refuse(host, |l| l.without("Connection"))),
        Case::server("H.7", SECTION, "POST is not accepted", |host| {
            let first = format!("POST {} HTTP/1.1", host.target.resource);
            refuse(host, |lines| lines.first(first.clone()).with("Content-Length", "0"))
        }),
        Case::server("H.8", SECTION, "a text in the same write as the request", |host| {
            let keys = host.keys();
            let bytes = [host.request(VERSION, &keys).bytes(), text(b"early")].concat();
            match accepted(host.exchange(&bytes, Chop::Whole)) {
                Ok(reply) => Script::new().ok([Event::text("early")]).play(&mut talk(host, reply)),
                Err(error) => Judgement::failed(error),
            }
        }),
    ]
}

fn accepted(reply: Result<Reply, String>) -> Result<Reply, String> {
    let reply = reply?;
    match &reply.head {
        Some(head) if head.status() == Some(101) => Ok(reply),
        Some(head) => Err(format!("answered with {:?}", head.first)),
        None => Err("no answer".to_owned()),
    }
}

fn talk(host: &Host, reply: Reply) -> Talk {
    Talk::new(reply.socket, host.log.clone(), host.pace, Side::Client, VERSION)
}

fn shake(
    host: &Host,
    change: impl Fn(Lines) -> Lines,
    check: impl Fn(&Host, &Head) -> Result<(), String>,
    chop: Chop,
) -> Judgement {
    let lines = change(host.request(VERSION, &host.keys()));
    let reply = match accepted(host.exchange(&lines.bytes(), chop)) {
        Ok(reply) => reply,
        Err(error) => return Judgement::failed(error),
    };
    if let Some(Err(error)) = reply.head.as_ref().map(|head| check(host, head)) {
        return Judgement::failed(error);
    }
    let script = Script::new().bytes("text", text(b"Hello")).ok([Event::text("Hello")]);
    script.play(&mut talk(host, reply))
}

fn check_all(host: &Host, head: &Head) -> Result<(), String> {
    let origin = format!("http://{}", host.target.host);
    let location = format!("ws://{}{}", host.target.host, host.target.resource);
    for (name, value) in [("WebSocket-Origin", origin), ("WebSocket-Location", location)] {
        let seen = head.get(name).unwrap_or_default();
        if seen != value {
            return Err(format!("{name} is {seen:?} instead of {value:?}"));
        }
    }
    Ok(())
}

fn check_first_lines(_: &Host, head: &Head) -> Result<(), String> {
    let mut lines = vec![head.first.clone()];
    lines.extend(head.fields.iter().take(2).map(|(name, value)| format!("{name}: {value}")));
    let expected = ["HTTP/1.1 101 Web Socket Protocol Handshake", "Upgrade: WebSocket", "Connection: Upgrade"];
    if lines == expected { Ok(()) } else { Err(format!("the answer begins with {lines:?}")) }
}

fn refuse(host: &Host, change: impl Fn(Lines) -> Lines) -> Judgement {
    let lines = change(host.request(VERSION, &host.keys()));
    match host.exchange(&lines.bytes(), Chop::Whole) {
        Err(error) => Judgement::failed(error),
        Ok(reply) => match (reply.head.as_ref().map(Head::status), reply.end) {
            (Some(Some(101)), _) => Judgement::failed("the request was accepted"),
            (Some(_), _) => Judgement::ok("not accepted"),
            (None, Some(_)) => Judgement::non_strict("the connection was ended without an answer"),
            (None, None) => Judgement::failed("no answer"),
        },
    }
}

fn closing() -> Vec<Case> {
    vec![
        Case::talk("K.1", SECTION, "TCP ends on our side: the peer ends its side too", Opening::default(), |talk| {
            talk.close(1000);
            talk.read_until(after(talk.pace.timeout), |talk| talk.ending.tcp != Tcp::Open);
            match talk.ending.tcp {
                Tcp::Ended | Tcp::Reset => Judgement::ok("it ended the connection"),
                _ => Judgement::failed("the connection stays open"),
            }
        }),
        Case::talk("K.2", SECTION, "FF 00 means nothing: a text behind it comes back", Opening::default(), |talk| {
            let bytes = [CLOSE.to_vec(), text(b"still here")].concat();
            talk.send_bytes("FF 00 and a text", &bytes, Chop::Whole);
            talk.read_until(after(talk.pace.prompt), |talk| talk.is_over() || !talk.events.is_empty());
            let answered = talk.events.first() == Some(&Event::text("still here"));
            let ended = talk.ending.first == Some(Who::Peer);
            talk.close(1000);
            talk.read_until(after(talk.pace.grace), Talk::is_over);
            match (answered, ended) {
                (true, _) => Judgement::ok("the text came back"),
                (false, true) => Judgement::non_strict("it was taken for a close, as in hybi00"),
                (false, false) => Judgement::failed("the text did not come back"),
            }
        }),
    ]
}
