//! What a server may do with a request.

use crate::conformance::host::Reply;
use crate::conformance::opening::Keys;
use crate::conformance::verdict::Judgement;
use crate::conformance::version::Version;
use crate::conformance::wire::digest;
use crate::conformance::wire::head::Head;

/// What an answer has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// 101, with all that belongs to it.
    Accept,
    /// The same; a refusal is not strict.
    ShouldAccept,
    /// Either is right.
    AcceptOrRefuse,
    /// An answer that says that the request is bad.
    Refuse,
    /// The same; to accept it is not strict.
    ShouldRefuse,
    /// The same, and it names the versions that the server speaks.
    RefuseVersion,
    /// Anything but 101: it is an ordinary request.
    NotAccepted,
    /// Only told.
    Told,
}

/// Judges what a server did with a request.
pub(crate) fn judge_reply(reply: Result<Reply, String>, rule: Rule, version: Version, keys: &Keys) -> Judgement {
    let reply = match reply {
        Ok(reply) => reply,
        Err(error) => return Judgement::failed(error),
    };
    let Some(head) = &reply.head else { return no_head(&reply, rule) };
    let Some(status) = head.status() else {
        return Judgement::failed(format!("the answer has no status line: {:?}", head.first));
    };
    let seen = format!("answered with {:?}", head.first);
    match (rule, status) {
        (Rule::Told, _) => Judgement::of(crate::conformance::verdict::Grade::Informational, seen),
        (Rule::Accept | Rule::ShouldAccept | Rule::AcceptOrRefuse, 101) => match check_answer(head, version, keys) {
            Ok(()) => Judgement::ok("accepted"),
            Err(error) => Judgement::failed(error),
        },
        (Rule::Accept, _) => Judgement::failed(format!("{seen} instead of 101")),
        (Rule::ShouldAccept, _) => Judgement::non_strict(seen),
        (Rule::ShouldRefuse, 101) => Judgement::non_strict("the request was accepted"),
        (_, 101) => Judgement::failed("the request was accepted"),
        (Rule::RefuseVersion, 400..=499) => match head.get("Sec-WebSocket-Version") {
            Some(versions) if versions.split(',').any(|v| v.trim() == "13") => {
                Judgement::ok(format!("{seen}, versions {versions}"))
            }
            _ => Judgement::failed(format!("{seen}, without Sec-WebSocket-Version: 13")),
        },
        (Rule::NotAccepted, _) | (_, 400..=499 | 501 | 505) => Judgement::ok(seen),
        _ => Judgement::non_strict(seen),
    }
}

fn no_head(reply: &Reply, rule: Rule) -> Judgement {
    match (rule, reply.end) {
        (Rule::Told, Some(_)) => Judgement::of(
            crate::conformance::verdict::Grade::Informational,
            "the connection was ended without an answer",
        ),
        (_, None) => Judgement::failed("no answer, and the connection stays open"),
        (Rule::Accept, Some(_)) => Judgement::failed("the connection was ended without an answer"),
        (_, Some(_)) => Judgement::non_strict("the connection was ended without an answer"),
    }
}

/// Whether a 101 has all that its version asks for, and nothing that was not asked for.
pub(crate) fn check_answer(head: &Head, version: Version, keys: &Keys) -> Result<(), String> {
    if !head.first.starts_with("HTTP/1.1 101") {
        return Err(format!("the status line is {:?}", head.first));
    }
    if head.stray > 0 {
        return Err("the answer has lines without a colon".to_owned());
    }
    let upgrade = head.get("Upgrade").unwrap_or_default();
    if !upgrade.eq_ignore_ascii_case("websocket") {
        return Err(format!("Upgrade is {upgrade:?}"));
    }
    if !head.has_token("Connection", "upgrade") {
        return Err(format!("Connection is {:?}", head.get("Connection").unwrap_or_default()));
    }
    if !version.has_base_frames() {
        return Ok(());
    }
    let proofs: Vec<_> = head.all("Sec-WebSocket-Accept").collect();
    let expected = digest::accept(&keys.key);
    if proofs != [expected.as_str()] {
        return Err(format!("Sec-WebSocket-Accept is {proofs:?} instead of {expected:?}"));
    }
    if let Some(extensions) = head.get("Sec-WebSocket-Extensions") {
        return Err(format!("an extension that was not offered: {extensions:?}"));
    }
    match head.get("Sec-WebSocket-Protocol") {
        None | Some("chat.example" | "superchat.example") => Ok(()),
        Some(protocol) => Err(format!("a subprotocol that was not offered: {protocol:?}")),
    }
}
