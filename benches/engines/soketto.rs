//! soketto. Its deflate keeps no context between messages, so it has no part in that workload.

use std::rc::Rc;

use soketto::connection::{Builder, Mode};
use soketto::handshake::{Client, Server, ServerResponse, server::Response};

use super::asynchronous::now;
use super::{Engine, Pass};
use crate::handshake::Line;
use crate::{Job, Pipe, Probe};

pub(super) struct Soketto;

impl Engine for Soketto {
    fn name(&self) -> &'static str {
        "soketto"
    }

    fn decode(&self, job: &Rc<Job>) -> Option<Pass> {
        // Without the sender, the receiver could not answer a ping.
        let (sender, mut receiver) = Builder::new(Pipe::new(job), Mode::Server).finish();
        let (mut data, messages) = (Vec::new(), job.messages);
        Some(Box::new(move |tally| {
            let _ = &sender;
            now(async {
                while tally.messages < messages {
                    data.clear();
                    if receiver.receive_data(&mut data).await.expect("good input").is_text() {
                        tally.checked_text(&data);
                    } else {
                        tally.binary(&data);
                    }
                }
            });
        }))
    }

    fn echo(&self, job: &Rc<Job>) -> Option<Pass> {
        Some(echo(Builder::new(Pipe::new(job), Mode::Server), job))
    }

    fn encode(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut sender, receiver) = Builder::new(Pipe::new(job), Mode::Client).finish();
        let job = Rc::clone(job);
        Some(Box::new(move |tally| {
            let _ = &receiver;
            now(async {
                for _ in 0..job.messages {
                    let sent = if job.kind.is_text() {
                        sender.send_text(job.text()).await
                    } else {
                        sender.send_binary(&job.payload).await
                    };
                    sent.expect("an open connection");
                }
                sender.flush().await.expect("an open connection");
            });
            tally.messages += job.messages;
        }))
    }

    fn server_handshake(&self) -> Option<Pass> {
        Some(Box::new(|tally| {
            now(async {
                let mut server = Server::new(Line::asking());
                let key = server.receive_request().await.expect("a good request").key();
                server.send_response(&Response::Accept { key, protocol: None }).await.expect("an answer");
                drop(server.into_builder().finish());
            });
            tally.messages += 1;
        }))
    }

    fn client_handshake(&self) -> Option<Pass> {
        Some(Box::new(|tally| {
            now(async {
                let mut client = Client::new(Line::answering(), "server.example.com", "/chat");
                let answer = client.handshake().await.expect("a good answer");
                assert!(matches!(answer, ServerResponse::Accepted { .. }));
                drop(client.into_builder().finish());
            });
            tally.messages += 1;
        }))
    }

    fn memory(&self, probe: &mut Probe<'_>) -> Option<()> {
        if probe.deflate {
            return None;
        }
        let (pipe, mut data) = (probe.pipe(), Vec::with_capacity(512 * 1024));
        probe.begin();
        let (sender, mut receiver) = Builder::new(pipe, Mode::Server).finish();
        // The transport lies on the heap, between the two.
        let size = size_of_val(&sender) + size_of_val(&receiver) - size_of::<Pipe>();
        probe.note(size);
        for _ in 0..2 {
            data.clear();
            now(receiver.receive_data(&mut data)).expect("good input");
            probe.note(size);
        }
        Some(())
    }
}

fn echo(builder: Builder<Pipe>, job: &Rc<Job>) -> Pass {
    let (mut sender, mut receiver) = builder.finish();
    let (mut data, messages) = (Vec::new(), job.messages);
    Box::new(move |tally| {
        now(async {
            while tally.messages < messages {
                data.clear();
                let sent = if receiver.receive_data(&mut data).await.expect("good input").is_text() {
                    tally.checked_text(&data);
                    sender.send_text(str::from_utf8(&data).expect("a text")).await
                } else {
                    tally.binary(&data);
                    sender.send_binary_mut(&mut data).await
                };
                sent.expect("an open connection");
            }
            sender.flush().await.expect("an open connection");
        });
    })
}
