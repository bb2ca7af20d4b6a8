//! A client and a server that do what comes to their minds. All that one says, the other hears, in order and unchanged.

use std::collections::VecDeque;

use hybi::deflate::Pool;
use hybi::{
    Client, ClientConfig, CloseCode, CloseReason, Connection, ConnectionConfig, Event, Kind, Offer, Server,
    ServerConfig, State, Url, Version,
};
use hybi_testkit::random;

use crate::compression;
use crate::input::Input;

/// A version and options, and then what happens.
pub fn check_talk(data: &[u8]) {
    let mut input = Input::new(data);
    let choice = input.byte();
    let (mut client, mut server) = connected(choice, &mut input);
    let mut budget = MOST_SAID;
    while !input.is_empty() && budget > 0 {
        let action = input.byte();
        let (actor, other) = if action & 0x80 == 0 { (&mut client, &mut server) } else { (&mut server, &mut client) };
        match action & 15 {
            15 => carry(actor, other, usize::from(input.byte()) * 16),
            14 => carry(actor, other, 1),
            action => act(actor, other, action, &mut input, &mut budget),
        }
    }
    while !(client.output.is_empty() && server.output.is_empty()) {
        carry(&mut client, &mut server, usize::MAX);
        carry(&mut server, &mut client, usize::MAX);
    }
    for end in [&client, &server] {
        assert!(end.expected.is_empty() || end.deaf(), "not heard: {:?}", end.expected);
        // Both have closed, or none.
        let closed = end.connection.state() != State::Open;
        assert!(!end.version.can().close_handshake || closed == (client.connection.state() == State::Closed));
    }
}

/// Enough for a few messages that need the long forms of a length.
const MOST_SAID: usize = 200_000;

/// One end, what waits to be carried to the other one, and what it is to hear.
struct Talker {
    connection: Connection,
    version: Version,
    output: Vec<u8>,
    expected: VecDeque<Event<'static>>,
    /// The message in parts that was begun.
    begun: Option<(Kind, Vec<u8>)>,
}

impl Talker {
    fn new(connection: Connection) -> Self {
        let version = connection.version();
        Self { connection, version, output: Vec::new(), expected: VecDeque::new(), begun: None }
    }

    /// Whether it hears nothing more: it closed, in a version in which that is the end.
    fn deaf(&self) -> bool {
        self.connection.is_closed()
    }
}

/// Both ends after a handshake.
fn connected(choice: u8, input: &mut Input<'_>) -> (Talker, Talker) {
    let version = Version::ALL[usize::from(choice & 3)];
    let config = ConnectionConfig::new().random(|bytes| bytes.copy_from_slice(&[0xA5, 0, 0xFF, 0x3C]));
    let (mut of_client, mut of_server) =
        (ClientConfig::new().connection(config.clone()), ServerConfig::new().connection(config));
    if choice & 4 == 4 {
        of_client = of_client.deflate(compression::config(input), &Pool::new(1));
    }
    if choice & 8 == 8 {
        of_server = of_server.deflate(compression::config(input), &Pool::new(1));
    }
    let url = Url::parse("ws://example.com/").expect("a good one");
    let mut client =
        Client::with(&Offer::new(url).version(version).random(random::counting), &of_client).expect("a good offer");
    let (mut server, mut to_server, mut to_client) = (Server::with(&of_server), Vec::new(), Vec::new());
    client.send_request(&mut to_server);
    let mut bytes = &mut to_server[..];
    while let Some(event) = server.receive(&mut bytes, &mut to_client).expect("our own request") {
        if let Event::Request(request) = event {
            server.accept(&request, &mut to_client).expect("it waits");
        }
    }
    let mut bytes = &mut to_client[..];
    let event = client.receive(&mut bytes, &mut to_server).expect("our own answer");
    assert!(matches!(event, Some(Event::Connected(_))));
    let client = client.into_connection().expect("it is open");
    (Talker::new(client), Talker::new(server.into_connection().expect("it is open")))
}

