//! What there is to do: messages of one kind and size, the bytes of them on the wire, and the count of what came out.

use std::rc::Rc;

/// What the payloads are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Binary,
    /// Text without anything but ASCII.
    Ascii,
    /// Text in several scripts, of one to four bytes a character.
    Mixed,
    /// Text that is ASCII but for one character at its end, which is where a guess that all of it is costs most.
    Rare,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Binary, Self::Ascii, Self::Mixed, Self::Rare];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Binary => "binary",
            Self::Ascii => "ascii",
            Self::Mixed => "mixed",
            Self::Rare => "rare",
        }
    }

    #[must_use]
    pub const fn is_text(self) -> bool {
        !matches!(self, Self::Binary)
    }
}

/// Payload sizes, from a tick of a game to a file.
pub const SIZES: [usize; 5] = [16, 128, 1024, 16 * 1024, 1024 * 1024];

/// How many bytes one read brings: what a large buffer takes from a busy socket, and one TCP segment.
pub const READS: [usize; 2] = [64 * 1024, 1460];

/// The work of one pass.
#[derive(Debug)]
pub struct Job {
    pub kind: Kind,
    pub payload: Vec<u8>,
    /// The payload again, if it is a text.
    text: String,
    /// So many times.
    pub messages: usize,
    /// What one read brings at most.
    pub read: usize,
    /// The messages as a client sends them, each with a key of its own.
    pub wire: Vec<u8>,
    /// Where a read ends at the latest: at the end of the wire.
    pub ends: Vec<usize>,
    /// The messages as a server sends them; empty where that is not known beforehand.
    pub answer: Vec<u8>,
}

impl Job {
    /// As many messages as fill about a quarter of a megabyte, so that the wire stays in the second cache.
    #[must_use]
    pub fn new(kind: Kind, size: usize, read: usize) -> Rc<Self> {
        Self::with(kind, payload(kind, size), (TOTAL / (size + 8)).max(1), read)
    }

    #[must_use]
    pub fn with(kind: Kind, payload: Vec<u8>, messages: usize, read: usize) -> Rc<Self> {
        let opcode = if kind.is_text() { 1 } else { 2 };
        let mut keys = Keys(0x9E37_79B9_7F4A_7C15);
        let (mut wire, mut answer) = (Vec::new(), Vec::new());
        for _ in 0..messages {
            crate::naive::frame(0x80 | opcode, &payload, Some(keys.next()), &mut wire);
            crate::naive::frame(0x80 | opcode, &payload, None, &mut answer);
        }
        let text = if kind.is_text() { String::from_utf8(payload.clone()).unwrap_or_default() } else { String::new() };
        Rc::new(Self { kind, payload, text, messages, read, ends: vec![wire.len()], wire, answer })
    }

    /// Something to read that is no series of equal messages: a read ends where one of these does.
    #[must_use]
    pub fn of_wires(wires: &[&[u8]], read: usize) -> Rc<Self> {
        let mut at = 0;
        let ends = wires.iter().map(|wire| {
            at += wire.len();
            at
        });
        let (kind, payload, text, answer) = (Kind::Binary, Vec::new(), String::new(), Vec::new());
        let (ends, wire) = (ends.collect(), wires.concat());
        Rc::new(Self { kind, payload, text, messages: wires.len(), read, wire, ends, answer })
    }

    /// The messages compressed, one after the other in one context (RFC 7692 §7.2.1).
    #[must_use]
    pub fn deflated(payload: Vec<u8>, messages: usize, read: usize) -> Rc<Self> {
        let plain = Self::with(Kind::Ascii, payload, messages, read);
        let wire = packed(0xC1, &vec![&plain.payload[..]; messages]).concat();
        let (kind, payload, text) = (plain.kind, plain.payload.clone(), plain.text.clone());
        Rc::new(Self { kind, payload, text, messages, read, ends: vec![wire.len()], wire, answer: Vec::new() })
    }

    /// The messages in the frames of hybi-00.
    #[must_use]
    pub fn sentinel(kind: Kind, size: usize, read: usize) -> Rc<Self> {
        let plain = Self::new(kind, size, read);
        let wire = [&[0][..], &plain.payload, &[0xFF]].concat().repeat(plain.messages);
        let (payload, text, ends) = (plain.payload.clone(), plain.text.clone(), vec![wire.len()]);
        let (messages, answer) = (plain.messages, wire.clone());
        Rc::new(Self { kind, payload, text, messages, read, ends, wire, answer })
    }

