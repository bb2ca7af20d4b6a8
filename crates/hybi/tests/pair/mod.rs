//! A client and a server, and the bytes between them, in memory.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use hybi::{Client, ClientConfig, Error, Event, Offer, ReadBuffer, Server, ServerConfig, Unread, Url, Version};

/// What an end got to know, as text.
pub(crate) type Log = Vec<String>;

/// A client and a server that talk: the server accepts and echoes, the client says what it is told to.
pub(crate) struct Pair {
    pub(crate) client: Client,
    pub(crate) server: Server,
    pub(crate) client_log: Log,
    pub(crate) server_log: Log,
    to_server: Vec<u8>,
    to_client: Vec<u8>,
    /// How many bytes each read brings.
    chunk: usize,
    /// Where the server and the client let messages wait that are cut, if they do.
    waiting: Option<[ReadBuffer; 2]>,
}

impl Pair {
    pub(crate) fn new(offer: &Offer, client: &ClientConfig, server: &ServerConfig, chunk: usize) -> Self {
        let client = Client::with(offer, client).unwrap();
        let mut to_server = Vec::new();
        client.send_request(&mut to_server);
        Self {
            client,
            server: Server::with(server),
            client_log: Log::new(),
            server_log: Log::new(),
            to_server,
            to_client: Vec::new(),
            chunk,
            waiting: None,
        }
    }

    /// Both read into a buffer in which messages wait until they are whole.
    pub(crate) fn with_buffers(mut self) -> Self {
        self.waiting = Some([ReadBuffer::with_size(1024), ReadBuffer::new()]);
        self
    }

    /// Lets the client do something.
    pub(crate) fn client<T>(&mut self, act: impl FnOnce(&mut Client, &mut Vec<u8>) -> T) -> T {
        act(&mut self.client, &mut self.to_server)
    }

    /// Lets the server do something.
    pub(crate) fn server<T>(&mut self, act: impl FnOnce(&mut Server, &mut Vec<u8>) -> T) -> T {
        act(&mut self.server, &mut self.to_client)
    }

    /// Carries bytes to and fro until all is said.
    pub(crate) fn settle(&mut self) {
        while !(self.to_server.is_empty() && self.to_client.is_empty()) {
            for read in core::mem::take(&mut self.to_server).chunks_mut(self.chunk) {
                let (server, output, log) = (&mut self.server, &mut self.to_client, &mut self.server_log);
                match &mut self.waiting {
                    None => serve(server, read, output, log).unwrap(),
                    Some([buffer, _]) => through(buffer, read, |unread| {
                        while let Some(event) = server.receive_from(unread, output).unwrap() {
                            log.push(name(&event));
                            answer(server, event, output).unwrap();
                        }
                    }),
                }
            }
            for read in core::mem::take(&mut self.to_client).chunks_mut(self.chunk) {
                let (client, output, log) = (&mut self.client, &mut self.to_server, &mut self.client_log);
                match &mut self.waiting {
                    None => listen(client, read, output, log).unwrap(),
                    Some([_, buffer]) => through(buffer, read, |unread| {
                        while let Some(event) = client.receive_from(unread, output).unwrap() {
                            log.push(name(&event));
                        }
                    }),
                }
            }
        }
        assert!(self.waiting.iter().flatten().all(ReadBuffer::is_empty), "all is taken");
    }
}

/// Puts a read into a buffer, in pieces that fit.
fn through(buffer: &mut ReadBuffer, read: &[u8], mut receive: impl FnMut(&mut Unread<'_>)) {
    let mut read = read;
    while !read.is_empty() {
        let space = buffer.space();
        let (piece, rest) = read.split_at(space.len().min(read.len()));
        space.split_at_mut(piece.len()).0.copy_from_slice(piece);
        receive(&mut buffer.filled(piece.len()));
        read = rest;
    }
}

pub(crate) fn offer(version: Version) -> Offer {
    Offer::new(Url::parse("ws://example.com:9001/chat?room=1").unwrap())
        .version(version)
        .origin("http://example.com:9001")
        .random(hybi_testkit::random::counting)
}

/// What a server does with a read: it accepts, and says everything back.
pub(crate) fn serve(
    server: &mut Server,
    mut bytes: &mut [u8],
    output: &mut Vec<u8>,
    log: &mut Log,
) -> Result<(), Error> {
    while let Some(event) = server.receive(&mut bytes, output)? {
        log.push(name(&event));
        answer(server, event, output)?;
    }
    Ok(())
}

fn answer(server: &mut Server, event: Event<'_>, output: &mut Vec<u8>) -> Result<(), Error> {
    match event {
        Event::Request(request) => server.accept(&request, output)?,
        Event::Text(text) => server.send_text(&text, output)?,
        Event::Binary(data) => server.send_binary(&data, output)?,
        _ => {}
    }
    Ok(())
}

pub(crate) fn listen(
    client: &mut Client,
    mut bytes: &mut [u8],
    output: &mut Vec<u8>,
    log: &mut Log,
) -> Result<(), Error> {
    while let Some(event) = client.receive(&mut bytes, output)? {
        log.push(name(&event));
    }
    Ok(())
}

pub(crate) fn name(event: &Event<'_>) -> String {
    match event {
        Event::Request(request) => format!("request {} {}", request.resource_name(), request.version()),
        Event::Http(request) => format!("http {}", request.target()),
        Event::Refused(response) => format!("refused {}", response.status()),
        Event::Body(bytes) => format!("body {}", bytes.escape_ascii()),
        Event::Connected(connected) => {
            let extensions: Vec<_> = connected.extensions().iter().map(ToString::to_string).collect();
            format!("connected {} {:?} {extensions:?}", connected.version(), connected.subprotocol())
        }
        Event::Text(text) if text.len() > 100 => format!("text of {}", text.len()),
        Event::Text(text) => format!("text {text}"),
        Event::Binary(data) => format!("binary of {}", data.len()),
        Event::Ping(data) => format!("ping {}", data.escape_ascii()),
        Event::Pong(data) => format!("pong {}", data.escape_ascii()),
        Event::Close(None) => "close".to_owned(),
        Event::Close(Some(close)) => format!("close {close}"),
        other => panic!("{other:?}"),
    }
}
