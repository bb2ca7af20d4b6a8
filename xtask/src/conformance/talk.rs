//! One open connection: frames go out as a case wants them, and what comes back is written down.

use core::time::Duration;
use std::time::Instant;

use crate::conformance::event::{Ending, Event, Oddity, Tcp, Who};
use crate::conformance::log::Log;
use crate::conformance::pace::Pace;
use crate::conformance::random::Random;
use crate::conformance::socket::{Arrived, End, Socket};
use crate::conformance::version::{Side, Version};
use crate::conformance::wire::base::{self, Frame};
use crate::conformance::wire::close::Close;
use crate::conformance::wire::deflate::{Codec, Params};
use crate::conformance::wire::sentinel;

/// A connection after its opening handshake.
pub(crate) struct Talk {
    pub(crate) socket: Socket,
    pub(crate) log: Log,
    pub(crate) pace: Pace,
    /// Which end the suite is.
    pub(crate) us: Side,
    pub(crate) version: Version,
    /// What was negotiated, if anything.
    pub(crate) deflate: Option<Params>,
    pub(crate) codec: Option<Codec>,
    pub(crate) random: Random,
    pub(crate) events: Vec<Event>,
    pub(crate) oddities: Vec<Oddity>,
    /// The keys with which the peer masked its frames.
    pub(crate) keys: Vec<[u8; 4]>,
    pub(crate) ending: Ending,
    /// Frames of data that made up the messages received.
    pub(crate) data_frames: usize,
    /// A message of which fragments have arrived.
    partial: Option<Partial>,
    /// More bytes than this are no message.
    pub(crate) max_message: usize,
}

struct Partial {
    is_text: bool,
    compressed: bool,
    payload: Vec<u8>,
}

/// How bytes are cut into writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chop {
    /// All frames in one write.
    Whole,
    /// A write for each frame.
    Frames,
    /// Writes of so many bytes.
    Every(usize),
}

impl Chop {
    /// For a log: how a frame is cut.
    fn describe(self) -> String {
        match self {
            Self::Whole | Self::Frames => String::new(),
            Self::Every(1) => ", byte by byte".to_owned(),
            Self::Every(count) => format!(", in pieces of {count} bytes"),
        }
    }
}

/// What came of reading on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// A frame.
    Frame,
    /// The deadline.
    Nothing,
    /// The end of the connection, or of what can be read.
    Ended,
}

impl Talk {
    pub(crate) fn new(socket: Socket, log: Log, pace: Pace, us: Side, version: Version) -> Self {
        Self {
            socket,
            log,
            pace,
            us,
            version,
            deflate: None,
            codec: None,
            random: Random::new("masks"),
            events: Vec::new(),
            oddities: Vec::new(),
            keys: Vec::new(),
            ending: Ending::default(),
            data_frames: 0,
            partial: None,
            max_message: 64 << 20,
        }
    }

    /// Uses permessage-deflate from now on.
    pub(crate) fn agree(&mut self, params: Params) {
        self.deflate = Some(params);
        self.codec = Some(Codec::new(params, self.us));
    }

    /// Sends frames. If the peer is gone this is noted, and shows in the ending.
    pub(crate) fn send(&mut self, frames: &[Frame], chop: Chop) {
        let mut bytes = Vec::new();
        for frame in frames {
            let start = bytes.len();
            frame.encode(self.us, self.random.bytes(), &mut bytes);
            if self.log.is_wanted() {
                let text = frame.describe() + &chop.describe();
                self.log.sent(text, bytes.get(start..).unwrap_or_default());
            }
            if frame.opcode == base::CLOSE && frame.rsv == 0 && frame.fin {
                self.we_close();
            }
            if chop == Chop::Frames {
                self.write(&bytes, Chop::Whole);
                bytes.clear();
            }
        }
        self.write(&bytes, chop);
    }

    /// Sends bytes as they are.
    pub(crate) fn send_bytes(&mut self, what: &str, bytes: &[u8], chop: Chop) {
        self.log.sent(what.to_owned() + &chop.describe(), bytes);
        if self.version == Version::Hybi00 && bytes.ends_with(&sentinel::CLOSE) {
            self.we_close();
        }
        self.write(bytes, chop);
    }

    /// Starts the closing handshake of the version.
    pub(crate) fn close(&mut self, code: u16) {
        match self.version {
            Version::Hybi10 | Version::Hybi17 => self.send(&[Frame::close(code)], Chop::Whole),
            Version::Hybi00 => self.send_bytes("close (FF 00)", &sentinel::CLOSE, Chop::Whole),
            Version::Hixie75 => {
                self.log.note("we end our stream, which is how hixie75 closes");
                self.we_close();
                self.socket.finish();
            }
        }
    }

