//! An echo peer after its opening handshake, in the versions with opcodes.

use core::time::Duration;

use crate::conformance::random::Random;
use crate::conformance::selftest::defect::Defect;
use crate::conformance::socket::{Arrived, Socket};
use crate::conformance::talk::after;
use crate::conformance::version::Side;
use crate::conformance::wire::base::{self, Form, Frame, Header, Masking};
use crate::conformance::wire::close::Close;
use crate::conformance::wire::deflate::Codec;

/// The peer.
pub(crate) struct Engine {
    pub(crate) socket: Socket,
    pub(crate) side: Side,
    pub(crate) defect: Defect,
    pub(crate) codec: Option<Codec>,
    pub(crate) random: Random,
    /// The first message that arrives, kept instead of sent back: for a driver's questions.
    pub(crate) keeps: Option<Vec<u8>>,
    message: Option<Message>,
    closed: bool,
}

struct Message {
    opcode: u8,
    compressed: bool,
    payload: Vec<u8>,
    /// Bytes at the front that are UTF-8.
    checked: usize,
    fragments: usize,
}

/// Why the connection is failed.
type Failure = u16;

impl Engine {
    pub(crate) fn new(socket: Socket, side: Side, defect: Defect, codec: Option<Codec>) -> Self {
        let random = Random::new(&format!("{side} {:?}", std::time::Instant::now()));
        Self { socket, side, defect, codec, random, keeps: None, message: None, closed: false }
    }

    /// Echoes until the connection ends.
    pub(crate) fn run(&mut self) {
        loop {
            match self.step() {
                Ok(true) => continue,
                Ok(false) => {}
                Err(code) => {
                    if self.defect != Defect::DropsSilently && !self.closed {
                        self.send(Frame::close(code));
                    }
                    self.closed = true;
                }
            }
            if self.closed {
                return self.end();
            }
            if self.defect == Defect::WholeFrames {
                self.socket.take(usize::MAX / 2);
            }
            match self.socket.fill(after(Duration::from_secs(60))) {
                Arrived::Bytes => {}
                Arrived::Nothing | Arrived::Ended(_) => return self.end(),
            }
        }
    }

    fn end(&mut self) {
        if self.defect == Defect::KeepsTcp {
            std::thread::sleep(Duration::from_secs(3));
        }
        if self.side == Side::Server || !self.closed {
            self.socket.finish();
        }
        // What is on its way is read, so that no reset overtakes what was sent.
        let deadline = after(Duration::from_millis(500));
        while self.socket.fill(deadline) == Arrived::Bytes {
            self.socket.take(usize::MAX / 2);
        }
    }

    /// Handles a frame, or what is there of one; false if there is no whole one.
    fn step(&mut self) -> Result<bool, Failure> {
        if self.closed {
            return Ok(false);
        }
        let Some(header) = base::header(self.socket.bytes()) else { return Ok(false) };
        self.check(&header)?;
        match base::decode(self.socket.bytes()) {
            base::Decoded::Frame(frame) => {
                self.socket.take(frame.size);
                self.frame(header, frame.payload)?;
                Ok(true)
            }
            base::Decoded::Partial => self.peek(&header).map(|()| false),
            base::Decoded::TooLong(_) if self.defect == Defect::WaitsForLength => Ok(false),
            base::Decoded::TooLong(_) => Err(1009),
        }
    }

    fn check(&self, header: &Header) -> Result<(), Failure> {
        let is = |defect| self.defect == defect;
        let is_control = header.opcode >= base::CLOSE;
        let starts = matches!(header.opcode, base::TEXT | base::BINARY);
        let allowed = if self.codec.is_some() && (starts || is(Defect::CompressedControl)) { 4 } else { 0 };
        let wrong = [
            header.rsv & !allowed != 0 && !is(Defect::AnyRsv),
            matches!(header.opcode, 3..=7 | 11..) && !is(Defect::AnyOpcode),
            is_control && header.length > 125,
            is_control && !header.fin && !(is(Defect::FragmentedPing) && header.opcode == base::PING),
            header.mask.is_some() != (self.side == Side::Server) && !is(Defect::AnyMask),
            !header.shortest && !is(Defect::AnyForm),
            header.length >> 63 != 0 && !is(Defect::WaitsForLength),
            starts && self.message.is_some(),
            header.opcode == base::CONTINUATION
                && self.message.is_none()
                && !matches!(self.defect, Defect::StrayContinuation | Defect::FragmentedPing),
        ];
        if wrong.contains(&true) {
            return Err(1002);
        }
        let collected = self.message.as_ref().map_or(0, |message| message.payload.len());
        let limit = if is(Defect::SmallLimit) { 200_000 } else { base::MAX_PAYLOAD };
        if header.length.saturating_add(collected as u64) > limit && !is(Defect::WaitsForLength) {
            return Err(1009);
        }
        Ok(())
    }

    /// Looks at the text in a part of a frame.
    fn peek(&self, header: &Header) -> Result<(), Failure> {
        if matches!(self.defect, Defect::AnyUtf8 | Defect::LateUtf8) || header.rsv != 0 {
            return Ok(());
        }
        let mut text = match (&self.message, header.opcode) {
            (None, base::TEXT) => Vec::new(),
            (Some(message), base::CONTINUATION) if message.opcode == base::TEXT && !message.compressed => {
                message.payload.get(message.checked..).unwrap_or_default().to_vec()
            }
            _ => return Ok(()),
        };
        let mut part = self.socket.bytes().get(header.size..).unwrap_or_default().to_vec();
        base::mask(&mut part, header.mask.unwrap_or_default());
        text.extend(part);
        match core::str::from_utf8(&text) {
            Err(error) if error.error_len().is_some() => Err(1007),
            _ => Ok(()),
        }
    }

