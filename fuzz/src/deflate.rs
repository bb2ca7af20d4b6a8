//! permessage-deflate: what is agreed on, what comes, and what goes.

use hybi::deflate::{Config, Decompressor, Error, Params, Pool, WindowBits};
use hybi::http::{Extension, extensions};
use hybi_testkit::same_for_random_cuts;

use crate::compression::{self, second_opinion};
use crate::input::Input;

/// What both ends want, and then an offer or an answer of somebody else.
pub fn check_deflate_negotiate(data: &[u8]) {
    let mut input = Input::new(data);
    let (client, server) = (compression::config(&mut input), compression::config(&mut input));
    agreed(&client, &server, &client.offer()).expect("our own offers are valid");
    for extension in extensions([input.rest()]).map_while(Result::ok) {
        let answered = agreed(&client, &server, &extension);
        assert!(answered.is_none() || extension.name() == Config::NAME);
        if let Ok(params) = client.check_answer(&extension) {
            assert_eq!(extension.name(), Config::NAME);
            assert!(params.client_max_window_bits() <= WindowBits::MAX);
        }
    }
}

/// What a server makes of an offer; a client that made it takes the answer, and both mean the same.
fn agreed(client: &Config, server: &Config, offer: &Extension<'_>) -> Option<()> {
    let (of_server, answer) = server.accept([offer])?;
    let text = answer.to_string();
    assert_eq!(Extension::parse(&text).as_ref(), Ok(&answer), "{text}");
    if *offer == client.offer() {
        let of_client = client.check_answer(&answer).expect("an answer to our offer");
        assert_eq!(facts(&of_client), facts(&of_server));
    }
    Some(())
}

fn facts(params: &Params) -> (bool, bool, WindowBits, WindowBits) {
    (
        params.server_no_context_takeover(),
        params.client_no_context_takeover(),
        params.server_max_window_bits(),
        params.client_max_window_bits(),
    )
}

/// How to decompress, a seed for cuts, and then a message.
pub fn check_deflate_decompress(data: &[u8]) {
    let mut input = Input::new(data);
    let (choice, seed) = (input.byte(), input.byte());
    let bytes = input.rest();
    let limit = [65_536, 100, 5, 0][usize::from(choice & 3)];
    let bits = WindowBits::new(8 + (choice >> 2 & 7)).expect("8 to 15");
    let (takeover, pool) = (choice & 32 == 0, Pool::new(1));
    let outcome = same_for_random_cuts(bytes, seed.into(), 4, |reads| {
        let mut decompressor = Decompressor::new(bits, takeover, &pool);
        let mut output = Vec::new();
        for read in reads {
            decompressor
                .decompress(read, false, limit, &mut output)
                .map_err(|error| stays(&mut decompressor, error))?;
            assert!(output.len() <= limit && output.capacity() <= 2 * limit + 512);
        }
        match decompressor.decompress(&[], true, limit, &mut output) {
            Ok(()) => Ok(output),
            Err(error) => Err(stays(&mut decompressor, error)),
        }
    });
    let mut whole = Vec::new();
    let at_once = Decompressor::new(bits, takeover, &pool).decompress(bytes, true, limit, &mut whole);
    assert_eq!(at_once.map(|()| whole), outcome);
    if let Ok(output) = outcome
        && bits == WindowBits::MAX
    {
        assert_eq!(second_opinion(bytes, limit), Some(output));
    }
}

/// The error, after which there is no way on.
fn stays(decompressor: &mut Decompressor, error: Error) -> Error {
    assert_eq!(decompressor.decompress(&[0], true, 10, &mut Vec::new()).as_ref(), Err(&error));
    assert_eq!(decompressor.retained_bytes(), 0);
    error
}

/// What both ends want, a seed for cuts, and then messages in parts.
pub fn check_deflate_round_trip(data: &[u8]) {
    let mut input = Input::new(data);
    let (client, server) = (compression::config(&mut input), compression::config(&mut input));
    let (of_server, answer) = server.accept([client.offer()]).expect("our own offer");
    let of_client = client.check_answer(&answer).expect("an answer to our offer");
    let (pool, from_client, seed) = (Pool::new(input.below(3)), input.flag(), input.byte());
    let (sender, receiver) = if from_client { (of_client, of_server) } else { (of_server, of_client) };
    let (mut compressor, mut decompressor) = (sender.compressor(&pool), receiver.decompressor(&pool));
    let mut other = sender.compressor(&pool);
    while !input.is_empty() {
        let (choice, message) = (input.byte(), compression::message(&mut input));
        let mut payload = Vec::new();
        let compressed = if choice & 1 == 0 {
            compressor.try_compress(&message, &mut payload).expect("it never fails")
        } else {
            for part in message.chunks(1 + usize::from(choice)) {
                compressor.compress(part, false, &mut payload).expect("it never fails");
                if choice & 2 == 2 {
                    compressor.flush(&mut payload).expect("it never fails");
                }
            }
            compressor.compress(&[], true, &mut payload).expect("it never fails");
            true
        };
        if choice & 4 == 4 {
            compressor.forget();
        }
        if choice & 8 == 8 {
            // Another connection takes the state that this one gave back.
            other
                .try_compress(b"what another connection says, again and again, and again and again", &mut Vec::new())
                .expect("it never fails");
        }
        if !compressed {
            assert!(payload.is_empty());
            continue;
        }
        let mut output = Vec::new();
        for part in payload.chunks(1 + usize::from(seed)) {
            decompressor.decompress(part, false, message.len(), &mut output).expect("what we compressed");
        }
        decompressor.decompress(&[], true, message.len(), &mut output).expect("what we compressed");
        assert_eq!(output, message);
    }
    let forgets =
        if from_client { receiver.client_no_context_takeover() } else { receiver.server_no_context_takeover() };
    assert!(decompressor.retained_bytes() <= if forgets { 0 } else { 40_000 }, "a window at most");
}
