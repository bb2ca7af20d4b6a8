//! `fastwebsockets`: client and server on tokio and hyper. It has no permessage-deflate.

use std::net::TcpListener;

use core::future::Future;

use fastwebsockets::{FragmentCollector, Frame, OpCode, Payload, WebSocketError, handshake, upgrade};
use http_body_util::Empty;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::upgrade::Upgraded;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::runtime::Runtime;

use crate::exchange::{Failed, Message, PING, Peer, REASON, SCRIPTS};

type Socket = FragmentCollector<TokioIo<Upgraded>>;

struct Client {
    runtime: Runtime,
    socket: Socket,
    subprotocol: Option<String>,
}

pub(crate) fn connect(port: u16, _deflate: bool, subprotocols: &[&'static str]) -> Result<Box<dyn Peer>, Failed> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let mut request = Request::get(format!("http://127.0.0.1:{port}/echo"))
        .header("Host", format!("127.0.0.1:{port}"))
        .header("Upgrade", "websocket")
        .header("Connection", "upgrade")
        .header("Sec-WebSocket-Key", handshake::generate_key())
        .header("Sec-WebSocket-Version", "13")
        .header("Origin", "http://127.0.0.1");
    if !subprotocols.is_empty() {
        request = request.header("Sec-WebSocket-Protocol", subprotocols.join(", "));
    }
    let request = request.body(Empty::<Bytes>::new())?;
    let (socket, response) = runtime.block_on(async {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        Ok::<_, Failed>(handshake::client(&Spawn, request, stream).await?)
    })?;
    let subprotocol = response.headers().get("Sec-WebSocket-Protocol");
    let subprotocol = subprotocol.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    Ok(Box::new(Client { runtime, socket: FragmentCollector::new(socket), subprotocol }))
}

/// Runs what hyper has to run beside.
struct Spawn;

impl<F: Future<Output = ()> + Send + 'static> hyper::rt::Executor<F> for Spawn {
    fn execute(&self, future: F) {
        tokio::spawn(future);
    }
}

impl Client {
    fn read(&mut self) -> Result<(OpCode, Vec<u8>), Failed> {
        let frame = self.runtime.block_on(self.socket.read_frame())?;
        Ok((frame.opcode, frame.payload.to_vec()))
    }

    fn write(&mut self, frame: Frame<'static>) -> Result<(), Failed> {
        Ok(self.runtime.block_on(self.socket.write_frame(frame))?)
    }
}

impl Peer for Client {
    fn subprotocol(&self) -> Option<String> {
        self.subprotocol.clone()
    }

    fn send(&mut self, message: Message) -> Result<(), Failed> {
        self.write(match message {
            Message::Text(text) => Frame::text(Payload::Owned(text.into_bytes())),
            Message::Binary(data) => Frame::binary(Payload::Owned(data)),
        })
    }

    fn receive(&mut self) -> Result<Message, Failed> {
        loop {
            match self.read()? {
                (OpCode::Text, text) => return Ok(Message::Text(String::from_utf8(text)?)),
                (OpCode::Binary, data) => return Ok(Message::Binary(data)),
                (OpCode::Close, payload) => return Err(Failed::Because(format!("closed: {payload:?}"))),
                _ => {}
            }
        }
    }

    fn send_fragments(&mut self, pieces: &[&[u8]]) -> Result<(), Failed> {
        fragments(pieces).try_for_each(|frame| self.write(frame))
    }

    fn ping(&mut self) -> Result<Vec<u8>, Failed> {
        self.write(Frame::new(true, OpCode::Ping, None, Payload::Borrowed(PING)))?;
        match self.read()? {
            (OpCode::Pong, payload) => Ok(payload),
            other => Err(Failed::Because(format!("got {other:?}"))),
        }
    }

    fn close(&mut self) -> Result<u16, Failed> {
        self.write(Frame::close(1000, REASON.as_bytes()))?;
        self.closed()
    }

    fn closed(&mut self) -> Result<u16, Failed> {
        loop {
            match self.read()? {
                (OpCode::Close, payload) => match payload.first_chunk() {
                    Some(code) => return Ok(u16::from_be_bytes(*code)),
                    None => return Err(Failed::Because("without a code".into())),
                },
                _ => {}
            }
        }
    }
}

pub(crate) fn serve(listener: TcpListener, _deflate: bool) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    listener.set_nonblocking(true)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        loop {
            let (stream, _) = listener.accept().await?;
            tokio::spawn(async move {
                let serving = http1::Builder::new().serve_connection(TokioIo::new(stream), service_fn(answer));
                if let Err(error) = serving.with_upgrades().await {
                    eprintln!("{error}");
                }
            });
        }
    })
}

async fn answer(mut request: Request<Incoming>) -> Result<Response<Empty<Bytes>>, WebSocketError> {
    let (response, upgraded) = upgrade::upgrade(&mut request)?;
    tokio::spawn(async move {
        if let Err(error) = echo(upgraded).await {
            eprintln!("{error}");
        }
    });
    Ok(response)
}

async fn echo(upgraded: upgrade::UpgradeFut) -> Result<(), WebSocketError> {
    let mut socket: Socket = FragmentCollector::new(upgraded.await?);
    loop {
        let frame = socket.read_frame().await?;
        match (frame.opcode, &frame.payload[..]) {
            (OpCode::Close, _) => return Ok(()),
            (OpCode::Text, b"!fragments") => {
                let (first, rest) = SCRIPTS.as_bytes().split_at(9);
                for frame in fragments(&[first, b"", rest]) {
                    socket.write_frame(frame).await?;
                }
            }
            (OpCode::Text, b"!ping") => {
                socket.write_frame(Frame::new(true, OpCode::Ping, None, Payload::Borrowed(PING))).await?;
            }
            (OpCode::Text, b"!close") => socket.write_frame(Frame::close(1000, REASON.as_bytes())).await?,
            (OpCode::Text | OpCode::Binary, _) => socket.write_frame(frame).await?,
            // Only what it was asked for sends a ping.
            (OpCode::Pong, _) => socket.write_frame(Frame::text(Payload::Borrowed(b"pong"))).await?,
            _ => {}
        }
    }
}

/// The pieces as the frames of one text.
fn fragments(pieces: &[&[u8]]) -> impl Iterator<Item = Frame<'static>> {
    let count = pieces.len();
    pieces.iter().enumerate().map(move |(index, piece)| {
        let opcode = if index == 0 { OpCode::Text } else { OpCode::Continuation };
        Frame::new(index + 1 == count, opcode, None, Payload::Owned(piece.to_vec()))
    })
}
