//! Servers and clients whose requests and answers someone else carries: over HTTP/1.1, and over HTTP/2 and HTTP/3.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use hybi::http::{ExtendedConnect, Limits, Request, Response};
use hybi::{
    Accept, Accepted, Client, ClientConfig, ClientConnect, Error, Event, HandshakeConfig, Offer, SendError, Server,
    ServerConfig, State, Url, Version,
};

fn offer() -> Offer {
    Offer::new(Url::parse("ws://example.com/chat").unwrap()).subprotocol("chat")
}

fn server_options() -> ServerConfig {
    ServerConfig::new().handshake(HandshakeConfig::new().subprotocols(["chat"]))
}

/// The head that a client sends, as someone else receives it.
fn received(client: &Client) -> Request<'static> {
    client.request().unwrap().clone()
}

/// What one end says, as the other hears it.
fn talk(from: &mut Client, to: &mut Server) {
    let (mut wire, mut back) = (Vec::new(), Vec::new());
    from.send_text("there", &mut wire).unwrap();
    assert_eq!(wire[1] & 0x80, 0x80, "masked");
    assert_eq!(to.receive(&mut &mut wire[..], &mut back).unwrap(), Some(Event::Text("there".into())));
    to.send_text("back", &mut back).unwrap();
    assert_eq!(from.receive(&mut &mut back[..], &mut wire).unwrap(), Some(Event::Text("back".into())));
}

#[test]
fn over_http_1() {
    let mut client = Client::with(&offer(), &ClientConfig::new()).unwrap();
    let options = server_options();
    let upgrade = options.check(received(&client)).unwrap();
    let Accepted { response, connected, mut server, .. } =
        options.accept(&upgrade, Accept::new().header("X-Session", "7")).unwrap();
    assert_eq!((connected.version(), connected.subprotocol()), (Version::Hybi17, Some("chat")));
    assert_eq!((server.state(), server.version()), (Some(State::Open), Some(Version::Hybi17)));

    assert_eq!(client.send_text("too early", &mut Vec::new()), Err(SendError::NotOpen));
    let connected = client.receive_response(&response).unwrap();
    assert_eq!(connected.subprotocol(), Some("chat"));
    assert_eq!(connected.response().unwrap().headers().get_str("x-session"), Some("7"));
    talk(&mut client, &mut server);
    assert!(client.request().is_none());
    assert!(client.receive_response(&response).unwrap_err().to_string().contains("has had its answer"));
    assert!(server.into_connection().is_ok());
}

#[test]
fn answers_that_are_none() {
    let options = server_options();
    let first = Client::with(&offer(), &ClientConfig::new()).unwrap();
    let upgrade = options.check(received(&first)).unwrap();
    assert!(matches!(options.accept(&upgrade, Accept::new().subprotocol("x")), Err(Error::ServerHandshake(_))));
    let answer = options.accept(&upgrade, Accept::new()).unwrap().response;

    let mut other = Client::with(&offer(), &ClientConfig::new()).unwrap();
    let error = other.receive_response(&answer).unwrap_err();
    assert!(matches!(error, Error::ClientHandshake(_)), "the answer to another key: {error}");
    assert_eq!(other.receive_response(&answer).unwrap_err(), error, "failed stays failed");
    assert_eq!(other.state(), Some(State::Failed));
    let mut third = Client::with(&offer(), &ClientConfig::new()).unwrap();
    assert!(third.receive_response(&Response::new(503).unwrap()).unwrap_err().to_string().contains("503"));
}

#[test]
fn requests_that_are_refused() {
    let options = server_options();
    let mut request = received(&Client::with(&offer(), &ClientConfig::new()).unwrap());
    request.set_header("Sec-WebSocket-Version", "99").unwrap();
    let error = options.check(request).unwrap_err();
    assert_eq!(options.refusal(&error).status(), 426);
    assert_eq!(options.connect_refusal(&error).status(), 400);
}

