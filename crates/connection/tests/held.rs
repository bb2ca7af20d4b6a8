//! Messages that wait in a buffer: what is refused, and what is over, is so there as well.
#![cfg(feature = "hybi17")]
#![allow(clippy::unwrap_used, reason = "tests")]

mod pair;

use std::borrow::Cow;

use hybi_connection::{Config, Delivery, Error, Event, Limits, ReadBuffer, State};
use hybi_version::{Role, Version};
use pair::{End, frame};

fn server(config: Config) -> End {
    End::new(Version::Hybi17, Role::Server, config)
}

#[test]
fn a_message_that_is_cut_is_borrowed_and_nothing_is_held() {
    let mut end = server(Config::new());
    let mut buffer = ReadBuffer::new();
    for (index, byte) in frame(0x81, b"Hello").iter().enumerate() {
        buffer.space().split_at_mut(1).0.copy_from_slice(&[*byte]);
        let mut unread = buffer.filled(1);
        let event = end.connection.receive_from(&mut unread, &mut end.output).unwrap();
        assert!(matches!((index, event), (..10, None) | (10, Some(Event::Text(Cow::Borrowed("Hello"))))));
        assert_eq!(end.connection.retained_bytes(), 0);
    }
    assert!(buffer.is_empty());
}

#[test]
fn one_that_is_too_large_is_refused_at_its_header() {
    let limits = Limits::new().message_bytes(10);
    let outcome = server(Config::new().limits(limits)).read_held(&[frame(0x82, &[0; 10])]);
    assert_eq!((outcome.events, outcome.error), (vec![Event::Binary(vec![0; 10].into())], None));
    let header = frame(0x82, &[0; 11])[..6].to_vec();
    let outcome = server(Config::new().limits(limits)).read_held(&[header]);
    assert_eq!(outcome.error, Some(Error::MessageTooLarge { size: 11, limit: 10 }));
    assert_eq!(outcome.output.get(2..4), Some(&1009_u16.to_be_bytes()[..]));
}

#[test]
fn wrong_text_is_refused_before_its_end() {
    let mut begin = frame(0x81, b"a\xffb and much more");
    begin.truncate(8);
    let outcome = server(Config::new()).read_held(&[begin]);
    assert_eq!(outcome.error, Some(hybi_frame::Error::InvalidUtf8.into()));
    assert_eq!(outcome.output.get(2..4), Some(&1007_u16.to_be_bytes()[..]));
}

/// A read ends where a message waits: what was counted in it begins anew, and what is owed is paid.
#[test]
fn a_read_ends_where_a_message_waits() {
    let (ping, mut begin) = (frame(0x89, b"1"), frame(0x81, b"Hello"));
    let rest = begin.split_off(8);
    let reads = [[&ping[..], &begin].concat(), [&rest[..], &ping].concat()];
    let config = Config::new().limits(Limits::new().pings(1).output_bytes(0));
    let mut end = server(config);
    let outcome = end.read_held(&reads[..1]);
    assert_eq!((outcome.events.len(), outcome.error, &outcome.output[..]), (1, None, &b"\x8a\x011"[..]));
    let mut end = server(Config::new().limits(Limits::new().pings(1)));
    let outcome = end.read_held(&reads);
    assert_eq!((outcome.events.len(), outcome.error), (3, None));
}

#[test]
fn nothing_comes_after_a_close() {
    let mut end = server(Config::new());
    let outcome = end.read_held(&[frame(0x88, b""), frame(0x81, b"more"), frame(0x82, b"and more")]);
    assert_eq!((outcome.events, outcome.error), (vec![Event::Close(None)], None));
    assert_eq!(end.connection.state(), State::Closed);
}

#[test]
fn parts_do_not_wait() {
    let mut end = server(Config::new().delivery(Delivery::Parts));
    let mut begin = frame(0x82, b"123456");
    let rest = begin.split_off(9);
    let outcome = end.read_held(&[begin, rest]);
    let parts = outcome.events.into_iter().map(|event| match event {
        Event::Part(part) => (part.data.into_owned(), part.first, part.last),
        other => (Vec::new(), false, other == Event::Close(None)),
    });
    assert_eq!(parts.collect::<Vec<_>>(), [(b"123".to_vec(), true, false), (b"456".to_vec(), false, true)]);
}

/// A half receives as a whole connection does.
#[test]
fn a_half_lets_messages_wait_as_well() {
    let (mut receiver, _sender) = server(Config::new()).connection.split();
    let (mut buffer, mut output) = (ReadBuffer::new(), Vec::new());
    let wire = [frame(0x81, b"Hello"), frame(0x88, b"")].concat();
    let mut heard = Vec::new();
    for read in wire.chunks(4) {
        buffer.space().split_at_mut(read.len()).0.copy_from_slice(read);
        let mut unread = buffer.filled(read.len());
        while let Some(event) = receiver.receive_from(&mut unread, &mut output).unwrap() {
            heard.push(event.into_owned());
        }
    }
    assert_eq!(heard, [Event::Text("Hello".into()), Event::Close(None)]);
    assert_eq!((receiver.state(), &output[..]), (State::Closed, &b"\x88\x00"[..]));
}
