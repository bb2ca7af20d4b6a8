//! The frame header by itself: opcodes, lengths, masks, and what is not a header (RFC 6455 §5.2).

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use hybi_frame::{Error, Header, Opcode};
use support::{OPCODES, header_bytes};

#[test]
fn the_first_byte_is_fin_reserved_bits_and_opcode() {
    for first in 0..=u8::MAX {
        let fin = first >= 0x80;
        let expected = match first & 0xF {
            opcode @ (0x3..=0x7 | 0xB..) => Err(Error::ReservedOpcode(opcode)),
            opcode => {
                let opcode = *OPCODES.iter().find(|known| known.bits() == opcode).unwrap();
                let header = Header { length: 5, mask: None, opcode, fin, rsv: first / 16 % 8 };
                let fragmented = first & 0xF >= 8 && !fin;
                if fragmented { Err(Error::ControlFragmented(opcode)) } else { Ok(Some((header, 2))) }
            }
        };
        assert_eq!(Header::decode(&[first, 5]), expected, "{first:#x}");
        assert_eq!(Header::decode(&[first]), Ok(None), "{first:#x}");
    }
}

#[test]
fn opcodes_have_their_numbers() {
    assert_eq!(OPCODES.map(Opcode::bits), [0x0, 0x1, 0x2, 0x8, 0x9, 0xA]);
    let names = ["continuation", "text", "binary", "close", "ping", "pong"];
    assert_eq!(OPCODES.map(|opcode| opcode.to_string()), names);
    for bits in 0..=u8::MAX {
        let expected = OPCODES.into_iter().find(|opcode| opcode.bits() == bits);
        assert_eq!(Opcode::from_bits(bits), expected);
        assert!(expected.is_none_or(|opcode| opcode.is_control() == (bits >= 8)));
    }
}

/// Lengths at the borders of the three forms, and how many bytes each takes.
const LENGTHS: [(u64, usize); 13] = [
    (0, 0),
    (1, 0),
    (124, 0),
    (125, 0),
    (126, 2),
    (127, 2),
    (128, 2),
    (0xFFFF, 2),
    (0x1_0000, 8),
    (0xFFFF_FFFF, 8),
    (0x1_0000_0000, 8),
    (0x1_0000_0005, 8),
    ((1 << 63) - 1, 8),
];

#[test]
fn lengths_take_the_shortest_form() {
    for (length, more) in LENGTHS {
        for header in [Header::new(Opcode::Binary, length), Header::new(Opcode::Text, length).masked([1, 2, 3, 4])] {
            let size = 2 + more + if header.mask.is_some() { 4 } else { 0 };
            let encoded = header.encode();
            assert_eq!(*encoded, header_bytes(&header));
            assert_eq!(encoded.as_ref().len(), size);
            assert_eq!(Header::decode(&encoded), Ok(Some((header, size))));
        }
    }
}

#[test]
fn headers_come_back_as_they_went_out() {
    for opcode in OPCODES {
        for bits in 0..32 {
            let (fin, rsv) = (bits & 1 == 1 || opcode.is_control(), bits >> 2);
            let mask = (bits & 2 == 2).then_some([0, 0xFF, 7, 0]);
            let header = Header { length: 125, mask, opcode, fin, rsv };
            assert_eq!(*header.encode(), header_bytes(&header));
            assert_eq!(Header::decode(&header.encode()), Ok(Some((header, header.encode().len()))));
        }
    }
    // Only three bits are reserved.
    let header = Header { rsv: 0xFF, fin: false, ..Header::new(Opcode::Continuation, 0) };
    assert_eq!(*header.encode(), [0x70, 0]);
}

#[test]
fn a_header_is_read_when_it_is_complete_and_not_before() {
    for (length, _) in LENGTHS {
        for header in [Header::new(Opcode::Binary, length), Header::new(Opcode::Binary, length).masked([9, 8, 7, 6])] {
            let mut bytes = header.encode().to_vec();
            let size = bytes.len();
            for cut in 0..size {
                assert_eq!(Header::decode(&bytes[..cut]), Ok(None), "{length}, {cut} bytes of {size}");
            }
            bytes.extend([0xAA; 20]);
            assert_eq!(Header::decode(&bytes), Ok(Some((header, size))));
        }
    }
    assert_eq!(Header::MAX_SIZE, Header::new(Opcode::Binary, u64::MAX >> 1).masked([0; 4]).encode().len());
}

#[test]
fn longer_forms_than_needed_are_refused() {
    for second in [126, 127, 0x80 | 126, 0x80 | 127] {
        for (length, more) in LENGTHS {
            let mut bytes = vec![0x82, second];
            let form = if second & 0x7F == 126 { 2 } else { 8 };
            bytes.extend(&length.to_be_bytes()[8 - form..]);
            if more < form {
                // It doesn't take the mask to know.
                assert_eq!(Header::decode(&bytes), Err(Error::LengthNotMinimal(length)), "{second} {length}");
                bytes.extend([0; 4]);
                assert_eq!(Header::decode(&bytes), Err(Error::LengthNotMinimal(length)), "{second} {length}");
            }
        }
    }
}

#[test]
fn the_highest_bit_of_a_length_is_not_set() {
    for length in [1 << 63, (1 << 63) | 5, (1 << 63) | 0x1_0000, u64::MAX] {
        for second in [127, 0x80 | 127] {
            let bytes = [&[0x82, second][..], &length.to_be_bytes()].concat();
            assert_eq!(Header::decode(&bytes), Err(Error::LengthOutOfRange(length)));
        }
    }
}

#[test]
fn control_frames_have_short_lengths() {
    for opcode in [0x88, 0x89, 0x8A] {
        let two = |length: u16| Header::decode(&[&[opcode, 126][..], &length.to_be_bytes()].concat());
        let eight = |length: u64| Header::decode(&[&[opcode, 0xFF][..], &length.to_be_bytes()].concat());
        for length in [126, 127, 65535] {
            assert_eq!(two(length), Err(Error::ControlTooLong(length.into())));
        }
        assert_eq!(eight(65536), Err(Error::ControlTooLong(65536)));
        // What is wrong with these is not how long they are.
        assert_eq!(two(125), Err(Error::LengthNotMinimal(125)));
        assert_eq!(eight(5), Err(Error::LengthNotMinimal(5)));
        assert_eq!(eight(u64::MAX), Err(Error::LengthOutOfRange(u64::MAX)));
        assert!(matches!(Header::decode(&[opcode, 125]), Ok(Some((Header { length: Header::MAX_CONTROL, .. }, 2)))));
    }
}
