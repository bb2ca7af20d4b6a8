//! Messages that are encoded once: the bytes are those that each connection would send, and its state is respected.
#![allow(clippy::unwrap_used, reason = "tests")]

mod pair;

use std::sync::Arc;

use hybi_connection::{Config, Connection, Kind, Prepared, Role, SUPPORTED, SendError, Version};
use proptest::prelude::*;

fn server(version: Version) -> Connection {
    Connection::new(version, Role::Server, Config::new()).unwrap()
}

proptest! {
    #[test]
    fn the_bytes_are_those_that_the_connection_would_send(text in ".{0,300}", data in prop::collection::vec(any::<u8>(), 0..300)) {
        let (of_text, of_data) = (Prepared::text(&text), Prepared::binary(&data));
        let shared: Prepared<Arc<[u8]>> = of_text.clone().shared();
        prop_assert_eq!((of_text.kind(), of_text.payload()), (Kind::Text, text.as_bytes()));
        prop_assert_eq!((of_data.kind(), of_data.payload()), (Kind::Binary, &data[..]));
        for version in SUPPORTED.iter() {
            let (mut connection, mut expected) = (server(version), Vec::new());
            connection.send_text(&text, &mut expected).unwrap();
            prop_assert_eq!(connection.send_prepared(&of_text).unwrap(), &expected);
            prop_assert_eq!(&connection.send_prepared(&shared).unwrap()[..], &expected[..]);
            let again: Prepared<Arc<[u8]>> = of_text.clone().shared();
            prop_assert_eq!(&connection.send_prepared(&again).unwrap()[..], &expected[..]);
            let mut expected = Vec::new();
            let sent = connection.send_binary(&data, &mut expected).map(|()| &expected);
            prop_assert_eq!(connection.send_prepared(&of_data), sent);
        }
    }
}

#[test]
fn one_that_is_closing_takes_none() {
    let message = Prepared::text("Hello");
    for version in SUPPORTED.iter() {
        let mut connection = server(version);
        connection.send_close(None, &mut Vec::new()).unwrap();
        assert_eq!(connection.send_prepared(&message), Err(SendError::Closed), "{version}");
    }
}

#[cfg(feature = "hybi17")]
#[test]
fn one_within_a_message_takes_it_after_the_last_part() {
    let message = Prepared::binary(b"Hello");
    let (mut connection, mut output) = (server(Version::Hybi17), Vec::new());
    connection.send_text_part("one", false, &mut output).unwrap();
    assert_eq!(connection.send_prepared(&message), Err(SendError::InMessage(Kind::Text)));
    connection.send_text_part("two", true, &mut output).unwrap();
    assert!(connection.send_prepared(&message).is_ok());
}

#[cfg(feature = "hybi17")]
#[test]
fn a_client_masks_each_frame_anew() {
    let message = Prepared::text("Hello");
    let mut client = Connection::new(Version::Hybi17, Role::Client, Config::new()).unwrap();
    let error = client.send_prepared(&message).unwrap_err();
    assert_eq!(error, SendError::PreparedByClient);
    assert_eq!(error.to_string(), "a client masks each frame anew and can't send a prepared one");
}

#[cfg(feature = "hybi00")]
#[test]
fn the_old_versions_have_text_alone_and_no_masks() {
    let mut client = Connection::new(Version::Hybi00, Role::Client, Config::new()).unwrap();
    assert_eq!(client.send_prepared(&Prepared::text("Hello")).unwrap(), b"\x00Hello\xff");
    let error = client.send_prepared(&Prepared::binary(b"Hello")).unwrap_err();
    assert!(matches!(error, SendError::Unsupported { .. }), "{error}");
}

#[cfg(feature = "hybi17")]
#[test]
fn the_sending_half_knows_of_the_peers_close() {
    let message = Prepared::text("Hello");
    let (mut receiver, mut sender) = server(Version::Hybi17).split();
    assert_eq!(sender.send_prepared(&message).unwrap(), b"\x81\x05Hello");
    receiver.receive(&mut &mut pair::frame(0x88, b"")[..], &mut Vec::new()).unwrap();
    assert_eq!(sender.send_prepared(&message), Err(SendError::Closed));
}

#[cfg(all(feature = "deflate", feature = "hybi17"))]
#[test]
fn between_compressed_messages_it_goes_as_it_is() {
    use hybi_connection::Event;
    use hybi_connection::deflate::{Config as Deflate, Pool};

    let (pool, config) = (Pool::new(1), Deflate::new());
    let (params, _) = config.accept([&config.offer()]).unwrap();
    let mut sender = server(Version::Hybi17).deflate(&params, &pool);
    let client = Connection::new(Version::Hybi17, Role::Client, Config::new()).unwrap().deflate(&params, &pool);
    let (text, message) = ("a text that comes again, ".repeat(20), Prepared::text("Hello"));
    let mut wire = Vec::new();
    sender.send_text(&text, &mut wire).unwrap();
    wire.extend_from_slice(sender.send_prepared(&message).unwrap());
    sender.send_text(&text, &mut wire).unwrap();
    let events = pair::End { connection: client, output: Vec::new() }.read(&[wire]).events;
    let expected = [text.as_str(), "Hello", &text].map(|text| Event::Text(text.to_owned().into()));
    assert_eq!(events, expected);
}

#[cfg(all(feature = "bytes", feature = "hybi17"))]
#[test]
fn bytes_are_shared_and_not_copied() {
    let message = Prepared::text("Hello").into_bytes();
    let (mut one, other) = (server(Version::Hybi17), server(Version::Hybi17));
    let (_, mut other) = other.split();
    let (for_one, for_other) = (one.send_bytes(&message).unwrap(), other.send_bytes(&message).unwrap());
    assert_eq!((&for_one[..], for_one.as_ptr()), (&b"\x81\x05Hello"[..], for_other.as_ptr()));
    one.send_close(None, &mut Vec::new()).unwrap();
    assert_eq!(one.send_bytes(&message), Err(SendError::Closed));
}
