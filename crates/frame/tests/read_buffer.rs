//! Messages that wait in a buffer until they are whole, against the slow way and the standard library: the same comes out, in any
//! cuts, and wrong text is found in the read that brings it.

#![cfg(all(feature = "alloc", feature = "hybi17"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_frame::{Decoder, Error, Front, Header, Hold, Opcode, ReadBuffer, Unread, WholeMessage, mask};
use hybi_testkit::{Random, Utf8Verdict, cuts, naive_utf8, thinned};
use hybi_version::{Role, Version, Wire};
use proptest::collection::vec;
use proptest::prelude::*;
use support::{ROLES, decoder, fragment_for, frame_for, versions};

const LIMIT: u64 = 1 << 20;

/// What came of some reads: the messages, and the error with the number of the read that it came in.
type Outcome = (Vec<(Opcode, Vec<u8>)>, Option<(Error, usize)>);

/// Puts the reads into the buffer, one after the other, and takes out what is whole; also in the straight way, behind those of 64
/// reads that have a bit.
fn run(decoder: &Decoder, buffer: &mut ReadBuffer, reads: &[Vec<u8>], straight: u64) -> Outcome {
    let mut messages = Vec::new();
    for (index, read) in reads.iter().enumerate() {
        let straight = straight >> (index % 64) & 1 == 1;
        let mut unread = fill(buffer, read);
        loop {
            if straight && let Some(message) = unread.whole_message(decoder) {
                messages.push(described(&message));
                continue;
            }
            match unread.hold(decoder, LIMIT) {
                Ok(Hold::Message(message)) => messages.push(described(&message)),
                Ok(Hold::Wait) => break,
                Ok(Hold::Other) if unread.bytes().is_empty() => break,
                Ok(Hold::Other) => panic!("{:x?} is something else", unread.bytes()),
                Err(error) => return (messages, Some((error, index))),
            }
        }
    }
    (messages, None)
}

fn fill<'b>(buffer: &'b mut ReadBuffer, read: &[u8]) -> Unread<'b> {
    let (space, before) = (buffer.space(), read.len());
    space[..before].copy_from_slice(read);
    buffer.filled(read.len())
}

fn described(message: &WholeMessage<'_>) -> (Opcode, Vec<u8>) {
    let payload = message.payload().to_vec();
    match message {
        WholeMessage::Binary(_) => (Opcode::Binary, payload),
        WholeMessage::Text(text) => {
            assert_eq!(str::from_utf8(&payload), Ok(*text));
            (Opcode::Text, payload)
        }
        WholeMessage::InvalidText(_) => panic!("only the straight way has such"),
    }
}

/// Sends the pieces as one text, cut between them, and compares with the slow way: the text, and where it fails.
#[track_caller]
fn compare(role: Role, pieces: &[&[u8]]) {
    let bytes = pieces.concat();
    let wire = frame_for(role, Opcode::Text, &bytes);
    let (head, mut at) = (wire.len() - bytes.len(), wire.len() - bytes.len());
    let mut reads = vec![wire[..head].to_vec()];
    for piece in pieces {
        reads.push(wire[at..at + piece.len()].to_vec());
        at += piece.len();
    }
    let outcome = run(&decoder(Version::Hybi17, role), &mut ReadBuffer::with_size(1024), &reads, 0);
    let expected = match naive_utf8(&bytes) {
        Utf8Verdict::Complete => (vec![(Opcode::Text, bytes)], None),
        Utf8Verdict::Partial => (Vec::new(), Some((Error::InvalidUtf8, reads.len() - 1))),
        Utf8Verdict::Invalid { at } => {
            let ends = pieces.iter().scan(0, |end, piece| {
                *end += piece.len();
                Some(*end)
            });
            let index = ends.take_while(|end| *end <= at).count();
            (Vec::new(), Some((Error::InvalidUtf8, index + 1)))
        }
    };
    assert_eq!(outcome, expected, "{pieces:x?}");
}

/// Bytes of each kind that UTF-8 tells apart.
const KINDS: [u8; 16] =
    [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5];

#[test]
fn all_short_texts_in_all_cuts() {
    for number in thinned(0..KINDS.len().pow(4), 4999) {
        let bytes: [u8; 4] = core::array::from_fn(|place| KINDS[number >> (4 * place) & 15]);
        let role = ROLES[number % 2];
        compare(role, &[&bytes]);
        compare(role, &[&bytes[..1], &bytes[1..]]);
        compare(role, &[&bytes[..2], &bytes[2..]]);
        compare(role, &[&bytes[..3], &bytes[3..]]);
        compare(role, &[&bytes[..1], &bytes[1..2], &bytes[2..3], &bytes[3..]]);
    }
}

