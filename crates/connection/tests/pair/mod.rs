//! Two connections and the bytes between them, in memory.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use hybi_connection::{Config, Connection, Error, Event, ReadBuffer};
use hybi_version::{Role, Version};

/// What came of some reads.
#[derive(Debug, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) events: Vec<Event<'static>>,
    pub(crate) error: Option<Error>,
    pub(crate) output: Vec<u8>,
}

/// One end, which is given reads.
pub(crate) struct End {
    pub(crate) connection: Connection,
    pub(crate) output: Vec<u8>,
}

impl End {
    pub(crate) fn new(version: Version, role: Role, config: impl Into<Arc<Config>>) -> Self {
        Self { connection: Connection::new(version, role, config).unwrap(), output: Vec::new() }
    }

    /// All events of the reads, up to the first error.
    pub(crate) fn read(&mut self, reads: &[Vec<u8>]) -> Outcome {
        let mut events = Vec::new();
        for read in reads {
            let mut read = read.clone();
            let mut bytes = &mut read[..];
            loop {
                match self.connection.receive(&mut bytes, &mut self.output) {
                    Ok(Some(event)) => events.push(event.into_owned()),
                    Ok(None) => break,
                    Err(error) => {
                        return Outcome { events, error: Some(error), output: core::mem::take(&mut self.output) };
                    }
                }
            }
            assert!(bytes.is_empty(), "all is taken");
        }
        Outcome { events, error: None, output: core::mem::take(&mut self.output) }
    }

    /// The same through a buffer in which messages wait until they are whole.
    pub(crate) fn read_held(&mut self, reads: &[Vec<u8>]) -> Outcome {
        let (mut events, mut buffer) = (Vec::new(), ReadBuffer::with_size(1024));
        for read in reads.iter().flat_map(|read| read.chunks(512)) {
            buffer.space().split_at_mut(read.len()).0.copy_from_slice(read);
            let mut unread = buffer.filled(read.len());
            loop {
                match self.connection.receive_from(&mut unread, &mut self.output) {
                    Ok(Some(event)) => events.push(event.into_owned()),
                    Ok(None) => break,
                    Err(error) => {
                        let again = self.connection.receive_from(&mut unread, &mut self.output);
                        assert_eq!(again, Err(error));
                        assert!(unread.bytes().is_empty(), "nothing that comes has a meaning");
                        return Outcome { events, error: Some(error), output: core::mem::take(&mut self.output) };
                    }
                }
            }
        }
        Outcome { events, error: None, output: core::mem::take(&mut self.output) }
    }
}

/// A client's frame with a mask of zeros, so that a test can read it.
pub(crate) fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match payload.len() {
        length @ ..126 => frame.push(0x80 | u8::try_from(length).unwrap()),
        length => {
            frame.push(0x80 | 126);
            frame.extend(u16::try_from(length).unwrap().to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend_from_slice(payload);
    frame
}

/// What a server of the latest version makes of these bytes, the same however they are cut.
pub(crate) fn server_reads(bytes: &[u8]) -> Outcome {
    hybi_testkit::same_for_all_cuts(bytes, |reads| End::new(Version::Hybi17, Role::Server, Config::new()).read(reads))
}
