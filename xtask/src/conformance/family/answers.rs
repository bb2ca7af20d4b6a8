//! Family A: answers to a client's request, good, odd and bad. It comes last, because some drivers do not survive a
//! refused handshake.

use crate::conformance::case::Case;
use crate::conformance::event::Event;
use crate::conformance::guest::Guest;
use crate::conformance::opening::Keys;
use crate::conformance::script::Script;
use crate::conformance::talk::Chop;
use crate::conformance::verdict::Judgement;
use crate::conformance::wire::base::Frame;
use crate::conformance::wire::head::Lines;

/// A.0.1 to A.2.4; the bad ones are in [`super::bad_answers`].
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = asks();
    cases.extend(good());
    cases.extend(odd());
    cases.extend(super::bad_answers::cases());
    cases
}

const CHECK: &str = "RFC 6455 §4.1";

/// The request itself.
fn asks() -> Vec<Case> {
    vec![Case::client("A.0.1", CHECK, "the client's own request has all that it needs", |guest| {
        match super::asked::check(&guest) {
            Ok(()) => go_on(guest, |lines| lines, Chop::Whole),
            Err(error) => Judgement::failed(error),
        }
    })]
}

fn good() -> Vec<Case> {
    type Change = fn(Lines) -> Lines;
    let rows: Vec<(&str, &str, Change)> = vec![
        (CHECK, "a plain answer", |lines| lines),
        ("RFC 9110 §5.1", "names of fields in lower case", |lines| lines.names(str::to_lowercase)),
        ("RFC 9110 §5.1", "names of fields in upper case", |lines| lines.names(str::to_uppercase)),
        (CHECK, "the values of Upgrade and Connection in another case", |lines| {
            lines.set("Upgrade", "WebSocket").set("Connection", "uPGRADE")
        }),
        (CHECK, "Connection: keep-alive, Upgrade", |lines| lines.set("Connection", "keep-alive, Upgrade")),
        ("RFC 9112 §4", "another reason phrase", |lines| lines.first("HTTP/1.1 101 Fine With Me")),
        ("RFC 9112 §4", "no reason phrase", |lines| lines.first("HTTP/1.1 101 ")),
        ("RFC 9112 §5.1", "no space behind the colons", |lines| lines.colon(":")),
        ("RFC 9112 §5.1", "spaces and tabs around the values", |lines| {
            lines.colon(":\t ").set("Upgrade", "websocket \t")
        }),
        (CHECK, "the fields in the opposite order", Lines::reversed),
        (CHECK, "forty fields that the client does not know", |lines| {
            (0..40).fold(lines, |lines, n| lines.with(format!("X-Field-{n}"), "of no interest"))
        }),
        ("RFC 6265 §3", "cookies in two fields", |lines| {
            lines.with("Set-Cookie", "a=b; Path=/").with("Set-Cookie", "c=d; HttpOnly")
        }),
    ];
    let mut cases: Vec<_> = rows
        .into_iter()
        .enumerate()
        .map(|(at, (section, title, change))| {
            let title = format!("{title}: accepted");
            Case::client(format!("A.1.{}", at + 1), section, title, move |guest| go_on(guest, change, Chop::Whole))
        })
        .collect();
    cases.push(Case::client("A.1.13", CHECK, "the answer byte by byte", |guest| {
        go_on(guest, |lines| lines, Chop::Every(1))
    }));
    let places = ["the status line", "a name", "a value", "the first CRLF", "the blank line", "the last CRLF"];
    for (at, place) in places.into_iter().enumerate() {
        let title = format!("the answer in two pieces, cut in {place}");
        cases.push(Case::client(format!("A.1.{}", at + 14), CHECK, title, move |guest| cut(guest, at)));
    }
    cases.push(Case::client("A.1.20", CHECK, "a message in the same write as the answer", with_message));
    cases
}

