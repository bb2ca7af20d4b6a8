//! `soketto`: client and server on the futures of any runtime, with permessage-deflate. It sends no fragments, closes with 1000
//! and no reason, and gives text as bytes.

use std::net::TcpListener;

use soketto::connection::{Builder, Error};
use soketto::data::{ByteSlice125, Data, Incoming};
use soketto::extension::deflate::Deflate;
use soketto::handshake::client::Header;
use soketto::handshake::server::Response;
use soketto::handshake::{Client as Handshake, Server, ServerResponse};
use soketto::{Mode, Receiver, Sender};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio_util::compat::{Compat, TokioAsyncReadCompatExt};

use crate::exchange::{Failed, Message, PING, Peer};

struct Client {
    runtime: Runtime,
    sender: Sender<Compat<TcpStream>>,
    receiver: Receiver<Compat<TcpStream>>,
    subprotocol: Option<String>,
    deflates: bool,
}

pub(crate) fn connect(port: u16, deflate: bool, subprotocols: &[&'static str]) -> Result<Box<dyn Peer>, Failed> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let host = format!("127.0.0.1:{port}");
    let headers = [Header { name: "Origin", value: b"http://127.0.0.1" }];
    let (builder, subprotocol, deflates) = runtime.block_on(async {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        let mut handshake = Handshake::new(stream.compat(), &host, "/echo");
        handshake.set_headers(&headers);
        for subprotocol in subprotocols {
            handshake.add_protocol(subprotocol);
        }
        if deflate {
            handshake.add_extension(Box::new(Deflate::new(Mode::Client)));
        }
        let subprotocol = match handshake.handshake().await? {
            ServerResponse::Accepted { protocol } => protocol,
            other => return Err(Failed::Because(format!("got {other:?}"))),
        };
        let extensions: Vec<_> = handshake.drain_extensions().collect();
        let deflates = extensions.iter().any(|extension| extension.is_enabled());
        let mut builder: Builder<_> = handshake.into_builder();
        builder.add_extensions(extensions);
        Ok((builder, subprotocol, deflates))
    })?;
    let (sender, receiver) = builder.finish();
    Ok(Box::new(Client { runtime, sender, receiver, subprotocol, deflates }))
}

impl Client {
    /// The code of the close frame that comes.
    async fn until_closed(receiver: &mut Receiver<Compat<TcpStream>>) -> Result<u16, Failed> {
        let mut data = Vec::new();
        loop {
            if let Incoming::Closed(reason) = receiver.receive(&mut data).await? {
                return Ok(reason.code);
            }
        }
    }
}

impl Peer for Client {
    fn subprotocol(&self) -> Option<String> {
        self.subprotocol.clone()
    }

    fn deflates(&self) -> bool {
        self.deflates
    }

    fn send(&mut self, message: Message) -> Result<(), Failed> {
        let Self { runtime, sender, .. } = self;
        runtime.block_on(async {
            match message {
                Message::Text(text) => sender.send_text(text).await?,
                Message::Binary(data) => sender.send_binary(data).await?,
            }
            Ok(sender.flush().await?)
        })
    }

    fn receive(&mut self) -> Result<Message, Failed> {
        let Self { runtime, receiver, .. } = self;
        let mut data = Vec::new();
        match runtime.block_on(receiver.receive_data(&mut data))? {
            Data::Text(_) => Ok(Message::Text(String::from_utf8(data)?)),
            Data::Binary(_) => Ok(Message::Binary(data)),
        }
    }

    fn ping(&mut self) -> Result<Vec<u8>, Failed> {
        let Self { runtime, sender, receiver, .. } = self;
        let ping = ByteSlice125::try_from(PING).map_err(|_| "too long")?;
        runtime.block_on(async {
            sender.send_ping(ping).await?;
            sender.flush().await?;
            let mut data = Vec::new();
            match receiver.receive(&mut data).await? {
                Incoming::Pong(payload) => Ok(payload.to_vec()),
                other => Err(Failed::Because(format!("got {other:?}"))),
            }
        })
    }

    fn close(&mut self) -> Result<u16, Failed> {
        let Self { runtime, sender, receiver, .. } = self;
        runtime.block_on(async {
            sender.close().await?;
            Self::until_closed(receiver).await
        })
    }

    fn closed(&mut self) -> Result<u16, Failed> {
        let Self { runtime, receiver, .. } = self;
        runtime.block_on(Self::until_closed(receiver))
    }
}

pub(crate) fn serve(listener: TcpListener, deflate: bool) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    listener.set_nonblocking(true)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        loop {
            let (stream, _) = listener.accept().await?;
            tokio::spawn(async move {
                if let Err(error) = echo(stream, deflate).await {
                    eprintln!("{error:?}");
                }
            });
        }
    })
}

async fn echo(stream: TcpStream, deflate: bool) -> Result<(), Failed> {
    let mut server = Server::new(stream.compat());
    if deflate {
        server.add_extension(Box::new(Deflate::new(Mode::Server)));
    }
    let key = server.receive_request().await?.key();
    server.send_response(&Response::Accept { key, protocol: None }).await?;
    let (mut sender, mut receiver) = server.into_builder().finish();
    let mut data = Vec::new();
    loop {
        data.clear();
        let kind = match receiver.receive(&mut data).await {
            Ok(Incoming::Data(kind)) => kind,
            // Only what it was asked for sends a ping.
            Ok(Incoming::Pong(_)) => {
                sender.send_text("pong").await?;
                sender.flush().await?;
                continue;
            }
            Ok(Incoming::Closed(_)) | Err(Error::Closed) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        match (kind, data.as_slice()) {
            (Data::Text(_), b"!ping") => {
                sender.send_ping(ByteSlice125::try_from(PING).map_err(|_| "too long")?).await?
            }
            (Data::Text(_), b"!close") => {
                sender.close().await?;
                continue;
            }
            (Data::Text(_), text) => sender.send_text(core::str::from_utf8(text)?).await?,
            (Data::Binary(_), data) => sender.send_binary(data).await?,
        }
        sender.flush().await?;
    }
}
