//! What receives.

use core::fmt;

use flate2::{Decompress, FlushDecompress, Status};
use hybi_http::steps;

use crate::compressor::TAIL;
use crate::history::History;
use crate::pool::DECOMPRESS_BYTES;
use crate::{Error, Pool, WindowBits};

/// Decompresses the messages of one direction of a connection (RFC 7692 §7.2.2).
///
/// Between two messages it holds no zlib state, only, where the peer keeps context, the last bytes that were decompressed: as
/// many as have come, and at most a window. The state comes from a [`Pool`].
///
/// After an error the connection is lost: every further call returns the same error.
pub struct Decompressor {
    pool: Pool,
    /// There while a message is under way.
    state: Option<Box<Decompress>>,
    /// What came out before this call; within a message also where no context is kept.
    history: Option<Box<History>>,
    /// How many bytes of this message have come out.
    produced: usize,
    stage: Stage,
    bits: WindowBits,
    context_takeover: bool,
    failure: Option<Failure>,
}

impl Decompressor {
    /// A decompressor for a peer that compresses with a window of at most this size.
    #[must_use]
    pub fn new(bits: WindowBits, context_takeover: bool, pool: &Pool) -> Self {
        Self {
            pool: pool.clone(),
            state: None,
            history: None,
            produced: 0,
            stage: Stage::Start,
            bits,
            context_takeover,
            failure: None,
        }
    }

    /// Takes a piece of a compressed message, cut anywhere, and appends what it decompresses to; `fin` says that it is the last
    /// piece. The message may have `limit` bytes at most; it is an error as soon as there is one more. Then the bytes up to
    /// the limit have been appended.
    ///
    /// The output grows with what really comes out, and never reserves beyond the limit for it.
    ///
    /// # Errors
    ///
    /// [`Error::Corrupt`], [`Error::Unfinished`] and [`Error::TooLarge`].
    pub fn decompress(&mut self, input: &[u8], fin: bool, limit: usize, output: &mut Vec<u8>) -> Result<(), Error> {
        let start = output.len();
        let left = limit.saturating_sub(self.produced);
        // One byte more than is allowed, to see whether there is one. If so, what comes behind it does not matter.
        let result = self.decompress_some(&mut { input }, fin, left.saturating_add(1), output);
        if output.len().saturating_sub(start) > left {
            output.truncate(start.saturating_add(left));
            return Err(self.fail(Failure::TooLarge { limit }));
        }
        result.map(|_| ())
    }

    /// As [`decompress`](Self::decompress), but stops when `room` bytes have come out, and takes from the front of the input
    /// only what it used up: for receivers that do not hold whole messages. `fin` says that the message ends with this input.
    ///
    /// The answer is true when the message is complete. If it is false, and either input is left or `room` bytes came out, there
    /// may be more: call again, with the rest of the input. There is no limit for the message; count what comes out.
    ///
    /// # Errors
    ///
    /// [`Error::Corrupt`] and [`Error::Unfinished`].
    pub fn decompress_some(
        &mut self,
        input: &mut &[u8],
        fin: bool,
        room: usize,
        output: &mut Vec<u8>,
    ) -> Result<bool, Error> {
        if let Some(failure) = self.failure {
            return Err(failure.into());
        }
        let start = output.len();
        let mut sink = Sink { output, end: start.saturating_add(room), remembered: start };
        let done = match self.run(input, fin, &mut sink) {
            Ok(done) => done,
            Err(failure) => return Err(self.fail(failure)),
        };
        let remembered = sink.remembered;
        steps::count(output.len().saturating_sub(start));
        self.produced = self.produced.saturating_add(output.len().saturating_sub(start));
        if self.context_takeover || !done {
            self.remember(output.get(remembered..).unwrap_or_default());
        }
        if done {
            self.end();
        }
        Ok(done)
    }

    /// The memory on the heap that belongs to this decompressor alone.
    #[must_use]
    pub fn retained_bytes(&self) -> usize {
        let state = self.state.as_ref().map_or(0, |_| DECOMPRESS_BYTES);
        state.saturating_add(self.history.as_ref().map_or(0, |history| history.heap_bytes()))
    }

    fn run(&mut self, input: &mut &[u8], fin: bool, sink: &mut Sink<'_>) -> Result<bool, Failure> {
        loop {
            steps::count(1);
            match self.stage {
                // A message without any byte is not one that RFC 7692 knows. It can mean only one thing.
                Stage::Start | Stage::BlockEnd if input.is_empty() => return Ok(fin),
                Stage::Start => self.stage = Stage::Blocks { more: false },
                Stage::BlockEnd => {
                    // A block with BFINAL set is no end for the context (RFC 7692 §7.2.3.4).
                    self.remember(sink.not_remembered());
                    if let Some(state) = self.state.take() {
                        self.pool.put_decompressor(state);
                    }
                    self.stage = Stage::Blocks { more: false };
                }
                Stage::Blocks { more: false } if input.is_empty() => {
                    if fin {
                        check_end(self.state())?;
                    }
                    return Ok(fin);
                }
                Stage::Blocks { .. } if sink.is_full() => return Ok(false),
                Stage::Blocks { .. } => {
                    let (status, filled) = sink.fill(self.state(), input)?;
                    self.stage = match status {
                        Status::StreamEnd => Stage::BlockEnd,
                        _ => Stage::Blocks { more: filled },
                    };
                }
            }
        }
    }

