//! hybi: a buffer to read into, in which messages wait until they are whole, and one to write from.

use std::rc::Rc;

use hybi::deflate::{Config, Pool};
use hybi::{Client, ClientConfig, Event, Kind, Offer, ReadBuffer, Role, Server, ServerConfig, Url, Version};

use super::{Check, Engine, Mask, Pass};
use crate::handshake::{Line, REQUEST, URL};
use crate::{Job, Pipe, Probe, Tally};

pub struct Ours;

/// What one write takes: a program that sends many small messages does not make a system call for each. So much still fits
/// into the first cache, where a write of 64 KiB does not.
const WRITE: usize = 16 * 1024;

impl Engine for Ours {
    fn name(&self) -> &'static str {
        "hybi"
    }

    fn decode(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut server, mut pipe) = (server(&ServerConfig::new()), Pipe::new(job));
        let (mut input, mut output, messages) = (ReadBuffer::new(), Vec::new(), job.messages);
        Some(Box::new(move |tally| {
            while tally.messages < messages {
                let count = pipe.next(input.space());
                let mut unread = input.filled(count);
                while let Some(event) = server.receive_from(&mut unread, &mut output).expect("good input") {
                    note(event, tally);
                }
            }
            assert!(output.is_empty());
        }))
    }

    fn shared(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut server, mut pipe) = (server(&ServerConfig::new()), Pipe::new(job));
        let (mut input, mut output, messages) = (vec![0; job.read], Vec::new(), job.messages);
        Some(Box::new(move |tally| {
            while tally.messages < messages {
                let count = pipe.next(&mut input);
                let mut bytes = &mut input[..count];
                while let Some(event) = server.receive(&mut bytes, &mut output).expect("good input") {
                    note(event, tally);
                }
            }
            assert!(output.is_empty());
        }))
    }

    fn echo(&self, job: &Rc<Job>) -> Option<Pass> {
        Some(echo(server(&ServerConfig::new()), job, VECTORED))
    }

    fn encode(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut client, mut pipe) = (client(), Pipe::new(job));
        let (job, mut output) = (Rc::clone(job), Vec::new());
        Some(Box::new(move |tally| {
            for _ in 0..job.messages {
                if job.payload.len() >= IN_PIECES {
                    send_in_pieces(&mut client, &job.payload, &mut output, &mut pipe);
                    continue;
                }
                let sent = if job.kind.is_text() {
                    client.send_text(job.text(), &mut output)
                } else {
                    client.send_binary(&job.payload, &mut output)
                };
                sent.expect("an open connection");
                if output.len() >= WRITE {
                    pipe.put(&output);
                    output.clear();
                }
            }
            pipe.put(&output);
            output.clear();
            tally.messages += job.messages;
        }))
    }

    fn mask(&self) -> Option<Mask> {
        Some(|key, data| {
            hybi::frame::mask::apply(key, data);
        })
    }

    fn utf8(&self) -> Option<Check> {
        Some(|bytes| hybi::frame::validate_utf8(bytes).is_some())
    }

    fn server_handshake(&self) -> Option<Pass> {
        let options = ServerConfig::new();
        let (mut input, mut output) = (vec![0; 4096], Vec::new());
        Some(Box::new(move |tally| {
            let (mut line, mut server) = (Line::asking(), Server::with(&options));
            let count = line.next(&mut input);
            open(&mut server, &mut input[..count], &mut output);
            line.put(&output);
            output.clear();
            tally.messages += 1;
        }))
    }

    fn client_handshake(&self) -> Option<Pass> {
        let options = ClientConfig::new();
        let (mut input, mut output) = (vec![0; 4096], Vec::new());
        Some(Box::new(move |tally| {
            let mut line = Line::answering();
            let mut client = Client::with(&Offer::new(Url::parse(URL).expect("a URL")), &options).expect("an offer");
            client.send_request(&mut output);
            line.put(&output);
            output.clear();
            let count = line.next(&mut input);
            let event = client.receive(&mut &mut input[..count], &mut output);
            assert!(matches!(event, Ok(Some(Event::Connected(_)))));
            tally.messages += 1;
        }))
    }

    fn sentinel(&self, job: &Rc<Job>) -> Option<Pass> {
        let connection = hybi::Connection::new(Version::Hybi00, Role::Server, hybi::ConnectionConfig::new());
        let (mut connection, mut pipe) = (connection.expect("a compiled version"), Pipe::new(job));
        let (mut input, mut output, messages) = (vec![0; job.read], Vec::new(), job.messages);
        Some(Box::new(move |tally| {
            while tally.messages < messages {
                let count = pipe.next(&mut input);
                let mut bytes = &mut input[..count];
                while let Some(event) = connection.receive(&mut bytes, &mut output).expect("good input") {
                    let hybi_connection::Event::Text(text) = event else { panic!("{event:?}") };
                    tally.text(&text);
                    connection.send_text(&text, &mut output).expect("an open connection");
                }
                pipe.put(&output);
                output.clear();
            }
        }))
    }

    fn deflate(&self, job: &Rc<Job>) -> Option<Pass> {
        Some(echo(server(&ServerConfig::new().deflate(Config::new(), &Pool::new(1))), job, usize::MAX))
    }

    fn memory(&self, probe: &mut Probe<'_>) -> Option<()> {
        let options = ServerConfig::new();
        let options = if probe.deflate { options.deflate(Config::new(), &Pool::new(1)) } else { options };
        let (mut pipe, mut input, mut output) = (probe.pipe(), vec![0; 64 * 1024], Vec::with_capacity(1024));
        // What a thread has once, such as its random numbers, is there by now.
        drop(server(&options));
        probe.begin();
        let mut server = Server::with(&options);
        open(&mut server, &mut REQUEST.as_bytes().to_vec(), &mut output);
        probe.note(size_of_val(&server));
        for _ in 0..2 {
            let mut received = false;
            while !received {
                let count = pipe.next(&mut input);
                let mut bytes = &mut input[..count];
                while let Some(event) = server.receive(&mut bytes, &mut output).expect("good input") {
                    received = matches!(event, Event::Binary(_));
                    drop(event);
                }
            }
            probe.note(size_of_val(&server));
        }
        Some(())
    }
}

