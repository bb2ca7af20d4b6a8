//! The same frames to our connection and to tungstenite's: the same messages come out, and the same verdict. Where the
//! verdict differs, the difference is one of a list, each with the section that decides it.

use std::io::{self, Read, Write};

use hybi::frame::Error as FrameError;
use hybi::{Connection, ConnectionConfig, Event, Limits, Role, Version};
use tungstenite::protocol::{CloseFrame, Role as TheirRole, WebSocketConfig};
use tungstenite::{Error as TheirError, Message, WebSocket};

use crate::input::Input;

/// A role and a limit, and then frames.
pub fn check_tungstenite(data: &[u8]) {
    let mut input = Input::new(data);
    let choice = input.byte();
    let bytes = input.rest();
    let role = if choice & 1 == 0 { Role::Server } else { Role::Client };
    let limit = if choice & 2 == 0 { 4000 } else { 130 };
    let (ours, theirs) = (ours(bytes, role, limit), theirs(bytes, role, limit));
    let verdicts = format!("ours: {:?}, theirs: {:?}", ours.verdict, theirs.verdict);
    let difference = difference(&ours.verdict, &theirs.verdict);
    assert!(difference.is_some() || agree(&ours.verdict, &theirs.verdict), "{verdicts}");
    // Who goes on may hear more.
    let heard = theirs.messages.get(..ours.messages.len()).filter(|_| difference == Some(Difference::LongLength));
    assert_eq!(ours.messages, heard.unwrap_or(&theirs.messages), "{verdicts}");
}

/// Where the two may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Difference {
    /// We say what is wrong with a frame as soon as its header is there, or the byte that makes its text invalid; they wait
    /// for its end. RFC 6455 §8.1 lets an end fail at once, and §10.4 asks for a limit that is checked before the bytes come.
    Sooner,
    /// They take a length that is not in its shortest form. RFC 6455 §5.2: "the minimal number of bytes MUST be used".
    LongLength,
    /// They call a length with its highest bit set too large, we call it wrong. RFC 6455 §5.2: it "MUST be 0".
    HighestBit,
    /// They answer a close code that must not be sent as if it were 1002, and call it a close; for us it is a failure with
    /// that code. RFC 6455 §7.4.1, §7.4.2.
    CloseCode,
    /// They know no 1014. RFC 6455 §7.4.2 gives 1000 to 2999 to a registry, and there it is.
    BadGateway,
    /// A frame that breaks two rules. RFC 6455 §7.1.7 does not say which of them is to be told.
    TwoRules,
}

fn agree(ours: &Verdict, theirs: &Verdict) -> bool {
    match (ours, theirs) {
        (Verdict::Failed(ours, _), Verdict::Failed(theirs, _)) => ours == theirs,
        _ => ours == theirs,
    }
}

fn difference(ours: &Verdict, theirs: &Verdict) -> Option<Difference> {
    use Verdict::{Closed, End, Failed};
    Some(match (ours, theirs) {
        (Failed(_, Some(FrameError::LengthNotMinimal(_))), _) => Difference::LongLength,
        (Failed(1002, Some(FrameError::LengthOutOfRange(_))), Failed(1009, _)) => Difference::HighestBit,
        (Failed(_, Some(FrameError::InvalidCloseCode(_))), Closed(Some(1002))) => Difference::CloseCode,
        (Closed(Some(1014)), Closed(Some(1002))) => Difference::BadGateway,
        (Failed(..), End) => Difference::Sooner,
        (Failed(..), Failed(..)) => Difference::TwoRules,
        _ => return None,
    })
}

/// What came of the bytes.
struct Outcome {
    messages: Vec<(char, Vec<u8>)>,
    verdict: Verdict,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    /// Nothing is wrong so far.
    End,
    Closed(Option<u16>),
    /// The close code, and of ours what it was.
    Failed(u16, Option<FrameError>),
}

fn ours(bytes: &[u8], role: Role, limit: usize) -> Outcome {
    let config = ConnectionConfig::new().limits(Limits::new().frame_bytes(limit as u64).message_bytes(limit as u64));
    let mut connection = Connection::new(Version::Hybi17, role, config).expect("compiled in");
    let (mut bytes, mut output, mut messages) = (bytes.to_vec(), Vec::new(), Vec::new());
    let mut input = &mut bytes[..];
    let verdict = loop {
        messages.push(match connection.receive(&mut input, &mut output).map(|event| event.map(Event::from)) {
            Ok(Some(Event::Text(text))) => ('t', text.into_owned().into_bytes()),
            Ok(Some(Event::Binary(data))) => ('b', data.into_owned()),
            Ok(Some(Event::Ping(data))) => ('i', data.into_owned()),
            Ok(Some(Event::Pong(data))) => ('o', data.into_owned()),
            Ok(Some(Event::Close(close))) => break Verdict::Closed(close.map(|close| close.code.get())),
            Ok(Some(other)) => unreachable!("{other:?}"),
            Ok(None) => break Verdict::End,
            Err(hybi_connection::Error::Frame(error)) => break Verdict::Failed(error.close_code().get(), Some(error)),
            Err(error) => break Verdict::Failed(error.close_code().get(), None),
        });
    };
    Outcome { messages, verdict }
}

fn theirs(bytes: &[u8], role: Role, limit: usize) -> Outcome {
    let role = if role == Role::Server { TheirRole::Server } else { TheirRole::Client };
    let config =
        WebSocketConfig::default().read_buffer_size(16).max_frame_size(Some(limit)).max_message_size(Some(limit));
    let mut socket = WebSocket::from_raw_socket(Transport(bytes), role, Some(config));
    let mut messages = Vec::new();
    let verdict = loop {
        messages.push(match socket.read() {
            Ok(Message::Text(text)) => ('t', text.as_bytes().to_vec()),
            Ok(Message::Binary(data)) => ('b', data.to_vec()),
            Ok(Message::Ping(data)) => ('i', data.to_vec()),
            Ok(Message::Pong(data)) => ('o', data.to_vec()),
            Ok(Message::Close(close)) => break Verdict::Closed(close.map(|CloseFrame { code, .. }| code.into())),
            Ok(Message::Frame(frame)) => unreachable!("{frame}"),
            Err(TheirError::Protocol(tungstenite::error::ProtocolError::ResetWithoutClosingHandshake)) => {
                break Verdict::End;
            }
            Err(TheirError::Protocol(_)) => break Verdict::Failed(1002, None),
            Err(TheirError::Utf8(_)) => break Verdict::Failed(1007, None),
            Err(TheirError::Capacity(_)) => break Verdict::Failed(1009, None),
            Err(error) => unreachable!("{error}"),
        });
    };
    Outcome { messages, verdict }
}

/// The bytes, and then the end. What is written is not looked at.
struct Transport<'a>(&'a [u8]);

impl Read for Transport<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Write for Transport<'_> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
