//! yawc, with UTF-8 checking on, and for compression with zlib-rs under it. Its handshake is hyper's.

use std::rc::Rc;

use bytes::Bytes;
use futures_util::SinkExt as _;
use yawc::{CompressionLevel, Frame, OpCode, Options, Role, WebSocket};

use super::asynchronous::now;
use super::{Engine, Pass};
use crate::{Job, Pipe, Probe, Tally};

pub(super) struct Yawc;

impl Engine for Yawc {
    fn name(&self) -> &'static str {
        "yawc"
    }

    fn decode(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut socket, messages) = (socket(Pipe::new(job), Role::Server, false), job.messages);
        Some(Box::new(move |tally| {
            now(async {
                while tally.messages < messages {
                    take(&socket.next_frame().await.expect("good input"), tally);
                }
            });
        }))
    }

    fn echo(&self, job: &Rc<Job>) -> Option<Pass> {
        Some(echo(socket(Pipe::new(job), Role::Server, false), job))
    }

    fn encode(&self, job: &Rc<Job>) -> Option<Pass> {
        let mut socket = socket(Pipe::new(job), Role::Client, false);
        let (job, payload) = (Rc::clone(job), Bytes::from(job.payload.clone()));
        Some(Box::new(move |tally| {
            now(async {
                for _ in 0..job.messages {
                    let payload = payload.clone();
                    let frame = if job.kind.is_text() { Frame::text(payload) } else { Frame::binary(payload) };
                    socket.feed(frame).await.expect("an open connection");
                }
                socket.flush().await.expect("an open connection");
            });
            tally.messages += job.messages;
        }))
    }

    fn deflate(&self, job: &Rc<Job>) -> Option<Pass> {
        Some(echo(socket(Pipe::new(job), Role::Server, true), job))
    }

    fn memory(&self, probe: &mut Probe<'_>) -> Option<()> {
        let pipe = probe.pipe();
        probe.begin();
        let mut socket = socket(pipe, Role::Server, probe.deflate);
        probe.note(size_of_val(&socket) - size_of::<Pipe>());
        for _ in 0..2 {
            drop(now(socket.next_frame()).expect("good input"));
            probe.note(size_of_val(&socket) - size_of::<Pipe>());
        }
        Some(())
    }
}

fn socket(pipe: Pipe, role: Role, deflate: bool) -> WebSocket<Pipe> {
    let options = Options::default().with_utf8().with_limits(LIMIT, 2 * LIMIT);
    let options = if deflate { options.with_compression_level(CompressionLevel::new(6)) } else { options };
    WebSocket::from_stream_with_extensions(pipe, role, deflate.then_some("permessage-deflate"), options)
        .expect("good options")
}

fn echo(mut socket: WebSocket<Pipe>, job: &Rc<Job>) -> Pass {
    let messages = job.messages;
    Box::new(move |tally| {
        now(async {
            while tally.messages < messages {
                let frame = socket.next_frame().await.expect("good input");
                take(&frame, tally);
                socket.feed(frame).await.expect("an open connection");
            }
            socket.flush().await.expect("an open connection");
        });
    })
}

fn take(frame: &Frame, tally: &mut Tally) {
    match frame.opcode() {
        OpCode::Text => tally.checked_text(frame.payload()),
        OpCode::Binary => tally.binary(frame.payload()),
        other => panic!("{other:?}"),
    }
}

const LIMIT: usize = 16 * 1024 * 1024;
