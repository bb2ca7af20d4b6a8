//! A whole server, from the first byte to the last, with all its options, in any cuts.

use hybi::deflate::Pool;
use hybi::http::Response;
use hybi::{
    Accept, ConnectionConfig, Delivery, Error, Event, HandshakeConfig, Limits, OriginPolicy, Server, ServerConfig,
    State, Version, Versions,
};
use hybi_testkit::same_for_random_cuts;

use crate::compression;
use crate::end::{End, Said, run};
use crate::headers::limits;
use crate::input::Input;

/// Options, what the application does, a seed for cuts, and then a request and frames.
pub fn check_server(data: &[u8]) {
    let mut input = Input::new(data);
    let options = options(&mut input);
    let (decision, seed) = (input.byte(), input.byte());
    let bytes = input.rest();
    let outcome = same_for_random_cuts(bytes, seed.into(), 2, |reads| {
        run(Serving { server: Server::with(&options), decision }, reads, 200_000)
    });
    // Nothing is accepted that the application did not accept.
    let requested = outcome.said.iter().any(|said| matches!(said, Said::Other(text) if text.starts_with("Request")));
    let connected = outcome.said.iter().any(|said| matches!(said, Said::Other(text) if text.starts_with("Connected")));
    assert!(requested || !outcome.output.starts_with(b"HTTP/1.1 101 "));
    assert!(requested || !connected);
}

/// A server, and what its application does about requests.
struct Serving {
    server: Server,
    decision: u8,
}

impl End for Serving {
    /// An answer to a handshake is made of constants.
    const MOST_OWED: usize = 400;

    fn receive<'a>(&mut self, input: &mut &'a mut [u8], output: &mut Vec<u8>) -> Result<Option<Event<'a>>, Error> {
        self.server.receive(input, output)
    }

    fn act(&mut self, event: &Event<'_>, output: &mut Vec<u8>) {
        decide(&mut self.server, event, output, self.decision);
    }

    fn receive_eof(&mut self) -> Result<(), Error> {
        self.server.receive_eof()
    }

    fn state(&self) -> Option<State> {
        self.server.state()
    }

    fn retained_bytes(&mut self) -> usize {
        self.server.connection().map_or(0, |connection| connection.retained_bytes())
    }
}

/// What an application does about a request.
fn decide(server: &mut Server, event: &Event<'_>, output: &mut Vec<u8>, decision: u8) {
    match event {
        Event::Request(request) => {
            assert!(request.resource_name().starts_with('/') && !request.host().is_empty());
            assert!(request.subprotocol().is_none_or(|chosen| request.subprotocols().any(|offered| offered == chosen)));
            assert_eq!(request.clone().into_owned(), **request);
            let accept = match decision & 7 {
                0 => Accept::new().header("Set-Cookie", "a=b"),
                1 => Accept::new().no_subprotocol(),
                2 => Accept::new().subprotocol("chat"),
                3 => return server.respond(&Response::new(403).expect("known"), b"no", output).expect("it waits"),
                _ => Accept::new(),
            };
            if server.accept_with(request, accept, output).is_err() {
                server.respond(&Response::new(500).expect("known"), b"", output).expect("it still waits");
            }
        }
        Event::Http(_) if decision & 8 == 0 => {
            server.respond(&Response::new(200).expect("known"), b"hello", output).expect("it waits");
        }
        _ => {}
    }
}

/// Any options.
fn options(input: &mut Input<'_>) -> ServerConfig {
    let (choice, more, deflate) = (input.byte(), input.byte(), input.byte());
    let versions: Versions = Version::ALL.into_iter().filter(|version| choice & 1 << *version as u8 == 0).collect();
    let origins = match choice >> 4 & 3 {
        0 => OriginPolicy::Any,
        1 => OriginPolicy::SameOrigin,
        _ => OriginPolicy::List(vec!["http://example.com".to_owned(), "null".to_owned()]),
    };
    let handshake = HandshakeConfig::new()
        .versions(versions)
        .origins(origins)
        .subprotocols(["superchat", "chat"].into_iter().filter(|_| choice & 64 == 0))
        .trust_proxy(more & 1 == 1)
        .secure(more & 2 == 2)
        .limits(limits(more >> 5));
    let connection = ConnectionConfig::new()
        .limits(Limits::new().message_bytes(5000).output_bytes(usize::MAX))
        .delivery(if more & 4 == 0 { Delivery::Whole } else { Delivery::Parts })
        .auto_pong(more & 8 == 0);
    let options = ServerConfig::new().handshake(handshake).connection(connection);
    if deflate & 1 == 1 { options.deflate(compression::config(input), &Pool::new(1)) } else { options }
}
