//! The command line.

use core::net::SocketAddr;
use core::time::Duration;

use hybi::Timeouts;
use lexopt::prelude::*;

const HELP: &str = "\
An echo server in every version of WebSocket that is compiled in.

USAGE: echo_server [OPTIONS]

  --listen ADDRESS       where to listen; port 0 takes a free one [127.0.0.1:9001]
  --deflate              agree to permessage-deflate (the default, where it is compiled in)
  --no-deflate           don't
  --level LEVEL          how much work goes into compressing, 1 to 9 [6]
  --max-message BYTES    the largest message to take [16777216]
  --handshake-timeout S  seconds that a handshake may take [10]
  --idle-timeout S       seconds of silence until a ping is sent, and 20 more until the peer is given up [30]
  --help                 print this
";

/// What the command line says.
pub(crate) struct Options {
    pub(crate) listen: SocketAddr,
    pub(crate) deflate: bool,
    pub(crate) level: Option<u8>,
    pub(crate) message_bytes: u64,
    pub(crate) timeouts: Timeouts,
}

impl Options {
    pub(crate) fn from_args() -> Result<Self, lexopt::Error> {
        let mut options = Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 9001)),
            deflate: true,
            level: None,
            message_bytes: 16 << 20,
            timeouts: Timeouts::new(),
        };
        let mut args = lexopt::Parser::from_env();
        while let Some(arg) = args.next()? {
            match arg {
                Long("listen") => options.listen = args.value()?.parse()?,
                Long("deflate") => options.deflate = true,
                Long("no-deflate") => options.deflate = false,
                Long("level") => options.level = Some(args.value()?.parse_with(level)?),
                Long("max-message") => options.message_bytes = args.value()?.parse()?,
                Long("handshake-timeout") => options.timeouts = options.timeouts.handshake(seconds(&mut args)?),
                Long("idle-timeout") => options.timeouts = options.timeouts.ping(seconds(&mut args)?),
                Short('h') | Long("help") => {
                    print!("{HELP}");
                    std::process::exit(0);
                }
                other => return Err(other.unexpected()),
            }
        }
        Ok(options)
    }
}

fn level(text: &str) -> Result<u8, String> {
    text.parse().ok().filter(|level| (1..=9).contains(level)).ok_or_else(|| "not a number from 1 to 9".to_owned())
}

fn seconds(args: &mut lexopt::Parser) -> Result<Option<Duration>, lexopt::Error> {
    args.value()?.parse_with(|text| text.parse().map(|seconds| Some(Duration::from_secs(seconds))))
}
