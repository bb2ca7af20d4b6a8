//! Where a piece of a head stands in its text.

/// A range of bytes of a text, half the size of a range of `usize`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    start: u32,
    len: u32,
}

impl Span {
    /// The longest text that spans can point into.
    pub(crate) const LIMIT: usize = u32::MAX as usize;

    /// The range between two offsets into a text of at most [`Span::LIMIT`] bytes.
    pub(crate) const fn new(start: usize, end: usize) -> Self {
        Self { start: low_half(start), len: low_half(end.wrapping_sub(start)) }
    }

    /// The bytes of `text` that this range covers.
    #[inline]
    pub(crate) fn get(self, text: &[u8]) -> &[u8] {
        text.get(self.start()..self.end()).unwrap_or_else(nothing)
    }

    /// Offset of the first byte.
    pub(crate) const fn start(self) -> usize {
        self.start as usize
    }

    /// Offset behind the last byte.
    pub(crate) const fn end(self) -> usize {
        self.start().saturating_add(self.len())
    }

    /// How many bytes it covers.
    pub(crate) const fn len(self) -> usize {
        self.len as usize
    }

    /// The same range, `by` bytes nearer to the start of the text; a number that wraps moves it away from there.
    pub(crate) const fn moved(self, by: usize) -> Self {
        Self { start: low_half(self.start().wrapping_sub(by)), len: self.len }
    }
}

/// What a range has that does not lie in its text. There is none, and no code that chooses between the two.
#[cold]
pub(crate) const fn nothing<'t>() -> &'t [u8] {
    &[]
}

/// The low 32 bits, which are all of an offset into a text of at most [`Span::LIMIT`] bytes.
const fn low_half(offset: usize) -> u32 {
    let [a, b, c, d, ..] = offset.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}
