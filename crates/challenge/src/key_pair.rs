//! The keys that a hybi-00 client sends.

use core::fmt;

use crate::{Checksum, random_bytes};

/// What a hybi-00 client sends for a proof: the values of `Sec-WebSocket-Key1` and `Sec-WebSocket-Key2`, and the eight bytes
/// behind the head, which have no name in the draft and are known as key3 (hybi-00 §4.1).
///
/// ```
/// use hybi_challenge::{Checksum, KeyPair, key_part, random_bytes};
///
/// let keys = KeyPair::generate(random_bytes);
/// let (part1, part2) = (key_part(keys.key1().as_bytes())?, key_part(keys.key2().as_bytes())?);
/// assert_eq!(Checksum::new(part1, part2, keys.key3()), keys.checksum());
/// # Ok::<(), hybi_challenge::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct KeyPair {
    keys: [Text; 2],
    parts: [u32; 2],
    key3: [u8; 8],
}

impl KeyPair {
    /// New keys. The function fills a slice with random bytes: [`random_bytes`], if there is no reason for another.
    #[must_use]
    pub fn generate(mut fill: impl FnMut(&mut [u8])) -> Self {
        let (key1, part1) = key(&mut fill);
        let (key2, part2) = key(&mut fill);
        let mut key3 = [0; 8];
        fill(&mut key3);
        Self { keys: [key1, key2], parts: [part1, part2], key3 }
    }

    /// The value of `Sec-WebSocket-Key1`. It neither begins nor ends with a space.
    #[must_use]
    pub fn key1(&self) -> &str {
        let [key1, _] = &self.keys;
        key1.as_str()
    }

    /// The value of `Sec-WebSocket-Key2`. It neither begins nor ends with a space.
    #[must_use]
    pub fn key2(&self) -> &str {
        let [_, key2] = &self.keys;
        key2.as_str()
    }

    /// The eight bytes behind the head of the request.
    #[must_use]
    pub const fn key3(&self) -> [u8; 8] {
        self.key3
    }

    /// The sixteen bytes that are the right answer.
    #[must_use]
    pub fn checksum(&self) -> Checksum {
        let [part1, part2] = self.parts;
        Checksum::new(part1, part2, self.key3)
    }
}

/// As [`generate`](Self::generate) with [`random_bytes`]: each is another.
impl Default for KeyPair {
    fn default() -> Self {
        Self::generate(random_bytes)
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPair")
            .field("key1", &self.key1())
            .field("key2", &self.key2())
            .field("key3", &format_args!("\"{}\"", self.key3.escape_ascii()))
            .finish()
    }
}

/// A key and its part, by the steps of hybi-00 §4.1 that make one.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "1 to 12 spaces, a part for which the product fits, a text of two characters or more before a space goes in"
)]
fn key(fill: &mut impl FnMut(&mut [u8])) -> (Text, u32) {
    let mut below = |bound: u32| below(bound, fill);
    // 1 to 12 spaces, and a part for which the product fits 32 bits.
    let spaces = 1 + below(12);
    let largest = u32::MAX / spaces;
    let part = match largest.checked_add(1) {
        Some(bound) => below(bound),
        // One space leaves all numbers of 32 bits, one more than a bound can say.
        None => below(1 << 16) << 16 | below(1 << 16),
    };
    let mut text = Text::of_number(part * spaces);
    for _ in 0..=below(12) {
        let position = below(text.length + 1);
        // U+0021 to U+002F are 15 characters, U+003A to U+007E are 69.
        let character = match below(84) {
            index @ 0..15 => 0x21 + index,
            index => 0x3a + index - 15,
        };
        text.insert(position, u8::try_from(character).unwrap_or(b'!'));
    }
    for _ in 0..spaces {
        // Not before the first character nor behind the last.
        let position = 1 + below(text.length - 1);
        text.insert(position, b' ');
    }
    (text, part)
}

/// A random number below the bound. 64 random bits for a bound of 32 leave no bias that could be measured.
#[expect(clippy::arithmetic_side_effects, reason = "64 bits times 32 bits are 96 of 128")]
fn below(bound: u32, fill: &mut impl FnMut(&mut [u8])) -> u32 {
    let mut bytes = [0; 8];
    fill(&mut bytes);
    let product = u128::from(u64::from_le_bytes(bytes)) * u128::from(bound);
    u32::try_from(product >> 64).unwrap_or(0)
}

/// A key in the making: never longer than ten digits, twelve other characters and twelve spaces.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Text {
    bytes: [u8; CAPACITY],
    length: u32,
}

impl Text {
    fn of_number(mut number: u32) -> Self {
        let mut text = Self { bytes: [0; CAPACITY], length: 0 };
        loop {
            // A remainder of ten is one digit.
            text.insert(0, b'0' | u8::try_from(number % 10).unwrap_or(0));
            number /= 10;
            if number == 0 {
                return text;
            }
        }
    }

    /// Moves what stands at the position and behind, and puts the byte there.
    fn insert(&mut self, position: u32, byte: u8) {
        let (Ok(position), Ok(length)) = (usize::try_from(position), usize::try_from(self.length)) else { return };
        if let Some(tail) = self.bytes.get_mut(position..=length) {
            tail.rotate_right(1);
            if let Some(first) = tail.first_mut() {
                *first = byte;
                self.length = self.length.saturating_add(1);
            }
        }
    }

    fn as_str(&self) -> &str {
        let bytes = usize::try_from(self.length).ok().and_then(|length| self.bytes.get(..length)).unwrap_or_default();
        core::str::from_utf8(bytes).unwrap_or_default()
    }
}

const CAPACITY: usize = 10 + 12 + 12;
