//! The arguments.

use hybi::{Offer, Url, Version};
use lexopt::{Arg, ValueExt};

use crate::error::Error;

pub(crate) const HELP: &str = "\
usage: wsconsole [OPTION]... ws://HOST[:PORT][/PATH]

Connects to a WebSocket server. Each line of standard input becomes a message, and each message that comes is printed as a
line; binary ones as a hex dump. All else is told on standard error.

At a terminal, the end of the input (Ctrl-D) closes the connection. From a pipe, the lines are sent, as many messages are
awaited as lines were sent, and then the connection is closed:

    printf 'one\\ntwo\\n' | wsconsole ws://127.0.0.1:9001/

what to ask for:
    --protocol-version NAME  draft-ietf-hybi-17 (the default: RFC 6455), draft-ietf-hybi-10, draft-ietf-hybi-00 or
                             draft-hixie-75; other names such as 13, hybi10 or hixie-76 will do
    --subprotocol NAME       offer a subprotocol; repeat it for more, the best one first
    --origin ORIGIN          pretend to be a web page from there, such as http://example.com
    --header 'NAME: VALUE'   send a header along; repeat it for more
    --deflate                offer permessage-deflate

what to do:
    --binary                 send the lines as binary messages
    --ping                   send a ping first, and tell how long its answer took
    --expect N               after the end of the input, close as soon as N messages have come

what to see:
    --hex                    the bytes on the wire, taken apart: > is sent, < is received
    --help                   this text

exit status: 0 if all went well, 1 if the server refused, failed or closed too early, 2 if the arguments are wrong
";

/// The arguments.
#[derive(Debug, Default)]
pub(crate) struct Options {
    url: Option<String>,
    pub(crate) version: Version,
    subprotocols: Vec<String>,
    origin: Option<String>,
    headers: Vec<(String, String)>,
    pub(crate) deflate: bool,
    pub(crate) binary: bool,
    pub(crate) ping: bool,
    pub(crate) expect: Option<u64>,
    pub(crate) hex: bool,
}

impl Options {
    /// Reads and checks the arguments. `None`: only the help is wanted.
    pub(crate) fn parse(mut arguments: lexopt::Parser) -> Result<Option<Self>, Error> {
        let mut options = Self::default();
        while let Some(argument) = arguments.next()? {
            match argument {
                Arg::Long("help") | Arg::Short('h') => return Ok(None),
                Arg::Long("protocol-version") => options.version = arguments.value()?.parse()?,
                Arg::Long("subprotocol") => options.subprotocols.push(arguments.value()?.string()?),
                Arg::Long("origin") => options.origin = Some(arguments.value()?.string()?),
                Arg::Long("header") => options.headers.push(header(&arguments.value()?.string()?)?),
                Arg::Long("deflate") => options.deflate = true,
                Arg::Long("binary") => options.binary = true,
                Arg::Long("ping") => options.ping = true,
                Arg::Long("expect") => options.expect = Some(arguments.value()?.parse()?),
                Arg::Long("hex") => options.hex = true,
                Arg::Value(url) if options.url.is_none() => options.url = Some(url.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        options.check_version()?;
        Ok(Some(options))
    }

    /// What to ask the server for.
    pub(crate) fn offer(&self) -> Result<Offer, Error> {
        let Some(url) = &self.url else { return Err(Error::usage("a URL is missing, such as ws://127.0.0.1:9001/")) };
        let url = Url::parse(url).map_err(Error::usage)?;
        if url.is_secure() {
            return Err(Error::usage(
                "wss: is WebSocket over TLS, and this console has no TLS; \
                 let a tunnel such as stunnel or socat speak it, and connect to that by ws:",
            ));
        }
        let mut offer = Offer::new(url).version(self.version).basic_auth_from_url();
        for subprotocol in &self.subprotocols {
            offer = offer.subprotocol(subprotocol);
        }
        for (name, value) in &self.headers {
            offer = offer.header(name, value);
        }
        Ok(match &self.origin {
            Some(origin) => offer.origin(origin),
            None => offer,
        })
    }

    /// Refuses what the version has no way to say.
    fn check_version(&self) -> Result<(), Error> {
        let can = self.version.can();
        let wanted = [
            ("--binary", self.binary, can.binary),
            ("--ping", self.ping, can.ping),
            ("--deflate", self.deflate, can.extensions),
        ];
        for (option, wanted, has) in wanted {
            if wanted && !has {
                return Err(Error::usage(format_args!("{option} is not possible in {}", self.version)));
            }
        }
        Ok(())
    }
}

fn header(text: &str) -> Result<(String, String), Error> {
    match text.split_once(':') {
        Some((name, value)) => Ok((name.trim().to_owned(), value.trim().to_owned())),
        None => Err(Error::usage(format_args!("--header wants 'NAME: VALUE', not {text:?}"))),
    }
}
