//! Sets of versions: what is compiled in, what an application allows.

use core::fmt;

use crate::Version;

/// A set of versions, a byte in size.
///
/// ```
/// use hybi_version::{Version, Versions};
///
/// let modern = Versions::only(Version::Hybi17).with(Version::Hybi10);
/// assert!(modern.contains(Version::Hybi10));
/// assert_eq!(modern.to_string(), "draft-ietf-hybi-17, draft-ietf-hybi-10");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Versions(u8);

impl Versions {
    /// No version.
    pub const NONE: Self = Self(0);

    /// All four.
    pub const ALL: Self = Self(0b1111);

    /// One version alone.
    #[must_use]
    pub const fn only(version: Version) -> Self {
        Self(bit(version))
    }

    /// This set and one version more.
    #[must_use]
    pub const fn with(self, version: Version) -> Self {
        Self(self.0 | bit(version))
    }

    /// This set, less one version.
    #[must_use]
    pub const fn without(self, version: Version) -> Self {
        Self(self.0 & !bit(version))
    }

    /// What both sets hold.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether the version is in the set.
    #[must_use]
    pub const fn contains(self, version: Version) -> bool {
        self.0 & bit(version) != 0
    }

    /// Whether the set holds nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many versions the set holds.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The versions of the set, the latest first.
    #[must_use]
    pub const fn iter(self) -> Iter {
        Iter(self)
    }

    /// The latest version of the set.
    #[must_use]
    pub fn latest(self) -> Option<Version> {
        self.iter().next()
    }
}

impl IntoIterator for Versions {
    type Item = Version;
    type IntoIter = Iter;

    fn into_iter(self) -> Iter {
        self.iter()
    }
}

impl FromIterator<Version> for Versions {
    fn from_iter<I: IntoIterator<Item = Version>>(versions: I) -> Self {
        versions.into_iter().fold(Self::NONE, Self::with)
    }
}

impl From<Version> for Versions {
    fn from(version: Version) -> Self {
        Self::only(version)
    }
}

/// The names, the latest first, with commas between.
impl fmt::Display for Versions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, version) in self.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { ", " })?;
            f.write_str(version.name())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Versions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Walks over a set, the latest version first. Made by [`Versions::iter`].
#[derive(Clone, Debug)]
pub struct Iter(Versions);

impl Iterator for Iter {
    type Item = Version;

    fn next(&mut self) -> Option<Version> {
        let version = Version::ALL.into_iter().find(|version| self.0.contains(*version))?;
        self.0 = self.0.without(version);
        Some(version)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.len(), Some(self.0.len()))
    }
}

impl ExactSizeIterator for Iter {}

const fn bit(version: Version) -> u8 {
    1 << version as u8
}
