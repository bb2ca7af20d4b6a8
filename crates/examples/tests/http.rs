//! The servers inside of HTTP libraries, with clients over HTTP/1.1 and HTTP/2.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use std::io::{Read as _, Write as _};

use hybi::{Client, ClientConfig, ClientConnect, Event, Offer, SUPPORTED};
use support::{Caller, Example};
use tokio::net::TcpStream;

#[test]
fn they_echo_over_http_1() {
    for name in ["hyper", "axum"] {
        let example = Example::start(name, &[]);
        for version in SUPPORTED.iter().filter(|version| version.can().close_handshake) {
            println!("{name} {version}");
            Caller::new(example.connect(), &example.url, version).talk(1_000_000);
        }
    }
}

fn get(example: &Example, target: &str) -> String {
    let mut socket = example.connect();
    let request = format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    socket.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn they_answer_other_requests() {
    for name in ["hyper", "axum"] {
        let answer = get(&Example::start(name, &[]), "/");
        assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("Upgrade"), "{name}: {answer}");
    }
    let answer = get(&Example::start("axum", &[]), "/health");
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("well"), "{answer}");
}

#[test]
fn many_echo_on_one_connection_of_http_2() {
    let example = Example::start("h2", &[]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let socket = TcpStream::connect(example.url.address()).await.unwrap();
        let (requests, connection) = h2::client::handshake(socket).await.unwrap();
        tokio::spawn(connection);
        let mut requests = requests.ready().await.unwrap();
        while !requests.is_extended_connect_protocol_enabled() {
            // The server's settings are on their way.
            tokio::task::yield_now().await;
        }
        let mut talks = Vec::new();
        for n in 0..10 {
            let connect = ClientConnect::new(&Offer::new(example.url.clone()), &ClientConfig::new()).unwrap();
            let mut request = connect.http_request().unwrap();
            request.extensions_mut().insert(h2::ext::Protocol::from_static("websocket"));
            requests = requests.ready().await.unwrap();
            let (response, stream) = requests.send_request(request, false).unwrap();
            talks.push(tokio::spawn(async move {
                let response = response.await.unwrap();
                assert_eq!(response.status(), 200);
                let (_, client) = connect.check_http(&response).unwrap();
                talk(client, response.into_body(), stream, &format!("I am {n}")).await;
            }));
        }
        for talk in talks {
            talk.await.unwrap();
        }
    });
}

async fn talk(mut client: Client, mut from: h2::RecvStream, mut to: h2::SendStream<bytes::Bytes>, text: &str) {
    let (mut output, mut heard) = (Vec::new(), Vec::new());
    client.send_text(text, &mut output).unwrap();
    client.send_binary(&[7; 300_000], &mut output).unwrap();
    // h2 keeps what the window has no room for.
    to.send_data(std::mem::take(&mut output).into(), false).unwrap();
    while let Some(data) = from.data().await {
        let mut input = data.unwrap().to_vec();
        from.flow_control().release_capacity(input.len()).unwrap();
        let mut bytes = &mut input[..];
        while let Some(event) = client.receive(&mut bytes, &mut output).unwrap() {
            match event {
                Event::Text(text) => heard.push(text.into_owned()),
                Event::Binary(data) => {
                    heard.push(format!("{} bytes", data.len()));
                    client.send_close(None, &mut output).unwrap();
                }
                Event::Close(_) => heard.push("close".into()),
                other => panic!("{other:?}"),
            }
        }
        if !output.is_empty() {
            to.send_data(std::mem::take(&mut output).into(), false).unwrap();
        }
    }
    client.receive_eof().unwrap();
    assert_eq!(heard, [text, "300000 bytes", "close"]);
}
