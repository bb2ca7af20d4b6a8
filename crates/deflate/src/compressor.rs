//! What sends.

use core::fmt;

use flate2::{Compress, FlushCompress, Status};

use crate::history::History;
use crate::pool::{Key, Owner, compress_bytes};
use crate::{Error, Level, Pool, WindowBits};

/// Compresses the messages of one direction of a connection (RFC 7692 §7.2.1).
///
/// Between two messages it holds no zlib state, only, where context is kept, the last bytes that it compressed (at most 4 KiB).
/// The state comes from a [`Pool`].
pub struct Compressor {
    pool: Pool,
    /// There while a message is under way.
    state: Option<Box<Compress>>,
    /// There as soon as context was kept.
    history: Option<Box<History>>,
    /// [`Owner::NOBODY`] where no context is kept.
    owner: Owner,
    key: Key,
    threshold: usize,
    /// Nothing was compressed since the last flush.
    flushed: bool,
    /// The context is to be dropped when the message ends.
    forget: bool,
    /// The state has seen what the peer will not see. The history has not, so the next message begins from there.
    unseen: bool,
}

impl Compressor {
    /// A compressor for a peer that keeps a window of this size.
    #[must_use]
    pub fn new(bits: WindowBits, context_takeover: bool, level: Level, threshold: usize, pool: &Pool) -> Self {
        Self {
            pool: pool.clone(),
            state: None,
            history: None,
            owner: if context_takeover { Owner::next() } else { Owner::NOBODY },
            key: Key { bits, level },
            threshold,
            flushed: true,
            forget: false,
            unseen: false,
        }
    }

    /// Whether a message of this length should be compressed by the threshold that was set.
    #[must_use]
    pub const fn wants(&self, length: usize) -> bool {
        length >= self.threshold && length > 0
    }

    /// Compresses a whole message if that pays. The payload is appended to the output and the answer is true; or the output
    /// stays as it was, and the answer is false: then the message is to be sent as it is.
    ///
    /// The answer is false for messages below the threshold, and for those that do not become smaller. Neither changes the
    /// context.
    ///
    /// If a message was begun with [`compress`](Self::compress), these bytes are its last part, and the answer is true.
    ///
    /// # Errors
    ///
    /// [`Error::Compressor`], which is a bug.
    pub fn try_compress(&mut self, message: &[u8], output: &mut Vec<u8>) -> Result<bool, Error> {
        if self.state.is_some() {
            return self.compress(message, true, output).map(|()| true);
        }
        if !self.wants(message.len()) {
            return Ok(false);
        }
        let start = output.len();
        run(self.begin(), message, FlushCompress::Sync, output)?;
        cut_tail(output, start)?;
        let pays = output.len().saturating_sub(start) < message.len();
        if pays {
            self.remember(message);
        } else {
            output.truncate(start);
            self.unseen = true;
        }
        self.end();
        Ok(pays)
    }

    /// Compresses a piece of a message; `fin` says that it is the last one. What is ready is appended to the output; together
    /// this is the payload of the message, without the four bytes that RFC 7692 §7.2.1 takes away. It may be cut into
    /// frames anywhere.
    ///
    /// Bytes are held back until there are enough for a block of its own; see [`flush`](Self::flush).
    ///
    /// # Errors
    ///
    /// [`Error::Compressor`], which is a bug.
    pub fn compress(&mut self, input: &[u8], fin: bool, output: &mut Vec<u8>) -> Result<(), Error> {
        if input.is_empty() && !fin {
            return Ok(());
        }
        if input.is_empty() && self.flushed {
            // Behind a flush, and at the beginning, the empty block whose last four bytes are left out is one zero byte
            // (RFC 7692 §7.2.3.6).
            output.push(0);
            self.end();
            return Ok(());
        }
        let start = output.len();
        let flush = if fin { FlushCompress::Sync } else { FlushCompress::None };
        run(self.begin(), input, flush, output)?;
        self.remember(input);
        self.flushed = false;
        if fin {
            cut_tail(output, start)?;
            self.end();
        }
        Ok(())
    }

    /// Appends all that was held back, so that the peer can decompress all that went in so far. Costs a few bytes.
    ///
    /// # Errors
    ///
    /// [`Error::Compressor`], which is a bug.
    pub fn flush(&mut self, output: &mut Vec<u8>) -> Result<(), Error> {
        if !self.flushed
            && let Some(state) = &mut self.state
        {
            run(state, &[], FlushCompress::Sync, output)?;
            self.flushed = true;
        }
        Ok(())
    }

