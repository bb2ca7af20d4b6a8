//! What no library can beat: the copies of the reads and writes alone, and a loop that checks nothing.

use std::rc::Rc;

use super::{Check, Engine, Mask, Pass};
use crate::{Job, Pipe, Tally};

/// Copies what is read and what is written, and does not look at it.
pub struct Memcpy;

/// Walks over headers, unmasks, and calls simdutf8, without a single check: wrong input gives wrong output. Payloads that are
/// cut are not put together.
pub struct BareLoop;

impl Engine for Memcpy {
    fn name(&self) -> &'static str {
        "memcpy"
    }

    fn is_limit(&self) -> bool {
        true
    }

    fn decode(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut pipe, mut input, job) = (Pipe::new(job), vec![0; job.read], Rc::clone(job));
        Some(Box::new(move |tally| {
            let mut rest = job.wire.len();
            while rest > 0 {
                rest -= pipe.next(std::hint::black_box(&mut input));
            }
            tally.messages += job.messages;
        }))
    }

    fn echo(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut pipe, mut input, job) = (Pipe::new(job), vec![0; job.read], Rc::clone(job));
        Some(Box::new(move |tally| {
            let mut rest = job.wire.len();
            while rest > 0 {
                let count = pipe.next(std::hint::black_box(&mut input));
                pipe.put(&input[..count]);
                rest -= count;
            }
            tally.messages += job.messages;
        }))
    }

    fn encode(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut pipe, job) = (Pipe::new(job), Rc::clone(job));
        Some(Box::new(move |tally| {
            for piece in job.wire.chunks(WRITE) {
                pipe.put(std::hint::black_box(piece));
            }
            tally.messages += job.messages;
        }))
    }

    fn mask(&self) -> Option<Mask> {
        Some(|_, data| {
            // Reads and writes as many bytes as masking does.
            let (front, back) = data.split_at_mut(data.len() / 2);
            let back = &mut back[..front.len()];
            front.copy_from_slice(std::hint::black_box(back));
            back.copy_from_slice(std::hint::black_box(front));
        })
    }
}

impl Engine for BareLoop {
    fn name(&self) -> &'static str {
        "bare loop"
    }

    fn is_limit(&self) -> bool {
        true
    }

    fn decode(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut pipe, mut walk) = (Pipe::new(job), Walk::new(job));
        Some(Box::new(move |tally| walk.pass(&mut pipe, tally, |_, _, _, _| {})))
    }

    fn echo(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut pipe, mut walk, mut output) = (Pipe::new(job), Walk::new(job), Vec::new());
        Some(Box::new(move |tally| {
            walk.pass(&mut pipe, tally, |first, length, payload, pipe| {
                if let Some(first) = first {
                    header(first, length, 0, &mut output);
                }
                // What is large goes out from where it lies, as by a vectored write.
                let is_large = payload.len() >= LARGE;
                if !is_large {
                    output.extend_from_slice(payload);
                }
                if is_large || output.len() >= WRITE {
                    pipe.put(&output);
                    output.clear();
                }
                if is_large {
                    pipe.put(payload);
                }
            });
            pipe.put(&output);
            output.clear();
        }))
    }

    fn encode(&self, job: &Rc<Job>) -> Option<Pass> {
        let (mut pipe, job, mut output) = (Pipe::new(job), Rc::clone(job), Vec::new());
        Some(Box::new(move |tally| {
            let mut key = 1_u32;
            for _ in 0..job.messages {
                key = key.wrapping_mul(747_796_405).wrapping_add(1);
                header(0x82, job.payload.len(), 0x80, &mut output);
                output.extend_from_slice(&key.to_le_bytes());
                let start = output.len();
                output.extend_from_slice(&job.payload);
                xor(key.to_le_bytes(), &mut output[start..]);
                if output.len() >= WRITE {
                    pipe.put(&output);
                    output.clear();
                }
            }
            pipe.put(&output);
            output.clear();
            tally.messages += job.messages;
        }))
    }

    fn mask(&self) -> Option<Mask> {
        Some(xor)
    }

    fn utf8(&self) -> Option<Check> {
        Some(|bytes| simdutf8::basic::from_utf8(bytes).is_ok())
    }
}

/// Room for a read, and for a header that was cut before it.
struct Walk {
    buffer: Vec<u8>,
    have: usize,
    is_text: bool,
    messages: usize,
}

impl Walk {
    fn new(job: &Job) -> Self {
        Self { buffer: vec![0; job.read + 16], have: 0, is_text: job.kind.is_text(), messages: job.messages }
    }

    #[inline]
    fn pass(&mut self, pipe: &mut Pipe, tally: &mut Tally, mut then: impl FnMut(Option<u8>, usize, &[u8], &mut Pipe)) {
        let (mut rest, mut length, mut key) = (0_usize, 0, [0; 4]);
        while tally.messages < self.messages {
            let end = self.have + pipe.next(&mut self.buffer[self.have..]);
            let mut at = 0;
            loop {
                let mut first = None;
                if rest == 0 {
                    let Some(&[byte, second, a, b]) = self.buffer[at..end].first_chunk() else { break };
                    let size;
                    (size, length) = match second & 0x7F {
                        126 => (8, usize::from(u16::from_be_bytes([a, b]))),
                        127 => {
                            let Some(long) = self.buffer[at + 2..end].first_chunk() else { break };
                            (14, u64::from_be_bytes(*long) as usize)
                        }
                        short => (6, usize::from(short)),
                    };
                    if end - at < size {
                        break;
                    }
                    key.copy_from_slice(&self.buffer[at + size - 4..at + size]);
                    at += size;
                    rest = length;
                    first = Some(byte);
                }
                let count = rest.min(end - at);
                let payload = &mut self.buffer[at..at + count];
                xor(key, payload);
                if self.is_text {
                    let _ = std::hint::black_box(simdutf8::basic::from_utf8(payload));
                }
                then(first, length, payload, pipe);
                std::hint::black_box(&payload);
                at += count;
                rest -= count;
                if rest > 0 {
                    key.rotate_left(count % 4);
                    break;
                }
                tally.messages += 1;
            }
            self.buffer.copy_within(at..end, 0);
            self.have = end - at;
        }
    }
}

#[inline]
fn header(first: u8, length: usize, mask_bit: u8, output: &mut Vec<u8>) {
    match length {
        short @ ..126 => output.extend_from_slice(&[first, mask_bit | short as u8]),
        medium @ ..0x1_0000 => {
            let [a, b] = (medium as u16).to_be_bytes();
            output.extend_from_slice(&[first, mask_bit | 126, a, b]);
        }
        long => {
            output.extend_from_slice(&[first, mask_bit | 127]);
            output.extend_from_slice(&(long as u64).to_be_bytes());
        }
    }
}

/// As the compiler makes it of plain code.
#[inline]
fn xor(key: [u8; 4], data: &mut [u8]) {
    let word = u32::from_ne_bytes(key);
    let (words, tail) = data.as_chunks_mut::<4>();
    for bytes in words {
        *bytes = (u32::from_ne_bytes(*bytes) ^ word).to_ne_bytes();
    }
    for (byte, key) in tail.iter_mut().zip(key) {
        *byte ^= key;
    }
}

const WRITE: usize = 64 * 1024;
const LARGE: usize = 4 * 1024;
