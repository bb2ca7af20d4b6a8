//! Our client's side of `cargo xtask interop`: one whole exchange with somebody else's echo server.
//!
//! usage: `interop_client URL VERSION [DEFLATE]`. DEFLATE is permessage-deflate with the parameters to offer, as in a header.
//! It prints a line for each check: `ok NAME`, `skip NAME why` or `FAIL NAME why`, and `done` at the end. The server may know
//! the words `!fragments`, `!ping` and `!close`, which ask it for what a client can't cause otherwise; from one that echoes
//! them nothing more is asked.

use core::time::Duration;
use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread::{self, JoinHandle};

use hybi::deflate::{self, Pool, WindowBits};
use hybi::{Client, ClientConfig, CloseCode, CloseReason, Event, Limits, Offer, Url, Version};

const SCRIPTS: &str = "Grüße, Ελληνικά, Русский, עברית, العربية, हिन्दी, ไทย, 日本語, 한국어, 👋🏽 𝄞";
const PING: &[u8] = b"are you there?";
const LENGTHS: [usize; 6] = [1, 125, 126, 127, 65535, 65536];
/// How long a single answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(url), Some(version)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: interop_client URL VERSION [DEFLATE]");
        std::process::exit(2);
    };
    let plan = Plan { url, version, deflate: arguments.next() };
    // The first connection does everything up to our close. What many servers get wrong has one of its own, and so has the
    // close that the server begins.
    let opened = plan.run(&[
        ("open", |_| Ok(())),
        ("deflate", Link::agreed_to_deflate),
        ("ascii", |link| link.echo(&(' '..='~').collect::<String>())),
        ("scripts", |link| link.echo(SCRIPTS)),
        ("empty", Link::empty),
        ("lengths", |link| LENGTHS.iter().try_for_each(|&length| link.echo(&"a".repeat(length)))),
        ("large", |link| link.echo(&large())),
        ("binary", |link| link.echo_binary(&(0..=255).collect::<Vec<u8>>().repeat(4))),
        ("fragments", Link::fragments),
        ("ping", Link::ping),
        ("fragments-back", Link::fragments_back),
        ("ping-back", Link::ping_back),
        ("close", Link::close),
    ]);
    if opened {
        plan.run(&[("ping-between", Link::ping_between), ("ping-between-deflated", Link::ping_between)]);
        plan.run(&[("close-back", Link::close_back)]);
    }
    println!("done");
}

type Check = (&'static str, fn(&mut Link) -> Result<(), Failed>);

/// Why a check did not pass.
enum Failed {
    Because(String),
    /// The server was asked for something, and only echoed it.
    NotAsked,
}

/// What the arguments ask for.
struct Plan {
    url: String,
    version: String,
    deflate: Option<String>,
}

impl Plan {
    /// Goes through the checks on one connection, until one fails. Tells whether there was a connection.
    fn run(&self, checks: &[Check]) -> bool {
        let mut link = match self.connect() {
            Ok(link) => link,
            Err(why) => {
                println!("FAIL open {why}");
                return false;
            }
        };
        for (name, check) in checks.iter().filter(|(name, _)| link.has(name)).collect::<Vec<_>>() {
            match check(&mut link) {
                Ok(()) => println!("ok {name}"),
                Err(Failed::NotAsked) => println!("skip {name} its driver can't be asked for it"),
                Err(Failed::Because(why)) => {
                    println!("FAIL {name} {}", why.replace('\n', " "));
                    break;
                }
            }
        }
        true
    }

    /// Opens a connection and completes the handshake.
    fn connect(&self) -> Result<Link, String> {
        let url = Url::parse(&self.url).map_err(text)?;
        let version: Version = self.version.parse().map_err(text)?;
        let stream = TcpStream::connect(url.address()).map_err(text)?;
        stream.set_read_timeout(Some(PATIENCE)).and_then(|()| stream.set_nodelay(true)).map_err(text)?;
        let offer = Offer::new(url).version(version).origin("http://127.0.0.1");
        let client = Client::with(&offer, &self.options()?).map_err(text)?;
        let mut link =
            Link { stream, client, version, came: VecDeque::new(), output: Vec::new(), writer: None, deflate: None };
        link.client.send_request(&mut link.output);
        match link.next()? {
            Came::Connected(extensions) => link.deflate = self.deflate.is_some().then_some(extensions),
            other => return Err(format!("got {other:?}")),
        }
        Ok(link)
    }

    fn options(&self) -> Result<ClientConfig, String> {
        let options = ClientConfig::new().limits(Limits::new().message_bytes(1 << 21));
        let Some(text) = &self.deflate else { return Ok(options) };
        let mut config = deflate::Config::new().threshold(0);
        for parameter in text.split(';').skip(1).map(str::trim) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, "15"));
            let bits =
                value.parse().ok().and_then(WindowBits::new).ok_or_else(|| format!("{value} are no window bits"))?;
            config = match name {
                "server_no_context_takeover" => config.server_no_context_takeover(true),
                "client_no_context_takeover" => config.client_no_context_takeover(true),
                "server_max_window_bits" => config.server_max_window_bits(bits),
                "client_max_window_bits" => config.client_max_window_bits(bits),
                _ => return Err(format!("there is no parameter {name}")),
            };
        }
        Ok(options.deflate(config, &Pool::new(1)))
    }
}

