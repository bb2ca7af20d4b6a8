//! Lengths that lie, and floods of what costs its sender little.

use hybi::frame::Error as FrameError;
use hybi::{CloseCode, CloseReason, Connection, ConnectionEvent, Limits, Role, Version};
use hybi_connection::Error;

use super::{announced, connection, frame};
use crate::counting::{alone, counted};

/// Gives the bytes in one read; what went wrong.
fn error(connection: &mut Connection, mut bytes: Vec<u8>) -> Option<Error> {
    let mut input = &mut bytes[..];
    loop {
        match connection.receive(&mut input, &mut Vec::new()) {
            Ok(Some(_)) => {}
            Ok(None) => return None,
            Err(error) => return Some(error),
        }
    }
}

/// rust-websocket reserved the memory that a length announced. Here 4 KiB are reserved at most because of a length: memory grows
/// with the bytes that come.
#[test]
fn cve_2022_35922() {
    let _alone = alone();
    let limit = Limits::new().frame_bytes;
    for first in [0x81, 0x82, 0x01, 0x02] {
        let mut server = connection(Limits::new());
        let bytes = announced(first, limit, b"abc");
        let (failed, count) = counted(|| error(&mut server, bytes));
        assert_eq!(failed, None);
        assert!(server.retained_bytes() < 4096 + 500 && count.bytes < 32 * 1024, "{count:?}");
        let (failed, count) = counted(|| error(&mut connection(Limits::new()), announced(first, limit + 1, b"abc")));
        assert_eq!(failed, Some(FrameError::FrameTooLarge { size: limit + 1, limit }.into()));
        assert!(count.bytes < 32 * 1024, "{count:?}");
    }
}

/// ws-rs let a peer that does not read grow the queue of what it is owed. Here a call of `receive` owes one control frame at
/// most, and beyond a limit of what waits only the latest ping is answered.
#[test]
fn cve_2020_35896() {
    let _alone = alone();
    let limits = Limits::new();
    let (mut server, mut output) = (connection(limits), Vec::new());
    let mut bytes = frame(0x89, &[b'p'; 125]).repeat(5000);
    let mut input = &mut bytes[..];
    loop {
        let before = output.len();
        let event = server.receive(&mut input, &mut output).unwrap();
        assert!(output.len() - before <= 2 + 125);
        if event.is_none() {
            break;
        }
    }
    assert!(output.len() < limits.output_bytes + 2 * 127, "{}", output.len());
}

/// gorilla kept a length of 64 bits in a signed number, so that a negative rest passed the limit. Here it is unsigned, its
/// highest bit is refused, sums do not overflow, and limits come before all.
#[test]
fn cve_2020_27813() {
    let _alone = alone();
    let none = Limits::new().frame_bytes(u64::MAX).message_bytes(u64::MAX);
    for length in [1 << 63, u64::MAX, u64::MAX - 13] {
        let failed = error(&mut connection(none), announced(0x82, length, b"abc"));
        assert_eq!(failed, Some(FrameError::LengthOutOfRange(length).into()));
    }
    let most = (1 << 63) - 1;
    assert_eq!(error(&mut connection(none), announced(0x82, most, b"abc")), None, "it may still come");
    let bytes = [frame(0x02, b"ab"), announced(0x80, most, b"c")].concat();
    let limits = Limits::new().frame_bytes(u64::MAX).message_bytes(most + 1);
    assert_eq!(
        error(&mut connection(limits), bytes.clone()),
        Some(Error::MessageTooLarge { size: most + 2, limit: most + 1 })
    );
    assert_eq!(error(&mut connection(none), bytes), None);
    for limit in [0, 1, 125, 126, 65_535, 65_536] {
        let small = Limits::new().frame_bytes(limit);
        let failed = error(&mut connection(small), announced(0x82, limit + 1, b""));
        assert_eq!(failed, Some(FrameError::FrameTooLarge { size: limit + 1, limit }.into()));
    }
}

