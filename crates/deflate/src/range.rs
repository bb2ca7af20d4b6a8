//! The two numbers that have a range: the size of a window and the level of compression.

use core::fmt;

use crate::Error;

/// The base-2 logarithm of the size of an LZ77 window, 8 to 15 (RFC 7692 §7.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WindowBits(u8);

impl WindowBits {
    /// A window of 256 bytes.
    pub const MIN: Self = Self(8);
    /// A window of 32 KiB, which is meant where nothing else was agreed.
    pub const MAX: Self = Self(15);
    /// A window of 4 KiB, which costs small messages little of their compression.
    pub const SMALL: Self = Self(12);

    /// `None` below 8 and above 15.
    #[must_use]
    pub const fn new(bits: u8) -> Option<Self> {
        if bits >= Self::MIN.0 && bits <= Self::MAX.0 { Some(Self(bits)) } else { None }
    }

    /// The number of bits.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// The size of the window in bytes.
    #[must_use]
    pub const fn bytes(self) -> usize {
        1 << self.0
    }

    /// The value of a parameter: decimal, without leading zeros (RFC 7692 §7.1.2.1).
    pub(crate) fn parse(value: &str) -> Option<Self> {
        if value.starts_with('0') || !value.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        value.parse().ok().and_then(Self::new)
    }
}

impl Default for WindowBits {
    fn default() -> Self {
        Self::MAX
    }
}

impl fmt::Display for WindowBits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<u8> for WindowBits {
    type Error = Error;

    fn try_from(bits: u8) -> Result<Self, Error> {
        Self::new(bits).ok_or(Error::WindowBits(bits))
    }
}

impl From<WindowBits> for u8 {
    fn from(bits: WindowBits) -> Self {
        bits.0
    }
}

/// How much work goes into compressing, 1 to 9, as in zlib.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(u8);

impl Level {
    /// Least work, largest output.
    pub const FASTEST: Self = Self(1);
    /// What zlib takes for a good compromise: 6.
    pub const DEFAULT: Self = Self(6);
    /// Most work, smallest output.
    pub const SMALLEST: Self = Self(9);

    /// `None` below 1 and above 9.
    #[must_use]
    pub const fn new(level: u8) -> Option<Self> {
        if level >= Self::FASTEST.0 && level <= Self::SMALLEST.0 { Some(Self(level)) } else { None }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl Default for Level {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<u8> for Level {
    type Error = Error;

    fn try_from(level: u8) -> Result<Self, Error> {
        Self::new(level).ok_or(Error::Level(level))
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> Self {
        level.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_parameters() {
        for bits in 8..=15 {
            assert_eq!(WindowBits::parse(&bits.to_string()), WindowBits::new(bits));
        }
        for value in ["", "0", "7", "16", "08", "010", "+9", "-9", "9 ", "9.0", "0x9", "256", "264", "99999999999", "a"]
        {
            assert_eq!(WindowBits::parse(value), None, "{value:?}");
        }
    }
}
