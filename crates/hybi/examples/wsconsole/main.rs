//! A console for WebSocket: lines go out as messages, messages come in as lines. `wsconsole --help` tells the rest.
//!
//! How it is made, from the top:
//!
//! - `console.rs` is the loop: bytes from the socket go into a [`hybi::Client`], and its events onto the screen; lines go
//!   into it as well, and its output to the socket.
//! - `socket.rs` and `lines.rs` are the two sources that it waits for; `screen.rs` and `refusal.rs` print.
//! - `wire/` takes the bytes apart for `--hex`. It needs nothing of the rest.

mod compression;
mod console;
mod error;
mod hex;
mod lines;
mod options;
mod refusal;
mod screen;
mod socket;
mod wire;

use std::process::ExitCode;

use hybi::{Client, ClientConfig};

use crate::console::Console;
use crate::error::Error;
use crate::options::{HELP, Options};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wsconsole: {error}");
            error.exit_code()
        }
    }
}

fn run() -> Result<(), Error> {
    let Some(options) = Options::parse(lexopt::Parser::from_env())? else {
        print!("{HELP}");
        return Ok(());
    };
    let offer = options.offer()?;
    let client = Client::with(&offer, &client_options(&options)?).map_err(Error::usage)?;
    Console::connect(&options, offer.url(), client)?.run()
}

fn client_options(options: &Options) -> Result<ClientConfig, Error> {
    let defaults = ClientConfig::new();
    if options.deflate { compression::offer(defaults) } else { Ok(defaults) }
}