#[test]
fn texts_of_some_length_in_some_cuts() {
    for role in ROLES {
        for cut in thinned(0..=100, 17) {
            let text = "schöne Grüße, 日本 🦀. ".repeat(5);
            compare(role, &[&text.as_bytes()[..cut], &text.as_bytes()[cut..]]);
            let mut wrong = "plain ".repeat(20).into_bytes();
            wrong[60] = 0x80;
            compare(role, &[&wrong[..cut], &wrong[cut..]]);
        }
    }
}

fn message() -> impl Strategy<Value = (Opcode, Vec<u8>)> {
    prop_oneof![
        vec(any::<u8>(), 0..300).prop_map(|data| (Opcode::Binary, data)),
        "[a-z]{0,300}".prop_map(|text| (Opcode::Text, text.into_bytes())),
        "\\PC{0,100}".prop_map(|text| (Opcode::Text, text.into_bytes())),
        Just((Opcode::Binary, vec![7; 700])),
    ]
}

proptest! {
    #[test]
    #[cfg_attr(miri, ignore = "many cases")]
    fn any_cuts_give_the_same_messages(messages in vec(message(), 0..8), seed: u64, straight: u64) {
        for (version, role) in versions(Wire::Base).flat_map(|version| ROLES.map(|role| (version, role))) {
            let wire: Vec<u8> =
                messages.iter().flat_map(|(opcode, payload)| frame_for(role, *opcode, payload)).collect();
            // Not more than there is room for in the smallest buffer.
            let reads = |reads: &[Vec<u8>]| reads.iter().flat_map(|read| read.chunks(512)).map(<[u8]>::to_vec).collect();
            let whole = cuts::whole(&wire);
            for cut in [whole, cuts::byte_by_byte(&wire)].into_iter().chain(cuts::random(&wire, seed, 4)) {
                let mut buffer = ReadBuffer::with_size(0);
                let cut: Vec<Vec<u8>> = reads(&cut);
                prop_assert_eq!(
                    run(&decoder(version, role), &mut buffer, &cut, straight), (messages.clone(), None)
                );
                prop_assert!(buffer.is_empty());
            }
        }
    }
}

/// What is no text is not looked at before a piece of it is there.
#[test]
#[cfg_attr(miri, ignore = "many bytes")]
fn large_messages_in_small_reads() {
    for length in [16_300, 16_384, 16_400, 33_000, 70_000] {
        let payload = Random::new(length as u64).bytes(length);
        let text = "Grüße ".repeat(length / 8).into_bytes();
        for (role, straight) in
            ROLES.into_iter().flat_map(|role| [0, u64::MAX, 0x5555_3333_0F0F_00FF].map(|bits| (role, bits)))
        {
            let messages =
                [(Opcode::Binary, payload.clone()), (Opcode::Binary, vec![1, 2, 3]), (Opcode::Text, text.clone())];
            let wire: Vec<u8> =
                messages.iter().flat_map(|(opcode, payload)| frame_for(role, *opcode, payload)).collect();
            for read in [100, 512, 1000] {
                let reads: Vec<Vec<u8>> = wire.chunks(read).map(<[u8]>::to_vec).collect();
                let outcome = run(&decoder(Version::Hybi17, role), &mut ReadBuffer::with_size(2048), &reads, straight);
                assert!(outcome == (messages.to_vec(), None), "{length} bytes in reads of {read}, {straight:x}");
            }
        }
    }
}

#[test]
fn what_is_something_else_stays_as_it_came() {
    for (version, role) in versions(Wire::Base).flat_map(|version| ROLES.map(|role| (version, role))) {
        let other = if role == ROLES[0] { ROLES[1] } else { ROLES[0] };
        for wire in [
            frame_for(role, Opcode::Ping, b"1"),
            fragment_for(role, Opcode::Text, b"1"),
            frame_for(other, Opcode::Text, b"the wrong mask bit"),
            [&[0x82 | 0x40], &frame_for(role, Opcode::Binary, b"a reserved bit")[1..]].concat(),
            frame_for(role, Opcode::Binary, &[0; 101]),
            // Lengths that are not the shortest.
            vec![0x82, frame_for(role, Opcode::Binary, b"")[1] | 126, 0, 1, 0, 0, 0, 0],
        ] {
            let mut buffer = ReadBuffer::new();
            let mut unread = fill(&mut buffer, &wire);
            assert_eq!(unread.hold(&decoder(version, role), 100), Ok(Hold::Other));
            assert_eq!(**unread.bytes(), wire);
        }
        let frame = frame_for(role, Opcode::Binary, &[0; 100]);
        let mut buffer = ReadBuffer::new();
        let whole = decoder(version, role).frame_bytes(100);
        assert!(matches!(fill(&mut buffer, &frame).hold(&whole, 100), Ok(Hold::Message(_))), "as large as it may be");
        assert_eq!(fill(&mut buffer, &frame).hold(&whole, 99), Ok(Hold::Other));
        let small = decoder(version, role).frame_bytes(99);
        assert_eq!(fill(&mut ReadBuffer::new(), &frame).hold(&small, 100), Ok(Hold::Other));
        assert_eq!(small.front(&frame), Front::Other);
    }
    for version in versions(Wire::Sentinel) {
        let decoder = decoder(version, ROLES[0]);
        assert_eq!(fill(&mut ReadBuffer::new(), b"\0text").hold(&decoder, 100), Ok(Hold::Other));
    }
}

