//! wtx, with payloads lent from its buffer, and with the source of masks that it has by itself (xorshift, which a peer can
//! foresee).

use std::rc::Rc;

use wtx::collection::Vector;
use wtx::misc::UriRef;
use wtx::rng::{Xorshift64, simple_seed};
use wtx::web_socket::{
    Frame, OpCode, WebSocket, WebSocketAcceptor, WebSocketBuffer, WebSocketConnector, WebSocketPayloadOrigin,
};

use super::asynchronous::now;
use super::{Engine, Pass};
use crate::handshake::{Line, URL};
use crate::{Job, Pipe, Probe, Tally};

pub(super) struct Wtx;

impl Engine for Wtx {
    fn name(&self) -> &'static str {
        "wtx"
    }

    fn decode(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut socket, mut buffer, messages) = (socket::<false>(Pipe::new(job)), Vector::new(), job.messages);
        Some(Box::new(move |tally| {
            now(async {
                while tally.messages < messages {
                    buffer.clear();
                    let frame = socket.read_frame(&mut buffer, WebSocketPayloadOrigin::Adaptive).await;
                    let frame = frame.expect("good input");
                    take(frame.op_code(), frame.payload(), tally);
                }
            });
        }))
    }

    fn echo(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut socket, mut buffer, messages) = (socket::<false>(Pipe::new(job)), Vector::new(), job.messages);
        Some(Box::new(move |tally| {
            now(async {
                let (mut common, mut reader, mut writer) = socket.split_mut();
                while tally.messages < messages {
                    buffer.clear();
                    let origin = WebSocketPayloadOrigin::Adaptive;
                    let mut frame = reader.read_frame(&mut buffer, &mut common, origin).await.expect("good input");
                    take(frame.op_code(), frame.payload(), tally);
                    writer.write_frame(&mut common, &mut frame).await.expect("an open connection");
                }
            });
        }))
    }

    fn encode(&self, job: &Rc<Job>) -> Option<Pass> {
        let mut socket = socket::<true>(Pipe::new(job));
        let (job, mut data) = (Rc::clone(job), job.payload.clone());
        Some(Box::new(move |tally| {
            now(async {
                for _ in 0..job.messages {
                    // It masks where the payload lies, so that has to be its own.
                    data.copy_from_slice(&job.payload);
                    let mut frame = Frame::new_fin(OpCode::Binary, &mut data[..]);
                    socket.write_frame(&mut frame).await.expect("an open connection");
                }
            });
            tally.messages += job.messages;
        }))
    }

    fn server_handshake(&self) -> Option<Pass> {
        Some(Box::new(|tally| {
            assert!(now(WebSocketAcceptor::default().accept(Line::asking())).is_ok());
            tally.messages += 1;
        }))
    }

    fn client_handshake(&self) -> Option<Pass> {
        Some(Box::new(|tally| {
            let uri = UriRef::new(URL);
            assert!(now(WebSocketConnector::default().connect(Line::answering(), &uri)).is_ok());
            tally.messages += 1;
        }))
    }

    fn memory(&self, probe: &mut Probe<'_>) -> Option<()> {
        if probe.deflate {
            return None;
        }
        let (pipe, mut buffer) = (probe.pipe(), Vector::new());
        probe.begin();
        let mut socket = socket::<false>(pipe);
        probe.note(size_of_val(&socket) - size_of::<Pipe>());
        for _ in 0..2 {
            let frame = now(socket.read_frame(&mut buffer, WebSocketPayloadOrigin::Adaptive));
            assert!(frame.is_ok());
            probe.note(size_of_val(&socket) - size_of::<Pipe>());
        }
        Some(())
    }
}

type Socket<const IS_CLIENT: bool> = WebSocket<(), Xorshift64, Pipe, WebSocketBuffer, IS_CLIENT>;

fn socket<const IS_CLIENT: bool>(pipe: Pipe) -> Socket<IS_CLIENT> {
    WebSocket::new((), false, Xorshift64::from(simple_seed()), pipe, WebSocketBuffer::new())
}

fn take(opcode: OpCode, payload: &[u8], tally: &mut Tally) {
    match opcode {
        OpCode::Text => tally.checked_text(payload),
        OpCode::Binary => tally.binary(payload),
        other => panic!("{other:?}"),
    }
}