#[inline(always)]
fn note(event: Event<'_>, tally: &mut Tally) {
    match event {
        Event::Text(text) => tally.text(&text),
        Event::Binary(data) => tally.binary(&data),
        other => panic!("{other:?}"),
    }
}

/// Sends back what comes: payloads of the size `vectored` or more from where they lie.
fn echo(mut server: Server, job: &Rc<Job>, vectored: usize) -> Pass {
    let (mut pipe, messages) = (Pipe::new(job), job.messages);
    let (mut input, mut output) = (ReadBuffer::new(), Vec::new());
    Box::new(move |tally| {
        while tally.messages < messages {
            let count = pipe.next(input.space());
            let mut unread = input.filled(count);
            while let Some(event) = server.receive_from(&mut unread, &mut output).expect("good input") {
                match event {
                    Event::Text(text) => {
                        tally.text(&text);
                        if text.len() < vectored {
                            server.send_text(&text, &mut output).expect("an open connection");
                        } else {
                            send_vectored(&mut server, Kind::Text, text.as_bytes(), &mut output, &mut pipe);
                        }
                    }
                    Event::Binary(data) => {
                        tally.binary(&data);
                        if data.len() < vectored {
                            server.send_binary(&data, &mut output).expect("an open connection");
                        } else {
                            send_vectored(&mut server, Kind::Binary, &data, &mut output, &mut pipe);
                        }
                    }
                    other => panic!("{other:?}"),
                }
            }
            pipe.put(&output);
            output.clear();
        }
    })
}

/// What is large is sent from where it lies, in one vectored write with what waits and the header.
fn send_vectored(server: &mut Server, kind: Kind, payload: &[u8], output: &mut Vec<u8>, pipe: &mut Pipe) {
    let connection = server.connection().expect("an open connection");
    let header = connection.send_header(kind, payload.len() as u64, true).expect("an open connection").encode();
    for part in [&output[..], &header, payload] {
        pipe.put(part);
    }
    output.clear();
}

/// What is large is masked piece by piece, and each written while it is still near.
fn send_in_pieces(client: &mut Client, payload: &[u8], output: &mut Vec<u8>, pipe: &mut Pipe) {
    let connection = client.connection().expect("an open connection");
    let header = connection.send_header(Kind::Binary, payload.len() as u64, true).expect("an open connection");
    output.extend_from_slice(&header.encode());
    let mut key = header.mask.expect("a client masks");
    for piece in payload.chunks(WRITE) {
        key = hybi::frame::encode_masked(key, piece, output);
        pipe.put(output);
        output.clear();
    }
}

/// From this size on that pays.
const IN_PIECES: usize = 64 * 1024;

/// From this size on a copy costs more than another part of a vectored write.
const VECTORED: usize = 4096;

/// A server after a handshake.
fn server(options: &ServerConfig) -> Server {
    let mut server = Server::with(options);
    open(&mut server, &mut REQUEST.as_bytes().to_vec(), &mut Vec::new());
    server
}

/// A client after a handshake.
fn client() -> Client {
    let mut client = Client::new(URL).expect("a URL");
    let (mut line, mut output, mut input) = (Line::answering(), Vec::new(), vec![0; 4096]);
    client.send_request(&mut output);
    line.put(&output);
    let count = line.next(&mut input);
    let event = client.receive(&mut &mut input[..count], &mut output);
    assert!(matches!(event, Ok(Some(Event::Connected(_)))));
    client
}

fn open(server: &mut Server, mut input: &mut [u8], output: &mut Vec<u8>) {
    while let Some(event) = server.receive(&mut input, output).expect("a good request") {
        match event {
            Event::Request(request) => server.accept(&request, output).expect("an answer"),
            Event::Connected(_) => return,
            other => panic!("{other:?}"),
        }
    }
    panic!("not open");
}
