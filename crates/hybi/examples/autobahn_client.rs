//! A client that a fuzzing server of the Autobahn family can judge.
//!
//! It asks for the number of cases (`/getCaseCount`), goes through them (`/runCase?case=N&agent=A`), sending back each
//! message as it came, and has the report written (`/updateReports?agent=A`).

use core::ops::RangeInclusive;
use core::time::Duration;
use std::io::{self, ErrorKind, IsTerminal, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::ExitCode;
use std::time::Instant;

use hybi::{Client, ClientConfig, Event, Limits, Offer, ReadBuffer, SendError, State, Unread, Url, Version};
use lexopt::{Arg, Parser, ValueExt};

const HELP: &str = "\
usage: autobahn_client [OPTION]... ws://HOST:PORT [AGENT]

Has a fuzzing server judge this client, under the name AGENT (default: hybi).

    --cases LIST    only these, by number: 1-20,33
    --deflate       offer permessage-deflate (the default, where it is compiled in)
    --no-deflate    don't offer it
    --level LEVEL   how much work goes into compressing, 1 to 9 (default: 6)
    --version NAME  speak this version of the protocol (default: draft-ietf-hybi-17)
    --help          this text
";

type Result<T = ()> = core::result::Result<T, Box<dyn core::error::Error>>;

fn main() -> ExitCode {
    let arguments = match Arguments::parse(Parser::from_env()) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("autobahn_client: {error}\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match Driver::new(&arguments).run(&arguments.cases) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("autobahn_client: {error}");
            ExitCode::FAILURE
        }
    }
}

struct Arguments {
    server: Url,
    agent: String,
    /// The numbers of the cases to run; none stands for all.
    cases: Vec<RangeInclusive<u32>>,
    deflate: bool,
    level: Option<u8>,
    version: Version,
}

impl Arguments {
    /// `None`: only the help is wanted.
    fn parse(mut parser: Parser) -> Result<Option<Self>> {
        let (mut server, mut agent, mut cases) = (None, None, Vec::new());
        let (mut deflate, mut level, mut version) = (compression::AVAILABLE, None, Version::LATEST);
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("help") | Arg::Short('h') => return Ok(None),
                Arg::Long("cases") => cases = parser.value()?.parse_with(parse_cases)?,
                Arg::Long("deflate") if compression::AVAILABLE => deflate = true,
                Arg::Long("deflate") => return Err("--deflate needs the feature `deflate`".into()),
                Arg::Long("no-deflate") => deflate = false,
                Arg::Long("level") => level = Some(parser.value()?.parse_with(parse_level)?),
                Arg::Long("version") => version = parser.value()?.parse()?,
                Arg::Value(url) if server.is_none() => server = Some(url.parse_with(Url::parse)?),
                Arg::Value(name) if agent.is_none() => agent = Some(name.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        let server = server.ok_or("the server is missing, such as ws://127.0.0.1:9001")?;
        let agent = agent.unwrap_or_else(|| "hybi".to_owned());
        Ok(Some(Self { server, agent, cases, deflate, level, version }))
    }
}

fn parse_level(text: &str) -> core::result::Result<u8, String> {
    text.parse().ok().filter(|level| (1..=9).contains(level)).ok_or_else(|| "not a number from 1 to 9".to_owned())
}

/// `1-20,33`
fn parse_cases(list: &str) -> core::result::Result<Vec<RangeInclusive<u32>>, core::num::ParseIntError> {
    let ranges = list.split(',').map(|range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        Ok(first.trim().parse()?..=last.trim().parse()?)
    });
    ranges.collect()
}

/// What all connections share: what to offer, and the two buffers.
struct Driver<'a> {
    server: &'a Url,
    version: Version,
    agent: String,
    options: ClientConfig,
    input: ReadBuffer,
    output: Vec<u8>,
}

impl<'a> Driver<'a> {
    fn new(arguments: &'a Arguments) -> Self {
        let limits = Limits::new().frame_bytes(LARGEST).message_bytes(LARGEST);
        let options = ClientConfig::new().limits(limits);
        Self {
            server: &arguments.server,
            version: arguments.version,
            agent: percent_encode(&arguments.agent),
            options: if arguments.deflate { compression::offer(options, arguments.level) } else { options },
            input: ReadBuffer::with_size(INPUT),
            output: Vec::new(),
        }
    }

    fn run(&mut self, wanted: &[RangeInclusive<u32>]) -> Result {
        let start = Instant::now();
        let count = self.case_count()?;
        let mut ran = 0;
        for case in 1..=count {
            if wanted.is_empty() || wanted.iter().any(|range| range.contains(&case)) {
                self.run_case(case, count)?;
                ran += 1;
            }
        }
        self.update_reports()?;
        let seconds = start.elapsed().as_secs_f64();
        eprintln!("{ran} of {count} cases in {seconds:.1} s; the server has the report");
        Ok(())
    }

