//! The transport: a wire to read from, over and over, and a place to write to. Nothing ever waits.

use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;

use crate::Job;

/// Reads give the bytes of a job, in pieces of the job's read size; writes are counted and copied into a ring, as a kernel
/// would copy them. In a pass that checks everything, what is written is kept as well.
#[derive(Debug)]
pub struct Pipe {
    job: Rc<Job>,
    at: usize,
    /// Which of the ends comes next.
    end: usize,
    ring: Vec<u8>,
    ring_at: usize,
}

impl Pipe {
    #[must_use]
    pub fn new(job: &Rc<Job>) -> Self {
        Self { job: Rc::clone(job), at: 0, end: 0, ring: vec![0; RING], ring_at: 0 }
    }

    /// The next read, into a buffer that may be smaller than it. A read ends where the wire does.
    #[inline]
    pub fn next(&mut self, buffer: &mut [u8]) -> usize {
        let Job { wire, ends, read, .. } = &*self.job;
        let count = buffer.len().min(*read).min(ends[self.end] - self.at);
        buffer[..count].copy_from_slice(&wire[self.at..self.at + count]);
        self.at += count;
        if self.at == ends[self.end] {
            self.end = (self.end + 1) % ends.len();
            self.at %= wire.len();
        }
        count
    }

    /// Takes what an engine sends.
    #[inline]
    pub fn put(&mut self, mut bytes: &[u8]) {
        WRITTEN.set(WRITTEN.get() + bytes.len());
        if KEEP.get() {
            KEPT.with_borrow_mut(|kept| kept.extend_from_slice(bytes));
        }
        while !bytes.is_empty() {
            let count = bytes.len().min(RING - self.ring_at);
            let (front, rest) = bytes.split_at(count);
            self.ring[self.ring_at..self.ring_at + count].copy_from_slice(front);
            self.ring_at = (self.ring_at + count) % RING;
            bytes = rest;
        }
        std::hint::black_box(&mut self.ring);
    }
}

/// How many bytes were written since the last call.
#[must_use]
pub fn written() -> usize {
    WRITTEN.take()
}

/// Keeps what is written from now on, or no longer.
pub fn keep(on: bool) {
    KEEP.set(on);
    KEPT.take();
}

/// Whether this is a pass that checks everything.
#[must_use]
pub fn keeps() -> bool {
    KEEP.get()
}

/// What was kept.
#[must_use]
pub fn kept() -> Vec<u8> {
    KEPT.take()
}

impl io::Read for Pipe {
    #[inline]
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(self.next(buffer))
    }
}

impl io::Write for Pipe {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.put(bytes);
        Ok(bytes.len())
    }

    #[inline]
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const RING: usize = 64 * 1024;

thread_local! {
    static WRITTEN: Cell<usize> = const { Cell::new(0) };
    static KEEP: Cell<bool> = const { Cell::new(false) };
    static KEPT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}
