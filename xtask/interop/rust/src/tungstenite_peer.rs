//! `tungstenite`: blocking client and server. It has no permessage-deflate.

use std::net::{TcpListener, TcpStream};
use std::thread;

use tungstenite::client::IntoClientRequest;
use tungstenite::protocol::frame::coding::{CloseCode, Data, OpCode};
use tungstenite::protocol::frame::{CloseFrame, Frame};
use tungstenite::{Message as Theirs, WebSocket};

use crate::exchange::{Failed, Message, PING, Peer, REASON, SCRIPTS};

struct Client {
    socket: WebSocket<TcpStream>,
    subprotocol: Option<String>,
}

pub(crate) fn connect(port: u16, _deflate: bool, subprotocols: &[&'static str]) -> Result<Box<dyn Peer>, Failed> {
    let mut request = format!("ws://127.0.0.1:{port}/echo").into_client_request()?;
    request.headers_mut().insert("Origin", "http://127.0.0.1".parse()?);
    if !subprotocols.is_empty() {
        request.headers_mut().insert("Sec-WebSocket-Protocol", subprotocols.join(", ").parse()?);
    }
    let (socket, response) = tungstenite::client(request, TcpStream::connect(("127.0.0.1", port))?)?;
    let subprotocol = response.headers().get("Sec-WebSocket-Protocol");
    let subprotocol = subprotocol.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    Ok(Box::new(Client { socket, subprotocol }))
}

impl Peer for Client {
    fn subprotocol(&self) -> Option<String> {
        self.subprotocol.clone()
    }

    fn send(&mut self, message: Message) -> Result<(), Failed> {
        Ok(self.socket.send(match message {
            Message::Text(text) => Theirs::text(text),
            Message::Binary(data) => Theirs::binary(data),
        })?)
    }

    fn receive(&mut self) -> Result<Message, Failed> {
        loop {
            match self.socket.read()? {
                Theirs::Text(text) => return Ok(Message::Text(text.to_string())),
                Theirs::Binary(data) => return Ok(Message::Binary(data.to_vec())),
                Theirs::Close(frame) => return Err(Failed::Because(format!("closed: {frame:?}"))),
                _ => {}
            }
        }
    }

    fn send_fragments(&mut self, pieces: &[&[u8]]) -> Result<(), Failed> {
        Ok(send_fragments(&mut self.socket, pieces)?)
    }

    fn ping(&mut self) -> Result<Vec<u8>, Failed> {
        self.socket.send(Theirs::Ping(PING.into()))?;
        loop {
            if let Theirs::Pong(payload) = self.socket.read()? {
                return Ok(payload.to_vec());
            }
        }
    }

    fn close(&mut self) -> Result<u16, Failed> {
        self.socket.close(Some(normal()))?;
        self.closed()
    }

    fn closed(&mut self) -> Result<u16, Failed> {
        let mut code = None;
        loop {
            match self.socket.read() {
                Ok(Theirs::Close(frame)) => code = frame.map(|frame| frame.code.into()),
                Ok(_) => {}
                Err(tungstenite::Error::ConnectionClosed) => return code.ok_or_else(|| "without a code".into()),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

pub(crate) fn serve(listener: TcpListener, _deflate: bool) -> Result<(), Failed> {
    for stream in listener.incoming() {
        let stream = stream?;
        thread::spawn(move || {
            if let Err(error) = echo(stream) {
                eprintln!("{error:?}");
            }
        });
    }
    Ok(())
}

fn echo(stream: TcpStream) -> Result<(), Failed> {
    let mut socket = tungstenite::accept(stream)?;
    loop {
        let message = match socket.read() {
            Ok(message) => message,
            Err(tungstenite::Error::ConnectionClosed) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        match message {
            Theirs::Text(text) => match text.as_str() {
                "!fragments" => {
                    let (first, rest) = SCRIPTS.as_bytes().split_at(9);
                    send_fragments(&mut socket, &[first, b"", rest])?;
                }
                "!ping" => socket.send(Theirs::Ping(PING.into()))?,
                "!close" => socket.close(Some(normal()))?,
                _ => socket.send(Theirs::Text(text))?,
            },
            Theirs::Binary(data) => socket.send(Theirs::Binary(data))?,
            // Only what it was asked for sends a ping.
            Theirs::Pong(_) => socket.send(Theirs::text("pong"))?,
            _ => {}
        }
    }
}

fn send_fragments(socket: &mut WebSocket<TcpStream>, pieces: &[&[u8]]) -> Result<(), tungstenite::Error> {
    for (index, piece) in pieces.iter().enumerate() {
        let opcode = OpCode::Data(if index == 0 { Data::Text } else { Data::Continue });
        socket.write(Theirs::Frame(Frame::message(piece.to_vec(), opcode, index + 1 == pieces.len())))?;
    }
    socket.flush()
}

fn normal() -> CloseFrame {
    CloseFrame { code: CloseCode::Normal, reason: REASON.into() }
}
