//! All cases: a workload with its payload, its size and its reads.

use std::rc::Rc;

use crate::job::{self, READS, SIZES};
use crate::{Engine, Job, Kind, Pass, Tally, naive, pipe};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workload {
    Decode,
    Shared,
    Echo,
    Encode,
    Mask,
    Utf8,
    ServerHandshake,
    ClientHandshake,
    Sentinel,
    Deflate,
}

impl Workload {
    pub const ALL: [Self; 10] = [
        Self::Decode,
        Self::Shared,
        Self::Echo,
        Self::Encode,
        Self::Mask,
        Self::Utf8,
        Self::ServerHandshake,
        Self::ClientHandshake,
        Self::Sentinel,
        Self::Deflate,
    ];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decode => "decode",
            Self::Shared => "shared",
            Self::Echo => "echo",
            Self::Encode => "encode",
            Self::Mask => "mask",
            Self::Utf8 => "utf8",
            Self::ServerHandshake => "server-handshake",
            Self::ClientHandshake => "client-handshake",
            Self::Sentinel => "sentinel",
            Self::Deflate => "deflate",
        }
    }
}

/// One row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    pub workload: Workload,
    pub kind: Kind,
    pub size: usize,
    pub read: usize,
}

impl Case {
    /// All of them; or, quickly, those that show most.
    #[must_use]
    pub fn all(quick: bool) -> Vec<Self> {
        Workload::ALL.iter().flat_map(|&workload| Self::of(workload, quick)).collect()
    }

    fn of(workload: Workload, quick: bool) -> Vec<Self> {
        let (kinds, sizes, reads): (&[Kind], &[usize], &[usize]) = match workload {
            Workload::Decode | Workload::Echo => (&Kind::ALL, &SIZES, &READS),
            Workload::Shared => (&[Kind::Binary, Kind::Ascii, Kind::Mixed], &SIZES, &READS),
            Workload::Encode | Workload::Mask => (&[Kind::Binary], &SIZES, &READS[..1]),
            Workload::Utf8 | Workload::Sentinel => (&[Kind::Ascii, Kind::Mixed], &SIZES, &READS[..1]),
            Workload::ServerHandshake | Workload::ClientHandshake => (&[Kind::Binary], &[0], &READS[..1]),
            Workload::Deflate => (&[Kind::Ascii], &[1024], &READS[..1]),
        };
        let mut cases = Vec::new();
        for (&kind, &read) in kinds.iter().flat_map(|kind| reads.iter().map(move |read| (kind, read))) {
            if kind == Kind::Rare && read != READS[0] {
                continue;
            }
            for &size in sizes {
                let shown = matches!(kind, Kind::Binary | Kind::Ascii) && read == READS[0] && size <= 16 * 1024;
                if shown || !quick {
                    cases.push(Self { workload, kind, size, read });
                }
            }
        }
        cases
    }

    /// As `decode/binary/128/64k`.
    #[must_use]
    pub fn name(&self) -> String {
        let (workload, kind) = (self.workload.name(), self.kind.name());
        match self.workload {
            Workload::ServerHandshake | Workload::ClientHandshake => workload.to_owned(),
            Workload::Decode | Workload::Shared | Workload::Echo => {
                format!("{workload}/{kind}/{}/{}", self.size, self.read)
            }
            _ => format!("{workload}/{kind}/{}", self.size),
        }
    }

    #[must_use]
    pub fn job(&self) -> Rc<Job> {
        match self.workload {
            Workload::Sentinel => Job::sentinel(self.kind, self.size, self.read),
            Workload::Deflate => Job::deflated(job::json(), 64, self.read),
            Workload::ServerHandshake | Workload::ClientHandshake => Job::with(self.kind, Vec::new(), 1, self.read),
            _ => Job::new(self.kind, self.size, self.read),
        }
    }

    /// One pass of this engine; `None` if it has no such thing.
    #[must_use]
    pub fn prepare(&self, engine: &dyn Engine, job: &Rc<Job>) -> Option<Pass> {
        match self.workload {
            Workload::Decode => engine.decode(job),
            Workload::Shared => engine.shared(job),
            Workload::Echo => engine.echo(job),
            Workload::Encode => engine.encode(job),
            Workload::Mask => engine.mask().map(|mask| masking(mask, job)),
            Workload::Utf8 => engine.utf8().map(|utf8| checking(utf8, job)),
            Workload::ServerHandshake => engine.server_handshake(),
            Workload::ClientHandshake => engine.client_handshake(),
            Workload::Sentinel => engine.sentinel(job),
            Workload::Deflate => engine.deflate(job),
        }
    }