    fn frame(&mut self, header: Header, payload: Vec<u8>) -> Result<(), Failure> {
        match header.opcode {
            base::PING => self.ping(payload),
            base::PONG => {}
            base::CLOSE => return self.close(&payload),
            base::CONTINUATION | base::TEXT | base::BINARY => return self.data(header, payload),
            _ => {}
        }
        Ok(())
    }

    fn ping(&mut self, payload: Vec<u8>) {
        let next_is_ping = base::header(self.socket.bytes()).is_some_and(|header| header.opcode == base::PING);
        match self.defect {
            Defect::PongsLast if next_is_ping => {}
            Defect::EmptyPong => self.send(Frame::pong([])),
            _ => self.send(Frame::pong(payload)),
        }
    }

    fn close(&mut self, payload: &[u8]) -> Result<(), Failure> {
        let answer = match Close::read(payload) {
            Ok(close) => close.code.map_or_else(Vec::new, |code| code.to_be_bytes().to_vec()),
            Err(_) if self.defect == Defect::AnyCloseCode => payload.to_vec(),
            Err(what) if what.contains("UTF-8") => return Err(1007),
            Err(_) => return Err(1002),
        };
        let answer = if self.defect == Defect::ForgetsCode { Vec::new() } else { answer };
        if self.defect != Defect::NoCloseAnswer {
            self.send(Frame::new(base::CLOSE, answer));
        }
        if self.defect == Defect::PongsAfterClose
            && let base::Decoded::Frame(frame) = base::decode(self.socket.bytes())
            && frame.opcode == base::PING
        {
            self.send(Frame::pong(frame.payload));
        }
        self.closed = true;
        Ok(())
    }

    fn data(&mut self, header: Header, payload: Vec<u8>) -> Result<(), Failure> {
        let compressed = self.codec.is_some() && header.rsv & 4 != 0;
        let fresh = Message { opcode: header.opcode, compressed, payload: Vec::new(), checked: 0, fragments: 0 };
        let Some(mut message) = self.message.take().or_else(|| (header.opcode != 0).then_some(fresh)) else {
            // A continuation of nothing, which only a wrong peer lets through.
            return Ok(());
        };
        message.fragments += 1;
        let lost = match self.defect {
            Defect::LosesFirstFragment => message.fragments == 1 && !header.fin,
            Defect::FiftyFragments => message.fragments > 50 && header.fin,
            _ => false,
        };
        if !lost {
            message.payload.extend(payload);
        }
        if message.opcode == base::TEXT && !message.compressed && self.defect != Defect::LateUtf8 {
            self.check_text(&mut message, header.fin)?;
        }
        if header.fin {
            return self.message(message);
        }
        self.message = Some(message);
        Ok(())
    }

    fn check_text(&self, message: &mut Message, is_whole: bool) -> Result<(), Failure> {
        if self.defect == Defect::AnyUtf8 {
            return Ok(());
        }
        let rest = message.payload.get(message.checked..).unwrap_or_default();
        match core::str::from_utf8(rest) {
            Ok(_) => message.checked = message.payload.len(),
            Err(error) if error.error_len().is_some() || is_whole => return Err(1007),
            Err(error) => message.checked += error.valid_up_to(),
        }
        Ok(())
    }

    fn message(&mut self, mut message: Message) -> Result<(), Failure> {
        if let (Some(codec), true) = (&mut self.codec, message.compressed) {
            message.payload = codec
                .decompress(&message.payload, 64 << 20)
                .map_err(|error| if error.contains("more than") { 1009u16 } else { 1007 })?;
        }
        if message.opcode == base::TEXT {
            message.checked = 0;
            self.check_text(&mut message, true)?;
        }
        if self.keeps.as_ref().is_some_and(Vec::is_empty) {
            self.keeps = Some(message.payload);
            return Ok(());
        }
        self.echo(message)
    }

    fn echo(&mut self, message: Message) -> Result<(), Failure> {
        let mut payload = message.payload;
        if self.defect == Defect::Cuts126 && payload.len() == 126 {
            payload.pop();
        }
        if self.defect == Defect::CutsCompressed && self.codec.is_some() && payload.len() == 1024 {
            payload.pop();
        }
        let mut rsv = 0;
        if let Some(codec) = &mut self.codec {
            payload = codec.compress(&payload).map_err(|_| 1011u16)?;
            rsv = 4;
        }
        let opcode = if self.defect == Defect::AllBinary { base::BINARY } else { message.opcode };
        self.send(Frame::new(opcode, payload).rsv(rsv));
        Ok(())
    }

    fn send(&mut self, mut frame: Frame) {
        match self.defect {
            Defect::MasksWrongly => frame.masking = Masking::Wrong,
            Defect::SameKey => frame.masking = Masking::Key([1, 2, 3, 4]),
            Defect::LongForms => frame.form = Form::Eight,
            Defect::SetsRsv => frame.rsv |= 2,
            _ => {}
        }
        let mut bytes = Vec::new();
        frame.encode(self.side, self.random.bytes(), &mut bytes);
        // A peer that is gone shows when we read.
        let _ = self.socket.write(&bytes, Duration::from_secs(5));
    }
}
