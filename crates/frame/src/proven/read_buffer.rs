//! What was read stays where it is until its message is whole, and is looked at once all the same: as it comes.

#![expect(unsafe_code, reason = "a text is made of bytes that were checked as they came")]

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use hybi_version::steps;

use super::unmask_text;
use crate::utf8::{cut_at_end, may_begin_a_character};
use crate::{Decoder, Error, Front, Header, Opcode, WholeMessage, mask, validate_utf8};

/// A buffer to read into, in which a message that is cut by reads waits for its end: for who wants no copy and no allocation for
/// these either.
///
/// It belongs to one connection as long as it is not [empty](Self::is_empty); an event loop can share an empty one between all
/// of its connections. It grows with a message that does not fit, to less than four times the bytes of that message which came.
///
/// ```
/// use hybi_frame::{Decoder, Hold, ReadBuffer, Role, Version, WholeMessage};
///
/// let decoder = Decoder::new(Version::Hybi17, Role::Client)?;
/// let mut buffer = ReadBuffer::new();
/// # let read = |space: &mut [u8], bytes: &[u8]| { space[..bytes.len()].copy_from_slice(bytes); bytes.len() };
/// let count = read(buffer.space(), b"\x81\x05Hel");
/// assert_eq!(buffer.filled(count).hold(&decoder, 1 << 20)?, Hold::Wait);
///
/// let count = read(buffer.space(), b"lo");
/// assert_eq!(buffer.filled(count).hold(&decoder, 1 << 20)?, Hold::Message(WholeMessage::Text("Hello")));
/// assert!(buffer.is_empty());
/// # Ok::<(), hybi_frame::Error>(())
/// ```
pub struct ReadBuffer {
    /// All of it is filled with something.
    bytes: Vec<u8>,
    /// Where the bytes that were read end.
    end: usize,
    /// So many of them, before the end, were not taken yet.
    left: usize,
    /// What is known of the message at the front, if a part of it is there.
    begun: Begun,
    /// So many bytes of the space were not filled by the last read.
    spare: usize,
    /// How large it is at first.
    size: usize,
}

/// What is known of the message at the front.
#[derive(Clone, Copy, Debug)]
struct Begun {
    /// Where it ends.
    end: usize,
    /// So many bytes of its payload were treated: they have no mask any more, and are UTF-8 if the message is a text.
    treated: usize,
    /// As long as there are less bytes, there is nothing to do. Zero if there is no such message.
    until: usize,
    /// Its key as seen by the first byte of the payload.
    key: Option<mask::Key>,
    is_text: bool,
    /// The size of its header.
    size: u8,
}

/// The bytes of a [`ReadBuffer`] that were not taken yet. What is taken from it is gone from the buffer.
pub struct Unread<'a> {
    input: &'a mut [u8],
    /// The address where the buffer's bytes end.
    end: usize,
    left: &'a mut usize,
    begun: &'a mut Begun,
}

/// What is at the front of a buffer.
#[derive(Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a message is there, or a part of it, or something else")]
pub enum Hold<'a> {
    /// A message, which was taken.
    Message(WholeMessage<'a>),
    /// The beginning of a message: read more. It stays in the buffer.
    Wait,
    /// Something else, or nothing: [`Decoder::decode`] tells, with [`Unread::bytes`].
    Other,
}

impl ReadBuffer {
    /// A buffer for reads of up to 16 KiB, without memory before the first of them. What such a read brings is still in the first
    /// cache of most CPUs when it is unmasked.
    #[must_use]
    pub const fn new() -> Self {
        Self::with_size(16 << 10)
    }

    /// A buffer of so many bytes at first. Less than 1 KiB is taken as that. Where a socket is never empty, more than 16 KiB
    /// mostly save more by fewer system calls than they cost by what is no longer in the first cache.
    #[must_use]
    pub const fn with_size(size: usize) -> Self {
        let size = if size < 1024 { 1024 } else { size };
        Self { bytes: Vec::new(), end: 0, left: 0, begun: Begun::NOTHING, spare: 0, size }
    }

    /// Where the next read goes: at least half of the buffer; less if the rest of a message is less that is larger than the
    /// buffer was at first. Then say how much came, with [`filled`](Self::filled).
    pub fn space(&mut self) -> &mut [u8] {
        let start = self.end.saturating_sub(self.left);
        if self.left == 0 {
            self.end = 0;
        } else if start > 0 && self.end > self.size / 2 {
            // At most once for each message: after that it lies at the front.
            steps::count(self.left);
            self.bytes.copy_within(start..self.end, 0);
            self.end = self.left;
        }
        if self.bytes.is_empty() {
            self.bytes = vec![0; self.size];
        } else if self.end > self.bytes.len() / 2 {
            steps::count(self.bytes.len());
            self.bytes.resize(self.bytes.len().saturating_mul(2), 0);
        }
        self.spare = self.bytes.len().saturating_sub(self.end).min(self.rest_of_large());
        let until = self.end.saturating_add(self.spare);
        self.bytes.get_mut(self.end..until).unwrap_or_default()
    }

