//! The slow twin of UTF-8 checking: RFC 3629 §4, one byte at a time, without a table.

/// Checks a whole text.
#[must_use]
pub fn naive_utf8(bytes: &[u8]) -> Utf8Verdict {
    let mut state = NaiveUtf8::default();
    for (at, byte) in bytes.iter().enumerate() {
        if !state.receive(*byte) {
            return Utf8Verdict::Invalid { at };
        }
    }
    if state.is_complete() { Utf8Verdict::Complete } else { Utf8Verdict::Partial }
}

/// What can be said of some bytes that ought to be UTF-8.
#[expect(clippy::exhaustive_enums, reason = "tests match on it, and there is nothing between these three")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Utf8Verdict {
    /// They are valid and end with a whole character.
    Complete,
    /// They are the start of a valid text and end inside a character.
    Partial,
    /// Nothing that follows can make them valid.
    Invalid {
        /// The index of the first byte at which that is known.
        at: usize,
    },
}

/// A checker that takes one byte after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NaiveUtf8(State);

impl NaiveUtf8 {
    /// Takes a byte; false if the text is invalid from here on.
    pub fn receive(&mut self, byte: u8) -> bool {
        self.0 = match (self.0, byte) {
            (State::Start, 0x00..=0x7f) | (State::Tail1, 0x80..=0xbf) => State::Start,
            // 80 to BF are tails, C0 and C1 could only begin an overlong form.
            (State::Start, 0xc2..=0xdf)
            | (State::Tail2, 0x80..=0xbf)
            | (State::AfterE0, 0xa0..=0xbf)
            | (State::AfterEd, 0x80..=0x9f) => State::Tail1,
            (State::Start, 0xe0) => State::AfterE0,
            (State::Start, 0xe1..=0xec | 0xee..=0xef)
            | (State::Tail3, 0x80..=0xbf)
            | (State::AfterF0, 0x90..=0xbf)
            | (State::AfterF4, 0x80..=0x8f) => State::Tail2,
            (State::Start, 0xed) => State::AfterEd,
            (State::Start, 0xf0) => State::AfterF0,
            (State::Start, 0xf1..=0xf3) => State::Tail3,
            (State::Start, 0xf4) => State::AfterF4,
            _ => State::Invalid,
        };
        self.0 != State::Invalid
    }

    /// Whether the text could end here.
    #[must_use]
    pub fn is_complete(self) -> bool {
        self.0 == State::Start
    }
}

/// What may come next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// A character.
    #[default]
    Start,
    /// One tail byte, two, or three.
    Tail1,
    Tail2,
    Tail3,
    /// A tail byte that is not of an overlong form of three bytes.
    AfterE0,
    /// A tail byte that is not of a surrogate.
    AfterEd,
    /// A tail byte that is not of an overlong form of four bytes.
    AfterF0,
    /// A tail byte that is not of a character above U+10FFFF.
    AfterF4,
    /// Nothing.
    Invalid,
}