fn odd() -> Vec<Case> {
    type Change = fn(Lines) -> Lines;
    let folded: Change = |lines| lines.raw("X-Folded: first\r\n second");
    let early: Change = |lines| lines;
    vec![
        Case::client("A.2.1", "RFC 9112 §5.2", "a folded field: accepted or refused", move |guest| {
            either(go_on(guest, folded, Chop::Whole))
        }),
        Case::client(
            "A.2.2",
            "RFC 9110 §15.2",
            "103 Early Hints in front of the answer: should be accepted",
            move |mut guest| {
                let hints = Lines::new("HTTP/1.1 103 Early Hints").with("Link", "</style.css>; rel=preload").bytes();
                guest.send("early hints", &hints, Chop::Whole);
                lenient(go_on(guest, early, Chop::Whole), "103 in front of the answer was refused")
            },
        ),
        Case::client("A.2.3", "RFC 6455 §11.3.3", "the proof twice: should be refused", |guest| {
            let judgement = super::bad_answers::refused_by(guest, |lines, keys| {
                let accept = crate::conformance::wire::digest::accept(&keys.key);
                lines.with("Sec-WebSocket-Accept", accept).bytes()
            });
            lenient(judgement, "two fields with the same proof were accepted")
        }),
        Case::client("A.2.4", "RFC 6455 §4.2.2", "HTTP/1.0 101: should be refused", |guest| {
            let judgement = super::bad_answers::refused_by(guest, |lines, _| {
                lines.first("HTTP/1.0 101 Switching Protocols").bytes()
            });
            lenient(judgement, "a 101 of HTTP/1.0 was accepted")
        }),
    ]
}

/// Answers, and sees that a message comes back and that the client closes as it should.
pub(crate) fn go_on(mut guest: Guest, change: impl Fn(Lines) -> Lines, chop: Chop) -> Judgement {
    match guest.keys() {
        Ok(keys) => {
            let bytes = change(guest.answer(&keys)).bytes();
            guest.send("answer", &bytes, chop);
            hello().play(&mut guest.talk())
        }
        Err(error) => Judgement::failed(error),
    }
}

fn hello() -> Script {
    Script::new().send([Frame::text("Hello")]).ok([Event::text("Hello")])
}

fn cut(mut guest: Guest, place: usize) -> Judgement {
    let keys = match guest.keys() {
        Ok(keys) => keys,
        Err(error) => return Judgement::failed(error),
    };
    let bytes = guest.answer(&keys).bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let line = text.find("\r\n").unwrap_or_default();
    let at = match place {
        0 => 10,
        1 => text.find("Upgrade").unwrap_or_default() + 3,
        2 => text.find("Accept: ").unwrap_or_default() + 12,
        3 => line + 1,
        4 => bytes.len() - 2,
        _ => bytes.len() - 1,
    };
    let (first, rest) = bytes.split_at(at.min(bytes.len()));
    guest.send("the first piece", first, Chop::Whole);
    std::thread::sleep(guest.pace.quiet / 4);
    guest.send("the second piece", rest, Chop::Whole);
    hello().play(&mut guest.talk())
}

fn with_message(mut guest: Guest) -> Judgement {
    let keys = match guest.keys() {
        Ok(keys) => keys,
        Err(error) => return Judgement::failed(error),
    };
    let mut bytes = guest.answer(&keys).bytes();
    Frame::text("early").encode(crate::conformance::version::Side::Server, [0; 4], &mut bytes);
    guest.send("the answer and a message", &bytes, Chop::Whole);
    Script::new().ok([Event::text("early")]).play(&mut guest.talk())
}

/// Both to accept and to refuse is right.
fn either(judgement: Judgement) -> Judgement {
    use crate::conformance::verdict::Verdict;
    match judgement.verdict() {
        Verdict::Failed if judgement.why.contains("the peer closed the connection before we did") => {
            Judgement::ok("refused")
        }
        _ => judgement,
    }
}

/// What would be a failure is only not strict.
fn lenient(judgement: Judgement, why: &str) -> Judgement {
    use crate::conformance::verdict::Verdict;
    match judgement.verdict() {
        Verdict::Failed => Judgement::non_strict(format!("{why} ({})", judgement.why)),
        _ => judgement,
    }
}

/// What a changed answer is made of.
pub(crate) type Answer = fn(Lines, &Keys) -> Vec<u8>;
