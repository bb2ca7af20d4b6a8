//! sockudo-ws, with its stream over tokio's traits. Its heartbeat is off, for it needs a runtime with a timer.

use std::rc::Rc;

use bytes::Bytes;
use futures_util::{SinkExt as _, Stream, StreamExt as _};
use sockudo_ws::deflate::DeflateConfig;
use sockudo_ws::error::Error;
use sockudo_ws::{CompressedWebSocketStream, Config, Message, WebSocketStream};

use super::asynchronous::now;
use super::{Check, Engine, Mask, Pass};
use crate::handshake::Line;
use crate::{Job, Pipe, Probe, Tally};

pub(super) struct SockudoWs;

impl Engine for SockudoWs {
    fn name(&self) -> &'static str {
        "sockudo-ws"
    }

    fn decode(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut socket, messages) = (WebSocketStream::server(Pipe::new(job), config()), job.messages);
        Some(Box::new(move |tally| {
            now(async {
                while tally.messages < messages {
                    take(&socket.next().await.expect("more").expect("good input"), tally);
                }
            });
        }))
    }

    fn echo(&self, job: &Rc<Job>) -> Option<Pass> {
        Some(echo(WebSocketStream::server(Pipe::new(job), config()), job))
    }

    fn encode(&self, job: &Rc<Job>) -> Option<Pass> {
        let mut socket = WebSocketStream::client(Pipe::new(job), config());
        let (job, payload) = (Rc::clone(job), Bytes::from(job.payload.clone()));
        Some(Box::new(move |tally| {
            now(async {
                for _ in 0..job.messages {
                    let payload = payload.clone();
                    let message = if job.kind.is_text() { Message::Text(payload) } else { Message::Binary(payload) };
                    socket.feed(message).await.expect("an open connection");
                }
                socket.flush().await.expect("an open connection");
            });
            tally.messages += job.messages;
        }))
    }

    fn mask(&self) -> Option<Mask> {
        Some(|key, data| sockudo_ws::simd::apply_mask(data, key))
    }

    fn utf8(&self) -> Option<Check> {
        Some(sockudo_ws::utf8::validate_utf8)
    }

    fn server_handshake(&self) -> Option<Pass> {
        Some(Box::new(|tally| {
            let mut line = Line::asking();
            assert!(now(sockudo_ws::handshake::server_handshake(&mut line)).is_ok());
            tally.messages += 1;
        }))
    }

    fn client_handshake(&self) -> Option<Pass> {
        Some(Box::new(|tally| {
            let mut line = Line::answering();
            let done = now(sockudo_ws::handshake::client_handshake(&mut line, "server.example.com", "/chat", None));
            assert!(done.is_ok());
            tally.messages += 1;
        }))
    }

    fn deflate(&self, job: &Rc<Job>) -> Option<Pass> {
        Some(echo(CompressedWebSocketStream::server(Pipe::new(job), config(), DeflateConfig::default()), job))
    }

    fn memory(&self, probe: &mut Probe<'_>) -> Option<()> {
        let pipe = probe.pipe();
        probe.begin();
        if probe.deflate {
            receive(CompressedWebSocketStream::server(pipe, config(), DeflateConfig::default()), probe);
        } else {
            receive(WebSocketStream::server(pipe, config()), probe);
        }
        Some(())
    }
}

fn config() -> Config {
    Config { idle_timeout: 0, auto_ping: false, ..Config::default() }
}

fn receive<S: Stream<Item = Result<Message, Error>> + Unpin>(mut socket: S, probe: &mut Probe<'_>) {
    probe.note(size_of_val(&socket) - size_of::<Pipe>());
    for _ in 0..2 {
        drop(now(socket.next()));
        probe.note(size_of_val(&socket) - size_of::<Pipe>());
    }
}

fn echo<S>(mut socket: S, job: &Rc<Job>) -> Pass
where
    S: Stream<Item = Result<Message, Error>> + futures_util::Sink<Message, Error = Error> + Unpin + 'static,
{
    let messages = job.messages;
    Box::new(move |tally| {
        now(async {
            while tally.messages < messages {
                let message = socket.next().await.expect("more").expect("good input");
                take(&message, tally);
                socket.feed(message).await.expect("an open connection");
            }
            socket.flush().await.expect("an open connection");
        });
    })
}

fn take(message: &Message, tally: &mut Tally) {
    match message {
        Message::Text(text) => tally.checked_text(text),
        Message::Binary(data) => tally.binary(data),
        other => panic!("{other:?}"),
    }
}
