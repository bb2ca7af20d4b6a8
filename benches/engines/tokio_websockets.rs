//! tokio-websockets, with its own buffers. Its kernels are chosen at run time.

use std::rc::Rc;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio_websockets::{ClientBuilder, Limits, Message, ServerBuilder, WebSocketStream};

use super::asynchronous::now;
use super::{Engine, Pass};
use crate::handshake::{Line, URL};
use crate::{Job, Pipe, Probe};

pub(super) struct TokioWebsockets;

impl Engine for TokioWebsockets {
    fn name(&self) -> &'static str {
        "tokio-websockets"
    }

    fn decode(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut socket, messages) = (server(Pipe::new(job)), job.messages);
        Some(Box::new(move |tally| {
            now(async {
                while tally.messages < messages {
                    let message = socket.next().await.expect("more").expect("good input");
                    match message.as_text() {
                        Some(text) => tally.text(text),
                        None => tally.binary(message.as_payload()),
                    }
                }
            });
        }))
    }

    fn echo(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut socket, messages) = (server(Pipe::new(job)), job.messages);
        Some(Box::new(move |tally| {
            now(async {
                while tally.messages < messages {
                    let message = socket.next().await.expect("more").expect("good input");
                    match message.as_text() {
                        Some(text) => tally.text(text),
                        None => tally.binary(message.as_payload()),
                    }
                    socket.feed(message).await.expect("an open connection");
                }
                socket.flush().await.expect("an open connection");
            });
        }))
    }

    fn encode(&self, job: &Rc<Job>) -> Option<Pass> {
        let mut socket = ClientBuilder::new().take_over(Pipe::new(job));
        let job = Rc::clone(job);
        let message = if job.kind.is_text() {
            Message::text(job.text().to_owned())
        } else {
            Message::binary(job.payload.clone())
        };
        Some(Box::new(move |tally| {
            now(async {
                for _ in 0..job.messages {
                    socket.feed(message.clone()).await.expect("an open connection");
                }
                socket.flush().await.expect("an open connection");
            });
            tally.messages += job.messages;
        }))
    }

    fn server_handshake(&self) -> Option<Pass> {
        Some(Box::new(|tally| {
            assert!(now(ServerBuilder::new().accept(Line::asking())).is_ok());
            tally.messages += 1;
        }))
    }

    fn client_handshake(&self) -> Option<Pass> {
        Some(Box::new(|tally| {
            let client = ClientBuilder::new().uri(URL).expect("a URL");
            assert!(now(client.connect_on(Line::answering())).is_ok());
            tally.messages += 1;
        }))
    }

    fn memory(&self, probe: &mut Probe<'_>) -> Option<()> {
        if probe.deflate {
            return None;
        }
        let pipe = probe.pipe();
        probe.begin();
        let mut socket = server(pipe);
        probe.note(size_of_val(&socket) - size_of::<Pipe>());
        for _ in 0..2 {
            drop(now(socket.next()));
            probe.note(size_of_val(&socket) - size_of::<Pipe>());
        }
        Some(())
    }
}

fn server(pipe: Pipe) -> WebSocketStream<Pipe> {
    ServerBuilder::new().limits(Limits::unlimited()).serve(pipe)
}
