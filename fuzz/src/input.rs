//! Decisions and bytes, taken from the front of what the fuzzer gives.

/// What the fuzzer gives. Where it ends, zeros follow, so that every input is a whole one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    pub(crate) const fn new(data: &'a [u8]) -> Self {
        Self(data)
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.0.split_off_first().copied().unwrap_or(0)
    }

    /// A number below the bound, which is not 0.
    pub(crate) fn below(&mut self, bound: u8) -> usize {
        usize::from(self.byte() % bound)
    }

    pub(crate) fn flag(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    /// A byte that tells how many follow, and these.
    pub(crate) fn bytes(&mut self) -> &'a [u8] {
        let length = usize::from(self.byte()).min(self.0.len());
        self.0.split_off(..length).unwrap_or_default()
    }

    /// The same as text: what is no UTF-8 is left out.
    pub(crate) fn text(&mut self) -> &'a str {
        self.bytes().utf8_chunks().map(|chunk| chunk.valid()).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// All that is left, at most as much as a check can afford to go through for many cuts.
    pub(crate) fn rest(self) -> &'a [u8] {
        self.0.get(..MOST).unwrap_or(self.0)
    }
}

/// More than libFuzzer gives by default.
const MOST: usize = 16 * 1024;