    /// Reads until `enough`, the deadline, or the end.
    pub(crate) fn read_until(&mut self, deadline: Instant, enough: impl Fn(&Self) -> bool) {
        while !enough(self) && self.read(deadline) == Progress::Frame {}
    }

    /// Reads one frame.
    pub(crate) fn read(&mut self, deadline: Instant) -> Progress {
        loop {
            if matches!(self.events.last(), Some(Event::Fault(_))) {
                return Progress::Ended;
            }
            if self.take_frame() {
                return Progress::Frame;
            }
            match self.socket.fill(deadline) {
                Arrived::Bytes => {}
                Arrived::Nothing if Instant::now() < deadline => {}
                Arrived::Nothing => return Progress::Nothing,
                Arrived::Ended(end) => {
                    self.tcp_ended(end);
                    return Progress::Ended;
                }
            }
        }
    }

    /// Waits for the end of the connection, for as long as the pace allows after both ends have closed.
    pub(crate) fn finish(&mut self) {
        if self.us == Side::Server && self.ending.is_clean() {
            self.socket.finish();
        }
        let deadline = Instant::now() + self.pace.grace;
        while self.ending.tcp == Tcp::Open && self.read(deadline) == Progress::Frame {}
        if self.ending.tcp == Tcp::Open {
            self.ending.tcp = Tcp::GivenUp;
            self.log.note("the peer has not ended the TCP connection; we do");
        }
    }

    /// Whether the peer can still send something that matters.
    pub(crate) fn is_over(&self) -> bool {
        self.ending.close.is_some()
            || self.ending.bad_close.is_some()
            || self.ending.tcp != Tcp::Open
            || matches!(self.events.last(), Some(Event::Fault(_)))
    }

    fn write(&mut self, bytes: &[u8], chop: Chop) {
        let every = match chop {
            Chop::Whole | Chop::Frames => bytes.len(),
            Chop::Every(count) => count,
        };
        let patience = self.pace.timeout;
        for piece in bytes.chunks(every.max(1)) {
            if every == 1 {
                // So that the peer really gets them one by one.
                std::thread::sleep(Duration::from_micros(100));
            }
            if let Err(error) = self.socket.write(piece, patience) {
                self.log.note(format!("could not send everything: {error}"));
                return;
            }
        }
    }

    fn we_close(&mut self) {
        self.ending.we_closed = true;
        self.ending.first.get_or_insert(Who::Us);
    }

    fn tcp_ended(&mut self, end: End) {
        if self.ending.tcp != Tcp::Open {
            return;
        }
        self.ending.first.get_or_insert(Who::Peer);
        let (tcp, text) = match end {
            End::Eof => (Tcp::Ended, "the peer ended the TCP connection"),
            End::Reset => (Tcp::Reset, "the peer reset the TCP connection"),
            End::Flood => (Tcp::Reset, "the peer sends without end; we stop reading"),
        };
        self.ending.tcp = tcp;
        self.log.note(text);
        if self.version == Version::Hixie75 && self.ending.we_closed {
            self.ending.close.get_or_insert_with(Close::empty);
        }
    }

    fn fault(&mut self, what: impl Into<String>) {
        let what = what.into();
        self.log.note(format!("fault: {what}"));
        self.events.push(Event::Fault(what));
    }

    /// Takes one frame out of the inbox, if there is a whole one.
    fn take_frame(&mut self) -> bool {
        if !self.version.has_base_frames() {
            return self.take_sentinel();
        }
        match base::decode(self.socket.bytes()) {
            base::Decoded::Partial => false,
            base::Decoded::TooLong(length) => {
                self.fault(format!("the peer sent a frame that announces {length} bytes"));
                true
            }
            base::Decoded::Frame(frame) => {
                if self.log.is_wanted() {
                    let bytes = self.socket.bytes().get(..frame.size).unwrap_or_default();
                    self.log.received(frame.describe(), bytes);
                }
                self.socket.take(frame.size);
                self.note_oddities(&frame);
                match frame.opcode {
                    base::CLOSE => self.on_close(&frame.payload),
                    base::PING => self.on_ping(frame.payload),
                    base::PONG => self.events.push(Event::Pong(frame.payload)),
                    base::CONTINUATION | base::TEXT | base::BINARY => self.on_data(frame),
                    opcode => self.fault(format!("the peer sent a frame with opcode {opcode}")),
                }
                true
            }
        }
    }