    /// How much is lent at most: what a message lacks that is larger than the buffer was at first, and the header of the next one,
    /// for what comes behind that would have to be moved to the front. There is no such limit where reads don't fill their space.
    const fn rest_of_large(&self) -> usize {
        let Begun { end, .. } = self.begun;
        let is_large = end > self.size && self.spare == 0;
        if is_large { end.saturating_sub(self.left).saturating_add(Header::MAX_SIZE) } else { usize::MAX }
    }

    /// Takes note that a read brought so many bytes into the [space](Self::space), not more than that has. Gives all that were
    /// not taken yet.
    pub fn filled(&mut self, count: usize) -> Unread<'_> {
        let count = count.min(self.spare);
        self.spare = self.spare.saturating_sub(count);
        self.end = self.end.saturating_add(count);
        self.left = self.left.saturating_add(count);
        self.unread()
    }

    /// The bytes that were not taken yet.
    pub fn unread(&mut self) -> Unread<'_> {
        let start = self.end.saturating_sub(self.left);
        let input = self.bytes.get_mut(start..self.end).unwrap_or_default();
        let end = input.as_ptr_range().end.addr();
        Unread { input, end, left: &mut self.left, begun: &mut self.begun }
    }

    /// Whether all that was read is taken, so that another connection can use it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.left == 0
    }

    /// How many bytes were read and not taken yet.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.left
    }

    /// How many bytes of memory it has.
    #[must_use]
    pub const fn capacity(&self) -> usize {
        self.bytes.capacity()
    }

    /// Forgets what was not taken, for the next connection.
    pub const fn clear(&mut self) {
        (self.end, self.left) = (0, 0);
        self.begun.forget();
    }

    /// Gives the memory back, if it is empty.
    pub fn release(&mut self) {
        if self.is_empty() {
            *self = Self::with_size(self.size);
        }
    }
}

impl Default for ReadBuffer {
    fn default() -> Self {
        Self::new()
    }
}

/// How much is in it, and not what.
impl fmt::Debug for ReadBuffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadBuffer").field("len", &self.len()).field("capacity", &self.capacity()).finish()
    }
}

impl<'a> Unread<'a> {
    /// As [`Decoder::whole_message`]: the straight way.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "else the event of a message goes through memory at each layer")]
    pub fn whole_message(&mut self, decoder: &Decoder) -> Option<WholeMessage<'a>> {
        if self.begun.until > 0 && !self.begins_anew() { None } else { decoder.whole_message(&mut self.input) }
    }

    /// Whether a message that has begun can be taken as if it had not, since nothing of it was treated. Then that is forgotten.
    #[inline]
    fn begins_anew(&mut self) -> bool {
        let anew = self.begun.treated == 0 && self.input.len() >= self.begun.until;
        if anew {
            self.begun.forget();
        }
        anew
    }

    /// Takes the message at the front if it is there as a whole, in one frame and with nothing special about it. One of at
    /// most `limit` bytes that has begun is left there until it is whole; what came of a text is unmasked and checked.
    ///
    /// # Errors
    /// [`Error::InvalidUtf8`] as soon as a byte comes that can't be part of a text.
    #[inline]
    pub fn hold(&mut self, decoder: &Decoder, limit: u64) -> Result<Hold<'a>, Error> {
        if self.input.len() < self.begun.until { Ok(Hold::Wait) } else { self.hold_what_came(decoder, limit) }
    }

    /// The same where there is something to do.
    fn hold_what_came(&mut self, decoder: &Decoder, limit: u64) -> Result<Hold<'a>, Error> {
        let known = match self.begun.until {
            1.. => Some(*self.begun),
            0 => match decoder.front(self.input) {
                Front::Message { header, size } if header.length <= limit => Begun::new(&header, size),
                Front::Cut => return Ok(Hold::Wait),
                _ => None,
            },
        };
        let Some(mut begun) = known else { return Ok(Hold::Other) };
        // Who got `bytes` may have put others in their place. What ends where the buffer's do is a part of them.
        if self.input.as_ptr_range().end.addr() != self.end {
            return Ok(Hold::Other);
        }
        // Noted here and not only in the end, which who forgets this value leaves out: what `begun` says is about these bytes.
        *self.left = self.input.len();
        let (end, size) = (begun.end, usize::from(begun.size));
        let came = end.min(self.input.len());
        let went_on = begun.go_on(self.input.get_mut(size..came).unwrap_or_default(), came == end);
        if came < end || went_on.is_err() {
            *self.begun = begun;
            return went_on.map(|()| Hold::Wait);
        }
        self.begun.forget();
        let Begun { is_text, treated, .. } = begun;
        let frame = self.input.split_off_mut(..end).unwrap_or_default();
        let payload = frame.get_mut(size..).unwrap_or_default();
        if !is_text {
            return Ok(Hold::Message(WholeMessage::Binary(payload)));
        }
        if treated != payload.len() {
            return Err(Error::InvalidUtf8);
        }
        // SAFETY: the first `treated` bytes of the payload are UTF-8, and these are all. Only `piece` moves that: over bytes that
        // `unmask_text` or `validate_utf8` gave as a `str`, and beyond any payload where they gave none, for which `go_on` has an
        // error from then on. What is UTF-8 stays so where UTF-8 is put behind it (RFC 3629 §3). In between nobody can change a
        // byte: `space` lends only what lies behind them, and moves all of them at once; `whole_message` takes none where one was
        // treated; and `bytes`, which lends them, forgets that. And it is said of these bytes and no others: they end where the
        // buffer's end, or `go_on` isn't reached, and as long as it is not zero `left` is where they begin, also if this value is
        // forgotten and not dropped. It counts from the same place each time, which was noted when it was zero. The tests in
        // `read_buffer.rs` compare with the standard library, for all short texts in all cuts.
        Ok(Hold::Message(WholeMessage::Text(unsafe { str::from_utf8_unchecked(payload) })))
    }

    /// The bytes as they came, to take some from their front. Not for the rest of a message that was [held](Self::hold).
    #[inline]
    pub const fn bytes(&mut self) -> &mut &'a mut [u8] {
        self.begun.forget();
        &mut self.input
    }
}

