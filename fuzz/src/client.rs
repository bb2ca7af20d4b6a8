//! A whole client, from its request to the last byte, in any cuts.

use hybi::deflate::Pool;
use hybi::http::Extension;
use hybi::{Client, ClientConfig, ConnectionConfig, Delivery, Limits, Offer, Url, Version};
use hybi_testkit::{random, same_for_random_cuts};

use crate::compression;
use crate::end::{Said, run};
use crate::headers::limits;
use crate::input::Input;

/// What is offered, a seed for cuts, and then an answer and frames.
pub fn check_client(data: &[u8]) {
    let mut input = Input::new(data);
    let (choice, more) = (input.byte(), input.byte());
    let offer = offer(choice);
    let options = options(more, &mut input);
    let seed = input.byte();
    let bytes = input.rest();
    let outcome = same_for_random_cuts(bytes, seed.into(), 2, |reads| {
        run(Client::with(&offer, &options).expect("a good offer"), reads, 200_000)
    });
    let connected = outcome.said.iter().any(|said| matches!(said, Said::Other(text) if text.starts_with("Connected")));
    let messages = outcome.said.iter().any(|said| !matches!(said, Said::Other(_) | Said::Body(_)));
    assert!(connected || !messages, "nothing is said before the handshake is done");
    assert!(connected || outcome.output.is_empty());
}

/// An offer whose keys are the same each time, so that a seed can have the answer to them.
pub(crate) fn offer(choice: u8) -> Offer {
    let version = Version::ALL[usize::from(choice & 3)];
    let offer = Offer::new(Url::parse("ws://server.example.com/chat").expect("a good one"))
        .version(version)
        .origin("http://example.com")
        .random(random::counting)
        .limits(limits(choice >> 5));
    let offer = if choice & 4 == 4 { offer.subprotocol("chat") } else { offer };
    if choice & 8 == 8 && version.can().extensions {
        offer.extension(Extension::new("x-test").expect("a token"))
    } else {
        offer
    }
}

fn options(choice: u8, input: &mut Input<'_>) -> ClientConfig {
    let connection = ConnectionConfig::new()
        .limits(Limits::new().message_bytes(5000).output_bytes(usize::MAX))
        .delivery(if choice & 1 == 0 { Delivery::Whole } else { Delivery::Parts })
        .auto_pong(choice & 2 == 0)
        .random(|bytes| bytes.copy_from_slice(&[9, 8, 7, 6]));
    let options = ClientConfig::new().connection(connection);
    if choice & 4 == 4 { options.deflate(compression::config(input), &Pool::new(1)) } else { options }
}