#[test]
fn over_http_2() {
    let connect = ClientConnect::new(&offer(), &ClientConfig::new()).unwrap();
    let options = server_options();
    let request = ExtendedConnect::from_fields(connect.request().fields(), &Limits::default()).unwrap();
    let upgrade = options.check_connect(request).unwrap();
    let Accepted { response, mut server, .. } = options.accept(&upgrade, Accept::new()).unwrap();
    assert_eq!((response.status(), response.headers().len()), (200, 1));
    let (connected, mut client) = connect.check(&response).unwrap();
    assert_eq!(connected.subprotocol(), Some("chat"));
    talk(&mut client, &mut server);

    let refused = ClientConnect::new(&offer(), &ClientConfig::new()).unwrap();
    assert!(matches!(refused.check(&Response::new(404).unwrap()), Err(Error::ClientHandshake(_))));
    let old = offer().version(Version::Hybi10);
    assert!(matches!(ClientConnect::new(&old, &ClientConfig::new()), Err(Error::ClientHandshake(_))));
}

#[cfg(feature = "deflate")]
#[test]
fn compression_is_agreed_on() {
    use hybi::deflate::{Config, Pool};

    let pool = Pool::new(1);
    let options = server_options().deflate(Config::new(), &pool);
    let client_options = ClientConfig::new().deflate(Config::new(), &pool);
    let text = &*"a text that has a text in it, and again a text. ".repeat(20);
    let both = |mut client: Client, mut server: Server| {
        let (mut wire, mut back) = (Vec::new(), Vec::new());
        client.send_text(text, &mut wire).unwrap();
        assert_eq!(wire[0], 0xC1, "compressed");
        assert_eq!(server.receive(&mut &mut wire[..], &mut back).unwrap(), Some(Event::Text(text.into())));
        server.send_text(text, &mut back).unwrap();
        assert_eq!(back[0], 0xC1, "compressed");
        assert_eq!(client.receive(&mut &mut back[..], &mut wire).unwrap(), Some(Event::Text(text.into())));
    };

    let mut client = Client::with(&offer(), &client_options).unwrap();
    let accepted = options.accept(&options.check(received(&client)).unwrap(), Accept::new()).unwrap();
    assert_eq!(client.receive_response(&accepted.response).unwrap().extensions().len(), 1);
    both(client, accepted.server);

    let connect = ClientConnect::new(&offer(), &client_options).unwrap();
    let accepted = options.accept(&options.check_connect(connect.request().clone()).unwrap(), Accept::new()).unwrap();
    assert_eq!(accepted.connected.extensions().len(), 1);
    both(connect.check(&accepted.response).unwrap().1, accepted.server);

    let mut wrong = Response::new(200).unwrap();
    wrong.push_header("sec-websocket-extensions", "permessage-deflate; server_max_window_bits=99").unwrap();
    let connect = ClientConnect::new(&offer(), &client_options).unwrap();
    assert!(matches!(connect.check(&wrong), Err(Error::Extension(_))));
}

#[cfg(feature = "hybi00")]
#[test]
fn bytes_behind_the_head() {
    let offer = offer().version(Version::Hybi00);
    let mut client = Client::with(&offer, &ClientConfig::new()).unwrap();
    let mut sent = Vec::new();
    client.send_request(&mut sent);
    let key3 = sent[sent.len() - 8..].to_vec();
    let options = server_options();
    let accepted = options.accept(&options.check(received(&client)).unwrap(), Accept::new()).unwrap();
    let Accepted { response, mut server, .. } = accepted;
    assert_eq!((response.status(), server.state()), (101, None));
    assert_eq!(server.send_text("too early", &mut Vec::new()), Err(SendError::NotOpen));

    // The upgraded connection begins with the eight bytes, and they come in pieces.
    let (mut first, mut rest) = (key3[..3].to_vec(), [&key3[3..], b"\x00there\xff"].concat());
    let mut output = Vec::new();
    assert_eq!(server.receive(&mut &mut first[..], &mut output).unwrap(), None);
    let mut bytes = &mut rest[..];
    assert!(matches!(server.receive(&mut bytes, &mut output).unwrap(), Some(Event::Connected(_))));
    assert_eq!(output.len(), 16);
    assert_eq!(server.receive(&mut bytes, &mut output).unwrap(), Some(Event::Text("there".into())));

    let mut wire = [response.as_bytes(), &output].concat();
    assert!(matches!(client.receive(&mut &mut wire[..], &mut Vec::new()).unwrap(), Some(Event::Connected(_))));

    let mut client = Client::with(&offer, &ClientConfig::new()).unwrap();
    assert!(client.receive_response(&response).unwrap_err().to_string().contains("goes on behind its head"));
}