/// An event that outlives the input.
#[derive(Debug, PartialEq)]
enum Came {
    /// With what the server said about extensions.
    Connected(String),
    Text(String),
    Binary(Vec<u8>),
    Pong(Vec<u8>),
    Close(Option<CloseCode>),
    /// The server's no, with its status.
    Refused(u16),
    End,
}

/// A connection.
struct Link {
    stream: TcpStream,
    client: Client,
    version: Version,
    /// What came in and was not asked for yet.
    came: VecDeque<Came>,
    output: Vec<u8>,
    /// Writes while we read, as a server may send before it has read all.
    writer: Option<JoinHandle<std::io::Result<()>>>,
    /// The extensions that the server agreed to, if deflate was offered.
    deflate: Option<String>,
}

impl Link {
    /// Whether the version has what this check is about.
    fn has(&self, check: &str) -> bool {
        let can = self.version.can();
        match check {
            "deflate" => self.deflate.is_some(),
            "binary" => can.binary,
            "fragments" | "fragments-back" => can.fragments,
            "ping" | "ping-back" => can.ping,
            "ping-between" => can.ping && self.deflate.is_none(),
            "ping-between-deflated" => can.ping && self.deflate.is_some(),
            _ => true,
        }
    }

    fn agreed_to_deflate(&mut self) -> Result<(), Failed> {
        match self.deflate.as_deref() {
            Some(extensions) if extensions.contains("permessage-deflate") => Ok(()),
            other => Err(Failed::Because(format!("not agreed to: {other:?}"))),
        }
    }

    fn empty(&mut self) -> Result<(), Failed> {
        self.echo("")?;
        if self.version.can().binary { self.echo_binary(&[]) } else { Ok(()) }
    }

    /// In four frames, two of them empty.
    fn fragments(&mut self) -> Result<(), Failed> {
        self.send_fragments(false)?;
        same(self.next()?, Came::Text(SCRIPTS.to_owned()))
    }

    /// The same with a ping before the message ends.
    fn ping_between(&mut self) -> Result<(), Failed> {
        self.send_fragments(true)?;
        let (first, second) = (self.next()?, self.next()?);
        let (text, pong) = if matches!(first, Came::Pong(_)) { (second, first) } else { (first, second) };
        same(pong, Came::Pong(PING.to_vec()))?;
        same(text, Came::Text(SCRIPTS.to_owned()))
    }

    fn send_fragments(&mut self, with_ping: bool) -> Result<(), Failed> {
        let (begin, rest) = SCRIPTS.split_at_checked(9).ok_or_else(|| text("no character ends there"))?;
        self.client.send_text_part(begin, false, &mut self.output)?;
        self.client.send_text_part("", false, &mut self.output)?;
        if with_ping {
            self.client.send_ping(PING, &mut self.output)?;
        }
        self.client.send_text_part(rest, false, &mut self.output)?;
        Ok(self.client.send_text_part("", true, &mut self.output)?)
    }

    fn ping(&mut self) -> Result<(), Failed> {
        self.client.send_ping(PING, &mut self.output)?;
        same(self.next()?, Came::Pong(PING.to_vec()))
    }

    fn fragments_back(&mut self) -> Result<(), Failed> {
        self.ask("!fragments", Came::Text(SCRIPTS.to_owned()))
    }

    /// The server says `pong` when our pong has come.
    fn ping_back(&mut self) -> Result<(), Failed> {
        self.ask("!ping", Came::Text("pong".to_owned()))
    }

