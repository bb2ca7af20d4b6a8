//! web-socket. It has neither a buffer nor a handshake of its own, nor does it check UTF-8; its page puts a buffered reader
//! under it.

use std::rc::Rc;

use tokio::io::{AsyncWriteExt as _, BufStream};
use web_socket::{DataType, Event, MessageType, WebSocket as Socket};

use super::asynchronous::now;
use super::{Engine, Pass};
use crate::{Job, Pipe, Probe, Tally};

pub(super) struct WebSocket;

impl Engine for WebSocket {
    fn name(&self) -> &'static str {
        "web-socket"
    }

    fn decode(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut socket, messages) = (Socket::server(buffered(Pipe::new(job))), job.messages);
        Some(Box::new(move |tally| {
            now(async {
                while tally.messages < messages {
                    let (kind, data) = message(socket.recv().await.expect("good input"));
                    take(kind, &data, tally);
                }
            });
        }))
    }

    fn echo(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut socket, messages) = (Socket::server(buffered(Pipe::new(job))), job.messages);
        Some(Box::new(move |tally| {
            now(async {
                while tally.messages < messages {
                    let (kind, data) = message(socket.recv().await.expect("good input"));
                    take(kind, &data, tally);
                    let sent = match kind {
                        MessageType::Text => socket.send(str::from_utf8(&data).expect("a text")).await,
                        MessageType::Binary => socket.send(&*data).await,
                    };
                    sent.expect("an open connection");
                }
                socket.stream.flush().await.expect("an open connection");
            });
        }))
    }

    fn encode(&self, job: &Rc<Job>) -> Option<Pass> {
        let mut socket = Socket::client(buffered(Pipe::new(job)));
        let job = Rc::clone(job);
        Some(Box::new(move |tally| {
            now(async {
                for _ in 0..job.messages {
                    let sent = if job.kind.is_text() {
                        socket.send(job.text()).await
                    } else {
                        socket.send(&*job.payload).await
                    };
                    sent.expect("an open connection");
                }
                socket.stream.flush().await.expect("an open connection");
            });
            tally.messages += job.messages;
        }))
    }

    fn memory(&self, probe: &mut Probe<'_>) -> Option<()> {
        if probe.deflate {
            return None;
        }
        let pipe = probe.pipe();
        probe.begin();
        let mut socket = Socket::server(buffered(pipe));
        probe.note(size_of_val(&socket) - size_of::<Pipe>());
        for _ in 0..2 {
            drop(now(socket.recv()).expect("good input"));
            probe.note(size_of_val(&socket) - size_of::<Pipe>());
        }
        Some(())
    }
}

/// Of the default size.
fn buffered(pipe: Pipe) -> BufStream<Pipe> {
    BufStream::new(pipe)
}

fn message(event: Event) -> (MessageType, Box<[u8]>) {
    match event {
        Event::Data { ty: DataType::Complete(kind), data } => (kind, data),
        other => panic!("{other:?}"),
    }
}

fn take(kind: MessageType, data: &[u8], tally: &mut Tally) {
    match kind {
        MessageType::Text => tally.checked_text(data),
        MessageType::Binary => tally.binary(data),
    }
}