    fn case_count(&mut self) -> Result<u32> {
        let mut count = None;
        let link = self.connect("/getCaseCount")?;
        self.talk(link, |_, event, _| {
            if let Event::Text(text) = event {
                count = text.trim().parse().ok();
            }
            Ok(())
        })?;
        Ok(count.ok_or("the server did not tell the number of cases")?)
    }

    fn run_case(&mut self, case: u32, count: u32) -> Result {
        if io::stderr().is_terminal() {
            eprint!("case {case} of {count}\r");
        }
        let link = self.connect(&format!("/runCase?case={case}&agent={}", self.agent))?;
        // Many cases are to end in an error, and it is for the server to judge whether this one is.
        let _ended = self.talk(link, echo);
        Ok(())
    }

    fn update_reports(&mut self) -> Result {
        let link = self.connect(&format!("/updateReports?agent={}", self.agent))?;
        self.talk(link, |_, _, _| Ok(()))
    }

    fn connect(&self, resource_name: &str) -> Result<Link> {
        let (host, port) = self.server.address();
        let url = Url::builder(host).port(port).resource_name(resource_name).build()?;
        let client = Client::with(&Offer::new(url).version(self.version), &self.options)?;
        let socket = TcpStream::connect((host, port)).map_err(|error| format!("no connection to {host}: {error}"))?;
        socket.set_nodelay(true)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        Ok(Link { client, socket })
    }

    /// Has the whole of a connection: handshake, messages, close.
    fn talk(&mut self, mut link: Link, mut react: impl React) -> Result {
        self.input.clear();
        self.output.clear();
        link.client.send_request(&mut self.output);
        let result = self.read_and_write(&mut link, &mut react);
        let _gone = link.leave();
        result
    }

    /// Reads and writes until the connection is closed.
    fn read_and_write(&mut self, link: &mut Link, react: &mut impl React) -> Result {
        loop {
            link.socket.write_all(&self.output)?;
            self.output.clear();
            if link.client.is_closed() {
                return Ok(());
            }
            let size = link.read(self.input.space())?;
            if size == 0 {
                return Ok(link.client.receive_eof()?);
            }
            if let Err(error) = receive(&mut link.client, self.input.filled(size), &mut self.output, react) {
                // What the server is owed for its mistake is in the output.
                link.socket.write_all(&self.output)?;
                return Err(error.into());
            }
        }
    }
}

/// One connection.
struct Link {
    client: Client,
    socket: TcpStream,
}

impl Link {
    fn read(&mut self, input: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.socket.read(input) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                done => return done,
            }
        }
    }

    /// Gives the server a moment to read what was written, and to end the connection itself (RFC 6455 §7.1.1).
    fn leave(mut self) -> io::Result<()> {
        if self.client.version().is_none() {
            return Ok(());
        }
        if self.client.state() != Some(State::Closed) {
            self.socket.shutdown(Shutdown::Write)?;
        }
        let end = Instant::now() + FAREWELL;
        self.socket.set_read_timeout(Some(FAREWELL))?;
        while self.read(&mut [0; 4096])? > 0 && Instant::now() < end {}
        Ok(())
    }
}

/// What to do with an event.
trait React: FnMut(&mut Client, Event<'_>, &mut Vec<u8>) -> core::result::Result<(), SendError> {}

impl<F: FnMut(&mut Client, Event<'_>, &mut Vec<u8>) -> core::result::Result<(), SendError>> React for F {}

fn receive(
    client: &mut Client,
    mut unread: Unread<'_>,
    output: &mut Vec<u8>,
    react: &mut impl React,
) -> core::result::Result<(), hybi::Error> {
    while let Some(event) = client.receive_from(&mut unread, output)? {
        react(client, event, output)?;
    }
    Ok(())
}

/// Sends each message back.
fn echo(client: &mut Client, event: Event<'_>, output: &mut Vec<u8>) -> core::result::Result<(), SendError> {
    match event {
        Event::Text(text) => client.send_text(&text, output),
        Event::Binary(data) => client.send_binary(&data, output),
        _ => Ok(()),
    }
}

/// The name as it can stand in a query.
fn percent_encode(name: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    name.bytes().map(encode).collect()
}

/// permessage-deflate, where the build has the feature.
mod compression {
    use hybi::ClientConfig;

    pub(super) const AVAILABLE: bool = cfg!(feature = "deflate");

    #[cfg(feature = "deflate")]
    pub(super) fn offer(options: ClientConfig, level: Option<u8>) -> ClientConfig {
        use hybi::deflate::{Config, Level, Pool};

        let level = level.and_then(Level::new).unwrap_or_default();
        options.deflate(Config::new().threshold(0).level(level), &Pool::new(1))
    }

    #[cfg(not(feature = "deflate"))]
    pub(super) fn offer(options: ClientConfig, _level: Option<u8>) -> ClientConfig {
        options
    }
}

/// The largest messages of the cases have 16 MiB.
const LARGEST: u64 = 64 << 20;

/// The bytes of one read, at first.
const INPUT: usize = 256 * 1024;

/// How long the server may be silent within a case.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long the server may take to end a closed connection.
const FAREWELL: Duration = Duration::from_secs(2);
