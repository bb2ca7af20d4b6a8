//! An idle connection is small, and holds nothing on the heap.
#![cfg(feature = "hybi17")]
#![allow(clippy::unwrap_used, reason = "tests")]

use hybi_connection::{Config, Connection, Event};
use hybi_version::{Role, Version};

#[test]
fn an_idle_connection_is_at_most_128_bytes() {
    assert!(size_of::<Connection>() <= 128, "{} bytes", size_of::<Connection>());
}

#[test]
fn what_was_held_for_a_cut_message_is_given_away_with_it() {
    let mut client = Connection::new(Version::Hybi17, Role::Client, Config::new()).unwrap();
    let mut server = Connection::new(Version::Hybi17, Role::Server, Config::new()).unwrap();
    let mut wire = Vec::new();
    client.send_binary(&[7; 5000], &mut wire).unwrap();
    client.send_ping(b"there?", &mut wire).unwrap();
    let mut events = 0;
    for chunk in wire.chunks_mut(7) {
        let mut bytes = chunk;
        while let Some(event) = server.receive(&mut bytes, &mut Vec::new()).unwrap() {
            assert!(matches!(event, Event::Binary(_) | Event::Ping(_)));
            events += 1;
        }
        assert!(server.retained_bytes() < 12_000);
    }
    assert_eq!((events, server.retained_bytes()), (2, 0));
}
