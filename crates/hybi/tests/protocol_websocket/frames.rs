//! The frames of hybi-10 and RFC 6455, both ways. Perl has one kind of end; here the bytes without a mask go to a client, and
//! those with one to a server, as RFC 6455 §5.1 has it.

use hybi::frame::{Error as FrameError, Header, Opcode, encode_frame};
use hybi::{CloseCode, Connection, ConnectionConfig, ConnectionError, ConnectionEvent, Kind, Limits, Role, Version};
use hybi_testkit::same_for_random_cuts;

type Heard = Result<Vec<(u8, Vec<u8>)>, ConnectionError>;

const VERSIONS: [Version; 2] = [Version::Hybi10, Version::Hybi17];

fn open(version: Version, role: Role, limits: Limits) -> Connection {
    let config =
        ConnectionConfig::new().limits(limits).random(|bytes| bytes.copy_from_slice(&[0x37, 0xfa, 0x21, 0x3d]));
    Connection::new(version, role, config).unwrap()
}

/// What an end hears, opcode and payload, or what is wrong; the same in all cuts.
fn heard(version: Version, role: Role, bytes: &[u8]) -> Heard {
    heard_within(Limits::new(), version, role, bytes)
}

fn heard_within(limits: Limits, version: Version, role: Role, bytes: &[u8]) -> Heard {
    same_for_random_cuts(bytes, 17, 20, |reads| {
        let (mut connection, mut output) = (open(version, role, limits), Vec::new());
        let mut log = Vec::new();
        for read in reads {
            let mut read = read.clone();
            let mut input = &mut read[..];
            loop {
                match connection.receive(&mut input, &mut output) {
                    Ok(None) => break,
                    Ok(Some(ConnectionEvent::Text(text))) => log.push((1, text.as_bytes().to_vec())),
                    Ok(Some(ConnectionEvent::Binary(data))) => log.push((2, data.to_vec())),
                    Ok(Some(ConnectionEvent::Ping(data))) => log.push((9, data.to_vec())),
                    Ok(Some(ConnectionEvent::Pong(data))) => log.push((10, data.to_vec())),
                    Err(error) => return Err(error),
                    other => panic!("{other:?}"),
                }
            }
        }
        Ok(log)
    })
}

fn frame(header: &[u8], payload: &[u8]) -> Vec<u8> {
    [header, payload].concat()
}

