//! fastwebsockets, with its fragment collector, as its page advises. It has no handshake without hyper.

use std::rc::Rc;

use fastwebsockets::{FragmentCollector, Frame, OpCode, Payload, Role, WebSocket};

use super::asynchronous::now;
use super::{Engine, Mask, Pass};
use crate::{Job, Pipe, Probe, Tally};

pub(super) struct FastWebsockets;

impl Engine for FastWebsockets {
    fn name(&self) -> &'static str {
        "fastwebsockets"
    }

    fn decode(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut socket, messages) = (server(Pipe::new(job)), job.messages);
        Some(Box::new(move |tally| {
            now(async {
                while tally.messages < messages {
                    let frame = socket.read_frame().await.expect("good input");
                    take(&frame, tally);
                }
            });
        }))
    }

    fn echo(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut socket, messages) = (server(Pipe::new(job)), job.messages);
        Some(Box::new(move |tally| {
            now(async {
                while tally.messages < messages {
                    let frame = socket.read_frame().await.expect("good input");
                    take(&frame, tally);
                    let frame = Frame::new(true, frame.opcode, None, frame.payload);
                    socket.write_frame(frame).await.expect("an open connection");
                }
            });
        }))
    }

    fn encode(&self, job: &Rc<Job>) -> Option<Pass> {
        let mut socket = WebSocket::after_handshake(Pipe::new(job), Role::Client);
        let job = Rc::clone(job);
        Some(Box::new(move |tally| {
            now(async {
                for _ in 0..job.messages {
                    // It masks where the payload lies, so that has to be its own.
                    let payload = Payload::Owned(job.payload.clone());
                    let frame = if job.kind.is_text() { Frame::text(payload) } else { Frame::binary(payload) };
                    socket.write_frame(frame).await.expect("an open connection");
                }
            });
            tally.messages += job.messages;
        }))
    }

    fn mask(&self) -> Option<Mask> {
        Some(|key, data| fastwebsockets::unmask(data, key))
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
            drop(now(socket.read_frame()).expect("good input"));
            probe.note(size_of_val(&socket) - size_of::<Pipe>());
        }
        Some(())
    }
}

fn server(pipe: Pipe) -> FragmentCollector<Pipe> {
    FragmentCollector::new(WebSocket::after_handshake(pipe, Role::Server))
}

/// Its text comes as checked bytes.
fn take(frame: &Frame<'_>, tally: &mut Tally) {
    match frame.opcode {
        OpCode::Text => tally.checked_text(&frame.payload),
        OpCode::Binary => tally.binary(&frame.payload),
        other => panic!("{other:?}"),
    }
}