    /// Runs two passes in which everything that comes out is compared with what has to.
    ///
    /// # Panics
    /// If it is wrong.
    pub fn verify(&self, engine: &dyn Engine, job: &Rc<Job>) {
        let Some(mut pass) = self.prepare(engine, job) else { return };
        for index in 0..if engine.is_limit() { 0 } else { 2 } {
            pipe::keep(true);
            let mut tally = Tally { expected: Some(Rc::clone(job)), ..Tally::default() };
            pass(&mut tally);
            assert_eq!(tally.messages, job.messages, "{} {}", engine.name(), self.name());
            let sent = pipe::kept();
            match self.workload {
                Workload::Echo | Workload::Sentinel => assert!(sent == job.answer, "{} sends it back", engine.name()),
                Workload::Encode => check_masked(&sent, job),
                Workload::Deflate => check_packed(&sent, job, index == 0),
                _ => assert!(sent.is_empty(), "{} has nothing to send", engine.name()),
            }
        }
        if let (Workload::Mask, Some(mask), false) = (self.workload, engine.mask(), engine.is_limit()) {
            check_mask(mask, &job.payload);
        }
        if let (Workload::Utf8, Some(utf8)) = (self.workload, engine.utf8()) {
            let bad = [&job.payload[..], &[0xC0, 0x80]].concat();
            assert!(utf8(&job.payload) && !utf8(&bad), "{} knows UTF-8", engine.name());
        }
        pipe::keep(false);
        let _ = pipe::written();
    }
}

/// The payloads lie behind one another as frames do in a buffer, which stays in the first cache: at all alignments, and for
/// everyone at the same ones.
fn masking(mask: fn([u8; 4], &mut [u8]), job: &Rc<Job>) -> Pass {
    let (size, messages) = (job.payload.len(), job.messages);
    let frame = job.wire.len() / messages;
    let mut buffer = vec![0; frame.max(MASKED_BUFFER) + LINE];
    let start = buffer.as_ptr().align_offset(LINE);
    Box::new(move |tally| {
        let mut frames = buffer[start..].chunks_exact_mut(frame);
        for index in 0..messages as u32 {
            // Never zero, with which there would be nothing to do.
            let key = index.wrapping_mul(0x9E37_79B1) | 1;
            let data = match frames.next() {
                Some(data) => data,
                None => {
                    frames = buffer[start..].chunks_exact_mut(frame);
                    frames.next().expect("room for one")
                }
            };
            mask(std::hint::black_box(key.to_le_bytes()), std::hint::black_box(&mut data[frame - size..]));
        }
        tally.messages += messages;
    })
}

fn checking(utf8: fn(&[u8]) -> bool, job: &Rc<Job>) -> Pass {
    let job = Rc::clone(job);
    Box::new(move |tally| {
        for _ in 0..job.messages {
            assert!(utf8(std::hint::black_box(&job.payload)));
        }
        tally.messages += job.messages;
    })
}

/// What a client sent: each frame with a mask, and not always with the same one.
fn check_masked(mut sent: &[u8], job: &Job) {
    let (mut frames, mut keys) = (0, Vec::new());
    while !sent.is_empty() {
        let (first, key, payload) = naive::take(&mut sent);
        assert_eq!(first, if job.kind.is_text() { 0x81 } else { 0x82 });
        assert!(payload == job.payload, "the payload is what was sent");
        keys.push(key.expect("a client masks"));
        frames += 1;
    }
    assert_eq!(frames, job.messages);
    keys.sort_unstable();
    keys.dedup();
    assert!(keys.len() > frames / 2, "each frame has a key of its own");
}

/// What a server sent in one context. It is taken apart from the first pass on; after that, the beginning of the context is
/// missing here, and only the frames are looked at.
fn check_packed(mut sent: &[u8], job: &Job, fresh: bool) {
    let mut inflate = flate2::Decompress::new(false);
    for _ in 0..job.messages {
        let (first, _, mut packed) = naive::take(&mut sent);
        assert!(first == 0xC1 && packed.len() < job.payload.len(), "compressed text");
        if fresh {
            packed.extend([0, 0, 0xFF, 0xFF]);
            let mut text = Vec::with_capacity(job.payload.len() + 64);
            let done = inflate.decompress_vec(&packed, &mut text, flate2::FlushDecompress::Sync);
            assert!(done.is_ok() && text == job.payload, "the text comes out as it went in");
        }
    }
    assert!(sent.is_empty());
}

/// All lengths up to two cache lines, at all alignments, and the payload.
fn check_mask(mask: fn([u8; 4], &mut [u8]), payload: &[u8]) {
    let key = [1, 2, 4, 128];
    for (start, length) in (0..8).flat_map(|start| (0..130).map(move |length| (start, length))) {
        let mut data = vec![0x55; start + length];
        mask(key, &mut data[start..]);
        assert!(data[start..].iter().zip(key.iter().cycle()).all(|(byte, key)| *byte == 0x55 ^ key));
    }
    let mut data = payload.to_vec();
    mask(key, &mut data);
    assert!(data.iter().zip(payload).zip(key.iter().cycle()).all(|((got, byte), key)| *got == byte ^ key));
}

/// A half of the first cache, where that is small.
const MASKED_BUFFER: usize = 16 * 1024;

/// The bytes of a line of the cache.
const LINE: usize = 64;
