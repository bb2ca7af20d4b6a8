//! What one connection takes of memory.

use std::rc::Rc;

use crate::{Job, Kind, Pipe};

/// Notes the bytes of a connection at three moments.
pub struct Probe<'a> {
    /// Whether permessage-deflate is to be agreed on.
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
        let (mut small, large) = (Vec::new(), Job::with(Kind::Binary, vec![7; LARGE], 1, READ));
        crate::naive::frame(0x82, &[7; SMALL], Some([1, 2, 3, 4]), &mut small);
        let job = Job::of_wires(&[&small, &large.wire], READ);
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