#[test]
fn within_a_fragmented_message_nothing_waits() {
    let mut decoder = decoder(Version::Hybi17, Role::Server);
    let mut begin = fragment_for(Role::Server, Opcode::Text, b"1");
    assert!(decoder.decode(&mut &mut begin[..]).unwrap().is_some());
    let wire = frame_for(Role::Server, Opcode::Text, b"2");
    assert_eq!(fill(&mut ReadBuffer::new(), &wire).hold(&decoder, 100), Ok(Hold::Other));
}

#[test]
fn the_front_tells_what_there_is() {
    let decoder = decoder(Version::Hybi17, Role::Server);
    let wire = frame_for(Role::Server, Opcode::Binary, &[7; 200]);
    for count in 0..=wire.len() {
        let expected = match count {
            0 => Front::Other,
            1..8 => Front::Cut,
            _ => {
                let key = *wire[4..].first_chunk().unwrap();
                Front::Message { header: Header::new(Opcode::Binary, 200).masked(key), size: 8 }
            }
        };
        assert_eq!(decoder.front(&wire[..count]), expected);
    }
}

/// Who takes bytes out by hand in the middle of a message has them as they are then, and nothing that was checked before
/// counts any more.
#[test]
fn what_was_checked_does_not_outlive_the_bytes() {
    let decoder = decoder(Version::Hybi17, Role::Client);
    let mut buffer = ReadBuffer::new();
    assert_eq!(fill(&mut buffer, b"\x81\x04abc").hold(&decoder, 100), Ok(Hold::Wait));
    let mut unread = fill(&mut buffer, b"d");
    assert_eq!(unread.whole_message(&decoder), None, "it has begun to wait");
    unread.bytes()[2] = 0xFF;
    assert_eq!(unread.hold(&decoder, 100), Err(Error::InvalidUtf8));
}

/// Who asks again after an error gets it again, and never the text.
#[test]
fn wrong_text_stays_wrong() {
    let long = [&"é".repeat(100).into_bytes()[..], b"\xff", b"behind"].concat();
    for role in ROLES {
        for text in [&b"\xff"[..], b"a\xc3(", b"\xe2\x82a", b"ab\xed\xa0z", &long] {
            let wire = frame_for(role, Opcode::Text, text);
            let decoder = decoder(Version::Hybi17, role);
            // As a whole, and with its last byte in a read of its own.
            for cut in [wire.len(), wire.len() - 1] {
                let mut buffer = ReadBuffer::with_size(1024);
                let (front, back) = wire.split_at(cut);
                let first = fill(&mut buffer, front).hold(&decoder, LIMIT).map(|held| described_or_not(&held));
                for read in [back, b"", b""] {
                    let again = fill(&mut buffer, read).hold(&decoder, LIMIT).map(|held| described_or_not(&held));
                    assert_eq!(again, Err(Error::InvalidUtf8), "{text:x?} cut at {cut}, first {first:?}");
                }
            }
        }
    }
}

fn described_or_not(held: &Hold<'_>) -> Option<(Opcode, Vec<u8>)> {
    match held {
        Hold::Message(message) => Some(described(message)),
        Hold::Wait | Hold::Other => None,
    }
}

/// Who forgets the bytes in place of dropping them gets them anew, as they are then. Nothing that was checked in another place
/// counts there.
#[test]
fn what_was_checked_is_said_of_no_other_bytes() {
    let decoder = decoder(Version::Hybi17, Role::Client);
    let mut buffer = ReadBuffer::new();
    let mut unread = fill(&mut buffer, b"\x81\x04abcd\x81\x05abcd");
    let taken = unread.bytes().split_off_mut(..6).unwrap();
    taken[2..].fill(0xFF);
    assert_eq!(unread.hold(&decoder, 100), Ok(Hold::Wait));
    core::mem::forget(unread);
    assert_eq!(buffer.len(), 6);
    assert_eq!(fill(&mut buffer, b"e").hold(&decoder, 100), Ok(Hold::Message(WholeMessage::Text("abcde"))));

    let mut unread = fill(&mut buffer, b"\x81\x04abcd\x81\x05abcd");
    unread.bytes().split_off_mut(..6).unwrap()[2..].fill(0xFF);
    core::mem::forget(unread);
    assert_eq!(buffer.unread().hold(&decoder, 100), Err(Error::InvalidUtf8), "the first one again, and wrong now");
}

