//! UTF-8 checking that survives cuts (RFC 6455 §8.1, RFC 3629).

use hybi_version::steps;

use crate::{Error, proven};

/// Checks text that comes in pieces, cut anywhere, as it comes.
///
/// A byte that can't be part of any UTF-8 text is found in the piece that brings it, also inside of an unfinished character.
///
/// ```
/// use hybi_frame::Utf8;
///
/// let mut utf8 = Utf8::new();
/// let first = utf8.check(b"caf\xc3")?;
/// assert_eq!((first.joined, first.text), (None, "caf"));
/// let second = utf8.check(b"\xa9!")?;
/// assert_eq!((second.joined, second.text), (Some('é'), "!"));
/// utf8.finish()?;
/// # Ok::<(), hybi_frame::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Utf8 {
    /// The beginning of a character whose end has not come yet.
    cut: [u8; 3],
    /// How many bytes of it are there.
    have: u8,
}

/// What one piece brought: the character that was cut before it, if that is complete now, and the text behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Checked<'a> {
    /// The character that began in an earlier piece and ended in this one.
    pub joined: Option<char>,
    /// What follows, up to the beginning of a character that is cut again.
    pub text: &'a str,
}

impl Utf8 {
    /// At the beginning of a text.
    #[must_use]
    pub const fn new() -> Self {
        Self { cut: [0; 3], have: 0 }
    }

    /// Checks the next piece.
    ///
    /// # Errors
    /// [`Error::InvalidUtf8`]; the text can't be mended after that.
    pub fn check<'a>(&mut self, piece: &'a [u8]) -> Result<Checked<'a>, Error> {
        let (joined, rest) = if self.have == 0 { (None, piece) } else { self.join(piece)? };
        let (text, cut) = text_and_cut(rest)?;
        if !cut.is_empty() {
            self.keep(cut)?;
        }
        Ok(Checked { joined, text })
    }

    /// Whether the text may end here: not inside of a character.
    ///
    /// # Errors
    /// [`Error::InvalidUtf8`].
    pub const fn finish(&self) -> Result<(), Error> {
        if self.have == 0 { Ok(()) } else { Err(Error::InvalidUtf8) }
    }

    /// Completes the character that was cut, as far as the piece goes.
    #[cold]
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "a character has at most four bytes, and ends it when they are there"
    )]
    fn join<'a>(&mut self, piece: &'a [u8]) -> Result<(Option<char>, &'a [u8]), Error> {
        let mut character = [0; 4];
        let mut have = usize::from(self.have);
        for (to, from) in character.iter_mut().zip(self.cut) {
            *to = from;
        }
        let length = length_from(character[0]);
        for (used, byte) in piece.iter().enumerate() {
            steps::count(1);
            if let Some(to) = character.get_mut(have) {
                *to = *byte;
            }
            have += 1;
            let so_far = character.get(..have).unwrap_or_default();
            if have == length {
                let joined = core::str::from_utf8(so_far).map_err(|_| Error::InvalidUtf8)?.chars().next();
                *self = Self::new();
                return Ok((joined, piece.get(used + 1..).unwrap_or_default()));
            }
            self.keep(so_far)?;
        }
        Ok((None, &[]))
    }

    /// Keeps the beginning of a character, if it can still become one.
    fn keep(&mut self, cut: &[u8]) -> Result<(), Error> {
        if !may_begin_a_character(cut) {
            return Err(Error::InvalidUtf8);
        }
        *self = Self::new();
        for (to, from) in self.cut.iter_mut().zip(cut) {
            *to = *from;
            self.have = self.have.saturating_add(1);
        }
        Ok(())
    }
}

/// The text, if it is UTF-8 as a whole.
#[inline]
#[must_use]
pub fn validate_utf8(bytes: &[u8]) -> Option<&str> {
    steps::count(bytes.len());
    proven::text(bytes)
}

/// Whether all of the bytes are UTF-8, by means that any CPU has, or that simdutf8 finds.
pub(crate) fn is_utf8_on_any_cpu(bytes: &[u8]) -> bool {
    // simdutf8 0.1.5 computes the place of a prefetch beyond its input, which Miri refuses although nobody reads there
    // (rusticstuff/simdutf8#120). And it costs more than it saves on short text.
    if bytes.len() < 64 || cfg!(miri) {
        str::from_utf8(bytes).is_ok()
    } else {
        simdutf8::basic::from_utf8(bytes).is_ok()
    }
}

/// The text, and behind it the beginning of a character that is cut there; together they are all the bytes.
pub(crate) fn text_and_cut(bytes: &[u8]) -> Result<(&str, &[u8]), Error> {
    let (whole, cut) = bytes.split_at_checked(bytes.len().saturating_sub(cut_at_end(bytes))).unwrap_or((bytes, &[]));
    let text = validate_utf8(whole).ok_or(Error::InvalidUtf8)?;
    if cut.is_empty() || may_begin_a_character(cut) { Ok((text, cut)) } else { Err(Error::InvalidUtf8) }
}

/// How many bytes at the end are the beginning of a character whose rest is missing; 0 to 3.
pub(crate) fn cut_at_end(bytes: &[u8]) -> usize {
    for (count, byte) in (1..=3).zip(bytes.iter().rev()) {
        // A continuation byte says nothing; what decides is the byte that leads it.
        if *byte & 0b1100_0000 != 0b1000_0000 {
            return if length_from(*byte) > count { count } else { 0 };
        }
    }
    0
}

/// The length that the first byte of a character tells; 1 where it can't lead one of several bytes.
const fn length_from(lead: u8) -> usize {
    match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => 1,
    }
}

/// Whether these one to three bytes can be the beginning of a longer character (RFC 3629 §4).
pub(crate) const fn may_begin_a_character(cut: &[u8]) -> bool {
    match cut {
        [0xC2..=0xF4]
        | [0xE0, 0xA0..=0xBF]
        | [0xE1..=0xEC | 0xEE | 0xEF, 0x80..=0xBF]
        | [0xED, 0x80..=0x9F]
        | [0xF0, 0x90..=0xBF]
        | [0xF1..=0xF3, 0x80..=0xBF]
        | [0xF4, 0x80..=0x8F] => true,
        [0xF0, 0x90..=0xBF, third] | [0xF1..=0xF3, 0x80..=0xBF, third] | [0xF4, 0x80..=0x8F, third] => {
            matches!(*third, 0x80..=0xBF)
        }
        _ => false,
    }
}