    /// The state of the message that is under way, or one that begins behind what came before.
    fn state(&mut self) -> &mut Decompress {
        self.state.get_or_insert_with(|| {
            let mut state = self.pool.take_decompressor();
            if let Some(history) = &self.history {
                for part in history.parts().into_iter().filter(|part| !part.is_empty()) {
                    // It cannot fail for raw DEFLATE data. If it did, whatever refers to these bytes would be an error.
                    let _ = state.set_dictionary(part);
                }
            }
            state
        })
    }

    fn remember(&mut self, bytes: &[u8]) {
        if !bytes.is_empty() {
            let capacity = self.bits.bytes();
            self.history.get_or_insert_with(|| Box::new(History::new(capacity))).append(bytes);
        }
    }

    fn end(&mut self) {
        if let Some(state) = self.state.take() {
            self.pool.put_decompressor(state);
        }
        if !self.context_takeover {
            self.history = None;
        }
        self.produced = 0;
        self.stage = Stage::Start;
    }

    fn fail(&mut self, failure: Failure) -> Error {
        self.failure = Some(failure);
        self.history = None;
        if let Some(state) = self.state.take() {
            self.pool.put_decompressor(state);
        }
        failure.into()
    }
}

impl fmt::Debug for Decompressor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decompressor")
            .field("bits", &self.bits)
            .field("context_takeover", &self.context_takeover)
            .field("message_under_way", &self.state.is_some())
            .field("produced", &self.produced)
            .field("history", &self.history)
            .field("failure", &self.failure)
            .finish_non_exhaustive()
    }
}

/// Where in a message we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Before its first byte.
    Start,
    /// In its blocks. `more` says that the output was full, so that there may be more without further input.
    Blocks { more: bool },
    /// Behind a block with BFINAL set.
    BlockEnd,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    Corrupt,
    Unfinished,
    TooLarge { limit: usize },
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Corrupt => Self::Corrupt,
            Failure::Unfinished => Self::Unfinished,
            Failure::TooLarge { limit } => Self::TooLarge { limit },
        }
    }
}

/// The caller's output, and how far it may be filled.
struct Sink<'o> {
    output: &'o mut Vec<u8>,
    end: usize,
    /// Up to where the history has it.
    remembered: usize,
}

impl Sink<'_> {
    fn is_full(&self) -> bool {
        self.output.len() >= self.end
    }

    fn not_remembered(&mut self) -> &[u8] {
        let from = core::mem::replace(&mut self.remembered, self.output.len());
        self.output.get(from..).unwrap_or_default()
    }

    /// Decompresses once. The answer says also whether all the room that there was has been filled.
    fn fill(&mut self, state: &mut Decompress, input: &mut &[u8]) -> Result<(Status, bool), Failure> {
        let left = self.end.saturating_sub(self.output.len());
        let likely = input.len().saturating_mul(4).clamp(LEAST_GROWTH, MOST_GROWTH);
        if self.output.len() == self.output.capacity() {
            // Doubled like a vector, so that the copies stay linear, but never beyond what may come.
            self.output.reserve_exact(likely.max(self.output.capacity()).min(left));
        }
        let (before_in, before_len) = (state.total_in(), self.output.len());
        let result;
        let filled;
        if self.output.capacity() <= self.end {
            result = state.decompress_vec(input, self.output, FlushDecompress::Sync);
            filled = self.output.len() == self.output.capacity();
        } else {
            // The vector has room for more than is allowed, and `decompress_vec` would take it all.
            let (room, before_out) = (likely.min(left), state.total_out());
            self.output.resize(before_len.saturating_add(room), 0);
            let target = self.output.get_mut(before_len..).unwrap_or_default();
            result = state.decompress(input, target, FlushDecompress::Sync);
            let produced = to_usize(state.total_out().saturating_sub(before_out));
            self.output.truncate(before_len.saturating_add(produced));
            filled = produced >= room;
        }
        let status = result.map_err(|_| Failure::Corrupt)?;
        let taken = to_usize(state.total_in().saturating_sub(before_in));
        let stuck = taken == 0 && self.output.len() == before_len && status != Status::StreamEnd;
        if stuck && !input.is_empty() {
            return Err(Failure::Corrupt);
        }
        *input = input.get(taken..).unwrap_or_default();
        Ok((status, filled))
    }
}

/// Puts back the four bytes that the peer left out, and checks that the message ends between two blocks.
fn check_end(state: &mut Decompress) -> Result<(), Failure> {
    let (input, output) = (state.total_in(), state.total_out());
    let mut scratch = [0; 8];
    let mut feed = |bytes: &[u8]| state.decompress(bytes, &mut scratch, FlushDecompress::Sync);
    let mut status = feed(&TAIL).map_err(|_| Failure::Unfinished)?;
    let mut fed = TAIL.len();
    if status != Status::StreamEnd {
        // zlib does not say where in a block it is. But where a block may begin, this is a last one, and then it says so.
        status = feed(&LAST_BLOCK).map_err(|_| Failure::Unfinished)?;
        fed = fed.saturating_add(LAST_BLOCK.len());
    }
    let taken = to_usize(state.total_in().saturating_sub(input));
    if status == Status::StreamEnd && taken == fed && state.total_out() == output {
        Ok(())
    } else {
        Err(Failure::Unfinished)
    }
}

fn to_usize(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// An empty block with BFINAL set.
const LAST_BLOCK: [u8; 2] = [0x03, 0x00];

const LEAST_GROWTH: usize = 256;
const MOST_GROWTH: usize = 64 * 1024;