/// One end says something, if it can.
fn act(actor: &mut Talker, other: &mut Talker, action: u8, input: &mut Input<'_>, budget: &mut usize) {
    let (open, can) = (actor.connection.state() == State::Open, actor.version.can());
    let idle = actor.begun.is_none();
    let data = compression::message(input);
    *budget = budget.saturating_sub(data.len());
    let text = String::from_utf8_lossy(&data).into_owned();
    let Talker { connection, output, begun, .. } = actor;
    let (sent, event) = match action {
        0..3 => (connection.send_text(&text, output), Some(Event::Text(text.clone().into()))),
        3 | 4 => (connection.send_binary(&data, output), Some(Event::Binary(data.clone().into()))),
        5 => (connection.send_ping(&data, output), Some(Event::Ping(data.clone().into()))),
        6 => (connection.send_pong(&data, output), Some(Event::Pong(data.clone().into()))),
        7..11 => {
            let (kind, last) = (if action & 1 == 1 { Kind::Text } else { Kind::Binary }, action > 8);
            let (sent, bytes) = match kind {
                Kind::Text => (connection.send_text_part(&text, last, output), text.clone().into_bytes()),
                Kind::Binary => (connection.send_binary_part(&data, last, output), data.clone()),
            };
            let part = sent.is_ok().then(|| part(begun, kind, &bytes, last));
            (sent, part.flatten())
        }
        11 => {
            connection.compress(data.len().is_multiple_of(2));
            return;
        }
        _ => return close(actor, other, &text),
    };
    let allowed = match action {
        0..3 => open && idle,
        3 | 4 => open && idle && can.binary,
        5 | 6 => open && can.ping && data.len() <= 125,
        // Parts of two kinds do not mix.
        _ => sent.is_ok(),
    };
    assert_eq!(sent.is_ok(), allowed, "{sent:?}");
    if sent.is_ok() {
        other.expected.extend(event);
    }
}

/// The whole message, when its last part goes out.
fn part(begun: &mut Option<(Kind, Vec<u8>)>, kind: Kind, bytes: &[u8], last: bool) -> Option<Event<'static>> {
    let (_, message) = begun.get_or_insert((kind, Vec::new()));
    message.extend_from_slice(bytes);
    let (kind, message) = begun.take_if(|_| last)?;
    Some(match kind {
        Kind::Text => Event::Text(String::from_utf8(message).expect("parts of text").into()),
        Kind::Binary => Event::Binary(message.into()),
    })
}

fn close(actor: &mut Talker, other: &mut Talker, text: &str) {
    let reason = actor.version.can().close_codes.then_some(CloseReason { code: CloseCode::GOING_AWAY, text });
    if actor.connection.send_close(reason, &mut actor.output).is_err() {
        return;
    }
    actor.begun = None;
    if actor.version.can().close_handshake {
        other.expected.push_back(Event::Close(None));
    }
}

/// Carries bytes from one end to the other, which hears what they say.
fn carry(from: &mut Talker, to: &mut Talker, most: usize) {
    let count = most.min(from.output.len());
    let mut bytes: Vec<u8> = from.output.drain(..count).collect();
    let mut input = &mut bytes[..];
    let (mut room, mut waiting) = (to.output.len(), None);
    while let Some(event) = to.connection.receive(&mut input, &mut to.output).expect("our own bytes") {
        let event = Event::from(event.into_owned());
        let expected = to.expected.pop_front().expect("somebody said it");
        match (&event, &expected) {
            (Event::Close(_), Event::Close(_)) => {
                // The answer went out, unless this was one. A pong that waited doesn't any more.
                (to.begun, waiting) = (None, None);
                if from.connection.state() == State::Closing && !from.expected.iter().any(is_close) {
                    from.expected.push_back(Event::Close(None));
                }
            }
            _ => assert_eq!(event, expected),
        }
        if let Event::Ping(data) = event
            && to.connection.state() != State::Closed
        {
            // Where too much waits to be carried, only the latest ping is answered, when all is read.
            if to.output.len() > room {
                from.expected.push_back(Event::Pong(data));
            } else {
                waiting = Some(data);
            }
        }
        room = to.output.len();
    }
    from.expected.extend(waiting.map(Event::Pong));
}

fn is_close(event: &Event<'static>) -> bool {
    matches!(event, Event::Close(_))
}