/// Other bytes, put in the place of those of the buffer, are not held: what is said of them would be said of the buffer's.
#[test]
fn bytes_from_elsewhere_are_not_held() {
    let decoder = decoder(Version::Hybi17, Role::Client);
    let (mut buffer, mut other) = (ReadBuffer::new(), ReadBuffer::new());
    let mut elsewhere = *b"\x81\x05abcd";
    let mut unread = fill(&mut buffer, b"\x81\x05\xff\xff\xff\xff");
    *unread.bytes() = &mut elsewhere;
    assert_eq!(unread.hold(&decoder, 100), Ok(Hold::Other));
    drop(unread);
    assert_eq!(buffer.unread().hold(&decoder, 100), Err(Error::InvalidUtf8), "its own");

    buffer.clear();
    let mut unread = fill(&mut buffer, b"\x81\x05\xff\xff\xff\xff");
    let mut good = fill(&mut other, b"\x81\x05abcd");
    core::mem::swap(unread.bytes(), good.bytes());
    assert_eq!((unread.hold(&decoder, 100), good.hold(&decoder, 100)), (Ok(Hold::Other), Ok(Hold::Other)));
    drop((unread, good));
    assert_eq!(fill(&mut buffer, b"e").hold(&decoder, 100), Err(Error::InvalidUtf8));
    assert_eq!(fill(&mut other, b"e").hold(&decoder, 100), Ok(Hold::Message(WholeMessage::Text("abcde"))));
}

#[test]
fn what_it_shows_is_not_what_is_in_it() {
    let mut buffer = ReadBuffer::with_size(1024);
    assert_eq!(format!("{:?}", fill(&mut buffer, b"secret")), "Unread { len: 6 }");
    assert_eq!(format!("{buffer:?}"), "ReadBuffer { len: 6, capacity: 1024 }");
}

#[test]
fn it_grows_with_what_came_and_not_with_what_is_announced() {
    let mut buffer = ReadBuffer::with_size(2048);
    assert_eq!(buffer.capacity(), 0, "no memory before the first read");
    let (size, key) = (if cfg!(miri) { 3000 } else { 300_000 }, [1, 2, 3, 4]);
    let mut payload = vec![b'x'; size];
    mask::apply(key, &mut payload);
    let header = Header::new(Opcode::Text, size as u64).masked(key).encode();
    let wire = [&header[..], &payload, b"\x82"].concat();
    let (decoder, mut came, mut texts) = (decoder(Version::Hybi17, Role::Server), 0, 0);
    for read in wire.chunks(1000) {
        let space = buffer.space();
        assert!(space.len() >= 1024, "at least half of what there was at first");
        space[..read.len()].copy_from_slice(read);
        came += read.len();
        let mut unread = buffer.filled(read.len());
        while let Hold::Message(message) = unread.hold(&decoder, LIMIT).unwrap() {
            assert_eq!(message, WholeMessage::Text(&"x".repeat(size)));
            texts += 1;
        }
        drop(unread);
        assert!(buffer.capacity() <= 2048.max(4 * came), "{} bytes for {came}", buffer.capacity());
    }
    assert_eq!((texts, buffer.len()), (1, 1));
    let before = buffer.capacity();
    buffer.release();
    assert_eq!(buffer.capacity(), before, "there is something in it");
    assert_eq!(buffer.unread().bytes().split_off_first_mut(), Some(&mut 0x82));
    buffer.release();
    assert_eq!((buffer.capacity(), buffer.is_empty()), (0, true));
    assert_eq!(buffer.space().len(), 2048, "as large as at first");
}

#[test]
fn more_than_there_is_room_for_did_not_come() {
    let mut buffer = ReadBuffer::default();
    let room = buffer.space().len();
    assert_eq!(room, 16 * 1024);
    drop(buffer.filled(room + 1));
    assert_eq!(buffer.len(), room);
    assert_eq!(buffer.space().len(), room);
}

#[test]
fn what_is_forgotten_does_not_come_back() {
    let decoder = decoder(Version::Hybi17, Role::Client);
    let mut buffer = ReadBuffer::new();
    assert_eq!(fill(&mut buffer, b"\x81\x04abc").hold(&decoder, 100), Ok(Hold::Wait));
    buffer.clear();
    assert!(buffer.is_empty());
    assert_eq!(fill(&mut buffer, b"\x81\x01").hold(&decoder, 100), Ok(Hold::Wait));
    assert_eq!(fill(&mut buffer, b"d").hold(&decoder, 100), Ok(Hold::Message(WholeMessage::Text("d"))));
}