    /// The payload of a text message; empty if this is none.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Frames of a client with these payloads, compressed in one context (RFC 7692 §7.2.1).
///
/// # Panics
/// Not on a payload that fits into the memory.
#[must_use]
pub fn packed(first: u8, payloads: &[&[u8]]) -> Vec<Vec<u8>> {
    let mut compress = flate2::Compress::new(flate2::Compression::new(6), false);
    let mut keys = Keys(1);
    let frames = payloads.iter().map(|payload| {
        let mut packed = Vec::with_capacity(payload.len() + payload.len() / 8 + 64);
        let done = compress.compress_vec(payload, &mut packed, flate2::FlushCompress::Sync);
        assert!(done.is_ok() && packed.ends_with(&[0, 0, 0xFF, 0xFF]), "a flushed block");
        packed.truncate(packed.len() - 4);
        let mut frame = Vec::new();
        crate::naive::frame(first, &packed, Some(keys.next()), &mut frame);
        frame
    });
    frames.collect()
}

/// Bytes of that kind and exactly that size; the same in each run.
#[must_use]
pub fn payload(kind: Kind, size: usize) -> Vec<u8> {
    let mut keys = Keys(0x2545_F491_4F6C_DD1D);
    match kind {
        Kind::Binary => std::iter::repeat_with(|| keys.next()).flatten().take(size).collect(),
        Kind::Ascii => LATIN.bytes().cycle().take(size).collect(),
        Kind::Rare => LATIN.bytes().cycle().take(size.saturating_sub(2)).chain("é".bytes()).collect(),
        Kind::Mixed => {
            let mut text = String::new();
            for c in SCRIPTS.chars().cycle() {
                if text.len() + c.len_utf8() > size {
                    break;
                }
                text.push(c);
            }
            // No room for one more whole character.
            while text.len() < size {
                text.push('.');
            }
            text.into_bytes()
        }
    }
}

/// One kilobyte as an application sends it.
#[must_use]
pub fn json() -> Vec<u8> {
    let mut text = String::from("[");
    let mut id = 100_000;
    while text.len() < 940 {
        id += 37;
        let price = id % 977;
        text.push_str(&format!("{{\"id\":{id},\"symbol\":\"HYBI\",\"price\":{price}.25,\"open\":true}},"));
    }
    text.pop();
    text.push(']');
    text.extend(std::iter::repeat_n(' ', 1024_usize.saturating_sub(text.len())));
    text.into_bytes()
}

/// What came out of one pass, and whether it was the right thing.
#[derive(Debug, Default)]
pub struct Tally {
    pub messages: usize,
    pub bytes: usize,
    /// What each message has to be, in a pass that checks everything.
    pub expected: Option<Rc<Job>>,
}

impl Tally {
    /// A text message.
    #[inline]
    pub fn text(&mut self, text: &str) {
        self.take(true, text.as_bytes());
    }

    /// A text message that a library gives as bytes.
    #[inline]
    pub fn checked_text(&mut self, text: &[u8]) {
        self.take(true, text);
    }

    /// A binary message.
    #[inline]
    pub fn binary(&mut self, data: &[u8]) {
        self.take(false, data);
    }

    #[inline]
    fn take(&mut self, is_text: bool, payload: &[u8]) {
        self.messages += 1;
        self.bytes += std::hint::black_box(payload).len();
        if let Some(job) = &self.expected {
            check(job, is_text, payload);
        }
    }
}

#[cold]
fn check(job: &Job, is_text: bool, payload: &[u8]) {
    assert_eq!(is_text, job.kind.is_text(), "text is text, and data is data");
    assert!(job.payload == payload, "the payload comes out as it went in");
}

const TOTAL: usize = 256 * 1024;

const LATIN: &str = "A server answers each message that a client sends, and sends some of its own. ";

const SCRIPTS: &str = "Hello Grüße Привет γειά σου שלום سلام नमस्ते こんにちは 你好 안녕 🙂🚀 ok. ";

/// Numbers without a visible order (xorshift), the same in each run.
struct Keys(u64);

impl Keys {
    fn next(&mut self) -> [u8; 4] {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let [a, b, c, d, ..] = self.0.to_le_bytes();
        [a, b, c, d]
    }
}
