//! The recorded exchanges are all there and are what their names say.

use hybi_testkit::transcripts::unescape;
use hybi_testkit::{Side, Transcript};

#[test]
fn all_files_are_read() {
    let count = |version| Transcript::of(version).len();
    assert_eq!([count("hixie75"), count("hybi00"), count("hybi10"), count("hybi17")], [5, 13, 17, 33]);
    assert_eq!(Transcript::all().len(), 68);
}

#[test]
fn each_is_a_handshake_and_an_end() {
    for transcript in Transcript::all() {
        let name = transcript.name();
        assert!(transcript.client_bytes().starts_with(b"GET "), "{name}");
        assert!(transcript.server_bytes().starts_with(b"HTTP/1.1 101 "), "{name}");
        assert_eq!(transcript.chunks[0].side, Side::Client, "{name}");
        assert_eq!(transcript.ends.len(), 2, "{name}");
        assert!(transcript.program(Side::Client).is_some() && transcript.program(Side::Server).is_some(), "{name}");
        assert!(!transcript.peer.is_empty() && !transcript.comments.is_empty(), "{name}");
    }
}

#[test]
fn each_speaks_its_version() {
    let says = |transcript: &Transcript, line: &str| {
        let head = transcript.client_bytes();
        String::from_utf8_lossy(&head).to_ascii_lowercase().contains(&format!("\r\n{line}"))
    };
    for transcript in Transcript::all() {
        let (number, keys) = (says(&transcript, "sec-websocket-version: "), says(&transcript, "sec-websocket-key1: "));
        match transcript.version {
            "hixie75" => assert!(!number && !keys, "{}", transcript.name()),
            "hybi00" => assert!(!number && keys, "{}", transcript.name()),
            "hybi10" => assert!(says(&transcript, "sec-websocket-version: 8\r\n"), "{}", transcript.name()),
            _ => assert!(says(&transcript, "sec-websocket-version: 13\r\n"), "{}", transcript.name()),
        }
    }
}

#[test]
fn the_files_name_no_path() {
    for transcript in Transcript::all() {
        for comment in &transcript.comments {
            assert!(!comment.contains('/'), "{}: {comment}", transcript.name());
        }
    }
}

#[test]
fn chunks_join_their_lines() {
    let all = Transcript::of("hixie75");
    let perl = all.iter().find(|transcript| transcript.name() == "hixie75/client-perl").unwrap();
    let lengths: Vec<_> = perl.chunks.iter().map(|chunk| (chunk.side, chunk.bytes.len())).collect();
    assert_eq!(lengths[2..], [(Side::Client, 16), (Side::Server, 16)]);
    assert_eq!(perl.chunks[2].bytes, b"\x00hello hixie-75\xff");
    assert!(perl.chunks[0].bytes.ends_with(b"\r\n\r\n"));
}

#[test]
fn escapes() {
    assert_eq!(unescape(r#"a\r\n\t\"\\\x00\xfF'"#), Some(b"a\r\n\t\"\\\x00\xff'".to_vec()));
    for wrong in [r"\", r"\q", r"\x", r"\x0", r"\xg0", "\"", "\n", "é"] {
        assert_eq!(unescape(wrong), None, "{wrong}");
    }
}

#[test]
#[should_panic(expected = "no such version")]
fn an_unknown_version_is_refused() {
    let _ = Transcript::of("hybi99");
}