/// ws kept an object for each fragment, did not count empty ones, and had limits so high that little on the wire held much in
/// memory. Here fragments are appended to one buffer, each counts, and what is held is at most twice what came.
#[test]
fn ghsa_96hv_2xvq_fx4p() {
    let _alone = alone();
    let limits = Limits::new().fragments(100);
    let mut server = connection(limits);
    assert_eq!(error(&mut server, [frame(0x01, b""), frame(0x00, b"").repeat(99)].concat()), None);
    assert_eq!(error(&mut server, frame(0x00, b"")), Some(Error::TooManyFragments { limit: 100 }));
    let mut server = connection(Limits::new());
    let wire = [frame(0x01, b"a"), frame(0x00, b"a").repeat(50_000)].concat();
    let sent = wire.len();
    assert_eq!(error(&mut server, wire), None);
    assert!(server.retained_bytes() < sent / 3, "{} of {sent}", server.retained_bytes());
}

/// Bandit added up the length of a message anew with each continuation. Here lengths are counters that go on: a hundred
/// thousand fragments ask for memory a few times.
#[test]
fn cve_2026_65623() {
    let _alone = alone();
    let mut server = connection(Limits::new());
    let wire = [frame(0x02, b"a"), frame(0x00, b"a").repeat(100_000)].concat();
    let (failed, count) = counted(|| error(&mut server, wire));
    assert_eq!(failed, None);
    assert!(count.requests < 100 && count.bytes < 400_000, "{count:?}");
}

/// undici had no limit for fragments. Here there is one to be set, and without it they are bounded by the size of the message
/// alone, since an empty one holds nothing.
#[test]
fn cve_2026_12151() {
    let _alone = alone();
    let mut server = connection(Limits::new().fragments(3));
    let failed = error(&mut server, [frame(0x01, b"a"), frame(0x00, b"b").repeat(3)].concat()).unwrap();
    assert_eq!((failed, failed.close_code()), (Error::TooManyFragments { limit: 3 }, CloseCode::POLICY_VIOLATION));
    let mut server = connection(Limits::new().message_bytes(10));
    let failed = error(&mut server, [frame(0x01, b"a"), frame(0x00, b"b").repeat(10)].concat());
    assert_eq!(failed, Some(Error::MessageTooLarge { size: 11, limit: 10 }));
    let mut server = connection(Limits::new());
    assert_eq!(error(&mut server, [frame(0x01, b"a"), frame(0x00, b"").repeat(100_000)].concat()), None);
    assert!(server.retained_bytes() < 500);
}

/// ws sent memory that nobody had written, where an argument had an odd type (1.0.1, and again 8.20.1). Here all that is sent is
/// what was given: the frames are compared byte by byte, and there is no unsafe code to read beside it.
#[test]
fn ws_1_0_1_and_8_20_1() {
    let _alone = alone();
    let mut server = Connection::new(Version::Hybi17, Role::Server, hybi::ConnectionConfig::new()).unwrap();
    for length in 0..=125_u8 {
        let (payload, mut output) = (vec![b'p'; length.into()], Vec::with_capacity(1000));
        server.send_ping(&payload, &mut output).unwrap();
        assert_eq!(output, [&[0x89, length], &payload[..]].concat());
        output.clear();
        let text = "t".repeat(length.into());
        let mut closing = Connection::new(Version::Hybi17, Role::Server, hybi::ConnectionConfig::new()).unwrap();
        closing.send_close(Some(CloseReason { code: CloseCode::NORMAL, text: &text }), &mut output).unwrap();
        let kept = length.min(123);
        assert_eq!(output, [&[0x88, 2 + kept, 0x03, 0xE8], &text.as_bytes()[..kept.into()]].concat());
    }
    let mut answered = Vec::new();
    let mut ping = frame(0x89, b"what came");
    let event = server.receive(&mut &mut ping[..], &mut answered).unwrap();
    assert_eq!(event, Some(ConnectionEvent::Ping(b"what came"[..].into())));
    assert_eq!(answered, b"\x8A\x09what came");
}
