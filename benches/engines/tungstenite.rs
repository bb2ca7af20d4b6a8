//! tungstenite, with its own buffers: it reads by 128 KiB and writes by 128 KiB.

use std::rc::Rc;

use tungstenite::protocol::Role;
use tungstenite::{Message, Utf8Bytes, WebSocket};

use super::{Engine, Pass};
use crate::handshake::{Line, URL};
use crate::{Job, Pipe, Probe};

pub(super) struct Tungstenite;

impl Engine for Tungstenite {
    fn name(&self) -> &'static str {
        "tungstenite"
    }

    fn decode(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut socket, messages) = (WebSocket::from_raw_socket(Pipe::new(job), Role::Server, None), job.messages);
        Some(Box::new(move |tally| {
            while tally.messages < messages {
                match socket.read().expect("good input") {
                    Message::Text(text) => tally.text(&text),
                    Message::Binary(data) => tally.binary(&data),
                    other => panic!("{other:?}"),
                }
            }
        }))
    }

    fn echo(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut socket, messages) = (WebSocket::from_raw_socket(Pipe::new(job), Role::Server, None), job.messages);
        Some(Box::new(move |tally| {
            while tally.messages < messages {
                let message = socket.read().expect("good input");
                match &message {
                    Message::Text(text) => tally.text(text),
                    Message::Binary(data) => tally.binary(data),
                    other => panic!("{other:?}"),
                }
                socket.write(message).expect("an open connection");
            }
            socket.flush().expect("an open connection");
        }))
    }

    fn encode(&self, job: &Rc<Job>) -> Option<Pass> {
        let mut socket = WebSocket::from_raw_socket(Pipe::new(job), Role::Client, None);
        let job = Rc::clone(job);
        // A payload is a reference-counted buffer here; where the application has it in one already, sending copies once less.
        let message = if job.kind.is_text() {
            Message::Text(Utf8Bytes::from(job.text()))
        } else {
            Message::Binary(job.payload.clone().into())
        };
        Some(Box::new(move |tally| {
            for _ in 0..job.messages {
                socket.write(message.clone()).expect("an open connection");
            }
            socket.flush().expect("an open connection");
            tally.messages += job.messages;
        }))
    }

    fn server_handshake(&self) -> Option<Pass> {
        Some(Box::new(|tally| {
            assert!(tungstenite::accept(Line::asking()).is_ok());
            tally.messages += 1;
        }))
    }

    fn client_handshake(&self) -> Option<Pass> {
        Some(Box::new(|tally| {
            assert!(tungstenite::client(URL, Line::answering()).is_ok());
            tally.messages += 1;
        }))
    }

    fn memory(&self, probe: &mut Probe<'_>) -> Option<()> {
        if probe.deflate {
            return None;
        }
        let pipe = probe.pipe();
        probe.begin();
        let mut socket = WebSocket::from_raw_socket(pipe, Role::Server, None);
        probe.note(size_of_val(&socket) - size_of::<Pipe>());
        for _ in 0..2 {
            drop(socket.read().expect("good input"));
            probe.note(size_of_val(&socket) - size_of::<Pipe>());
        }
        Some(())
    }
}
