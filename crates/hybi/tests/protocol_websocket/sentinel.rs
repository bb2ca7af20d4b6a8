//! The frames of hybi-00, both ways.

use hybi::{Connection, ConnectionConfig, Role, SendError, Version};
use hybi_testkit::same_for_all_cuts;

/// What a server understands of these bytes, and what it writes; the same in all cuts.
fn heard(bytes: &[u8]) -> (Vec<String>, Vec<u8>) {
    same_for_all_cuts(bytes, |reads| {
        let mut connection = Connection::new(Version::Hybi00, Role::Server, ConnectionConfig::new()).unwrap();
        let (mut log, mut output) = (Vec::new(), Vec::new());
        for read in reads {
            let mut read = read.clone();
            let mut input = &mut read[..];
            while let Some(event) = connection.receive(&mut input, &mut output).unwrap() {
                log.push(crate::pair::name(&event.into()));
            }
        }
        (log, output)
    })
}

/// Perl searches for the next `00`, whatever comes before it. To hybi-00 §5.3 each byte where a frame begins is a type: one
/// below `80` other than `00` goes to the next `FF` and means nothing.
#[test]
fn received() {
    let cases: [(&[u8], &[&str]); 8] = [
        (b"", &[]),
        (b"\x00foo\xff", &["text foo"]),
        (b"\x00\xff", &["text "]),
        (b"\xff\x00", &["close"]),
        (b"\x00foo\xff\x00bar\n\xff", &["text foo", "text bar\n"]),
        (b"\x00\xe2\x98\xba\xff", &["text ☺"]),
        (b"qwe\x00foo\xff", &[]),
        (b"123\x00foo\xff56\x00bar\xff789", &[]),
    ];
    for (bytes, expected) in cases {
        assert_eq!(heard(bytes).0, expected, "{}", bytes.escape_ascii());
    }
    assert_eq!(heard(b"qwe\xff\x00foo\xff").0, ["text foo"]);
}

/// Perl reads on after the close, and leaves the answer to the caller. hybi-00 §5.3 has the server answer it, and nothing
/// comes after it.
#[test]
fn nothing_comes_after_the_close() {
    assert_eq!(heard(b"\xff\x00\x00foo\xff"), (vec!["close".to_owned()], b"\xff\x00".to_vec()));
}

/// Perl writes an empty text for a ping, which the other end takes for a message. There is no ping here.
#[test]
fn sent() {
    let mut connection = Connection::new(Version::Hybi00, Role::Server, ConnectionConfig::new()).unwrap();
    let mut output = Vec::new();
    connection.send_text("", &mut output).unwrap();
    connection.send_text("☺", &mut output).unwrap();
    let unsupported = connection.send_ping(b"", &mut output);
    assert!(matches!(unsupported, Err(SendError::Unsupported { .. })), "{unsupported:?}");
    connection.send_close(None, &mut output).unwrap();
    assert_eq!(output, b"\x00\xff\x00\xe2\x98\xba\xff\xff\x00");
}
