//! The exchange of a client with our server. The texts are those of `../python/common.py`.

use core::fmt;
use std::io::Write;

pub(crate) const SCRIPTS: &str = "Grüße, Ελληνικά, Русский, עברית, العربية, हिन्दी, ไทย, 日本語, 한국어, 👋🏽 𝄞";
pub(crate) const PING: &[u8] = b"are you there?";
pub(crate) const REASON: &str = "that is all";
const LENGTHS: [usize; 6] = [1, 125, 126, 127, 65535, 65536];

/// A message of either kind.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Message {
    Text(String),
    Binary(Vec<u8>),
}

/// Why a check did not pass.
#[derive(Debug)]
pub(crate) enum Failed {
    /// The library has no way to do this.
    Cannot(&'static str),
    Because(String),
}

impl<E: fmt::Display> From<E> for Failed {
    fn from(error: E) -> Self {
        Self::Because(error.to_string().replace('\n', " "))
    }
}

/// A connection of a client library, in the words of the exchange.
pub(crate) trait Peer {
    /// The subprotocol that was agreed on.
    fn subprotocol(&self) -> Option<String>;

    /// Whether permessage-deflate was agreed to.
    fn deflates(&self) -> bool {
        false
    }

    fn send(&mut self, message: Message) -> Result<(), Failed>;

    fn receive(&mut self) -> Result<Message, Failed>;

    /// Sends the pieces as the frames of one text.
    fn send_fragments(&mut self, _pieces: &[&[u8]]) -> Result<(), Failed> {
        Err(Failed::Cannot("its API sends no fragments"))
    }

    /// Sends a ping and gives back what the pong brought.
    fn ping(&mut self) -> Result<Vec<u8>, Failed>;

    /// Closes with 1000 and the reason, as far as the library has them, and gives back the code of the answer.
    fn close(&mut self) -> Result<u16, Failed>;

    /// The code with which the server closes.
    fn closed(&mut self) -> Result<u16, Failed>;
}

type Connect<'c> = &'c dyn Fn(&[&'static str]) -> Result<Box<dyn Peer>, Failed>;
type Check = fn(&mut Link<'_>) -> Result<(), Failed>;

/// The connection of the moment.
struct Link<'c> {
    connect: Connect<'c>,
    peer: Option<Box<dyn Peer>>,
}

const CHECKS: &[(&str, Check)] = &[
    ("open", |link| link.open(&[])),
    ("deflate", |link| same(link.peer()?.deflates(), true)),
    ("ascii", |link| link.echo(&(' '..='~').collect::<String>())),
    ("scripts", |link| link.echo(SCRIPTS)),
    ("empty", |link| link.echo("").and_then(|()| link.echo_binary(&[]))),
    ("lengths", |link| LENGTHS.iter().try_for_each(|&length| link.echo(&"a".repeat(length)))),
    ("large", |link| link.echo(&large())),
    ("binary", |link| link.echo_binary(&(0..=255).collect::<Vec<u8>>().repeat(4))),
    ("fragments", |link| link.fragments()),
    ("ping", |link| same(link.peer()?.ping()?, PING.to_vec())),
    ("close", |link| same(link.peer()?.close()?, 1000)),
];

/// What only our server does, on a connection of its own.
const PAGE: &[(&str, Check)] = &[
    ("subprotocol", |link| {
        link.open(&["other", "page.hybi"])?;
        same(link.peer()?.subprotocol().as_deref(), Some("page.hybi"))
    }),
    ("ping-back", |link| link.ping_back()),
    ("close-back", |link| {
        link.peer()?.send(Message::Text("/close 4001 as you asked".into()))?;
        same(link.peer()?.closed()?, 4001)
    }),
];

/// Goes through the checks and prints a line for each, until one fails.
pub(crate) fn exchange(deflate: bool, connect: impl Fn(&[&'static str]) -> Result<Box<dyn Peer>, Failed>) {
    let mut link = Link { connect: &connect, peer: None };
    let page = if std::env::var("PAGE").is_ok_and(|page| page == "no") { &[] } else { PAGE };
    for (name, check) in CHECKS.iter().chain(page).filter(|(name, _)| deflate || *name != "deflate") {
        match check(&mut link) {
            Ok(()) => say(format_args!("ok {name}")),
            Err(Failed::Cannot(why)) => say(format_args!("skip {name} {why}")),
            Err(Failed::Because(why)) => {
                say(format_args!("FAIL {name} {why}"));
                break;
            }
        }
    }
    say(format_args!("done"));
}

impl Link<'_> {
    fn peer(&mut self) -> Result<&mut (dyn Peer + 'static), Failed> {
        self.peer.as_deref_mut().ok_or_else(|| Failed::Because("not connected".into()))
    }

    fn open(&mut self, subprotocols: &[&'static str]) -> Result<(), Failed> {
        self.peer = Some((self.connect)(subprotocols)?);
        Ok(())
    }

    fn echo(&mut self, text: &str) -> Result<(), Failed> {
        let message = Message::Text(text.to_owned());
        self.peer()?.send(message.clone())?;
        same(self.peer()?.receive()?, message)
    }

    fn echo_binary(&mut self, data: &[u8]) -> Result<(), Failed> {
        let message = Message::Binary(data.to_owned());
        self.peer()?.send(message.clone())?;
        same(self.peer()?.receive()?, message)
    }

    /// Cut inside of characters, and one piece empty.
    fn fragments(&mut self) -> Result<(), Failed> {
        let (first, rest) = SCRIPTS.as_bytes().split_at(3);
        let (second, third) = rest.split_at(52);
        self.peer()?.send_fragments(&[first, b"", second, third])?;
        same(self.peer()?.receive()?, Message::Text(SCRIPTS.to_owned()))
    }

    fn ping_back(&mut self) -> Result<(), Failed> {
        self.peer()?.send(Message::Text("/ping".into()))?;
        loop {
            if matches!(self.peer()?.receive()?, Message::Text(text) if text.starts_with("# pong")) {
                return Ok(());
            }
        }
    }
}

pub(crate) fn say(words: fmt::Arguments<'_>) {
    let mut out = std::io::stdout().lock();
    // Without a reader there is nobody to tell.
    let _ = writeln!(out, "{words}").and_then(|()| out.flush());
}

fn same<T: fmt::Debug + PartialEq>(got: T, expected: T) -> Result<(), Failed> {
    if got == expected {
        return Ok(());
    }
    let short = |value: &T| format!("{value:?}").chars().take(80).collect::<String>();
    Err(Failed::Because(format!("got {}, expected {}", short(&got), short(&expected))))
}

/// 1 MiB in characters of one to four bytes.
fn large() -> String {
    let size = 1 << 20;
    SCRIPTS.repeat(size / SCRIPTS.len()) + &"x".repeat(size % SCRIPTS.len())
}
