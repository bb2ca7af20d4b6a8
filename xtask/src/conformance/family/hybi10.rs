//! hybi10: the handshake of version 8, and the frames, which are those of RFC 6455.

use crate::conformance::case::Case;
use crate::conformance::family::rules::{Rule, judge_reply};
use crate::conformance::family::{
    f01_framing, f02_pings, f03_rsv, f04_opcodes, f05_fragmentation, f06_utf8, f07_closing,
};
use crate::conformance::talk::Chop;
use crate::conformance::version::Version;
use crate::conformance::wire::head::Lines;

/// hybi10.H.1 and so on, then hybi10.1.1.1 and so on.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = requests();
    let families = [f01_framing::cases, f02_pings::cases, f03_rsv::cases, f04_opcodes::cases, f05_fragmentation::cases];
    cases.extend(families.into_iter().flat_map(|cases| cases()));
    cases.extend(
        f06_utf8::cases()
            .into_iter()
            .filter(|case| ["6.1.", "6.2.", "6.3.", "6.4."].iter().any(|start| case.id.starts_with(start))),
    );
    cases.extend(
        f07_closing::cases()
            .into_iter()
            .filter(|case| ["7.1.", "7.3.", "7.5."].iter().any(|start| case.id.starts_with(start))),
    );
    cases
        .into_iter()
        .map(|mut case| {
            case.id = format!("hybi10.{}", case.id);
            case.version(Version::Hybi10)
        })
        .collect()
}

fn requests() -> Vec<Case> {
    type Change = fn(Lines, &str) -> Lines;
    let rows: Vec<(&str, Rule, Change)> = vec![
        ("a plain request with version 8 is accepted", Rule::Accept, |lines, _| lines),
        ("Sec-WebSocket-Origin of the server itself is accepted", Rule::Accept, |lines, host| {
            lines.with("Sec-WebSocket-Origin", format!("http://{host}"))
        }),
        ("version 7, which is the same protocol", Rule::ShouldAccept, |lines, _| {
            lines.set("Sec-WebSocket-Version", "7")
        }),
        ("no key", Rule::Refuse, |lines, _| lines.without("Sec-WebSocket-Key")),
        ("a key that is too short", Rule::Refuse, |lines, _| lines.set("Sec-WebSocket-Key", "c2hvcnQ=")),
        ("no Upgrade", Rule::NotAccepted, |lines, _| lines.without("Upgrade")),
        ("no Host", Rule::Refuse, |lines, _| lines.without("Host")),
    ];
    rows.into_iter()
        .enumerate()
        .map(|(at, (title, rule, change))| {
            Case::server(format!("H.{}", at + 1), "hybi-10 §5", title, move |host| {
                let keys = host.keys();
                let lines = change(host.request(Version::Hybi10, &keys), &host.target.host);
                let reply = host.exchange(&lines.bytes(), Chop::Whole);
                judge_reply(reply, rule, Version::Hybi10, &keys)
            })
        })
        .collect()
}
