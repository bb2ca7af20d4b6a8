//! What a person sees: messages on standard output, all else on standard error.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use hybi::{Close, Connected};

use crate::hex;
use crate::refusal::Refusal;

/// Standard output and standard error.
pub(crate) struct Screen {
    stdout: BufWriter<Stdout>,
    /// Whether the messages go to a terminal, which would obey control characters in them.
    terminal: bool,
}

impl Screen {
    pub(crate) fn new() -> Self {
        let stdout = io::stdout();
        Self { terminal: stdout.is_terminal(), stdout: BufWriter::new(stdout) }
    }

    pub(crate) fn text(&mut self, text: &str) -> io::Result<()> {
        if self.terminal {
            return writeln!(self.stdout, "{}", harmless(text));
        }
        self.stdout.write_all(text.as_bytes())?;
        self.stdout.write_all(b"\n")
    }

    pub(crate) fn binary(&mut self, data: &[u8]) -> io::Result<()> {
        writeln!(self.stdout, "binary message, {} bytes", data.len())?;
        self.stdout.write_all(hex::dump(data).as_bytes())
    }

    /// Brings the messages out, so that what follows on standard error comes after them.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.stdout.flush()
    }

    pub(crate) fn connected(&self, connected: &Connected<'_>) {
        let subprotocol = match connected.subprotocol() {
            Some(subprotocol) => format!("subprotocol {subprotocol}"),
            None => "no subprotocol".to_owned(),
        };
        eprint!("connected, {}, {subprotocol}", connected.version());
        for extension in connected.extensions() {
            eprint!(", {}", harmless(&extension.to_string()));
        }
        eprintln!();
    }

    pub(crate) fn closed(&mut self, by: &str, close: Option<&Close<'_>>) -> io::Result<()> {
        self.flush()?;
        match close {
            Some(close) => eprintln!("closed{by}: {}", harmless(&close.to_string())),
            None => eprintln!("closed{by}"),
        }
        Ok(())
    }

    pub(crate) fn refused(&self, refusal: &Refusal) {
        eprint!("{}", harmless(&refusal.head().replace("\r\n", "\n")));
        let body = refusal.body();
        if !body.is_empty() {
            eprintln!("{}", harmless(body.replace("\r\n", "\n").trim_end()));
        }
    }
}

/// The text with control characters in writing, but for the ends of lines.
fn harmless(text: &str) -> String {
    let mut harmless = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() && !matches!(character, '\n' | '\t') {
            harmless.extend(character.escape_default());
        } else {
            harmless.push(character);
        }
    }
    harmless
}