/// How much is in it, and not what.
impl fmt::Debug for Unread<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unread").field("len", &self.input.len()).finish()
    }
}

/// What is left now is what the buffer has.
impl Drop for Unread<'_> {
    #[inline]
    fn drop(&mut self) {
        *self.left = self.input.len();
    }
}

impl Begun {
    const NOTHING: Self = Self { end: 0, treated: 0, until: 0, key: None, is_text: false, size: 0 };

    /// A message with this header, of which nothing was treated; if there is a place that can have so many bytes.
    fn new(header: &Header, size: usize) -> Option<Self> {
        let end = usize::try_from(header.length).ok()?.checked_add(size)?;
        let (key, is_text) = (header.mask, header.opcode == Opcode::Text);
        Some(Self { end, treated: 0, until: 1, key, is_text, size: u8::try_from(size).ok()? })
    }

    /// Knows nothing any more.
    const fn forget(&mut self) {
        (self.end, self.treated, self.until) = (0, 0, 0);
    }

    /// Unmasks what is new of a payload, and checks it if it is a text: in pieces, so that they are near if they are looked at
    /// again. What is no text can wait for the rest of its piece: to unmask that at once takes less.
    fn go_on(&mut self, payload: &mut [u8], all: bool) -> Result<(), Error> {
        let Some(new) = payload.len().checked_sub(self.treated) else { return Err(Error::InvalidUtf8) };
        let mut until = self.treated;
        while until < payload.len() && (self.is_text || all || new >= PIECE) {
            until = until.saturating_add(PIECE).min(payload.len());
            self.piece(payload.get_mut(self.treated..until).unwrap_or_default())?;
        }
        if !self.is_text {
            self.until = usize::from(self.size).saturating_add(self.treated).saturating_add(PIECE).min(self.end);
        }
        Ok(())
    }

    /// The same for one piece. The beginning of a character that is cut at its end is looked at, and stays as it is.
    fn piece(&mut self, piece: &mut [u8]) -> Result<(), Error> {
        let key = self.key.map(|key| mask::turned(key, self.treated));
        if !self.is_text {
            self.treated = self.treated.saturating_add(piece.len());
            if let Some(key) = key {
                mask::apply(key, piece);
            }
            return Ok(());
        }
        let mut end = [0; 3];
        let cut = cut_of(key.unwrap_or_default(), piece, &mut end);
        let whole = piece.get_mut(..piece.len().saturating_sub(cut.len())).unwrap_or_default();
        let text = match key {
            Some(key) => unmask_text(key, whole).ok(),
            None => validate_utf8(whole),
        };
        match text {
            Some(text) if cut.is_empty() || may_begin_a_character(cut) => {
                self.treated = self.treated.saturating_add(text.len());
                Ok(())
            }
            _ => {
                // More than any payload has: nothing that comes later mends it.
                self.treated = usize::MAX;
                Err(Error::InvalidUtf8)
            }
        }
    }
}

/// The beginning of a character that is cut at the end of a text, without its mask, in a place that is for that.
#[inline]
fn cut_of<'a>(key: mask::Key, text: &[u8], place: &'a mut [u8; 3]) -> &'a [u8] {
    let [key_of_last, ..] = mask::turned(key, text.len().wrapping_sub(1));
    match text.last() {
        Some(last) if !(last ^ key_of_last).is_ascii() => cut_at_end_of(key, text, place),
        _ => &[],
    }
}

/// The same where the text doesn't end as ASCII.
fn cut_at_end_of<'a>(key: mask::Key, text: &[u8], place: &'a mut [u8; 3]) -> &'a [u8] {
    let at = text.len().saturating_sub(place.len());
    let end = text.get(at..).unwrap_or_default();
    let place = place.get_mut(..end.len()).unwrap_or_default();
    for ((to, from), key) in place.iter_mut().zip(end).zip(mask::turned(key, at)) {
        *to = from ^ key;
    }
    place.get(place.len().saturating_sub(cut_at_end(place))..).unwrap_or_default()
}

/// So much fits into the first cache, with what else is there.
const PIECE: usize = 16 << 10;
