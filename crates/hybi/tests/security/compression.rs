//! Messages that are small on the wire.

use hybi::deflate::{Config, Pool};
use hybi::{CloseCode, Connection, ConnectionConfig, Delivery, Limits, Role, Version};

use super::frame;
use crate::counting::{alone, counted};

const LIMIT: u64 = 10_000;

/// A server's connection with compression, and a message of that many zeros as a client compresses it.
fn server(delivery: Delivery) -> Connection {
    let (params, _) = Config::new().accept([Config::new().offer()]).unwrap();
    let config = ConnectionConfig::new().limits(Limits::new().message_bytes(LIMIT)).delivery(delivery);
    Connection::new(Version::Hybi17, Role::Server, config).unwrap().deflate(&params, &Pool::new(1))
}

fn bomb(size: usize) -> Vec<u8> {
    let (_, answer) = Config::new().accept([Config::new().offer()]).unwrap();
    let params = Config::new().check_answer(&answer).unwrap();
    let mut payload = Vec::new();
    params.compressor(&Pool::new(1)).compress(&vec![0; size], true, &mut payload).unwrap();
    payload
}

/// undici inflated six megabytes to one gigabyte. Here a message is inflated up to its limit and one byte more, in whatever way
/// it comes, and then the connection is closed with 1009.
#[test]
fn cve_2026_1526() {
    let _alone = alone();
    let payload = bomb(50_000_000);
    let (front, back) = payload.split_at(payload.len() / 2);
    let zlib = 200_000;
    for wire in [
        frame(0xC2, &payload),
        frame(0xC1, &payload),
        [frame(0x42, front), frame(0x80, back)].concat(),
        [frame(0x42, b""), frame(0x00, &payload)].concat(),
    ] {
        for delivery in [Delivery::Whole, Delivery::Parts] {
            for reads in [usize::MAX, 1000] {
                let mut output = Vec::new();
                let mut server = server(delivery);
                let mut bytes = wire.clone();
                let (error, count) = counted(|| {
                    bytes.chunks_mut(reads.min(wire.len())).find_map(|mut read| {
                        loop {
                            match server.receive(&mut read, &mut output) {
                                Ok(Some(_)) => {}
                                Ok(None) => break None,
                                Err(error) => break Some(error),
                            }
                        }
                    })
                });
                assert_eq!(error.unwrap().close_code(), CloseCode::TOO_BIG);
                assert!(output.starts_with(&[0x88]) && output[2..4] == 1009_u16.to_be_bytes());
                assert!(count.bytes < 4 * 10_000 + zlib, "{count:?} for {} bytes", wire.len());
            }
        }
    }
}

/// Many checked the size of a message only before it was inflated, or only after, by one number (python websockets, tornado,
/// autobahn, websocketpp, httpcomponents). Here there are two, each with its name: frames on the wire, and messages as they come
/// out; both hold for compressed and for plain ones.
#[test]
fn cve_2018_1000518() {
    let _alone = alone();
    let small =
        |frame_bytes: u64, message_bytes: u64| Limits::new().frame_bytes(frame_bytes).message_bytes(message_bytes);
    let payload = bomb(5000);
    assert!(payload.len() < 100);
    for (limits, wire, code) in [
        (small(100, 4999), frame(0xC2, &payload), Some(1009)),
        (small(100, 5000), frame(0xC2, &payload), None),
        (small(4, 5000), frame(0xC2, &payload), Some(1009)),
        (small(100, 5000), frame(0x82, &[0; 101]), Some(1009)),
        (small(200, 100), frame(0x82, &[0; 101]), Some(1009)),
        (small(100, 150), [frame(0x02, &[0; 100]), frame(0x80, &[0; 51])].concat(), Some(1009)),
        (small(100, 151), [frame(0x02, &[0; 100]), frame(0x80, &[0; 51])].concat(), None),
    ] {
        let (params, _) = Config::new().accept([Config::new().offer()]).unwrap();
        let server = Connection::new(Version::Hybi17, Role::Server, ConnectionConfig::new().limits(limits)).unwrap();
        let (mut server, mut wire) = (server.deflate(&params, &Pool::new(1)), wire);
        let error = server.receive(&mut &mut wire[..], &mut Vec::new()).err();
        assert_eq!(error.map(|error| error.close_code().get()), code, "{limits:?}");
    }
}

/// CivetWeb wrote beyond the end of a buffer when it inflated. Here memory is safe, and a stream that refers to what was never
/// sent, or that ends too early, is an error with 1007.
#[test]
fn cve_2026_29035() {
    let _alone = alone();
    let streams: [&[u8]; 6] = [
        // A match in an empty window; lengths that do not fit; a block type that there is not; codes for too much.
        &[0xF2, 0x00, 0x11, 0x00, 0x00],
        &[0x00, 0x05, 0x00, 0xFA, 0xFE, 0x48],
        &[0x06],
        &[0xFC, 0x00, 0x00],
        &[0x04, 0x00, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF],
        &[0xF2, 0x48, 0xCD],
    ];
    for stream in streams {
        let mut wire = frame(0xC2, stream);
        let error = server(Delivery::Whole).receive(&mut &mut wire[..], &mut Vec::new()).unwrap_err();
        assert_eq!(error.close_code(), CloseCode::INVALID_DATA, "{stream:02x?}");
    }
    for seed in 0..2000 {
        let mut random = hybi_testkit::Random::new(seed);
        let length = random.below(60);
        let mut wire = frame(0xC2, &random.bytes(length));
        let _ = server(Delivery::Whole).receive(&mut &mut wire[..], &mut Vec::new());
    }
}