#[test]
fn received() {
    let hello = |opcode| (opcode, b"Hello".to_vec());
    let (half, rest, ping) = (frame(&[1, 3], b"Hel"), frame(&[0x80, 2], b"lo"), frame(&[0x89, 5], b"Hello"));
    let whole = frame(&[0x81, 5], b"Hello");
    let cases = [
        (Role::Client, whole.clone(), vec![hello(1)]),
        (Role::Client, [whole.clone(), whole].concat(), vec![hello(1), hello(1)]),
        (Role::Server, b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58".to_vec(), vec![hello(1)]),
        (Role::Client, half.clone(), vec![]),
        (Role::Client, [half.clone(), rest.clone()].concat(), vec![hello(1)]),
        (Role::Client, [half, ping.clone(), rest].concat(), vec![hello(9), hello(1)]),
        (Role::Client, ping, vec![hello(9)]),
        (Role::Client, frame(&[0x8a, 5], b"Hello"), vec![hello(10)]),
        (Role::Client, frame(&[0x82, 0x7e, 1, 0], &[5; 256]), vec![(2, vec![5; 256])]),
        (Role::Client, frame(&[0x82, 0x7f, 0, 0, 0, 0, 0, 1, 0, 0], &[5; 65536]), vec![(2, vec![5; 65536])]),
        (
            Role::Client,
            [frame(&[2, 5], b"Hello"), frame(&[0, 2], b", "), frame(&[0x80, 6], b"World!")].concat(),
            vec![(2, b"Hello, World!".to_vec())],
        ),
        (Role::Client, frame(&[0x81, 12], "привет".as_bytes()), vec![(1, "привет".into())]),
    ];
    for version in VERSIONS {
        for (role, bytes, expected) in &cases {
            assert_eq!(heard(version, *role, bytes).as_ref(), Ok(expected), "{version} {}", bytes.escape_ascii());
        }
    }
}

/// Perl takes 64 KiB and 128 fragments at most; here both are limits to be set. Perl lets a message begin inside of another
/// until there are too many, which RFC 6455 §5.4 forbids at once.
#[test]
fn too_much() {
    for version in VERSIONS {
        let large = frame(&[0x82, 0x7f, 0, 0, 0, 0, 0, 0x10, 0, 0], &[5; 65537]);
        let limits = Limits::new().frame_bytes(65536);
        let error = ConnectionError::Frame(FrameError::FrameTooLarge { size: 1 << 20, limit: 65536 });
        assert_eq!(heard_within(limits, version, Role::Client, &large), Err(error));

        let fragments = [frame(&[1, 3], b"Hel"), frame(&[0, 3], b"Hel").repeat(128)].concat();
        let limits = Limits::new().fragments(128);
        let error = ConnectionError::TooManyFragments { limit: 128 };
        assert_eq!(heard_within(limits, version, Role::Client, &fragments), Err(error));
        let again = frame(&[1, 3], b"Hel").repeat(2);
        let error = ConnectionError::Frame(FrameError::ContinuationExpected(Opcode::Text));
        assert_eq!(heard(version, Role::Client, &again), Err(error));
    }
}

#[test]
fn sent() {
    type Send = fn(&mut Connection, &mut Vec<u8>) -> Result<(), hybi::SendError>;
    let cases: [(Role, Send, Vec<u8>); 7] = [
        (Role::Server, |end, out| end.send_text("Hello", out), frame(&[0x81, 5], b"Hello")),
        (
            Role::Client,
            |end, out| end.send_text("Hello", out),
            b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58".to_vec(),
        ),
        (Role::Server, |end, out| end.send_ping(b"Hello", out), frame(&[0x89, 5], b"Hello")),
        (Role::Server, |end, out| end.send_binary(&[5; 256], out), frame(&[0x82, 0x7e, 1, 0], &[5; 256])),
        (
            Role::Server,
            |end, out| end.send_binary(&[5; 65536], out),
            frame(&[0x82, 0x7f, 0, 0, 0, 0, 0, 1, 0, 0], &[5; 65536]),
        ),
        (Role::Server, |end, out| end.send_text_part("Hello", false, out), frame(&[1, 5], b"Hello")),
        (
            Role::Server,
            |end, out| end.send_binary_part(b"", false, out).and_then(|()| end.send_binary_part(b"Hello", true, out)),
            frame(&[2, 0, 0x80, 5], b"Hello"),
        ),
    ];
    for version in VERSIONS {
        for (role, send, expected) in &cases {
            let mut output = Vec::new();
            send(&mut open(version, *role, Limits::new()), &mut output).unwrap();
            assert_eq!(&output, expected, "{version}");
        }
    }
}

/// Whoever writes an extension sets the reserved bits in the header that the connection gives.
#[test]
fn reserved_bits_sent() {
    let mut end = open(Version::Hybi17, Role::Server, Limits::new());
    for (rsv, first) in
        [(0, 0x81), (0b001, 0x91), (0b010, 0xa1), (0b100, 0xc1), (0b101, 0xd1), (0b110, 0xe1), (0b111, 0xf1)]
    {
        let text = "☺".as_bytes();
        let header = Header { rsv, ..end.send_header(Kind::Text, text.len() as u64, true).unwrap() };
        let mut output = Vec::new();
        encode_frame(&header, text, &mut output);
        assert_eq!(output[0], first);
    }
}

/// Perl reads them as it reads others. Here one that is set fails the connection, unless an extension uses it.
#[test]
fn reserved_bits_received() {
    let text = "☺".as_bytes();
    for (rsv, first) in (0..8).zip([0x81, 0x91, 0xa1, 0xb1, 0xc1, 0xd1, 0xe1, 0xf1]) {
        let mut bytes = frame(&[first, 3], text);
        let expected = match rsv {
            0 => Ok(vec![(1, text.to_vec())]),
            _ => Err(ConnectionError::Frame(FrameError::ReservedBits(rsv))),
        };
        assert_eq!(heard(Version::Hybi17, Role::Client, &bytes), expected);

        let config = ConnectionConfig::new().extension_bits(0b111);
        let mut connection = Connection::new(Version::Hybi17, Role::Client, config).unwrap();
        match (rsv, connection.receive(&mut &mut bytes[..], &mut Vec::new()).unwrap()) {
            (0, Some(ConnectionEvent::Text(text))) => assert_eq!(text, "☺"),
            (_, Some(ConnectionEvent::Part(part))) => assert_eq!((part.kind, part.rsv), (Kind::Text, rsv)),
            (_, other) => panic!("{other:?}"),
        }
    }
}

/// Perl reads bytes with a mask and without one alike, and a close whatever is in it.
#[test]
fn refused() {
    let cases: [(Role, &[u8], FrameError); 3] = [
        (Role::Server, b"\x81\x05Hello", FrameError::MaskMissing),
        (Role::Client, b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", FrameError::MaskUnexpected),
        (Role::Client, b"\x88\x05Hello", FrameError::InvalidCloseCode(CloseCode::new(0x4865))),
    ];
    for (role, bytes, expected) in cases {
        assert_eq!(heard(Version::Hybi17, role, bytes), Err(ConnectionError::Frame(expected)));
    }
}

/// Frame by frame, without a connection that minds what may follow what.
#[test]
fn each_opcode_sent() {
    let opcodes = [Opcode::Continuation, Opcode::Text, Opcode::Binary, Opcode::Close, Opcode::Ping, Opcode::Pong];
    for (opcode, first) in opcodes.into_iter().zip([0x80, 0x81, 0x82, 0x88, 0x89, 0x8a]) {
        let (header, mut output) = (Header::new(opcode, 5), Vec::new());
        encode_frame(&header, b"Hello", &mut output);
        assert_eq!(output, frame(&[first, 5], b"Hello"));
        assert_eq!(Header::decode(&output), Ok(Some((header, 2))));
    }
    let mut output = Vec::new();
    encode_frame(&Header::new(Opcode::Ping, 6).masked([1, 2, 3, 4]), b"Foobar", &mut output);
    assert_eq!(heard(Version::Hybi17, Role::Server, &output), Ok(vec![(9, b"Foobar".to_vec())]));
}
