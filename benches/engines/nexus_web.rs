//! nexus-web: its reader and writer of frames, which do no I/O.

use std::rc::Rc;

use nexus_web::ws::{Client, FrameReader, FrameWriter, Message, Role, apply_mask};

use super::{Engine, Mask, Pass};
use crate::handshake::{Line, URL};
use crate::{Job, Pipe, Probe, Tally};

pub(super) struct NexusWeb;

impl Engine for NexusWeb {
    fn name(&self) -> &'static str {
        "nexus-web"
    }

    fn decode(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut reader, mut pipe, messages) = (reader(job), Pipe::new(job), job.messages);
        Some(Box::new(move |tally| {
            while tally.messages < messages {
                reader.read_from(&mut pipe).expect("room");
                while let Some(message) = reader.next().expect("good input") {
                    take(&message, tally);
                }
            }
        }))
    }

    fn echo(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut reader, mut pipe, messages) = (reader(job), Pipe::new(job), job.messages);
        let (mut writer, mut output) = (FrameWriter::new(Role::Server), output(job));
        Some(Box::new(move |tally| {
            while tally.messages < messages {
                reader.read_from(&mut pipe).expect("room");
                let mut at = 0;
                while let Some(message) = reader.next().expect("good input") {
                    take(&message, tally);
                    let room = &mut output[at..];
                    at += match &message {
                        Message::Text(text) => writer.encode_text(text.as_bytes(), room),
                        message => writer.encode_binary(message.as_bytes(), room),
                    };
                    if at > WRITE {
                        pipe.put(&output[..at]);
                        at = 0;
                    }
                }
                pipe.put(&output[..at]);
            }
        }))
    }

    fn encode(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut writer, mut pipe, mut output) = (FrameWriter::new(Role::Client), Pipe::new(job), output(job));
        let job = Rc::clone(job);
        Some(Box::new(move |tally| {
            let mut at = 0;
            for _ in 0..job.messages {
                let room = &mut output[at..];
                at += if job.kind.is_text() {
                    writer.encode_text(&job.payload, room)
                } else {
                    writer.encode_binary(&job.payload, room)
                };
                if at > WRITE {
                    pipe.put(&output[..at]);
                    at = 0;
                }
            }
            pipe.put(&output[..at]);
            tally.messages += job.messages;
        }))
    }

    fn mask(&self) -> Option<Mask> {
        Some(|key, data| apply_mask(data, key))
    }

    fn server_handshake(&self) -> Option<Pass> {
        Some(Box::new(|tally| {
            assert!(Client::accept(Line::asking()).is_ok());
            tally.messages += 1;
        }))
    }

    fn client_handshake(&self) -> Option<Pass> {
        Some(Box::new(|tally| {
            assert!(Client::connect_with(Line::answering(), URL).is_ok());
            tally.messages += 1;
        }))
    }

    fn memory(&self, probe: &mut Probe<'_>) -> Option<()> {
        if probe.deflate {
            return None;
        }
        let pipe = probe.pipe();
        probe.begin();
        // With room for the large message, for it grows no buffer.
        let (reader, writer) = (reader_of(2 * 256 * 1024), FrameWriter::new(Role::Server));
        let mut socket = Client::from_parts(pipe, reader, writer);
        probe.note(size_of_val(&socket) - size_of::<Pipe>());
        for _ in 0..2 {
            assert!(socket.recv().expect("good input").is_some());
            probe.note(size_of_val(&socket) - size_of::<Pipe>());
        }
        Some(())
    }
}

/// With room for a message and a read, for it grows no buffer.
fn reader(job: &Job) -> FrameReader {
    reader_of(128 * 1024 + 2 * job.payload.len())
}

fn reader_of(bytes: usize) -> FrameReader {
    FrameReader::builder().role(Role::Server).buffer_capacity(bytes).build()
}

fn output(job: &Job) -> Vec<u8> {
    vec![0; WRITE + job.payload.len() + 64]
}

fn take(message: &Message<'_>, tally: &mut Tally) {
    match message {
        Message::Text(text) => tally.text(text),
        Message::Binary(data) => tally.binary(data),
        other => panic!("{other:?}"),
    }
}

const WRITE: usize = 64 * 1024;
