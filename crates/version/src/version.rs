//! The four versions, by name.

use core::fmt;
use core::str::FromStr;

use crate::{Can, Facts, Wire, draft};

/// A version of the WebSocket protocol.
///
/// All four are always here, whatever a build supports, so that no combination of features can break a `match`.
/// The order is that of their age: `Hixie75 < Hybi00 < Hybi10 < Hybi17`.
///
/// ```
/// use hybi_version::Version;
///
/// let version: Version = "draft-ietf-hybi-10".parse()?;
/// assert_eq!(version, Version::Hybi10);
/// assert_eq!(version.facts().numbers, [8, 7]);
/// assert!(version < Version::LATEST);
/// # Ok::<(), hybi_version::UnknownVersion>(())
/// ```
#[expect(
    clippy::exhaustive_enums,
    reason = "there will be no other version, and a match over all of them is how a reader finds what differs"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// `draft-hixie-75` of February 2010: no key, no closing handshake, text alone.
    Hixie75,
    /// `draft-ietf-hybi-00` of May 2010, the same as `draft-hixie-76`: two keys, eight bytes and an MD5 answer.
    Hybi00,
    /// `draft-ietf-hybi-10` of July 2011: the frames of RFC 6455 under the version number 8.
    Hybi10,
    /// `draft-ietf-hybi-17`, which became RFC 6455: version number 13.
    Hybi17,
}

impl Version {
    /// RFC 6455, what everybody speaks today.
    pub const LATEST: Self = Self::Hybi17;

    /// All versions, the latest first.
    pub const ALL: [Self; 4] = [Self::Hybi17, Self::Hybi10, Self::Hybi00, Self::Hixie75];

    /// All that makes this version differ from the others.
    #[must_use]
    pub const fn facts(self) -> &'static Facts {
        draft::facts(self)
    }

    /// The name of the document, for example `draft-ietf-hybi-17`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.facts().name
    }

    /// The cargo feature that compiles this version in, for example `hybi17`. Every crate of the family has it.
    #[must_use]
    pub const fn feature(self) -> &'static str {
        self.facts().feature
    }

    /// How this version frames its messages.
    #[must_use]
    pub const fn wire(self) -> Wire {
        self.facts().wire
    }

    /// What this version can express.
    #[must_use]
    pub const fn can(self) -> Can {
        self.facts().can
    }

    /// The version that a `Sec-WebSocket-Version` number stands for, if it is one of ours.
    ///
    /// ```
    /// use hybi_version::Version;
    ///
    /// assert_eq!(Version::from_number(13), Some(Version::Hybi17));
    /// assert_eq!(Version::from_number(7), Some(Version::Hybi10));
    /// assert_eq!(Version::from_number(99), None);
    /// ```
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|version| version.facts().numbers.contains(&number))
    }
}

/// The latest version, as for a client that chooses none.
impl Default for Version {
    fn default() -> Self {
        Self::LATEST
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Reads a name as [`Version::name`] gives it, or one of the [aliases](Facts::aliases), in any case.
impl FromStr for Version {
    type Err = UnknownVersion;

    fn from_str(text: &str) -> Result<Self, UnknownVersion> {
        let known = |facts: &Facts| {
            let mut names = facts.aliases.iter().chain([&facts.name, &facts.feature]);
            names.any(|name| name.eq_ignore_ascii_case(text))
        };
        Self::ALL.into_iter().find(|version| known(version.facts())).ok_or(UnknownVersion)
    }
}

/// A text that names none of the four versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownVersion;

impl fmt::Display for UnknownVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a WebSocket version; expected ")?;
        for (index, version) in Version::ALL.into_iter().enumerate() {
            f.write_str(if index == 0 { "" } else { ", " })?;
            f.write_str(version.name())?;
        }
        Ok(())
    }
}

impl core::error::Error for UnknownVersion {}
