//! A connection after its handshake, in any cuts, whole and in halves, by messages and by parts.

use hybi::deflate::{Params, Pool};
use hybi::{Connection, ConnectionConfig, Delivery, Kind, Limits, ReadBuffer, Role, Version};
use hybi_testkit::same_for_random_cuts;
use hybi_version::Wire;

use crate::compression;
use crate::end::{Held, Outcome, Said, run};
use crate::input::Input;

/// A setup, a seed for cuts, and then frames.
pub fn check_connection(data: &[u8]) {
    let mut input = Input::new(data);
    let setup = Setup::of(&mut input);
    let seed = input.byte();
    let bytes = input.rest();
    let whole = same_for_random_cuts(bytes, seed.into(), 2, |reads| setup.run(reads, Delivery::Whole));
    let parts = same_for_random_cuts(bytes, seed.into(), 2, |reads| setup.run(reads, Delivery::Parts));
    // In parts the same is said.
    assert_eq!(
        (whole.error, whole.output, whole.state, whole.eof),
        (parts.error, parts.output, parts.state, parts.eof)
    );
    let replaced = parts.said.into_iter().map(|said| replaced(setup.version, said));
    assert_eq!(whole.said, replaced.collect::<Vec<_>>());
    // Invalid bytes of the old versions grow to three (hybi-00 §5.3).
    let most = setup.config.limits.message_bytes * if setup.version.wire() == Wire::Sentinel { 3 } else { 1 };
    for said in &whole.said {
        assert!(!matches!(said, Said::Message { reserved: 0, data, .. } if data.len() as u64 > most), "too large");
    }
    small_output(&setup, bytes);
}

/// Where hardly anything may wait in the output, only pongs are fewer.
fn small_output(setup: &Setup, bytes: &[u8]) {
    let limits = setup.config.limits.output_bytes(usize::from(setup.choice));
    let small = Setup { config: setup.config.clone().limits(limits), ..setup.clone() };
    let reads = [bytes.to_vec()];
    let (with, without) = (small.run(&reads, Delivery::Whole), setup.run(&reads, Delivery::Whole));
    assert_eq!((with.said, with.error, with.eof), (without.said, without.error, without.eof));
    assert!(with.output.len() <= without.output.len());
}

/// A version, a role and limits.
#[derive(Clone, Debug)]
struct Setup {
    version: Version,
    role: Role,
    config: ConnectionConfig,
    deflate: Option<Params>,
    choice: u8,
}

impl Setup {
    fn of(input: &mut Input<'_>) -> Self {
        let (choice, more) = (input.byte(), input.byte());
        let version = Version::ALL[usize::from(choice & 3)];
        let role = if choice & 4 == 0 { Role::Server } else { Role::Client };
        let limits = match choice >> 3 & 3 {
            0 => Limits::new().message_bytes(5000),
            1 => Limits::new().message_bytes(300).fragments(3),
            2 => Limits::new().frame_bytes(200).message_bytes(1000),
            _ => Limits::new().message_bytes(0),
        };
        let config = ConnectionConfig::new()
            .limits(limits.output_bytes(usize::MAX))
            .auto_pong(choice & 32 == 0)
            .extension_bits(if more & 1 == 1 { more >> 1 } else { 0 })
            .random(|bytes| bytes.copy_from_slice(&[1, 2, 3, 4]));
        let deflate = (choice & 64 == 64 && version.can().extensions).then(|| {
            let (client, server) = (compression::config(input), compression::config(input));
            let (of_server, answer) = server.accept([client.offer()]).expect("our own offer");
            if role == Role::Server { of_server } else { client.check_answer(&answer).expect("our own answer") }
        });
        Self { version, role, config, deflate, choice }
    }

    fn run(&self, reads: &[Vec<u8>], delivery: Delivery) -> Outcome {
        let most = 2 * usize::try_from(self.config.limits.message_bytes).expect("a small limit") + 1024;
        let connection = || {
            let config = self.config.clone().delivery(delivery);
            let connection = Connection::new(self.version, self.role, config).expect("compiled in");
            match &self.deflate {
                Some(params) => connection.deflate(params, &Pool::new(1)),
                None => connection,
            }
        };
        let outcome = run(connection(), reads, if self.deflate.is_some() { most + DEFLATE } else { most });
        if reads.len() == 1 {
            let half = run(connection().split().0, reads, most);
            assert_eq!(half, outcome, "a half receives as a whole connection does");
        }
        if self.deflate.is_none() {
            let held = run(Held(connection(), ReadBuffer::with_size(0)), reads, most);
            assert_eq!(held, outcome, "a buffer changes nothing");
        }
        outcome
    }
}

/// What a decompressor holds within a message: its state and a window.
const DEFLATE: usize = 48 * 1024 + 32 * 1024 + 512;

/// Text in the old versions comes in parts as it was sent, and else with invalid bytes replaced (hybi-00 §5.3).
fn replaced(version: Version, said: Said) -> Said {
    match said {
        Said::Message { kind: Kind::Text, reserved, data } if version.wire() == Wire::Sentinel => {
            let data = String::from_utf8_lossy(&data).into_owned().into_bytes();
            Said::Message { kind: Kind::Text, reserved, data }
        }
        said => said,
    }
}
