//! How much a read buffer lends, and where: what has to be moved costs more than a read that ends where a message does.

#![cfg(all(feature = "alloc", feature = "hybi17"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_frame::{Header, Hold, Opcode, ReadBuffer, WholeMessage};
use hybi_version::{Role, Version};
use proptest::collection::vec;
use proptest::prelude::*;
use support::{decoder, frame_for};

/// A client's.
fn frame(opcode: Opcode, payload: &[u8]) -> Vec<u8> {
    frame_for(Role::Server, opcode, payload)
}

/// What was read from a wire of which all is there: the messages, and for each read how many bytes it brought, and how many were
/// left behind the messages that it completed.
#[derive(Default)]
struct Came {
    messages: Vec<Vec<u8>>,
    reads: Vec<usize>,
    left: Vec<usize>,
}

/// Reads as much as there is space for, but at most so many bytes, again and again. Each has a number of its own.
fn read(mut wire: &[u8], buffer: &mut ReadBuffer, most: impl Fn(usize) -> usize) -> Came {
    let (decoder, mut came) = (decoder(Version::Hybi17, Role::Server), Came::default());
    while !wire.is_empty() {
        let space = buffer.space();
        let count = space.len().min(wire.len()).min(most(came.reads.len()));
        space[..count].copy_from_slice(&wire[..count]);
        wire = &wire[count..];
        came.reads.push(count);
        let mut unread = buffer.filled(count);
        while let Hold::Message(message) = unread.hold(&decoder, 1 << 20).unwrap() {
            let (WholeMessage::Text(_) | WholeMessage::Binary(_)) = message else { panic!("{message:?}") };
            came.messages.push(message.payload().to_vec());
        }
        drop(unread);
        came.left.push(buffer.len());
    }
    assert!(buffer.is_empty());
    came
}

#[test]
fn of_large_messages_a_read_brings_one() {
    for opcode in [Opcode::Text, Opcode::Binary] {
        for size in [1100, 2000, 5000] {
            let payloads: Vec<Vec<u8>> = (b'a'..=b'j').map(|byte| vec![byte; size]).collect();
            let frames: Vec<Vec<u8>> = payloads.iter().map(|payload| frame(opcode, payload)).collect();
            let came = read(&frames.concat(), &mut ReadBuffer::with_size(1024), |_| usize::MAX);
            assert_eq!(came.messages, payloads);
            let exact = came.left.iter().filter(|left| **left <= Header::MAX_SIZE).count();
            assert!(exact >= frames.len() - 2, "{:?}", came.left);
            assert!(came.reads.len() <= frames.len() + 4, "{:?}", came.reads);
        }
    }
}

#[test]
fn of_messages_that_fit_a_read_brings_as_many_as_there_is_room_for() {
    let wire = frame(Opcode::Binary, &[7; 600]).repeat(100);
    let came = read(&wire, &mut ReadBuffer::with_size(1024), |_| usize::MAX);
    assert_eq!(came.messages.len(), 100);
    assert!(came.reads.iter().all(|count| *count >= 512 || *count == came.reads[came.reads.len() - 1]));
}

#[test]
fn a_message_that_has_begun_is_not_moved_while_there_is_room() {
    let (decoder, wire) = (decoder(Version::Hybi17, Role::Server), frame(Opcode::Text, &[b'x'; 100]));
    let mut buffer = ReadBuffer::with_size(1024);
    let first = buffer.space().as_ptr();
    buffer.space()[..150].copy_from_slice(&[&wire[..], &wire[..44]].concat());
    let mut unread = buffer.filled(150);
    assert_eq!(unread.hold(&decoder, 1000), Ok(Hold::Message(WholeMessage::Text(&"x".repeat(100)))));
    assert_eq!(unread.hold(&decoder, 1000), Ok(Hold::Wait));
    drop(unread);
    assert_eq!(buffer.space().as_ptr().addr(), first.addr() + 150, "right behind it");
    buffer.space()[..62].copy_from_slice(&wire[44..]);
    assert_eq!(buffer.filled(62).hold(&decoder, 1000), Ok(Hold::Message(WholeMessage::Text(&"x".repeat(100)))));
    assert_eq!(buffer.space().as_ptr(), first, "it is empty");

    buffer.space()[..wire.len()].copy_from_slice(&wire);
    buffer.space()[wire.len()..600].fill(0x82);
    let mut unread = buffer.filled(600);
    assert_eq!(unread.hold(&decoder, 1000), Ok(Hold::Message(WholeMessage::Text(&"x".repeat(100)))));
    drop(unread);
    assert_eq!(buffer.len(), 600 - wire.len());
    assert_eq!(buffer.space().as_ptr().addr(), first.addr() + 600 - wire.len(), "there was no room for half of it");
}

/// What is read and not taken is no message that lacks something, also where one was that did.
#[test]
fn what_is_no_message_leaves_half_of_the_buffer() {
    let other = frame(Opcode::Ping, &[7; 100]).repeat(40);
    let message = frame(Opcode::Binary, &[7; 100]);
    let decoder = decoder(Version::Hybi17, Role::Server);
    for (cut, straight) in [(0, true), (6, true), (50, false)] {
        let mut buffer = ReadBuffer::with_size(1024);
        buffer.space()[..cut].copy_from_slice(&message[..cut]);
        assert_eq!(buffer.filled(cut).hold(&decoder, 1000), Ok(if cut > 0 { Hold::Wait } else { Hold::Other }));
        let mut wire = [&message[cut..], &other].concat();
        while !wire.is_empty() {
            let space = buffer.space();
            assert!(space.len() >= 512, "{} at {}", space.len(), wire.len());
            let count = space.len().min(wire.len());
            space[..count].copy_from_slice(&wire[..count]);
            wire.drain(..count);
            let mut unread = buffer.filled(count);
            let taken = straight && unread.whole_message(&decoder).is_some();
            if !taken {
                drop(unread.hold(&decoder, 1000));
            }
        }
        assert_eq!(buffer.len(), other.len());
        assert!(buffer.space().len() >= buffer.capacity() / 2);
    }
}

proptest! {
    /// Whether reads fill the space or not, and in which order.
    #[test]
    #[cfg_attr(miri, ignore = "many cases")]
    fn whatever_a_read_brings_the_messages_are_the_same(
        messages in vec((any::<bool>(), 0_usize..4000), 1..12),
        most in vec(prop_oneof![Just(usize::MAX), 1_usize..3000], 1..20),
        size in prop_oneof![Just(1024_usize), 1024_usize..8000],
    ) {
        let payloads: Vec<Vec<u8>> =
            (b'a'..).zip(&messages).map(|(byte, (_, length))| "é".bytes().chain([byte]).cycle().take(length / 3 * 3).collect()).collect();
        let frames = messages.iter().zip(&payloads).map(|((is_text, _), payload)| {
            frame(if *is_text { Opcode::Text } else { Opcode::Binary }, payload)
        });
        let wire = frames.collect::<Vec<_>>().concat();
        let came = read(&wire, &mut ReadBuffer::with_size(size), |index| most[index % most.len()]);
        prop_assert_eq!(came.messages, payloads);
    }
}