    fn note_oddities(&mut self, frame: &base::Received) {
        let mut note = |oddity| {
            if !self.oddities.contains(&oddity) {
                self.oddities.push(oddity);
            }
        };
        if frame.mask.is_some() != (self.us == Side::Server) {
            note(Oddity::Mask);
        }
        if !frame.shortest {
            note(Oddity::Length);
        }
        let is_control = frame.opcode >= base::CLOSE;
        let may_be_compressed = self.codec.is_some() && !is_control && frame.opcode != base::CONTINUATION;
        if frame.rsv & if may_be_compressed { 3 } else { 7 } != 0 {
            note(Oddity::Rsv);
        }
        if is_control && (!frame.fin || frame.payload.len() > 125) {
            note(Oddity::Control);
        }
        if self.ending.close.is_some() {
            note(Oddity::AfterClose);
        }
        if self.keys.len() < 1000 {
            self.keys.extend(frame.mask);
        }
    }

    fn on_close(&mut self, payload: &[u8]) {
        self.ending.first.get_or_insert(Who::Peer);
        let answer = match Close::read(payload) {
            Ok(close) => {
                let answer = close.code.map_or_else(Vec::new, |code| code.to_be_bytes().to_vec());
                self.ending.close.get_or_insert(close);
                answer
            }
            Err(what) => {
                self.log.note(format!("the peer sent {what}"));
                self.ending.bad_close.get_or_insert(what);
                1002u16.to_be_bytes().to_vec()
            }
        };
        if !self.ending.we_closed {
            self.send(&[Frame::new(base::CLOSE, answer)], Chop::Whole);
        }
    }

    /// Pings that keep a connection alive are answered; they are no part of a case.
    fn on_ping(&mut self, payload: Vec<u8>) {
        if !self.ending.we_closed {
            self.send(&[Frame::pong(payload)], Chop::Whole);
        }
    }

    fn on_data(&mut self, frame: base::Received) {
        self.data_frames += 1;
        let compressed = self.codec.is_some() && frame.rsv & 4 != 0;
        let mut partial = match (self.partial.take(), frame.opcode) {
            (Some(partial), base::CONTINUATION) => partial,
            (Some(_), _) => return self.fault("the peer began a message inside another"),
            (None, base::CONTINUATION) => return self.fault("the peer continued no message"),
            (None, opcode) => Partial { is_text: opcode == base::TEXT, compressed, payload: Vec::new() },
        };
        if partial.payload.is_empty() {
            partial.payload = frame.payload;
        } else {
            partial.payload.extend_from_slice(&frame.payload);
        }
        if partial.payload.len() > self.max_message {
            return self.fault(format!("a message of more than {} bytes", self.max_message));
        }
        if !frame.fin {
            self.partial = Some(partial);
            return;
        }
        let payload = match (&mut self.codec, partial.compressed) {
            (Some(codec), true) => match codec.decompress(&partial.payload, self.max_message) {
                Ok(payload) => payload,
                Err(error) => return self.fault(error),
            },
            _ => partial.payload,
        };
        self.events.push(if partial.is_text { Event::Text(payload) } else { Event::Binary(payload) });
    }

    fn take_sentinel(&mut self) -> bool {
        match sentinel::decode(self.socket.bytes()) {
            sentinel::Decoded::Partial => false,
            sentinel::Decoded::TooLong => {
                self.fault("the peer sent a frame with an endless length");
                true
            }
            sentinel::Decoded::Frame(frame) => {
                let bytes = self.socket.bytes().get(..frame.size).unwrap_or_default();
                self.log.received(frame.describe(), bytes);
                self.socket.take(frame.size);
                match (frame.kind, self.version) {
                    (0x00, _) => self.events.push(Event::Text(frame.payload)),
                    (0xFF, Version::Hybi00) if frame.payload.is_empty() => {
                        self.ending.first.get_or_insert(Who::Peer);
                        self.ending.close.get_or_insert_with(Close::empty);
                        if !self.ending.we_closed {
                            self.close(1000);
                        }
                    }
                    (0xFF, Version::Hixie75) if frame.payload.is_empty() => {
                        self.log.note("hixie75 has no closing handshake; FF 00 means nothing");
                    }
                    (kind, _) => self.fault(format!("the peer sent a frame of type {kind:02X}")),
                }
                true
            }
        }
    }
}

/// A deadline from now.
pub(crate) fn after(time: Duration) -> Instant {
    Instant::now() + time
}