    /// We close; the server answers with the same code, if the version has codes, and at all, if it has an answer.
    fn close(&mut self) -> Result<(), Failed> {
        let can = self.version.can();
        let reason = can.close_codes.then_some(CloseReason { code: CloseCode::NORMAL, text: "that is all" });
        self.client.send_close(reason, &mut self.output)?;
        if can.close_handshake {
            return same(self.next()?, self.closed());
        }
        self.flush()?;
        self.stream.shutdown(std::net::Shutdown::Write).map_err(text)?;
        same(self.next()?, Came::End)
    }

    fn close_back(&mut self) -> Result<(), Failed> {
        if self.version.can().close_handshake {
            self.ask("!close", self.closed())?;
            self.flush()?;
        } else {
            self.ask("!close", Came::End)?;
        }
        Ok(())
    }

    fn closed(&self) -> Came {
        Came::Close(self.version.can().close_codes.then_some(CloseCode::NORMAL))
    }

    fn ask(&mut self, request: &str, expected: Came) -> Result<(), Failed> {
        self.client.send_text(request, &mut self.output)?;
        match self.next()? {
            Came::Text(echo) if echo == request => Err(Failed::NotAsked),
            came => same(came, expected),
        }
    }

    fn echo(&mut self, message: &str) -> Result<(), Failed> {
        self.client.send_text(message, &mut self.output)?;
        same(self.next()?, Came::Text(message.to_owned()))
    }

    fn echo_binary(&mut self, message: &[u8]) -> Result<(), Failed> {
        self.client.send_binary(message, &mut self.output)?;
        same(self.next()?, Came::Binary(message.to_owned()))
    }

    /// What comes next, after all that is to be sent was sent.
    fn next(&mut self) -> Result<Came, String> {
        let mut input = vec![0; 64 * 1024];
        loop {
            self.flush()?;
            if let Some(came) = self.came.pop_front() {
                return Ok(came);
            }
            let n = self.stream.read(&mut input).map_err(text)?;
            let bytes = input.get_mut(..n).unwrap_or_default();
            if bytes.is_empty() {
                self.client.receive_eof().map_err(text)?;
                self.came.push_back(Came::End);
            }
            self.receive(bytes)?;
        }
    }

    fn receive(&mut self, mut bytes: &mut [u8]) -> Result<(), String> {
        loop {
            let came = match self.client.receive(&mut bytes, &mut self.output) {
                Ok(None) => return Ok(()),
                Ok(Some(Event::Connected(connected))) => {
                    let names = connected.extensions().iter().map(ToString::to_string);
                    Came::Connected(names.collect::<Vec<_>>().join(", "))
                }
                Ok(Some(Event::Text(text))) => Came::Text(text.into_owned()),
                Ok(Some(Event::Binary(data))) => Came::Binary(data.into_owned()),
                Ok(Some(Event::Pong(data))) => Came::Pong(data.into_owned()),
                Ok(Some(Event::Close(close))) => Came::Close(close.map(|close| close.code)),
                Ok(Some(Event::Refused(response))) => Came::Refused(response.status()),
                Ok(Some(_)) => continue,
                Err(error) => {
                    self.flush()?;
                    return Err(error.to_string());
                }
            };
            self.came.push_back(came);
        }
    }

    fn flush(&mut self) -> Result<(), String> {
        if self.output.is_empty() {
            return Ok(());
        }
        let output = core::mem::take(&mut self.output);
        if let Some(writer) = self.writer.take() {
            writer.join().map_err(|_| text("the writer failed"))?.map_err(text)?;
        }
        let mut stream = self.stream.try_clone().map_err(text)?;
        if output.len() < 16 * 1024 {
            return stream.write_all(&output).map_err(text);
        }
        self.writer = Some(thread::spawn(move || stream.write_all(&output)));
        Ok(())
    }
}

impl From<String> for Failed {
    fn from(why: String) -> Self {
        Self::Because(why)
    }
}

impl From<hybi::SendError> for Failed {
    fn from(error: hybi::SendError) -> Self {
        Self::Because(error.to_string())
    }
}

fn same(got: Came, expected: Came) -> Result<(), Failed> {
    if got == expected {
        return Ok(());
    }
    let short = |came: &Came| format!("{came:?}").chars().take(80).collect::<String>();
    Err(Failed::Because(format!("got {}, expected {}", short(&got), short(&expected))))
}

/// 1 MiB in characters of one to four bytes.
fn large() -> String {
    let size = 1 << 20;
    SCRIPTS.repeat(size / SCRIPTS.len()) + &"x".repeat(size % SCRIPTS.len())
}

fn text(error: impl ToString) -> String {
    error.to_string()
}
