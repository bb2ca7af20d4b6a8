//! The two halves apart: they meet only in the closing state.
#![cfg(feature = "hybi17")]
#![allow(clippy::unwrap_used, reason = "tests")]

mod pair;

use std::thread;

use hybi_connection::{Config, Connection, Error, Event, SendError, State};
use hybi_frame::{CloseCode, CloseReason};
use hybi_version::{Role, Version};
use pair::frame;

#[test]
fn one_thread_sends_while_the_other_receives() {
    let connection = Connection::new(Version::Hybi17, Role::Server, Config::new()).unwrap();
    let (mut receiver, mut sender) = connection.split();
    let sending = thread::spawn(move || {
        let mut wire = Vec::new();
        for _ in 0..1000 {
            sender.send_text("tick", &mut wire).unwrap();
        }
        wire
    });
    let mut wire = frame(0x81, b"tock").repeat(1000);
    let (mut bytes, mut count) = (&mut wire[..], 0);
    while let Some(event) = receiver.receive(&mut bytes, &mut Vec::new()).unwrap() {
        assert_eq!(event, Event::Text("tock".into()));
        count += 1;
    }
    assert_eq!((count, sending.join().unwrap().len()), (1000, 6000));
}

#[test]
fn after_the_peers_close_the_sender_sends_no_more() {
    let connection = Connection::new(Version::Hybi17, Role::Server, Config::new()).unwrap();
    let (mut receiver, mut sender) = connection.split();
    let (mut wire, mut output) = (frame(0x88, b"\x03\xe8"), Vec::new());
    assert!(matches!(receiver.receive(&mut &mut wire[..], &mut output), Ok(Some(Event::Close(Some(_))))));
    assert_eq!(output, b"\x88\x02\x03\xe8");
    assert_eq!(sender.send_text("late", &mut output), Err(SendError::Closed));
    assert_eq!((sender.state(), receiver.receive_eof()), (State::Closed, Ok(())));
}

#[test]
fn after_our_close_the_receiver_waits_for_the_peers() {
    let connection = Connection::new(Version::Hybi17, Role::Server, Config::new()).unwrap();
    let (mut receiver, mut sender) = connection.split();
    let mut output = Vec::new();
    sender.send_close(Some(CloseReason { code: CloseCode::GOING_AWAY, text: "" }), &mut output).unwrap();
    assert_eq!((receiver.state(), sender.send_binary(b"", &mut output)), (State::Closing, Err(SendError::Closed)));
    let (mut wire, mut reply) = (frame(0x88, b"\x03\xe9"), Vec::new());
    receiver.receive(&mut &mut wire[..], &mut reply).unwrap();
    assert_eq!((reply.len(), receiver.state()), (0, State::Closed));
}

#[test]
fn a_failure_and_an_early_end_reach_the_sender() {
    for eof in [false, true] {
        let connection = Connection::new(Version::Hybi17, Role::Server, Config::new()).unwrap();
        let (mut receiver, mut sender) = connection.split();
        let error = if eof {
            receiver.receive_eof().unwrap_err()
        } else {
            receiver.receive(&mut &mut frame(0x83, b"")[..], &mut Vec::new()).unwrap_err()
        };
        assert_eq!(error == Error::UnexpectedEof, eof);
        assert_eq!((sender.state(), sender.send_ping(b"", &mut Vec::new())), (State::Failed, Err(SendError::Closed)));
    }
}
