//! The examples that do something else than echo, each with clients over real sockets.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use std::io::{Read as _, Write as _};

use hybi::{SUPPORTED, Version};
use support::{Caller, Example};

#[test]
fn all_hear_what_one_says() {
    let room = Example::start("chat", &[]);
    let join = || {
        let socket = room.connect();
        let name = socket.local_addr().unwrap();
        let mut caller = Caller::new(socket, &room.url, Version::Hybi17);
        caller.hear(&format!("{name} is here"));
        (caller, name)
    };
    let (mut anna, a) = join();
    let (mut berta, b) = join();
    anna.hear(&format!("{b} is here"));
    let (mut clara, c) = join();
    berta.text("κόσμε");
    for caller in [&mut anna, &mut berta, &mut clara] {
        caller.hear(&format!("{b}: κόσμε"));
    }
    anna.bye();
    berta.hear(&format!("{a} has left"));
    clara.text("still here");
    berta.hear(&format!("{c}: still here"));
}

#[test]
fn a_member_who_does_not_read_is_shown_out_and_the_others_go_on() {
    let room = Example::start("chat", &[]);
    let deaf_socket = room.connect();
    let name = deaf_socket.local_addr().unwrap();
    let deaf = Caller::new(deaf_socket, &room.url, Version::Hybi17);
    let mut anna = Caller::new(room.connect(), &room.url, Version::Hybi17);
    let text = "a".repeat(200_000);
    let mut left = false;
    for _ in 0..500 {
        anna.text(&text);
        anna.hear_any("an echo or a farewell", |heard| {
            left |= heard == format!("{name} has left");
            left || heard.ends_with(&text)
        });
        if left {
            break;
        }
    }
    assert!(left, "{name} has left");
    drop(deaf);
}

#[test]
fn a_relay_passes_frames_on() {
    let server = Example::start("threads", &[]);
    let (host, port) = server.url.address();
    let relay = Example::start("relay", &[&format!("{host}:{port}")]);
    for _ in 0..2 {
        Caller::new(relay.connect(), &relay.url, Version::Hybi17).talk(5_000_000);
    }
}

#[test]
fn a_relay_says_what_it_does_not_relay() {
    let relay = Example::start("relay", &["127.0.0.1:1"]);
    let mut socket = relay.connect();
    socket.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 99\r\n\r\n").unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 426 "), "{answer}");
}

#[test]
fn a_handler_behind_a_gateway_echoes() {
    let gateway = Example::start("cgi", &[]);
    for version in SUPPORTED.iter().filter(|version| version.can().close_handshake) {
        println!("{version}");
        Caller::new(gateway.connect(), &gateway.url, version).talk(300_000);
    }
}

#[test]
fn a_meter_takes_more_than_it_has_memory_for() {
    let meter = Example::start("no_std", &[]);
    let mut caller = Caller::new(meter.connect(), &meter.url, Version::Hybi17);
    caller.text("abc");
    caller.hear("3 bytes, 00000123");
    caller.say(|client, output| {
        client.send_text_part("κόσ", false, output).unwrap();
        client.send_ping(b"!", output).unwrap();
        client.send_text_part("με", true, output).unwrap();
    });
    caller.hear("pong !");
    caller.say(|client, output| client.send_binary(&[0; 3_000_000], output).unwrap());
    caller.hear("3000000 bytes, 00000000");
    caller.bye();
}
