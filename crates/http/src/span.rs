//! Where a piece of a head stands in its text.

/// A range of bytes of a text, half the size of a range of `usize`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The longest text that spans can point into.
    pub(crate) const LIMIT: usize = u32::MAX as usize;

    /// The range between two offsets. Offsets above [`Span::LIMIT`] do not come up: no text gets that long.
    pub(crate) fn new(start: usize, end: usize) -> Self {
        Self { start: u32::try_from(start).unwrap_or(u32::MAX), end: u32::try_from(end).unwrap_or(u32::MAX) }
    }

    /// Where `part`, which is a slice of `text`, stands in it. What is no slice of `text` comes out empty.
    pub(crate) fn of(part: &[u8], text: &[u8]) -> Self {
        let start = part.as_ptr().addr().wrapping_sub(text.as_ptr().addr());
        if start.saturating_add(part.len()) <= text.len() {
            Self::new(start, start.wrapping_add(part.len()))
        } else {
            Self::default()
        }
    }

    /// The bytes of `text` that this range covers.
    pub(crate) fn get(self, text: &[u8]) -> &[u8] {
        text.get(self.start()..self.end()).unwrap_or_default()
    }

    /// Offset of the first byte.
    pub(crate) const fn start(self) -> usize {
        self.start as usize
    }

    /// Offset behind the last byte.
    pub(crate) const fn end(self) -> usize {
        self.end as usize
    }

    /// How many bytes it covers.
    pub(crate) const fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// The same range, `by` bytes nearer to the start of the text; a number that wraps moves it away from there.
    pub(crate) fn moved(self, by: usize) -> Self {
        Self::new(self.start().wrapping_sub(by), self.end().wrapping_sub(by))
    }
}