    /// Drops the context: the next message (not one that is under way) refers to nothing that was sent before it.
    ///
    /// Call this when a compressed message was sent to the same peer that this compressor has not seen, such as one that was
    /// compressed once for many connections.
    pub fn forget(&mut self) {
        if self.state.is_some() {
            self.forget = true;
            return;
        }
        self.forget = false;
        self.history = None;
        if self.owner != Owner::NOBODY {
            self.owner = Owner::next();
        }
    }

    /// The memory on the heap that belongs to this compressor alone.
    #[must_use]
    pub fn retained_bytes(&self) -> usize {
        let state = self.state.as_ref().map_or(0, |_| compress_bytes(self.key));
        state.saturating_add(self.history.as_ref().map_or(0, |history| history.heap_bytes()))
    }

    /// The state of the message that is under way, or one that begins where the last message ended.
    fn begin(&mut self) -> &mut Compress {
        if self.state.is_none() {
            self.flushed = true;
        }
        self.state.get_or_insert_with(|| {
            let (mut state, own) = self.pool.take_compressor(self.owner, self.key);
            if !own && let Some(history) = &self.history {
                for part in history.parts().into_iter().filter(|part| !part.is_empty()) {
                    // It cannot fail for a state that begins. If it did, the message would only be compressed less well.
                    let _ = state.set_dictionary(part);
                }
            }
            state
        })
    }

    /// The message is at its end: gives the state back.
    fn end(&mut self) {
        self.flushed = true;
        if let Some(state) = self.state.take() {
            let owner = if self.unseen || self.forget { Owner::NOBODY } else { self.owner };
            self.pool.put_compressor(owner, self.key, state);
        }
        self.unseen = false;
        if self.forget {
            self.forget();
        }
    }

    fn remember(&mut self, input: &[u8]) {
        if self.owner != Owner::NOBODY {
            let capacity = self.key.bits.bytes().min(REMEMBERED);
            self.history.get_or_insert_with(|| Box::new(History::new(capacity))).append(input);
        }
    }
}

impl fmt::Debug for Compressor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Compressor")
            .field("key", &self.key)
            .field("context_takeover", &(self.owner != Owner::NOBODY))
            .field("threshold", &self.threshold)
            .field("message_under_way", &self.state.is_some())
            .field("history", &self.history)
            .finish_non_exhaustive()
    }
}

/// Compresses all of the input.
fn run(state: &mut Compress, mut input: &[u8], flush: FlushCompress, output: &mut Vec<u8>) -> Result<(), Error> {
    loop {
        if output.capacity().saturating_sub(output.len()) < LEAST_SPARE {
            output.reserve((input.len() / 2).clamp(LEAST_SPARE, MOST_SPARE));
        }
        let (before_in, before_len) = (state.total_in(), output.len());
        let status = state.compress_vec(input, output, flush).map_err(|_| Error::Compressor)?;
        let taken = usize::try_from(state.total_in().saturating_sub(before_in)).unwrap_or(usize::MAX);
        input = input.get(taken..).unwrap_or_default();
        if output.len() < output.capacity() {
            if input.is_empty() {
                return Ok(());
            }
            if status == Status::StreamEnd || (taken == 0 && output.len() == before_len) {
                return Err(Error::Compressor);
            }
        }
    }
}

/// Removes the end of a flush, which the peer puts back (RFC 7692 §7.2.1 step 3).
fn cut_tail(output: &mut Vec<u8>, start: usize) -> Result<(), Error> {
    let length = output.len().saturating_sub(TAIL.len());
    if length < start || !output.ends_with(&TAIL) {
        return Err(Error::Compressor);
    }
    output.truncate(length);
    Ok(())
}

/// What every flush ends with.
pub(crate) const TAIL: [u8; 4] = [0x00, 0x00, 0xff, 0xff];

/// How much of what was sent a state that begins again is told. It costs time for every byte; the first few KiB bring nearly
/// all that there is to gain.
const REMEMBERED: usize = 4096;

/// A flush needs a few bytes at once, or it writes its end twice.
const LEAST_SPARE: usize = 64;
const MOST_SPARE: usize = 64 * 1024;
