//! What one connection takes of memory.

use std::rc::Rc;

use crate::{Job, Kind, Pipe, job};

/// Notes the bytes of a connection at three moments.
pub struct Probe<'a> {
    /// Whether permessage-deflate is agreed on, and the messages are compressed.
    pub deflate: bool,
    /// How many bytes are on the heap at this moment.
    heap: &'a dyn Fn() -> usize,
    before: usize,
    job: Rc<Job>,
    /// Of the struct, and of the heap beside it: idle after the handshake, after a small message, after a large one.
    pub notes: Vec<(usize, usize)>,
}

impl<'a> Probe<'a> {
    #[must_use]
    pub fn new(deflate: bool, heap: &'a dyn Fn() -> usize) -> Self {
        let (small, large) = (job::payload(Kind::Binary, SMALL), job::payload(Kind::Binary, LARGE));
        let job = if deflate {
            let wires = job::packed(0xC2, &[&small, &large]);
            Job::of_wires(&wires.iter().map(Vec::as_slice).collect::<Vec<_>>(), READ)
        } else {
            let wires = [small, large].map(|payload| Job::with(Kind::Binary, payload, 1, READ));
            Job::of_wires(&wires.each_ref().map(|job| &job.wire[..]), READ)
        };
        Self { deflate, heap, before: 0, job, notes: Vec::with_capacity(3) }
    }

    /// The transport. The first read brings the small message, the next ones the large one.
    #[must_use]
    pub fn pipe(&self) -> Pipe {
        Pipe::new(&self.job)
    }

    /// From here on it counts.
    pub fn begin(&mut self) {
        self.before = (self.heap)();
    }

    /// Notes what the connection takes now; its struct has this size. A transport within it does not count.
    pub fn note(&mut self, size: usize) {
        self.notes.push((size, (self.heap)() - self.before));
    }
}

const SMALL: usize = 128;
const LARGE: usize = 256 * 1024;
const READ: usize = 64 * 1024;
